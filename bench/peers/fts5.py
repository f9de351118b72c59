#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""SQLite's FTS5, for comparison.

    fts5.py index DATABASE FILE.jsonl.gz...
    fts5.py ask DATABASE RUNS < QUERIES          (CLASS TAB QUESTION)

The same fields as the other peers; the Porter stemmer, positions (FTS5's
default), the text stored, no journal, one transaction.  Inflating and parsing
take Python about a third of the time of building.  Words of a question are
alternatives, ranked by bm25, as with the others.
"""
import gzip
import json
import re
import sqlite3
import sys
import time

HITS = 10


def rows(paths):
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                a = json.loads(line)
                title = a.get("title") or ""
                keywords = a.get("keywords") or []
                yield (title + "\n\n" + (a.get("text") or ""), title,
                       a.get("summary") or "",
                       keywords if isinstance(keywords, str)
                       else " ".join(keywords),
                       a.get("id"), a.get("source"), a.get("link"),
                       a.get("published"))


def index(path, files):
    db = sqlite3.connect(path)
    db.executescript("""
        pragma journal_mode = off; pragma synchronous = off;
        pragma cache_size = -262144;
        create virtual table news using fts5(text, title, summary, keywords,
            id unindexed, source unindexed, link unindexed, date unindexed,
            tokenize = 'porter unicode61');
        insert into news(news, rank) values('hashsize', 268435456);""")
    with db:
        db.executemany("insert into news values(?,?,?,?,?,?,?,?)", rows(files))
    print(db.execute("select count(*) from news").fetchone()[0])
    db.close()


def question_of(text):
    parts = re.findall(r'"[^"]*"|[^ ]+', text)
    return "text : (" + " OR ".join(
        part if part.startswith('"') else '"%s"' % part
        for part in parts) + ")"


def ask(path, runs):
    db = sqlite3.connect(path)
    db.execute("pragma cache_size = -262144")
    classes = {}
    for line in sys.stdin:
        name, text = line.rstrip("\n").split("\t", 1)
        question = question_of(text)
        best = float("inf")
        for _ in range(runs):
            begin = time.perf_counter()
            found = db.execute("select text from news where news match ? "
                               "order by rank limit ?",
                               (question, HITS)).fetchall()
            best = min(best, time.perf_counter() - begin)
        times, hits = classes.setdefault(name, ([], [0]))
        times.append(best * 1000)
        hits[0] += len(found)
    for name, (times, hits) in classes.items():
        times.sort()
        print("%s\t%d\t%.3f\t%.3f\t%.3f\t%d" % (
            name, len(times), times[len(times) // 2],
            times[min(len(times) - 1, int(len(times) * 0.99))], times[-1],
            hits[0]))


if sys.argv[1] == "index":
    index(sys.argv[2], sys.argv[3:])
else:
    ask(sys.argv[2], int(sys.argv[3]))

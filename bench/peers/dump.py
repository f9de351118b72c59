#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""dump.py FILE.jsonl.gz...: the articles as scriptindex reads them."""
import gzip
import json
import sys

out = sys.stdout
for path in sys.argv[1:]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            a = json.loads(line)
            keywords = a.get("keywords") or []
            a["keywords"] = (keywords if isinstance(keywords, str)
                             else " ".join(keywords))
            for name in ("id", "source", "link", "published", "title", "text",
                         "summary", "keywords"):
                value = str(a.get(name) or "").replace("\r", "")
                out.write(name + "=" + value.replace("\n", "\n=") + "\n")
            out.write("\n")

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names_finder.h - the people, organisations, places and dates that a text
 * speaks of.
 *
 * A finder holds one language's model (model_file.h), the user's aliases and
 * stop list (name_lists.h).  It never changes once its lists are loaded, and
 * one finder serves all threads; each thread has a worker of its own, which
 * keeps caches and memory from article to article.  The same text always gives
 * the same names, whatever the worker read before.
 *
 *     names_finder_open(&finder, path, err);
 *     names_finder_add_aliases(finder, "aliases.tsv", err);
 *     worker = names_worker_new(finder);
 *     names_find(worker, &source, memory, &found);
 *
 * A model for another language is another file and another finder; ask
 * names_finder_reads() which one an article is for.  Names that the corpus
 * states are kept, cleaned and joined whatever the language is.
 */
#ifndef NEWS_INDEXER_NAMES_NAMES_FINDER_H
#define NEWS_INDEXER_NAMES_NAMES_FINDER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/name.h"

enum {
    NAMES_TEXT_MAX = 16 * 1024 * 1024, /* bytes read; what follows is not */
    NAMES_PER_ARTICLE_MAX = 5000,      /* names kept of one article */
};

struct names_finder;
struct names_worker;

/* Open a model.  NOT_FOUND, CORRUPT where it is damaged, MISMATCH where another
 * version of the program wrote it. */
enum status names_finder_open(struct names_finder **out, const char *model_path,
                              struct error *err);
void names_finder_free(struct names_finder *finder); /* NULL is fine */

/* Load the user's files, before the first worker is made.  BAD_FORMAT names
 * the line. */
enum status names_finder_add_aliases(struct names_finder *finder,
                                     const char *path, struct error *err);
enum status names_finder_add_stops(struct names_finder *finder,
                                   const char *path, struct error *err);

/* Whether the model is for this language ("en", "en-GB", "eng"); where the
 * language is not stated, whether the text reads like it. */
bool names_finder_reads(const struct names_finder *finder, struct span language,
                        struct span text);

/* What is said of the model in one line: "english 2026-11-24". */
struct span names_finder_title(const struct names_finder *finder);

/* The finder must outlive the worker. */
struct names_worker *names_worker_new(const struct names_finder *finder);
void names_worker_free(struct names_worker *worker); /* NULL is fine */

/* What is known of an article beside its text. */
struct names_source {
    struct span text;    /* valid UTF-8: title, blank line, body */
    uint32_t title_size; /* bytes of the title at the front */
    bool search;         /* false: keep what is stated, seek nothing */
    struct date published;
    const struct name *stated; /* kind and form are read, no more */
    size_t stated_count;
};

struct names_found {
    struct names names;
    struct mentioned_date *dates; /* in text order */
    size_t date_count;
};

/* Find the names and dates.  All of `out` lives in `memory` or points into the
 * source. */
void names_find(struct names_worker *worker, const struct names_source *source,
                struct arena *memory, struct names_found *out);

#endif

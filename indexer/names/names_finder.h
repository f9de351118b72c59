/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names_finder.h - the people, organisations and places that a text speaks of.
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
 *     names_find(worker, &names, text, language, &stated, memory);
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
};

struct names_finder;
struct names_worker;

/* Open a model; without one (NULL) nothing is sought, and what is stated is
 * kept.  NOT_FOUND, BAD_FORMAT where it is no model, CORRUPT where it is
 * damaged, MISMATCH where another version of the program wrote it. */
enum status names_finder_open(struct names_finder **out, const char *model_path,
                              struct error *err);
void names_finder_free(struct names_finder *finder); /* NULL is fine */

/* Load the user's files, before the first worker is made.  BAD_FORMAT names
 * the line. */
enum status names_finder_add_aliases(struct names_finder *finder,
                                     const char *path, struct error *err);
enum status names_finder_add_stops(struct names_finder *finder,
                                   const char *path, struct error *err);

/* Whether the model is for this language, a code as articles have it ("en").
 * Where the language is not known, nothing is sought. */
bool names_finder_reads(const struct names_finder *finder,
                        struct span language);

/* The first line of the model's card; empty without a model. */
struct span names_finder_title(const struct names_finder *finder);

/* The finder must outlive the worker. */
struct names_worker *names_worker_new(const struct names_finder *finder);
void names_worker_free(struct names_worker *worker); /* NULL is fine */

/* The names of a text (valid UTF-8: title, blank line, body) and those that the
 * corpus states of it, of which kind and form are read (name_resolve.h).  Where
 * `language` is not the model's, only the stated ones.  All of `out` lives in
 * `memory` or points into what was given. */
void names_find(struct names_worker *worker, struct names *out,
                struct span text, struct span language,
                const struct names *stated, struct arena *memory);

#endif

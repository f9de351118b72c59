/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * explain.h - how a question is understood, for --explain.
 *
 * Nothing is searched: what is shown is what results_run() would ask for.
 */
#ifndef NEWS_SEARCH_EXPLAIN_H
#define NEWS_SEARCH_EXPLAIN_H

#include "search/results.h"

/* Append the tree, its words with the articles that have them, libxapian's
 * query, and the limits that were met; valid UTF-8.  BAD_QUERY with `*column`.
 */
enum status explain_question(struct str *out, struct archive *archive,
                             const struct question *question,
                             struct arena *memory, uint32_t *column,
                             struct error *err);

#endif

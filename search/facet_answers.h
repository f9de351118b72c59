/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facet_answers.h - counting the values that the answers have (facets.h is the
 * door). */
#ifndef NEWS_SEARCH_FACET_ANSWERS_H
#define NEWS_SEARCH_FACET_ANSWERS_H

#include "search/facet_run.h"
#include "search/facet_source.h"

struct facet_answers;

/* Of the answers of the source, which is the caller's. */
struct facet_answers *facet_answers_new(struct facet_source *source);
void facet_answers_free(struct facet_answers *answers);

/*
 * The values of a field (column_has()) that they have: numbers from `from` on,
 * at most `limit` of them.  A document is the example.  What the segments note
 * is asked where many documents answer; else, and where it is not known, their
 * slots are.  The caller releases `out`.  Up to `threads` count side by
 * side; and several threads may count several fields.
 */
enum status facet_answers_count(struct facet_run *out,
                                struct facet_answers *answers,
                                enum field_id field, uint64_t from,
                                size_t limit, size_t threads,
                                struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facet_answers.h - counting the values that the answers have (facets.h is the
 * door). */
#ifndef NEWS_SEARCH_FACET_ANSWERS_H
#define NEWS_SEARCH_FACET_ANSWERS_H

#include "newsdb/schema.h"
#include "search/facet_run.h"
#include "xapian-c/xapian-c.h"

struct facet_answers;

/* Of the documents in `answers`, of `db`. */
struct facet_answers *facet_answers_new(const struct xap_set *answers,
                                        const struct xap_db *db);
void facet_answers_free(struct facet_answers *answers); /* NULL is fine */

/*
 * The values of a field (column_has()) that they have: numbers from `from` on,
 * at most `limit` of them.  A document is the example.  What the segments note
 * is asked where many documents answer; else, and where it is not known, their
 * slots are.  The caller releases `out`.
 */
enum status facet_answers_count(struct facet_run *out,
                                struct facet_answers *answers,
                                enum field_id field, uint64_t from,
                                size_t limit, struct error *err);

#endif

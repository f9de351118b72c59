/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * selection.h - the articles that the operands of a command mean: ids
 * ("collection/id"), or else a query; without operands all of them.
 *
 * What an article has for its id is one, whatever it looks like; what looks
 * like one is none that an article has.
 */
#ifndef NEWS_INDEXER_SELECTION_H
#define NEWS_INDEXER_SELECTION_H

#include "newsdb/archive.h"

/* Call `on_document` for each, ascending by number, until it returns false.
 * `*missing` is the first operand that is no article's id, of no size where
 * there is none.  BAD_QUERY where the operands are no query, and where a single
 * word is the id of an article within its collection. */
enum status selection_each(const struct archive *archive, char *const *operands,
                           size_t count, xap_on_number *on_document,
                           void *payload, struct span *missing,
                           struct error *err);

/* SKIPPED where an id was missing, or nothing was found. */
enum status selection_outcome(struct span missing, uint64_t found,
                              struct error *err);

#endif

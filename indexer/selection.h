/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * selection.h - the articles that the operands of a command mean: ids
 * ("collection/id"), or else a query; without operands all of them.
 */
#ifndef NEWS_INDEXER_SELECTION_H
#define NEWS_INDEXER_SELECTION_H

#include "newsdb/archive.h"

/* Call `on_document` for each, ascending by number, until it returns false.
 * BAD_QUERY where the operands are no query. */
enum status selection_each(const struct archive *archive, char *const *operands,
                           size_t count, xap_on_number *on_document,
                           void *payload, struct error *err);

#endif

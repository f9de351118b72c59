/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording.h - from what the corpus says to what the archive remembers.
 */
#ifndef NEWS_INDEXER_RECORDING_H
#define NEWS_INDEXER_RECORDING_H

#include "corpus/article.h"
#include "newsdb/record.h"

/*
 * Make the record of a finished article.  The names in it are those that the
 * corpus states.  Spans are borrowed from the article or live in its arena, so
 * the record is valid as long as the article.  `collection` and `origin` are
 * borrowed too.
 */
void record_article(struct record *out, const struct article *article,
                    struct span collection, struct span origin,
                    uint64_t origin_offset);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * gather.h - the postings of one document, brought together by term.
 *
 * Postings come in the order of the text; a posting list and a list of terms
 * want each term once, with all its positions and the sum of its wdf.
 */
#ifndef NEWS_GLASS_GATHER_H
#define NEWS_GLASS_GATHER_H

#include "base/error.h"
#include "indexer/glass/inverter.h"
#include "indexer/segment_writer.h"

struct gathered_term {
    uint32_t term; /* of the inverter */
    uint32_t wdf;
    const uint32_t *positions; /* ascending, all different */
    uint32_t position_count;
};

struct gather;

struct gather *gather_new(void);
void gather_free(struct gather *gather); /* NULL is fine */

/*
 * Look up and gather the terms of a document; valid until the next call, and no
 * longer than the document.
 * TOO_BIG where a term is empty or over GLASS_TERM_MAX, a term stands in more
 * than GLASS_POSITIONS_MAX places, or the length passes 32 bits; INTERNAL where
 * positions descend.  New terms stay in the inverter then, without documents.
 */
enum status gather_document(struct gather *gather, struct inverter *inverter,
                            const struct document *document, struct error *err);

/* What was gathered: the terms in byte order, and the sum of their wdf. */
const struct gathered_term *gather_terms(const struct gather *gather,
                                         size_t *count);
uint32_t gather_length(const struct gather *gather);

/* The most memory that gathering and inverting the document may take. */
uint64_t gather_need(const struct document *document);
uint64_t gather_held(const struct gather *gather);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names_tally.h - the names of many articles, counted: one entry for each kind
 * and key, with the spellings that stand in the texts.
 *
 * Memory grows with the number of different names, not of articles.
 */
#ifndef NEWS_INDEXER_NAMES_TALLY_H
#define NEWS_INDEXER_NAMES_TALLY_H

#include "newsdb/record.h"

enum { TALLY_SPELLINGS_MAX = 24 }; /* kept of one name; rarer ones may miss */

struct spelling {
    struct span text;
    uint64_t mentions; /* written so in the texts */
    uint64_t articles; /* shown so */
};

struct tallied {
    enum name_kind kind;
    struct span key;
    uint64_t articles, mentions;
    struct spelling *spellings;
    size_t spelling_count, spelling_capacity;
};

struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally); /* NULL is fine */

/* Count the record's names of the kinds in `kinds` (1 << kind). */
void tally_add(struct tally *tally, const struct record *record,
               unsigned kinds);

enum tally_order { TALLY_BY_COUNT, TALLY_BY_NAME };

/* All names, in order, each with its spellings, the most frequent first; valid
 * until the tally changes. */
const struct tallied *tally_sorted(struct tally *tally, enum tally_order order,
                                   size_t *count);

/* The form under which most articles show it. */
struct span tally_form(const struct tallied *name);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * occurrences.h - the words of a text, brought together by term.
 *
 * Words come in the order of the text and go out as one posting for each term
 * with all its positions.  Terms are known by number here (stems_terms()), so
 * that this takes no look at their bytes: a text has twice as many words as
 * different ones.
 */
#ifndef NEWS_INDEXER_OCCURRENCES_H
#define NEWS_INDEXER_OCCURRENCES_H

#include <stddef.h>
#include <stdint.h>

/* What is known of one term of the text. */
struct occurrences_term {
    uint32_t number;
    uint32_t wdf;              /* the sum */
    const uint32_t *positions; /* in the order in which they came */
    uint32_t position_count;
};

struct occurrences;

struct occurrences *occurrences_new(void);
void occurrences_free(struct occurrences *occurrences); /* NULL is fine */

/* Begin a text. */
void occurrences_begin(struct occurrences *occurrences);

/* A word of it: numbers count from 1; with position 0 it stands nowhere. */
void occurrences_add(struct occurrences *occurrences, uint32_t number,
                     uint32_t position, uint32_t wdf);

/* Gather the positions, when all words are in: how many terms there are. */
size_t occurrences_end(struct occurrences *occurrences);

/* One of them, in the order in which they came first; its positions are valid
 * until the next occurrences_begin(). */
struct occurrences_term occurrences_at(const struct occurrences *occurrences,
                                       size_t i);

#endif

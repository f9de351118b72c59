/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fold.h - one story once: wire copy that several papers printed, and versions
 * of an article, behind the first of them.
 *
 * Two articles are alike where at least FOLD_ALIKE of what the shorter one says
 * stands in the other: the containment of sets of shingles, all FOLD_SHINGLE
 * words in a row of the title and of the first FOLD_WORDS words of the body
 * (Broder 1997, "On the resemblance and containment of documents").  So a paper
 * may cut the copy or put a beginning of its own before it.  An article of
 * fewer than FOLD_LEAST shingles is alike only to one that says the same.
 * Nothing of it is in the archive: it is worked out of the articles that the
 * page is made of.
 */
#ifndef NEWS_SEARCH_FOLD_H
#define NEWS_SEARCH_FOLD_H

#include "newsdb/record.h"

enum {
    FOLD_SHINGLE = 3,
    FOLD_WORDS = 400,
    FOLD_LEAST = 5,
    FOLD_ALIKE = 60, /* percent */
};

/* For each of `count` records in the order of a page: which one it stands
 * behind, or itself. */
void fold_records(size_t *behind, const struct record *const *records,
                  size_t count);

#endif

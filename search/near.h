/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * near.h - words within some edits of one: insertions, deletions, substitutions
 * and swaps of neighbours (Damerau's distance restricted to what is edited
 * once, "optimal string alignment").
 *
 * A sorted list of words is walked without looking at most of them: what the
 * beginning of a word costs is known of the word before, and once a beginning
 * costs too much, all that begin with it are passed over.
 */
#ifndef NEWS_SEARCH_NEAR_H
#define NEWS_SEARCH_NEAR_H

#include <stdint.h>

#include "base/str.h"
#include "text/tokens.h"

struct near {
    uint32_t pattern[TOKENS_WORD_MAX]; /* code points */
    size_t size;
    uint32_t edits;
    /* The beginning of the last word that does not cost too much, and what
     * each beginning of it costs against each beginning of the pattern. */
    uint32_t begun[TOKENS_WORD_MAX];
    size_t depth;
    uint32_t rows[TOKENS_WORD_MAX + 1][TOKENS_WORD_MAX + 1];
};

void near_begin(struct near *near, struct span pattern, uint32_t edits);

/* Whether the word is near.  Where its beginning alone is not, the first word
 * in byte order that may be is appended to `next`, which may be NULL: words
 * between need not be looked at. */
bool near_look(struct near *near, struct span word, struct str *next);

/* Whether two words of UTF-8 are within `edits` of each other. */
bool near_each_other(struct span a, struct span b, uint32_t edits);

#endif

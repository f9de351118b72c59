/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * windows.h - which words of a text stand within the windows that are asked
 * for: a w/5 b, and a w/5 b w/3 "c d", which is (a w/5 b) w/3 "c d".
 *
 * The parts of a window are words, phrases, any of several, or windows in their
 * turn. Between two parts are less than N words; one may stand within the
 * other, but they share no word.
 */
#ifndef NEWS_SEARCH_WINDOWS_H
#define NEWS_SEARCH_WINDOWS_H

#include "search/found.h"
#include "search/query.h"

/* A place of what is looked for; whether it stays is seen at the end. */
struct occurrence {
    struct found found;
    uint32_t last; /* position of its last word */
    uint32_t first_sentence, last_sentence, paragraph;
    size_t group; /* the outermost window it belongs to */
    size_t
        part; /* which of its parts that are no windows, from left to right */
    bool kept;
};

/* Keep the occurrences of the group whose window, a QUERY_NEAR, holds them: of
 * each outermost place the nearest.  What it needs is taken of `memory`. */
void windows_keep(const struct query_node *window, size_t group,
                  struct occurrence *occurrences, size_t count,
                  struct arena *memory);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snippet.h - the passages of an article that answer the question best.
 *
 * Of all the passages (passage.h) around places that matched (match.h) the best
 * one has the most different things that were asked for, close together;
 * further ones add what is still missing.
 */
#ifndef NEWS_SEARCH_SNIPPET_H
#define NEWS_SEARCH_SNIPPET_H

#include "search/passage.h"

enum {
    SNIPPET_SIZE = 240,        /* bytes of all passages, about */
    SNIPPET_PASSAGES_MAX = 50, /* that are chosen among the places */
};

#define SNIPPET_ALL UINT32_MAX

struct snippet {
    struct passage *passages; /* in text order */
    size_t count;
};

struct snippet_options {
    uint32_t size;     /* bytes in all; 0: SNIPPET_SIZE */
    uint32_t passages; /* at most; 0: as many as fit the size; or SNIPPET_ALL */
    enum passage_context context; /* shown around what matched */
};

/* Choose passages of the text after its first `title_size` bytes (of the
 * title, where that is all there is). Without a match: how it begins. What
 * comes out lives in `memory` and borrows from `found`. */
void snippet_make(struct snippet *out, struct span text, uint32_t title_size,
                  const struct found_list *found,
                  const struct snippet_options *options, struct arena *memory);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * snippet.h - the passages of an article that answer the question best.
 *
 * A passage is a stretch of the text around places that matched (match.h). The
 * best one has the most different things that were asked for, close together;
 * further ones add what is still missing. Passages are cut at sentences where
 * these are short enough, else between words, never over a paragraph's end;
 * or as the user says: some words, the sentence, the paragraph.
 */
#ifndef NEWS_SEARCH_SNIPPET_H
#define NEWS_SEARCH_SNIPPET_H

#include "search/match.h"

enum {
    SNIPPET_SIZE = 240,         /* bytes of all passages, about */
    SNIPPET_PASSAGES_MAX = 50,  /* that are chosen among the places */
    SNIPPET_CONTEXT_WORDS = 10, /* on each side */
    SNIPPET_CONTEXT_MAX = 8192, /* bytes of a paragraph, on each side */
};

#define SNIPPET_ALL UINT32_MAX

enum snippet_context {
    CONTEXT_FITTING, /* sentences, as far as the size allows */
    CONTEXT_WORDS,
    CONTEXT_SENTENCE,
    CONTEXT_PARAGRAPH,
};

struct passage {
    uint32_t start, end;     /* bytes of the text */
    bool cut_start, cut_end; /* it begins or ends within a sentence */
    uint32_t paragraph;      /* counted from 1, the title not counted */
    struct found *marks;     /* the places in it */
    size_t mark_count;
};

struct snippet {
    struct passage *passages; /* in text order */
    size_t count;
};

struct snippet_options {
    uint32_t size;     /* bytes in all; 0: SNIPPET_SIZE */
    uint32_t passages; /* at most; 0: as many as fit the size; or SNIPPET_ALL */
    enum snippet_context context; /* shown around what matched */
};

/* Choose passages of the text after its first `title_size` bytes (of the
 * title, where that is all there is). Without a match: how it begins. What
 * comes out lives in `memory` and borrows from `found`. */
void snippet_make(struct snippet *out, struct span text, uint32_t title_size,
                  const struct found_list *found,
                  const struct snippet_options *options, struct arena *memory);

#endif

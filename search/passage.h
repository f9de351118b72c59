/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * passage.h - a stretch of a text around places that matched, cut to size.
 *
 * It is cut at sentences where these are short enough, else between words,
 * never over a paragraph's end; or as the user says: some words, the sentence,
 * the paragraph. Texts without blanks are cut between what
 * readers take for characters (unicode_floor()).
 */
#ifndef NEWS_SEARCH_PASSAGE_H
#define NEWS_SEARCH_PASSAGE_H

#include "search/match.h"

enum {
    PASSAGE_WORDS = 10,           /* on each side, for PASSAGE_BY_WORDS */
    PASSAGE_PARAGRAPH_MAX = 8192, /* bytes of a paragraph, on each side */
};

enum passage_context {
    PASSAGE_FITTING, /* sentences, as far as the size allows */
    PASSAGE_BY_WORDS,
    PASSAGE_SENTENCE,
    PASSAGE_PARAGRAPH,
};

struct passage {
    uint32_t start, end;     /* bytes of the text */
    bool cut_start, cut_end; /* it begins or ends within a sentence */
    uint32_t paragraph;      /* counted from 1, the title not counted */
    struct found *marks;     /* the places in it */
    size_t mark_count;
};

/* Around the places from `first` to `last`; `size` bytes, about, where they
 * are to fit. Paragraph and marks are the caller's to fill in. */
void passage_make(struct passage *out, struct span text,
                  const struct found *first, const struct found *last,
                  uint32_t size, enum passage_context context);

/* From `start` on, about `size` bytes. */
void passage_begin(struct passage *out, struct span text, size_t start,
                   uint32_t size);

/* Whether a paragraph ends at this byte: an empty line follows. */
static inline bool passage_paragraph_ends(struct span text, size_t at)
{
    return at + 1 < text.size && text.data[at] == '\n' &&
           text.data[at + 1] == '\n';
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * features.h - what the recogniser looks at, the same for trainer and reader.
 *
 * A feature is the 64-bit hash of what it says ("the next word ends in -shire",
 * "seen in lower case elsewhere").  Most of them depend on one word and where
 * it stands from the token in question; the recogniser sums the weights of
 * those once for each word and keeps the sum.  The others are made for each
 * token.
 *
 * Only runs of capitalised words and the small words between them are looked
 * at; the rest of a text holds no names.
 */
#ifndef NEWS_INDEXER_NAMES_FEATURES_H
#define NEWS_INDEXER_NAMES_FEATURES_H

#include "indexer/names/lexicon.h"
#include "indexer/names/name_tokens.h"

enum {
    RUN_MAX = 256,        /* tokens; a longer run is cut */
    FEATURES_OFFSETS = 5, /* a word counts for the tokens two around it */
    FEATURES_WORD_MAX = 64,
    FEATURES_TOKEN_MAX = 64,
};

/* What is kept of a word's spelling. */
struct word_view {
    uint64_t exact;
    uint64_t lower;
    uint32_t shape;
    uint16_t word_class;
    uint16_t lists;
};

/* Tokens [from, to) that may hold names. */
struct run {
    size_t from, to;
};

/* The first run at or after `from`; false at the end. */
bool run_next(const struct name_tokens *tokens, size_t from, struct run *out);

/* The token `offset` (-2 to 2) from token `at`, in the same sentence; SIZE_MAX
 * where there is none. */
size_t run_neighbour(const struct name_tokens *tokens, size_t at, int offset);

/* View a word. */
void word_view(struct word_view *out, const struct lexicon *lexicon,
               struct span word);

/* What stands before the first and after the last word of a sentence. */
extern const struct word_view word_view_none;

/* The features of a word that stands `offset` (-2 to 2) from the token; returns
 * how many. */
size_t features_of_word(uint64_t out[FEATURES_WORD_MAX],
                        const struct lexicon *lexicon,
                        const struct word_view *view, struct span word,
                        int offset);

/* The lists that hold a phrase of the run which begins at, goes over or ends at
 * a token, as bits. */
struct phrase_marks {
    uint16_t begin, inside, end;
};

/* A run with the views of its tokens and of the two on each side of it:
 * views[i + 2] is of token run.from + i. */
struct run_view {
    const struct name_tokens *tokens;
    struct run run;
    const struct word_view *const *views;
    const struct phrase_marks *phrases; /* of each token: run_phrases() */
};

/* Look up the phrases of the run. */
void run_phrases(struct phrase_marks *out, const struct lexicon *lexicon,
                 const struct word_view *const *views, size_t count);

/* The features of token `i` of the run that are not of one word alone. */
size_t features_of_token(uint64_t out[FEATURES_TOKEN_MAX],
                         const struct run_view *run, size_t i);

/* The hash of one more kind of feature: `kind` from FEATURE_KINDS on. */
enum { FEATURE_KINDS = 32 };
uint64_t feature_hash(unsigned kind, unsigned place, uint64_t value);
uint64_t feature_mix(uint64_t a, uint64_t b);

#endif

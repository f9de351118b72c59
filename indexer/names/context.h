/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * context.h - what the rest of an article says of a word: the second reading.
 *
 * A first reading labels every run by itself.  The context counts, for each
 * word and each pair of words, how it was labelled throughout the article and
 * whether it is seen in small letters; the second reading takes that in as
 * features.  "Kirby" alone is a person because "John Kirby" is.
 */
#ifndef NEWS_INDEXER_NAMES_CONTEXT_H
#define NEWS_INDEXER_NAMES_CONTEXT_H

#include "indexer/names/crf.h"
#include "indexer/names/features.h"

enum { CONTEXT_FEATURES_MAX = 32 };

struct context_word {
    uint32_t key;                /* 0: an empty place */
    uint16_t labels[CRF_LABELS]; /* how often labelled so; stops at 65535 */
    uint16_t lower;              /* seen in small letters */
};

struct context {
    struct context_word *words; /* a hash table, at most half full */
    size_t capacity;            /* of it: as large as this article needs */
    size_t room;                /* places that there is memory for */
};

#define CONTEXT_INIT \
    {                \
        NULL, 0, 0   \
    }

/* Begin an article with these runs. */
void context_begin(struct context *context, const struct run *runs,
                   size_t count);
void context_release(struct context *context);

/* Take in a run as the first reading labelled it. */
void context_add(struct context *context, const struct name_tokens *tokens,
                 struct run run, const uint8_t *labels);

/* After all runs: which of their words stand in small letters elsewhere. */
void context_add_lower(struct context *context,
                       const struct name_tokens *tokens);

/* Whether the article has the word in small letters at least as often as with a
 * capital, and never in a longer name: "Cholera" begins a sentence. */
bool context_is_common(const struct context *context,
                       const struct name_token *token);

/* The features of token `i` of a run that was added with these labels. */
size_t context_features(uint64_t out[CONTEXT_FEATURES_MAX],
                        const struct context *context,
                        const struct name_tokens *tokens, struct run run,
                        const uint8_t *labels, size_t i);

#endif

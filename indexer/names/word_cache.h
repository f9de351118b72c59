/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * word_cache.h - words as they are written, with what their features weigh.
 *
 * Most features of a token are of one word, its own or one of the two on each
 * side (features.h).  What they weigh together is summed once for each word and
 * kept, for each of the five places the word may have.
 */
#ifndef NEWS_INDEXER_NAMES_WORD_CACHE_H
#define NEWS_INDEXER_NAMES_WORD_CACHE_H

#include "indexer/names/features.h"
#include "indexer/names/model_file.h"

struct cached_word {
    struct word_view view;
    uint32_t uses; /* since the cache was trimmed */
    struct crf_scores sums[FEATURES_OFFSETS];
};

struct word_cache;

/* The model must outlive the cache. */
struct word_cache *word_cache_new(const struct model *model);
void word_cache_free(struct word_cache *cache); /* NULL is fine */

/* A hash of the word for the next two, and fetch what a look-up will touch. */
uint64_t word_cache_hash(struct span word);
void word_cache_fetch(const struct word_cache *cache, uint64_t hash);

/* Valid until word_cache_trim(). */
const struct cached_word *word_cache_get(struct word_cache *cache,
                                         struct span word, uint64_t hash);

/* What stands beyond the ends of a sentence. */
const struct cached_word *word_cache_none(const struct word_cache *cache);

/* Where the cache is full, forget the words that were not used again; between
 * two parts of a text. */
void word_cache_trim(struct word_cache *cache);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/word_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/large.h"
#include "base/memory.h"

enum {
    WORDS_KEPT = 1 << 15,       /* when the cache is trimmed */
    WORDS_MAX = 2 * WORDS_KEPT, /* with those of one part of a text */
    SLOT_COUNT = 1 << 17,       /* a power of two; at most half in use */
};

struct slot {
    uint32_t tag;  /* of the hash */
    uint32_t word; /* from 1; 0: free */
};

struct word_cache {
    const struct model *model;
    struct cached_word none;
    struct cached_word *words;
    size_t count, capacity;
    struct slot *slots;
    size_t slot_count;
    struct arena *others; /* words there was no room for */
};

/* Memory is waited for twice only: for all places of rows, for all rows. */
static void sum_word(struct cached_word *word, const struct model *model,
                     struct span surface)
{
    uint64_t features[FEATURES_OFFSETS][FEATURES_WORD_MAX];
    const struct model_row *rows[FEATURES_OFFSETS][FEATURES_WORD_MAX];
    size_t counts[FEATURES_OFFSETS];
    for (int i = 0; i < FEATURES_OFFSETS; i++) {
        counts[i] = features_of_word(features[i], &model->lexicon, &word->view,
                                     surface, i - FEATURES_OFFSETS / 2);
        for (size_t j = 0; j < counts[i]; j++)
            model_fetch(model, features[i][j]);
    }
    for (int i = 0; i < FEATURES_OFFSETS; i++)
        for (size_t j = 0; j < counts[i]; j++) {
            rows[i][j] = model_row(model, features[i][j]);
            __builtin_prefetch(rows[i][j]);
        }
    for (int i = 0; i < FEATURES_OFFSETS; i++)
        for (size_t j = 0; j < counts[i]; j++)
            if (rows[i][j])
                model_row_add(&word->sums[i], rows[i][j]);
}

struct word_cache *word_cache_new(const struct model *model)
{
    struct word_cache *cache = memory_new(1, sizeof(*cache));
    cache->model = model;
    cache->others = arena_new();
    LARGE_RESIZE(cache->words, cache->capacity, WORDS_MAX);
    LARGE_RESIZE(cache->slots, cache->slot_count, SLOT_COUNT);
    cache->none.view = word_view_none;
    sum_word(&cache->none, model, (struct span){ NULL, 0 });
    return cache;
}

void word_cache_free(struct word_cache *cache)
{
    if (!cache)
        return;
    LARGE_RESIZE(cache->words, cache->capacity, 0);
    LARGE_RESIZE(cache->slots, cache->slot_count, 0);
    arena_free(cache->others);
    free(cache);
}

uint64_t word_cache_hash(struct span word)
{
    return lexicon_hash(word);
}

static size_t first_slot(uint64_t hash)
{
    return (size_t)(hash >> 20) & (SLOT_COUNT - 1);
}

void word_cache_fetch(const struct word_cache *cache, uint64_t hash)
{
    __builtin_prefetch(&cache->slots[first_slot(hash)]);
}

/* The slot of a hash, or the free one where it belongs. */
static struct slot *find(const struct word_cache *cache, uint64_t hash)
{
    size_t at = first_slot(hash);
    for (;; at = (at + 1) & (SLOT_COUNT - 1)) {
        struct slot *slot = &cache->slots[at];
        if (!slot->word || (slot->tag == (uint32_t)hash &&
                            cache->words[slot->word - 1].view.exact == hash))
            return slot;
    }
}

static void fill(struct word_cache *cache, struct cached_word *word,
                 struct span surface)
{
    memset(word, 0, sizeof(*word));
    word_view(&word->view, &cache->model->lexicon, surface);
    sum_word(word, cache->model, surface);
}

const struct cached_word *word_cache_get(struct word_cache *cache,
                                         struct span word, uint64_t hash)
{
    struct slot *slot = find(cache, hash);
    struct cached_word *found;
    if (slot->word) {
        found = &cache->words[slot->word - 1];
        found->uses++;
        return found;
    }
    if (cache->count < cache->capacity) {
        found = &cache->words[cache->count++];
        *slot = (struct slot){ (uint32_t)hash, (uint32_t)cache->count };
    } else {
        found = arena_alloc(cache->others, sizeof(*found));
    }
    fill(cache, found, word);
    return found;
}

const struct cached_word *word_cache_none(const struct word_cache *cache)
{
    return &cache->none;
}

void word_cache_trim(struct word_cache *cache)
{
    if (cache->count <= WORDS_KEPT)
        return;
    memset(cache->slots, 0, cache->slot_count * sizeof(*cache->slots));
    size_t count = cache->count, kept = 0;
    for (size_t i = 0; i < count && kept < WORDS_KEPT / 2; i++) {
        if (!cache->words[i].uses)
            continue;
        cache->words[kept] = cache->words[i];
        cache->words[kept].uses = 0;
        uint64_t hash = cache->words[kept++].view.exact;
        *find(cache, hash) = (struct slot){ (uint32_t)hash, (uint32_t)kept };
    }
    cache->count = kept;
    arena_reset(cache->others);
}

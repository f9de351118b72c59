/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/recogniser.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "indexer/names/context.h"
#include "indexer/names/features.h"

/* ---- The word cache --------------------------------------------------- */

enum {
    CACHE_PLACES = 1 << 16, /* of the hash table, at most half full */
    CACHE_WORDS = 1 << 14,  /* forgotten when there are more, between parts */
};

/* A word as it is written, and what its features weigh at each offset. */
struct cached_word {
    struct word_view view;
    struct crf_scores sums[FEATURES_OFFSETS];
};

struct cache {
    struct cached_word **places;
    struct arena *memory;
    size_t count;
};

struct name_reader {
    const struct model *model;
    struct name_tokens tokens;
    struct cache cache;
    struct cached_word none; /* beyond the ends of a sentence */

    struct run *runs;
    size_t run_count, run_capacity;
    struct crf_scores *scores; /* of the runs' tokens, one after the other */
    size_t score_count, score_capacity;
    uint8_t *labels; /* of all tokens */
    int32_t *margins;
    size_t label_capacity;
    struct crf_step steps[RUN_MAX + 4];
    struct context context;
    struct entities entities;
};

static void add_row(struct crf_scores *sum, const struct model *model,
                    uint64_t feature)
{
    const struct model_row *row = model_row(model, feature);
    if (!row)
        return;
    for (int i = 0; i < CRF_LANES; i++)
        sum->lanes[i] = (int16_t)(sum->lanes[i] + row->lanes[i]);
}

static void add_sum(struct crf_scores *sum, const struct crf_scores *other)
{
    for (int i = 0; i < CRF_LANES; i++)
        sum->lanes[i] = (int16_t)(sum->lanes[i] + other->lanes[i]);
}

static void sum_word(struct cached_word *word, const struct model *model,
                     struct span surface)
{
    uint64_t features[FEATURES_WORD_MAX];
    for (int i = 0; i < FEATURES_OFFSETS; i++) {
        size_t count = features_of_word(features, &model->lexicon, &word->view,
                                        surface, i - FEATURES_OFFSETS / 2);
        for (size_t j = 0; j < count; j++)
            add_row(&word->sums[i], model, features[j]);
    }
}

static const struct cached_word *cache_get(struct name_reader *reader,
                                           struct span surface)
{
    struct cache *cache = &reader->cache;
    uint64_t hash = lexicon_hash(surface);
    size_t i = (size_t)(hash >> 20) & (CACHE_PLACES - 1);
    for (; cache->places[i]; i = (i + 1) & (CACHE_PLACES - 1))
        if (cache->places[i]->view.exact == hash)
            return cache->places[i];
    struct cached_word *word = arena_alloc(cache->memory, sizeof(*word));
    word_view(&word->view, &reader->model->lexicon, surface);
    sum_word(word, reader->model, surface);
    /* A text with more words than the table holds goes on without it. */
    if (cache->count < CACHE_PLACES / 2) {
        cache->places[i] = word;
        cache->count++;
    }
    return word;
}

static void cache_trim(struct cache *cache)
{
    if (cache->count <= CACHE_WORDS)
        return;
    memset(cache->places, 0, CACHE_PLACES * sizeof(struct cached_word *));
    arena_reset(cache->memory);
    cache->count = 0;
}

/* ---- Scores ----------------------------------------------------------- */

static struct span token_span(const struct name_token *token, struct span text)
{
    return (struct span){ text.data + token->offset, token->size };
}

static const struct cached_word *neighbour(struct name_reader *reader,
                                           struct span text, size_t at,
                                           int offset)
{
    size_t i = run_neighbour(&reader->tokens, at, offset);
    if (i == SIZE_MAX || reader->tokens.items[i].flags & NAME_TOKEN_APART)
        return &reader->none;
    return cache_get(reader, token_span(&reader->tokens.items[i], text));
}

static void score_run(struct name_reader *reader, struct span text,
                      struct run run)
{
    const struct cached_word *words[RUN_MAX + 8];
    const struct word_view *views[RUN_MAX + 8];
    struct phrase_marks phrases[RUN_MAX + 4];
    size_t count = run.to - run.from;
    words[0] = neighbour(reader, text, run.from, -2);
    words[1] = neighbour(reader, text, run.from, -1);
    for (size_t i = 0; i < count; i++)
        words[i + 2] = neighbour(reader, text, run.from + i, 0);
    words[count + 2] = neighbour(reader, text, run.to - 1, 1);
    words[count + 3] = neighbour(reader, text, run.to - 1, 2);
    for (size_t i = 0; i < count + 4; i++)
        views[i] = &words[i]->view;
    run_phrases(phrases, &reader->model->lexicon, views + 2, count);
    struct run_view view = { &reader->tokens, run, views, phrases };
    for (size_t i = 0; i < count; i++) {
        uint64_t features[FEATURES_TOKEN_MAX];
        MEMORY_GROW(reader->scores, reader->score_count,
                    reader->score_capacity);
        struct crf_scores *sum = &reader->scores[reader->score_count++];
        *sum = words[i]->sums[0];
        for (size_t offset = 1; offset < FEATURES_OFFSETS; offset++)
            add_sum(sum, &words[i + offset]->sums[offset]);
        size_t n = features_of_token(features, &view, i);
        for (size_t j = 0; j < n; j++)
            add_row(sum, reader->model, features[j]);
    }
}

/* ---- Two readings ----------------------------------------------------- */

static void decode(struct name_reader *reader, struct run run,
                   const struct crf_scores *scores, bool last)
{
    crf_decode(reader->labels + run.from,
               last ? reader->margins + run.from : NULL, reader->steps, scores,
               run.to - run.from, reader->model->transitions);
}

static void read_first(struct name_reader *reader, struct span text)
{
    struct run run = { 0, 0 };
    reader->run_count = 0;
    reader->score_count = 0;
    context_clear(&reader->context);
    while (run_next(&reader->tokens, run.to, &run)) {
        MEMORY_GROW(reader->runs, reader->run_count, reader->run_capacity);
        reader->runs[reader->run_count++] = run;
        size_t first = reader->score_count;
        score_run(reader, text, run);
        decode(reader, run, reader->scores + first, false);
        context_add(&reader->context, &reader->tokens, run, reader->labels);
    }
    context_add_lower(&reader->context, &reader->tokens);
}

static void read_second(struct name_reader *reader)
{
    struct crf_scores *scores = reader->scores;
    uint64_t features[CONTEXT_FEATURES_MAX];
    for (size_t r = 0; r < reader->run_count; r++) {
        struct run run = reader->runs[r];
        size_t count = run.to - run.from;
        for (size_t i = 0; i < count; i++) {
            size_t n =
                context_features(features, &reader->context, &reader->tokens,
                                 run, reader->labels, i);
            for (size_t j = 0; j < n; j++)
                add_row(&scores[i], reader->model, features[j]);
        }
        decode(reader, run, scores, true);
        scores += count;
    }
}

/* ---- Entities --------------------------------------------------------- */

/* How sure the recogniser is, from the margin of the best labels in nats. */
static uint8_t confidence_of(int32_t margin, uint32_t scale)
{
    double nats = margin > 0 ? (double)margin / scale : 0;
    return (uint8_t)(50 + 50 * nats / (nats + 1.5));
}

static void add_entity(struct name_reader *reader, size_t from, size_t to)
{
    static const enum name_kind kinds[] = { NAME_PERSON, NAME_ORG, NAME_PLACE };
    struct entities *entities = &reader->entities;
    unsigned type = reader->labels[from] / 4;
    if (type == CRF_OTHER)
        return;
    const struct name_token *first = &reader->tokens.items[from];
    const struct name_token *last = &reader->tokens.items[to - 1];
    int32_t margin = INT32_MAX;
    for (size_t i = from; i < to; i++)
        if (reader->margins[i] < margin)
            margin = reader->margins[i];
    MEMORY_GROW(entities->items, entities->count, entities->capacity);
    entities->items[entities->count++] = (struct entity){
        .kind = kinds[type],
        .confidence = confidence_of(margin, reader->model->scale),
        .in_capitals = first->flags & NAME_TOKEN_CAPS_LINE,
        .offset = first->offset,
        .size = last->offset + last->size - first->offset,
    };
}

static void collect(struct name_reader *reader)
{
    for (size_t r = 0; r < reader->run_count; r++) {
        struct run run = reader->runs[r];
        size_t from = run.from;
        for (size_t i = run.from; i < run.to; i++) {
            unsigned label = reader->labels[i];
            if (label == CRF_OUTSIDE)
                continue;
            if (label % 4 == CRF_BEGIN || label % 4 == CRF_UNIT)
                from = i;
            if (label % 4 == CRF_LAST || label % 4 == CRF_UNIT)
                add_entity(reader, from, i + 1);
        }
    }
}

static void reserve_labels(struct name_reader *reader)
{
    if (reader->tokens.count <= reader->label_capacity)
        return;
    reader->label_capacity = reader->tokens.count + reader->tokens.count / 2;
    reader->labels = memory_resize(reader->labels, reader->label_capacity,
                                   sizeof(*reader->labels));
    reader->margins = memory_resize(reader->margins, reader->label_capacity,
                                    sizeof(*reader->margins));
}

const struct entities *name_reader_run(struct name_reader *reader,
                                       struct span text)
{
    reader->entities.count = 0;
    size_t at = 0;
    while (at < text.size) {
        at = name_tokens_read(&reader->tokens, text, at, RECOGNISER_PART);
        reserve_labels(reader);
        cache_trim(&reader->cache);
        read_first(reader, text);
        read_second(reader);
        collect(reader);
    }
    return &reader->entities;
}

struct name_reader *name_reader_new(const struct model *model)
{
    struct name_reader *reader = memory_new(1, sizeof(*reader));
    reader->model = model;
    reader->cache.places =
        memory_new(CACHE_PLACES, sizeof(*reader->cache.places));
    reader->cache.memory = arena_new();
    reader->none.view = word_view_none;
    sum_word(&reader->none, model, (struct span){ NULL, 0 });
    return reader;
}

void name_reader_free(struct name_reader *reader)
{
    if (!reader)
        return;
    name_tokens_release(&reader->tokens);
    free(reader->cache.places);
    arena_free(reader->cache.memory);
    free(reader->runs);
    free(reader->scores);
    free(reader->labels);
    free(reader->margins);
    context_release(&reader->context);
    free(reader->entities.items);
    free(reader);
}

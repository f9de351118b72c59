/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/recogniser.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/names/context.h"
#include "indexer/names/word_cache.h"

enum {
    WORDS_AHEAD = 8, /* fetched before they are looked up; a power of two */
    PENDING_MAX = 256,
};

/* A feature of a token whose weights are being fetched. */
struct pending {
    uint64_t feature;
    size_t score; /* index of the token's */
    const struct model_row *row;
};

struct name_reader {
    const struct model *model;
    struct name_tokens tokens;
    struct word_cache *cache;

    struct run *runs;
    size_t run_count, run_capacity;
    struct crf_scores *scores; /* of the runs' tokens, one after the other */
    size_t score_count, score_capacity;
    struct pending pending[PENDING_MAX];
    size_t pending_count;
    const struct cached_word **words; /* of all tokens in runs and near them */
    uint8_t *labels;                  /* of all tokens */
    int32_t *margins;
    size_t token_capacity;
    struct crf_step steps[RUN_MAX + 4];
    struct context context;
    struct entities entities;
};

/* ---- Words ------------------------------------------------------------ */

/* Words that were fetched and are looked up in their turn. */
struct words_ahead {
    struct {
        size_t token;
        uint64_t hash;
    } items[WORDS_AHEAD];
    size_t begun, done;
};

static struct span word_of(const struct name_reader *reader, struct span text,
                           size_t token)
{
    const struct name_token *at = &reader->tokens.items[token];
    return (struct span){ text.data + at->offset, at->size };
}

static void look_up_next(struct name_reader *reader, struct span text,
                         struct words_ahead *ahead)
{
    size_t i = ahead->done++ % WORDS_AHEAD;
    size_t token = ahead->items[i].token;
    reader->words[token] = word_cache_get(
        reader->cache, word_of(reader, text, token), ahead->items[i].hash);
}

static void fetch_word(struct name_reader *reader, struct span text,
                       struct words_ahead *ahead, size_t token)
{
    if (reader->tokens.items[token].flags & NAME_TOKEN_APART) {
        reader->words[token] = word_cache_none(reader->cache);
        return;
    }
    if (ahead->begun - ahead->done == WORDS_AHEAD)
        look_up_next(reader, text, ahead);
    uint64_t hash = word_cache_hash(word_of(reader, text, token));
    word_cache_fetch(reader->cache, hash);
    size_t i = ahead->begun++ % WORDS_AHEAD;
    ahead->items[i].token = token;
    ahead->items[i].hash = hash;
}

/* The words of the runs and of the two tokens around each. */
static void read_words(struct name_reader *reader, struct span text)
{
    enum { AROUND = FEATURES_OFFSETS / 2 };
    struct words_ahead ahead = { .begun = 0, .done = 0 };
    size_t count = reader->tokens.count, read = 0;
    for (size_t r = 0; r < reader->run_count; r++) {
        struct run run = reader->runs[r];
        size_t from = run.from > AROUND ? run.from - AROUND : 0;
        size_t to = count - run.to > AROUND ? run.to + AROUND : count;
        for (size_t i = from > read ? from : read; i < to; i++)
            fetch_word(reader, text, &ahead, i);
        read = to;
    }
    while (ahead.done < ahead.begun)
        look_up_next(reader, text, &ahead);
}

/* ---- Scores ----------------------------------------------------------- */

/* Memory is waited for in two rounds: for all places of rows, for all rows. */
static void add_pending(struct name_reader *reader)
{
    struct pending *pending = reader->pending;
    for (size_t i = 0; i < reader->pending_count; i++) {
        pending[i].row = model_row(reader->model, pending[i].feature);
        __builtin_prefetch(pending[i].row);
    }
    for (size_t i = 0; i < reader->pending_count; i++)
        if (pending[i].row)
            model_row_add(&reader->scores[pending[i].score], pending[i].row);
    reader->pending_count = 0;
}

static void add_features(struct name_reader *reader, size_t score,
                         const uint64_t *features, size_t count)
{
    if (reader->pending_count + count > PENDING_MAX)
        add_pending(reader);
    for (size_t i = 0; i < count; i++) {
        model_fetch(reader->model, features[i]);
        reader->pending[reader->pending_count++] =
            (struct pending){ features[i], score, NULL };
    }
}

static const struct cached_word *neighbour(const struct name_reader *reader,
                                           size_t at, int offset)
{
    size_t i = run_neighbour(&reader->tokens, at, offset);
    return i == SIZE_MAX ? word_cache_none(reader->cache) : reader->words[i];
}

static void score_run(struct name_reader *reader, struct run run)
{
    const struct cached_word *words[RUN_MAX + 8];
    const struct word_view *views[RUN_MAX + 8];
    struct phrase_marks phrases[RUN_MAX + 4];
    size_t count = run.to - run.from;
    words[0] = neighbour(reader, run.from, -2);
    words[1] = neighbour(reader, run.from, -1);
    for (size_t i = 0; i < count; i++)
        words[i + 2] = reader->words[run.from + i];
    words[count + 2] = neighbour(reader, run.to - 1, 1);
    words[count + 3] = neighbour(reader, run.to - 1, 2);
    for (size_t i = 0; i < count + 4; i++)
        views[i] = &words[i]->view;
    run_phrases(phrases, &reader->model->lexicon, views + 2, count);
    struct run_view view = { &reader->tokens, run, views, phrases };
    for (size_t i = 0; i < count; i++) {
        uint64_t features[FEATURES_TOKEN_MAX];
        MEMORY_GROW(reader->scores, reader->score_count,
                    reader->score_capacity);
        struct crf_scores *sum = &reader->scores[reader->score_count];
        *sum = words[i]->sums[0];
        for (size_t offset = 1; offset < FEATURES_OFFSETS; offset++)
            crf_scores_add(sum, &words[i + offset]->sums[offset]);
        add_features(reader, reader->score_count++, features,
                     features_of_token(features, &view, i));
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

static void find_runs(struct name_reader *reader)
{
    struct run run = { 0, 0 };
    reader->run_count = 0;
    while (run_next(&reader->tokens, run.to, &run)) {
        MEMORY_GROW(reader->runs, reader->run_count, reader->run_capacity);
        reader->runs[reader->run_count++] = run;
    }
}

static void read_first(struct name_reader *reader)
{
    reader->score_count = 0;
    for (size_t r = 0; r < reader->run_count; r++)
        score_run(reader, reader->runs[r]);
    add_pending(reader);
    context_begin(&reader->context, reader->runs, reader->run_count);
    const struct crf_scores *scores = reader->scores;
    for (size_t r = 0; r < reader->run_count; r++) {
        struct run run = reader->runs[r];
        decode(reader, run, scores, false);
        context_add(&reader->context, &reader->tokens, run, reader->labels);
        scores += run.to - run.from;
    }
    context_add_lower(&reader->context, &reader->tokens);
}

static void read_second(struct name_reader *reader)
{
    uint64_t features[CONTEXT_FEATURES_MAX];
    size_t score = 0;
    for (size_t r = 0; r < reader->run_count; r++) {
        struct run run = reader->runs[r];
        for (size_t i = 0; i < run.to - run.from; i++)
            add_features(reader, score++, features,
                         context_features(features, &reader->context,
                                          &reader->tokens, run, reader->labels,
                                          i));
    }
    add_pending(reader);
    const struct crf_scores *scores = reader->scores;
    for (size_t r = 0; r < reader->run_count; r++) {
        struct run run = reader->runs[r];
        decode(reader, run, scores, true);
        scores += run.to - run.from;
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
    const struct name_token *first = &reader->tokens.items[from];
    const struct name_token *last = &reader->tokens.items[to - 1];
    if (type == CRF_OTHER || (type != CRF_ORG && first == last &&
                              context_is_common(&reader->context, first)))
        return;
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

static void reserve_tokens(struct name_reader *reader)
{
    if (reader->tokens.count <= reader->token_capacity)
        return;
    size_t capacity = reader->tokens.count + reader->tokens.count / 2;
    reader->token_capacity = capacity;
    reader->words =
        memory_resize(reader->words, capacity, sizeof(*reader->words));
    reader->labels =
        memory_resize(reader->labels, capacity, sizeof(*reader->labels));
    reader->margins =
        memory_resize(reader->margins, capacity, sizeof(*reader->margins));
}

const struct entities *name_reader_run(struct name_reader *reader,
                                       struct span text)
{
    reader->entities.count = 0;
    size_t at = 0;
    while (at < text.size) {
        at = name_tokens_read(&reader->tokens, text, at, RECOGNISER_PART);
        reserve_tokens(reader);
        word_cache_trim(reader->cache);
        find_runs(reader);
        read_words(reader, text);
        read_first(reader);
        read_second(reader);
        collect(reader);
    }
    return &reader->entities;
}

struct name_reader *name_reader_new(const struct model *model)
{
    struct name_reader *reader = memory_new(1, sizeof(*reader));
    reader->model = model;
    reader->cache = word_cache_new(model);
    return reader;
}

void name_reader_free(struct name_reader *reader)
{
    if (!reader)
        return;
    name_tokens_release(&reader->tokens);
    word_cache_free(reader->cache);
    free(reader->runs);
    free(reader->scores);
    free(reader->words);
    free(reader->labels);
    free(reader->margins);
    context_release(&reader->context);
    free(reader->entities.items);
    free(reader);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/context.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { COMMON_MIN = 2 }; /* times in small letters */

enum {
    CAPACITY_MIN = 64,
    ROOM_MAX = 1 << 14, /* what a larger article took is freed */
};

enum kind {
    KIND_MAJORITY = FEATURE_KINDS,
    KIND_LONGER,
    KIND_PAIR,
    KIND_LOWER,
    KIND_NEW,
};

/* ---- The table -------------------------------------------------------- */

static struct context_word *find(const struct context *context, uint32_t key)
{
    size_t i = (key * 0x9E3779B1u >> 7) & (context->capacity - 1);
    while (context->words[i].key && context->words[i].key != key)
        i = (i + 1) & (context->capacity - 1);
    return &context->words[i];
}

static struct context_word *find_or_add(struct context *context, uint32_t key)
{
    struct context_word *word = find(context, key);
    word->key = key;
    return word;
}

void context_begin(struct context *context, const struct run *runs,
                   size_t count)
{
    size_t words = 0, capacity = CAPACITY_MIN;
    for (size_t i = 0; i < count; i++) /* a token adds its word and a pair */
        words += 2 * (runs[i].to - runs[i].from);
    while (capacity < 2 * words)
        capacity *= 2;
    if (context->room < capacity || context->room > ROOM_MAX) {
        context_release(context);
        context->words = memory_new(capacity, sizeof(*context->words));
        context->room = capacity;
    } else {
        memset(context->words, 0, capacity * sizeof(*context->words));
    }
    context->capacity = capacity;
}

void context_release(struct context *context)
{
    free(context->words);
    *context = (struct context)CONTEXT_INIT;
}

/* ---- Taking in -------------------------------------------------------- */

static uint32_t word_key(const struct name_token *token)
{
    return token->fold ? token->fold : 1;
}

static uint32_t pair_key(const struct name_token *first,
                         const struct name_token *second)
{
    uint32_t key = first->fold * 0x85EBCA77u + second->fold + 0x2545F491u;
    return key ? key : 1;
}

static void count_label(struct context_word *word, unsigned label)
{
    if (word->labels[label] < UINT16_MAX)
        word->labels[label]++;
}

static bool is_counted(const struct name_token *token)
{
    return token->flags & NAME_TOKEN_CAPITAL;
}

void context_add(struct context *context, const struct name_tokens *tokens,
                 struct run run, const uint8_t *labels)
{
    for (size_t i = run.from; i < run.to; i++) {
        const struct name_token *token = &tokens->items[i];
        if (!is_counted(token))
            continue;
        count_label(find_or_add(context, word_key(token)), labels[i]);
        if (i + 1 < run.to && is_counted(token + 1))
            count_label(find_or_add(context, pair_key(token, token + 1)),
                        labels[i]);
    }
}

void context_add_lower(struct context *context,
                       const struct name_tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++) {
        const struct name_token *token = &tokens->items[i];
        if (!(token->flags & NAME_TOKEN_LOWER))
            continue;
        struct context_word *word = find(context, word_key(token));
        if (word->key && word->lower < UINT16_MAX)
            word->lower++;
    }
}

bool context_is_common(const struct context *context,
                       const struct name_token *token)
{
    if (token->flags & NAME_TOKEN_ALL_CAPITALS) /* "US", and us */
        return false;
    const struct context_word *word = find(context, word_key(token));
    uint32_t capital = 0;
    for (unsigned label = 0; label < CRF_LABELS; label++) {
        bool alone = label == CRF_OUTSIDE || label % 4 == CRF_UNIT;
        if (!alone && word->labels[label])
            return false;
        capital += word->labels[label];
    }
    return word->lower >= COMMON_MIN && word->lower >= capital;
}

/* ---- Features --------------------------------------------------------- */

static unsigned bucket(unsigned count)
{
    return count < 3 ? count : count < 6 ? 3 : 4;
}

struct list {
    uint64_t *items;
    size_t count;
    unsigned place;
};

static void add(struct list *list, enum kind kind, uint64_t value)
{
    if (list->count < CONTEXT_FEATURES_MAX)
        list->items[list->count++] = feature_hash(kind, list->place, value);
}

/* Labels of the other mentions: without the token's own, `except`. */
static unsigned others(const struct context_word *word, unsigned label,
                       unsigned except)
{
    return word->labels[label] - (label == except && word->labels[label]);
}

static unsigned type_of(unsigned label)
{
    return label == CRF_OUTSIDE ? CRF_TYPES : label / 4;
}

static void add_counts(struct list *list, enum kind kind,
                       const struct context_word *word, unsigned except)
{
    unsigned types[CRF_TYPES + 1] = { 0 }, total = 0, best = 0;
    for (unsigned label = 0; label < CRF_LABELS; label++) {
        unsigned count = others(word, label, except);
        types[type_of(label)] += count;
        total += count;
    }
    for (unsigned type = 1; type <= CRF_TYPES; type++)
        if (types[type] > types[best])
            best = type;
    if (!total) {
        add(list, KIND_NEW, kind);
        return;
    }
    bool agreed = types[best] == total;
    add(list, kind, best);
    add(list, kind, 16 + best * 8 + bucket(total));
    if (agreed)
        add(list, kind, 128 + best * 8 + bucket(total));
    for (unsigned type = 0; type < CRF_TYPES; type++)
        if (types[type] && type != best)
            add(list, kind, 256 + type);
}

/* Its place in longer names: the most frequent of begin, inside and last. */
static void add_longer(struct list *list, const struct context_word *word,
                       unsigned except)
{
    unsigned best = CRF_LABELS, most = 0;
    for (unsigned label = 0; label < CRF_LANES; label++) {
        unsigned count = others(word, label, except);
        if (label % 4 != CRF_UNIT && count > most) {
            most = count;
            best = label;
        }
    }
    if (most) {
        add(list, KIND_LONGER, best);
        add(list, KIND_LONGER, 32 + best * 8 + bucket(most));
    }
}

size_t context_features(uint64_t out[CONTEXT_FEATURES_MAX],
                        const struct context *context,
                        const struct name_tokens *tokens, struct run run,
                        const uint8_t *labels, size_t i)
{
    struct list list = { out, 0, 0 };
    const struct name_token *token = &tokens->items[run.from + i];
    labels += run.from + i;
    if (!is_counted(token))
        return 0;
    const struct context_word *word = find(context, word_key(token));
    add_counts(&list, KIND_MAJORITY, word, labels[0]);
    add_longer(&list, word, labels[0]);
    if (word->lower)
        add(&list, KIND_LOWER, bucket(word->lower));
    if (run.from + i + 1 < run.to && is_counted(token + 1)) {
        list.place = 1;
        add_counts(&list, KIND_PAIR, find(context, pair_key(token, token + 1)),
                   labels[0]);
    }
    if (i && is_counted(token - 1)) {
        list.place = 2;
        add_counts(&list, KIND_PAIR, find(context, pair_key(token - 1, token)),
                   labels[-1]);
    }
    return list.count;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/folding.h"
#include "text/tokens.h"

/* Hashes of shingles, ascending, all different. */
struct shingles {
    uint64_t *items;
    size_t count, capacity;
};

static void add_shingle(struct shingles *shingles,
                        const uint64_t words[FOLD_SHINGLE])
{
    const struct span bytes = { (const char *)words,
                                FOLD_SHINGLE * sizeof(*words) };
    MEMORY_GROW(shingles->items, shingles->count, shingles->capacity);
    shingles->items[shingles->count++] = span_hash(bytes, 0);
}

/* Those of the first words; a text of fewer than a shingle has is one. */
static void add_text(struct shingles *shingles, struct span text)
{
    uint64_t words[FOLD_SHINGLE] = { 0 };
    size_t count = 0;
    struct str folded = STR_INIT;
    struct tokens tokens = tokens_begin_words(text);
    struct token token;
    while (count < FOLD_WORDS && tokens_next(&tokens, &token)) {
        str_clear(&folded);
        token_fold(&folded, token.surface);
        memmove(words, words + 1, (FOLD_SHINGLE - 1) * sizeof(*words));
        words[FOLD_SHINGLE - 1] = span_hash(str_span(&folded), 0);
        if (++count >= FOLD_SHINGLE)
            add_shingle(shingles, words);
    }
    if (count && count < FOLD_SHINGLE)
        add_shingle(shingles, words);
    str_release(&folded);
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void read_record(struct shingles *out, const struct record *record)
{
    *out = (struct shingles){ NULL, 0, 0 };
    add_text(out, record_title(record));
    add_text(out, record_body(record));
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), ascending);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (!kept || out->items[kept - 1] != out->items[i])
            out->items[kept++] = out->items[i];
    out->count = kept;
}

static bool are_alike(const struct shingles *a, const struct shingles *b)
{
    size_t i = 0, j = 0, common = 0;
    while (i < a->count && j < b->count) {
        uint64_t x = a->items[i], y = b->items[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    size_t shorter = a->count < b->count ? a->count : b->count;
    if (shorter < FOLD_LEAST)
        return shorter && a->count == b->count && common == shorter;
    return 100 * common >= FOLD_ALIKE * shorter;
}

void fold_records(size_t *behind, const struct record *const *records,
                  size_t count)
{
    struct shingles *all = memory_new(count, sizeof(*all));
    for (size_t i = 0; i < count; i++) {
        read_record(&all[i], records[i]);
        size_t j = 0;
        while (j < i && (behind[j] != j || !are_alike(&all[j], &all[i])))
            j++;
        behind[i] = j;
    }
    for (size_t i = 0; i < count; i++)
        free(all[i].items);
    free(all);
}

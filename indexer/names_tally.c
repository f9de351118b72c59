/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names_tally.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "indexer/names/name_index.h"

struct tally {
    struct arena *memory;
    struct name_index *index;
    struct tallied *names;
    size_t count, capacity;
};

struct tally *tally_new(void)
{
    struct tally *tally = memory_new(1, sizeof(*tally));
    tally->memory = arena_new();
    tally->index = name_index_new(tally->memory, 0);
    return tally;
}

void tally_free(struct tally *tally)
{
    if (!tally)
        return;
    for (size_t i = 0; i < tally->count; i++)
        free(tally->names[i].spellings);
    free(tally->names);
    arena_free(tally->memory);
    free(tally);
}

static struct tallied *find_or_add(struct tally *tally, enum name_kind kind,
                                   struct span key)
{
    size_t *at = name_index_at(tally->index, kind, key);
    if (*at == NAME_INDEX_NONE) {
        *at = tally->count;
        MEMORY_GROW(tally->names, tally->count, tally->capacity);
        tally->names[tally->count++] = (struct tallied){
            .kind = kind,
            .key = arena_copy(tally->memory, key),
        };
    }
    return &tally->names[*at];
}

/* NULL where there are too many already. */
static struct spelling *spelling_of(struct tally *tally, struct tallied *name,
                                    struct span text)
{
    for (size_t i = 0; i < name->spelling_count; i++)
        if (span_equal(name->spellings[i].text, text))
            return &name->spellings[i];
    if (name->spelling_count == TALLY_SPELLINGS_MAX)
        return NULL;
    MEMORY_GROW(name->spellings, name->spelling_count, name->spelling_capacity);
    struct spelling *added = &name->spellings[name->spelling_count++];
    *added = (struct spelling){ arena_copy(tally->memory, text), 0, 0 };
    return added;
}

void tally_add(struct tally *tally, const struct record *record, unsigned kinds)
{
    for (size_t i = 0; i < record->names.count; i++) {
        const struct name *name = &record->names.items[i];
        if (!(kinds & 1U << name->kind))
            continue;
        struct tallied *entry = find_or_add(tally, name->kind, name->key);
        struct spelling *spelling = spelling_of(tally, entry, name->form);
        if (spelling)
            spelling->articles++;
        entry->articles++;
        entry->mentions += name->mention_count;
        for (size_t j = 0; j < name->mention_count; j++) {
            const struct mention *at = &name->mentions[j];
            spelling = spelling_of(
                tally, entry,
                span_slice(record->text, at->offset, at->offset + at->size));
            if (spelling)
                spelling->mentions++;
        }
    }
}

static int order_numbers(uint64_t a, uint64_t b)
{
    return a == b ? 0 : a < b ? 1 : -1;
}

static int by_mentions(const void *a, const void *b)
{
    const struct spelling *x = a, *y = b;
    int order = order_numbers(x->mentions, y->mentions);
    return order ? order : span_compare(x->text, y->text);
}

static int by_name(const void *a, const void *b)
{
    const struct tallied *x = a, *y = b;
    int order = span_compare(x->key, y->key);
    return order ? order : (int)x->kind - (int)y->kind;
}

static int by_count(const void *a, const void *b)
{
    const struct tallied *x = a, *y = b;
    int order = order_numbers(x->articles, y->articles);
    if (!order)
        order = order_numbers(x->mentions, y->mentions);
    return order ? order : by_name(a, b);
}

const struct tallied *tally_sorted(struct tally *tally, enum tally_order order,
                                   size_t *count)
{
    for (size_t i = 0; i < tally->count; i++)
        qsort(tally->names[i].spellings, tally->names[i].spelling_count,
              sizeof(struct spelling), by_mentions);
    if (tally->count)
        qsort(tally->names, tally->count, sizeof(*tally->names),
              order == TALLY_BY_NAME ? by_name : by_count);
    /* Places moved. */
    for (size_t i = 0; i < tally->count; i++)
        *name_index_at(tally->index, tally->names[i].kind,
                       tally->names[i].key) = i;
    *count = tally->count;
    return tally->names;
}

struct span tally_form(const struct tallied *name)
{
    const struct spelling *best = &name->spellings[0];
    for (size_t i = 1; i < name->spelling_count; i++)
        if (name->spellings[i].articles > best->articles)
            best = &name->spellings[i];
    return best->text;
}

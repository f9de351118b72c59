/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_index.h"

struct cell {
    uint64_t hash; /* of space and key; 0: a free cell */
    size_t first;  /* the name that was added first */
    size_t last;   /* the one marked last */
    bool several;  /* others were added too */
};

struct name_index {
    struct arena *memory;
    struct cell *cells; /* at most half full */
    size_t capacity, count;
};

enum { CAPACITY_MIN = 16 };

struct name_index *name_index_new(struct arena *memory, size_t expected)
{
    struct name_index *index = arena_alloc(memory, sizeof(*index));
    index->memory = memory;
    index->capacity = CAPACITY_MIN;
    while (index->capacity < expected * 2)
        index->capacity *= 2;
    index->cells = arena_alloc(memory, index->capacity * sizeof(struct cell));
    return index;
}

static uint64_t hash_of(unsigned space, struct span key)
{
    return span_hash(key, space) | 1;
}

static struct cell *find(const struct name_index *index, uint64_t hash)
{
    size_t i = (size_t)(hash >> 1) & (index->capacity - 1);
    while (index->cells[i].hash && index->cells[i].hash != hash)
        i = (i + 1) & (index->capacity - 1);
    return &index->cells[i];
}

static void grow(struct name_index *index)
{
    struct name_index old = *index;
    index->capacity *= 2;
    index->cells =
        arena_alloc(index->memory, index->capacity * sizeof(struct cell));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.cells[i].hash)
            *find(index, old.cells[i].hash) = old.cells[i];
}

static struct cell *find_or_add(struct name_index *index, unsigned space,
                                struct span key)
{
    if (index->count * 2 >= index->capacity)
        grow(index);
    uint64_t hash = hash_of(space, key);
    struct cell *cell = find(index, hash);
    if (!cell->hash) {
        *cell = (struct cell){ hash, NAME_INDEX_NONE, NAME_INDEX_NONE, false };
        index->count++;
    }
    return cell;
}

size_t *name_index_at(struct name_index *index, unsigned space, struct span key)
{
    return &find_or_add(index, space, key)->first;
}

void name_index_add(struct name_index *index, unsigned space, struct span key,
                    size_t name)
{
    struct cell *cell = find_or_add(index, space, key);
    if (cell->first == NAME_INDEX_NONE)
        cell->first = name;
    else if (cell->first != name)
        cell->several = true;
}

size_t name_index_one(const struct name_index *index, unsigned space,
                      struct span key)
{
    const struct cell *cell = find(index, hash_of(space, key));
    return cell->hash && !cell->several ? cell->first : NAME_INDEX_NONE;
}

void name_index_touch(struct name_index *index, unsigned space, struct span key,
                      size_t name)
{
    find_or_add(index, space, key)->last = name;
}

size_t name_index_last(const struct name_index *index, unsigned space,
                       struct span key)
{
    const struct cell *cell = find(index, hash_of(space, key));
    if (cell->hash && cell->last != NAME_INDEX_NONE)
        return cell->last;
    return name_index_one(index, space, key);
}

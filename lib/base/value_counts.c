/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/value_counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { CAPACITY_MIN = 1024 };

void value_counts_begin(struct value_counts *counts, size_t limit)
{
    *counts = (struct value_counts){ .memory = arena_new(), .limit = limit };
}

void value_counts_release(struct value_counts *counts)
{
    arena_free(counts->memory);
    free(counts->places);
    *counts = (struct value_counts){ .memory = NULL };
}

void value_counts_clear(struct value_counts *counts)
{
    arena_reset(counts->memory);
    if (counts->capacity)
        memset(counts->places, 0, counts->capacity * sizeof(*counts->places));
    counts->count = 0;
    counts->cut = false;
}

static struct value_count *find(const struct value_counts *counts,
                                uint64_t hash, struct span value)
{
    size_t i = (size_t)hash & (counts->capacity - 1);
    while (counts->places[i].count &&
           (counts->places[i].hash != hash ||
            !span_equal(counts->places[i].value, value)))
        i = (i + 1) & (counts->capacity - 1);
    return &counts->places[i];
}

static void grow(struct value_counts *counts)
{
    struct value_counts old = *counts;
    counts->capacity = old.capacity ? old.capacity * 2 : CAPACITY_MIN;
    counts->places = memory_new(counts->capacity, sizeof(*counts->places));
    for (size_t i = 0; i < old.capacity; i++)
        if (old.places[i].count)
            *find(counts, old.places[i].hash, old.places[i].value) =
                old.places[i];
    free(old.places);
}

void value_counts_add(struct value_counts *counts, struct span value,
                      uint64_t count)
{
    if (counts->count * 2 >= counts->capacity)
        grow(counts);
    uint64_t hash = span_hash(value, 0);
    struct value_count *place = find(counts, hash, value);
    if (!place->count) {
        if (counts->count == counts->limit) {
            counts->cut = true;
            return;
        }
        place->value = arena_copy(counts->memory, value);
        place->hash = hash;
        counts->count++;
    }
    place->count += count;
}

uint64_t value_counts_get(const struct value_counts *counts, struct span value)
{
    return counts->capacity ? find(counts, span_hash(value, 0), value)->count
                            : 0;
}

void value_counts_gather(struct value_counts *counts)
{
    size_t kept = 0;
    for (size_t i = 0; i < counts->capacity; i++)
        if (counts->places[i].count)
            counts->places[kept++] = counts->places[i];
}

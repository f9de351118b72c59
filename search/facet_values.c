/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_values.h"

#include <stdlib.h>

#include "base/memory.h"

enum { WEIGHED_MAX = 2000 }; /* of the most frequent */

/* ---- Spellings of one value ------------------------------------------- */

/* Where the first spelling of a term is. */
struct place {
    uint64_t hash; /* 0: free */
    size_t at;     /* among the values */
    uint64_t most; /* articles with the spelling that stands for them */
};

struct joining {
    struct place *places;
    size_t capacity; /* a power of two, at most half of it in use */
    struct facet_value *values;
    size_t count;
    struct arena *memory; /* of the terms */
};

static struct place *find(const struct joining *joining, uint64_t hash,
                          struct span term)
{
    size_t at = (size_t)(hash >> 1) & (joining->capacity - 1);
    struct place *place = &joining->places[at];
    while (place->hash &&
           (place->hash != hash ||
            !span_equal(joining->values[place->at].term, term))) {
        at = (at + 1) & (joining->capacity - 1);
        place = &joining->places[at];
    }
    return place;
}

/* The most frequent spelling stands for all. */
static void join(struct joining *joining, const struct value_count *counted,
                 struct span term)
{
    uint64_t hash = span_hash(term, 0) | 1;
    struct place *place = find(joining, hash, term);
    if (!place->hash) {
        *place = (struct place){ hash, joining->count, counted->count };
        joining->values[joining->count++] =
            (struct facet_value){ .value = counted->value,
                                  .term = arena_copy(joining->memory, term),
                                  .count = counted->count };
        return;
    }
    struct facet_value *joined = &joining->values[place->at];
    if (counted->count > place->most ||
        (counted->count == place->most &&
         span_compare(counted->value, joined->value) > 0)) {
        joined->value = counted->value;
        place->most = counted->count;
    }
    joined->count += counted->count;
}

static void join_all(struct joining *joining, struct value_counts *counts,
                     enum field_id field)
{
    struct str term = STR_INIT;
    value_counts_gather(counts);
    joining->capacity = 16;
    while (joining->capacity < counts->count * 2)
        joining->capacity *= 2;
    joining->places = memory_new(joining->capacity, sizeof(*joining->places));
    joining->values = memory_new(counts->count, sizeof(*joining->values));
    for (size_t i = 0; i < counts->count; i++) {
        str_clear(&term);
        schema_facet_term(&term, field, counts->places[i].value);
        join(joining, &counts->places[i], str_span(&term));
    }
    str_release(&term);
}

/* ---- The best --------------------------------------------------------- */

static enum status weigh(struct facet_best *best, const struct joining *joining,
                         const struct facet_scale *scale, struct error *err)
{
    struct facet_best frequent = { .limit = WEIGHED_MAX };
    for (size_t i = 0; i < joining->count; i++)
        facet_best_add(&frequent, &joining->values[i]);
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < frequent.count; i++) {
        rc = facet_weigh(&frequent.items[i], scale, err);
        /* What is rarer in the answers than elsewhere does not matter. */
        if (frequent.items[i].score > 0)
            facet_best_add(best, &frequent.items[i]);
    }
    facet_best_release(&frequent);
    return rc;
}

enum status facet_values_count(struct facet_best *best, enum field_id field,
                               struct value_counts *counts,
                               const struct facet_scale *scale,
                               size_t *distinct, struct arena *memory,
                               struct error *err)
{
    struct joining joining = { .memory = arena_new() };
    join_all(&joining, counts, field);
    *distinct = joining.count;
    enum status rc = STATUS_OK;
    if (best->significant)
        rc = weigh(best, &joining, scale, err);
    for (size_t i = 0; !best->significant && i < joining.count; i++)
        facet_best_add(best, &joining.values[i]);
    for (size_t i = 0; i < best->count; i++) {
        best->items[i].value = arena_copy(memory, best->items[i].value);
        best->items[i].term = arena_copy(memory, best->items[i].term);
    }
    free(joining.values);
    free(joining.places);
    arena_free(joining.memory);
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_lists.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/value_counts.h"
#include "newsdb/frequent.h"

/* What counting may cost, in entries of lists: as much as looking at the values
 * of the answers would, or a part of it, for it may come to nothing. */
enum {
    ANSWERS_MIN = 4000, /* fewer are looked at one by one */
    ENTRIES_PER_ANSWER = 64,
    ENTRIES_PER_TERM = 15,  /* to read its name */
    ENTRIES_PER_LIST = 400, /* to find one */
};

struct candidate {
    struct span term;
    uint64_t listed; /* articles, in the parts that list it */
    uint64_t parts;  /* a bit for each of them */
    bool settled;    /* counted, or known not to be among the best */
};

enum { PARTS_MAX = 64 };

struct counting {
    struct facet_best *best;
    enum field_id field;
    const struct xap_set *set;
    const struct facet_scale *scale;
    size_t part_count;
    uint64_t bounds[PARTS_MAX]; /* of the terms that a part does not list */
    struct value_counts seen; /* terms: 1 and the place among the candidates */
    struct candidate *candidates;
    size_t count, capacity;
    uint64_t entries_left;
    size_t distinct;
    bool pruned; /* some terms were not counted */
    struct arena *memory;
};

/* ---- What may be among the best --------------------------------------- */

static void add_candidate(struct counting *counting, size_t part,
                          const struct frequent_term *listed, struct str *term)
{
    str_clear(term);
    schema_value(term, counting->field, (struct span){ NULL, 0 });
    str_add(term, listed->name);
    size_t at = (size_t)value_counts_get(&counting->seen, str_span(term));
    if (!at) {
        MEMORY_GROW(counting->candidates, counting->count, counting->capacity);
        at = ++counting->count;
        value_counts_add(&counting->seen, str_span(term), at);
        counting->candidates[at - 1] =
            (struct candidate){ .term = arena_copy(counting->memory,
                                                   str_span(term)) };
    }
    counting->candidates[at - 1].listed += listed->frequency;
    counting->candidates[at - 1].parts |= UINT64_C(1) << part;
}

static bool pay(struct counting *counting, uint64_t entries)
{
    if (entries > counting->entries_left)
        return false;
    counting->entries_left -= entries;
    return true;
}

/* The terms of one level; where a part has none left its bound stays. */
static enum status add_level(struct counting *counting, unsigned level,
                             bool *known, struct error *err)
{
    enum status rc = STATUS_OK;
    struct str term = STR_INIT;
    *known = pay(counting, ENTRIES_PER_TERM * counting->part_count *
                               frequent_level_end(level));
    for (size_t i = 0; !rc && *known && i < counting->part_count; i++) {
        struct frequent frequent;
        rc = frequent_read(&frequent, counting->scale->db, i, counting->field,
                           level, counting->memory, err);
        if (frequent.known)
            counting->bounds[i] = frequent.bound;
        else if (!level)
            *known = false;
        for (size_t j = 0; !rc && j < frequent.count; j++)
            add_candidate(counting, i, &frequent.terms[j], &term);
    }
    str_release(&term);
    return rc;
}

/* How many articles have it at most. */
static uint64_t bound_of(const struct counting *counting,
                         const struct candidate *candidate)
{
    uint64_t bound = candidate->listed;
    for (size_t i = 0; i < counting->part_count; i++)
        if (!(candidate->parts >> i & 1))
            bound += counting->bounds[i];
    return bound;
}

/* ---- Counting --------------------------------------------------------- */

/* Whether a value that `archive` articles have at most cannot be shown. */
static bool is_beaten(const struct counting *counting, uint64_t archive)
{
    const struct facet_value *worst = facet_best_worst(counting->best);
    if (!counting->best->significant)
        return !archive || (worst && archive < worst->count);
    double bound = facet_score_bound(archive, counting->scale);
    return bound <= 0 || (worst && bound < worst->score);
}

static enum status count_candidate(struct counting *counting,
                                   const struct candidate *candidate,
                                   struct error *err)
{
    uint32_t count;
    enum status rc = xap_set_count(counting->set, candidate->term, &count, err);
    if (rc || !count)
        return rc;
    struct facet_value value = { .term = candidate->term, .count = count };
    counting->distinct++;
    if (counting->best->significant)
        rc = facet_weigh(&value, counting->scale, err);
    /* What is rarer in the answers than elsewhere does not matter in them. */
    if (!rc && (!counting->best->significant || value.score > 0))
        facet_best_add(counting->best, &value);
    return rc;
}

static int by_bound(const void *a, const void *b)
{
    const struct candidate *x = *(const struct candidate *const *)a;
    const struct candidate *y = *(const struct candidate *const *)b;
    if (x->listed != y->listed)
        return x->listed < y->listed ? 1 : -1;
    return span_compare(x->term, y->term);
}

static enum status count_sorted(struct counting *counting,
                                struct candidate **sorted, size_t count,
                                bool *cheap, struct error *err)
{
    enum status rc = STATUS_OK;
    /* A short list is counted to its end, for the number of values. */
    bool all = counting->count <= FREQUENT_FIRST;
    for (size_t i = 0; !rc && i < count; i++) {
        uint64_t bound = bound_of(counting, sorted[i]);
        sorted[i]->settled = true;
        if (!all && is_beaten(counting, bound)) {
            counting->pruned = true;
            continue;
        }
        *cheap = pay(counting, bound + ENTRIES_PER_LIST * counting->part_count);
        if (!*cheap)
            break;
        rc = count_candidate(counting, sorted[i], err);
    }
    return rc;
}

static enum status count_level(struct counting *counting, bool *cheap,
                               struct error *err)
{
    struct candidate **sorted = memory_new(counting->count, sizeof(*sorted));
    size_t count = 0;
    for (size_t i = 0; i < counting->count; i++)
        if (!counting->candidates[i].settled)
            sorted[count++] = &counting->candidates[i];
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_bound);
    enum status rc = count_sorted(counting, sorted, count, cheap, err);
    free(sorted);
    return rc;
}

static enum status count_levels(struct counting *counting, bool *done,
                                struct error *err)
{
    enum status rc = STATUS_OK;
    bool useful = true;
    for (unsigned level = 0; !rc && useful && level < FREQUENT_LEVELS;
         level++) {
        const struct candidate other = { .listed = 0 };
        rc = add_level(counting, level, &useful, err);
        if (!rc && useful)
            rc = count_level(counting, &useful, err);
        uint64_t others = bound_of(counting, &other);
        if (!rc && useful && is_beaten(counting, others)) {
            *done = true;
            counting->pruned = counting->pruned || others;
            break;
        }
    }
    return rc;
}

enum status facet_lists_count(struct facet_best *best, enum field_id field,
                              const struct xap_set *set,
                              const struct facet_scale *scale, bool *done,
                              size_t *distinct, struct arena *memory,
                              struct error *err)
{
    *done = false;
    *distinct = 0;
    uint64_t answers = xap_set_size(set);
    size_t parts = xap_db_parts(scale->db);
    if (answers < ANSWERS_MIN || parts > PARTS_MAX)
        return STATUS_OK;
    struct counting counting = {
        .best = best,
        .field = field,
        .set = set,
        .scale = scale,
        .part_count = parts,
        .entries_left = answers * ENTRIES_PER_ANSWER,
        .memory = memory,
    };
    value_counts_begin(&counting.seen, SIZE_MAX);
    enum status rc = count_levels(&counting, done, err);
    if (!counting.pruned)
        *distinct = counting.distinct;
    value_counts_release(&counting.seen);
    free(counting.candidates);
    return rc;
}

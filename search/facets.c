/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facets.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "search/facet_lists.h"
#include "search/facet_spelling.h"
#include "search/facet_values.h"
#include "search/timeline.h"

struct facet_counter {
    struct facets_request request;
    const struct xap_set *answers; /* NULL: counted while searching */
    struct value_counts values[FACETS_MAX];
    struct timeline_counts *timeline; /* NULL: not asked for */
};

/* ---- What is asked for ------------------------------------------------ */

static enum status say_fields(struct span wrong, struct error *err)
{
    struct str names = STR_INIT;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (schema_fields[i].flags & FIELD_FACET)
            str_addf(&names, "%s%s", names.size ? ", " : "",
                     schema_fields[i].name);
    enum status rc =
        error_set(err, STATUS_USAGE, "--facets takes any of %s, not '%.*s'",
                  names.data, SPAN_ARGS(wrong));
    str_release(&names);
    return rc;
}

enum status facets_parse(struct facets_request *out, struct span text,
                         struct error *err)
{
    struct span item, name;
    while (text.size && span_next(&text, ',', &item)) {
        struct span whole = item = span_trim(item);
        uint64_t limit = FACETS_LIMIT;
        span_next(&item, ':', &name);
        enum field_id field = schema_find(name);
        if (field == FIELD_COUNT || !(schema_fields[field].flags & FIELD_FACET))
            return say_fields(whole, err);
        if (name.size < whole.size && (!number_parse(item, UINT32_MAX, &limit)))
            return error_set(err, STATUS_USAGE,
                             "--facets: '%.*s' does not end in a number",
                             SPAN_ARGS(whole));
        if (out->count == FACETS_MAX)
            return error_set(err, STATUS_USAGE, "--facets takes %d fields",
                             FACETS_MAX);
        out->items[out->count++] =
            (struct facet_request){ field, (uint32_t)limit, false };
    }
    return STATUS_OK;
}

/* ---- Counting --------------------------------------------------------- */

struct facet_counter *facet_counter_new(const struct facets_request *request)
{
    if (!request->count && request->timeline == TIMELINE_NONE)
        return NULL;
    struct facet_counter *counter = memory_new(1, sizeof(*counter));
    counter->request = *request;
    for (size_t i = 0; i < request->count; i++)
        value_counts_begin(&counter->values[i], FACETS_DISTINCT_MAX);
    if (request->timeline != TIMELINE_NONE)
        counter->timeline = timeline_counts_new(request->timeline);
    return counter;
}

void facet_counter_free(struct facet_counter *counter)
{
    if (!counter)
        return;
    for (size_t i = 0; i < counter->request.count; i++)
        value_counts_release(&counter->values[i]);
    timeline_counts_free(counter->timeline);
    free(counter);
}

void facet_counter_clear(struct facet_counter *counter)
{
    if (!counter)
        return;
    for (size_t i = 0; i < counter->request.count; i++)
        value_counts_clear(&counter->values[i]);
    if (counter->timeline)
        timeline_counts_clear(counter->timeline);
    counter->answers = NULL;
}

static unsigned slot_of(const struct facet_counter *counter, size_t i)
{
    enum field_id field = i == counter->request.count
                              ? FIELD_DATE
                              : counter->request.items[i].field;
    return (unsigned)schema_fields[field].slot;
}

static void on_facet(void *payload, size_t i, struct span packed,
                     uint32_t count)
{
    struct facet_counter *counter = payload;
    struct span value;
    if (i == counter->request.count) {
        timeline_counts_add(counter->timeline, packed, count);
        return;
    }
    while (packed.size && schema_unpack_value(&packed, &value))
        value_counts_add(&counter->values[i], value, count);
}

void facet_counter_join(struct facet_counter *counter,
                        struct xap_search *search)
{
    if (!counter)
        return;
    search->facet_count = counter->request.count + (counter->timeline != NULL);
    for (size_t i = 0; i < search->facet_count; i++)
        search->facet_slots[i] = slot_of(counter, i);
    search->on_facet = on_facet;
    search->payload = counter;
}

struct slot_walk {
    struct facet_counter *counter;
    size_t facet;
};

static bool on_value(void *payload, uint32_t document, struct span value)
{
    struct slot_walk *walk = payload;
    (void)document;
    on_facet(walk->counter, walk->facet, value, 1);
    return true;
}

/* Count facet `i` by looking at each answer. */
static enum status look_at_answers(struct facet_counter *counter, size_t i,
                                   struct error *err)
{
    struct slot_walk walk = { counter, i };
    return counter->answers
               ? xap_set_each_value(counter->answers, slot_of(counter, i),
                                    on_value, &walk, err)
               : STATUS_OK;
}

/* ---- The answer ------------------------------------------------------- */

static enum status find_best(struct facet_counter *counter, size_t i,
                             struct facet *out, struct facet_best *best,
                             const struct facet_scale *scale,
                             struct arena *memory, struct error *err)
{
    bool done = false;
    enum status rc = STATUS_OK;
    struct arena *passing = arena_new();
    if (counter->answers)
        rc = facet_lists_count(best, out->field, counter->answers, scale, &done,
                               &out->distinct, passing, err);
    if (!rc && done)
        rc = facet_spell(best, out->field, counter->answers, scale->db, memory,
                         err);
    if (!rc && !done) {
        best->count = 0;
        rc = look_at_answers(counter, i, err);
        if (!rc)
            rc = facet_values_count(best, out->field, &counter->values[i],
                                    scale, &out->distinct, memory, err);
        out->cut = counter->values[i].cut;
    }
    facet_best_sort(best);
    arena_free(passing);
    return rc;
}

static enum status finish_facet(struct facet_counter *counter, size_t i,
                                struct facet *out,
                                const struct facet_scale *scale,
                                struct arena *memory, struct error *err)
{
    const struct facet_request *request = &counter->request.items[i];
    struct facet_best best = { .limit = request->limit,
                               .significant = request->significant };
    *out = (struct facet){ .field = request->field,
                           .significant = request->significant };
    enum status rc = find_best(counter, i, out, &best, scale, memory, err);
    out->count = rc ? 0 : best.count;
    out->values = arena_alloc(memory, (out->count + 1) * sizeof(*out->values));
    for (size_t j = 0; j < out->count; j++) {
        out->values[j] = best.items[j];
        out->values[j].value = schema_facet_form(best.items[j].value);
        out->values[j].term = (struct span){ NULL, 0 };
    }
    facet_best_release(&best);
    return rc;
}

enum status facet_counter_finish(struct facets *out,
                                 struct facet_counter *counter,
                                 const struct xap_set *answers, uint64_t total,
                                 const struct xap_db *db, struct arena *memory,
                                 struct error *err)
{
    *out = (struct facets){ .items = NULL };
    if (!counter)
        return STATUS_OK;
    counter->answers = answers;
    struct xap_db_figures figures;
    enum status rc = xap_db_measure(db, &figures, err);
    const struct facet_scale scale = { db, figures.documents, total };
    size_t count = counter->request.count;
    out->items = arena_alloc(memory, count * sizeof(*out->items));
    for (size_t i = 0; !rc && i < count; i++) {
        rc = finish_facet(counter, i, &out->items[i], &scale, memory, err);
        out->count++;
    }
    if (!rc && counter->timeline)
        rc = look_at_answers(counter, count, err);
    if (!rc && counter->timeline)
        timeline_counts_finish(&out->timeline, counter->timeline, total,
                               memory);
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facets.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "newsdb/column.h"
#include "search/facet_answers.h"
#include "search/facet_values.h"
#include "search/timeline.h"

/* Spellings counted at a time: those with higher numbers come later. */
enum { SPELLINGS_MAX = 750000 };

struct facet_counter {
    struct facets_request request;
    /* What is counted while searching, where some of the answers are on other
     * machines; the days come behind the facets. */
    struct value_counts strings[FACETS_MAX + 1];
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
    for (size_t i = 0; i <= request->count; i++)
        value_counts_begin(&counter->strings[i], FACETS_AFAR_MAX);
    return counter;
}

void facet_counter_free(struct facet_counter *counter)
{
    if (!counter)
        return;
    for (size_t i = 0; i <= counter->request.count; i++)
        value_counts_release(&counter->strings[i]);
    free(counter);
}

void facet_counter_clear(struct facet_counter *counter)
{
    if (!counter)
        return;
    for (size_t i = 0; i <= counter->request.count; i++)
        value_counts_clear(&counter->strings[i]);
}

static enum field_id field_of(const struct facet_counter *counter, size_t i)
{
    return i == counter->request.count ? FIELD_DATE
                                       : counter->request.items[i].field;
}

static void on_facet(void *payload, size_t i, struct span slot, uint32_t count)
{
    struct facet_counter *counter = payload;
    struct span value;
    while (column_next(field_of(counter, i), &slot, &value))
        value_counts_add(&counter->strings[i], value, count);
}

void facet_counter_join(struct facet_counter *counter,
                        struct xap_search *search)
{
    if (!counter)
        return;
    search->facet_count =
        counter->request.count + (counter->request.timeline != TIMELINE_NONE);
    for (size_t i = 0; i < search->facet_count; i++)
        search->facet_slots[i] =
            (unsigned)schema_fields[field_of(counter, i)].slot;
    search->on_facet = on_facet;
    search->payload = counter;
}

/* ---- The answer ------------------------------------------------------- */

/* Strings become numbers, their places the examples. */
static struct facet_run run_of(struct value_counts *strings,
                               enum field_id field)
{
    value_counts_gather(strings);
    struct facet_spelling *items = memory_new(strings->count, sizeof(*items));
    for (size_t i = 0; i < strings->count; i++)
        items[i] = (struct facet_spelling){
            column_number(field, strings->places[i].value),
            (uint32_t)strings->places[i].count, (uint32_t)i
        };
    return facet_run_of(items, strings->count);
}

/* What is counted of one field, or of the days, from a number on. */
static enum status count(struct facet_run *out, struct facet_counter *counter,
                         size_t i, struct facet_answers *answers, uint64_t from,
                         struct error *err)
{
    enum field_id field = field_of(counter, i);
    if (answers)
        return facet_answers_count(out, answers, field, from, SPELLINGS_MAX,
                                   err);
    *out = run_of(&counter->strings[i], field);
    return STATUS_OK;
}

static enum status find_best(struct facet_best *best, size_t *distinct,
                             struct facet_counter *counter, size_t i,
                             struct facet_answers *answers,
                             const struct facet_scale *scale,
                             struct arena *memory, struct error *err)
{
    enum status rc = STATUS_OK;
    struct facet_run run = { .items = NULL };
    uint64_t from = 0;
    do {
        facet_run_release(&run);
        rc = count(&run, counter, i, answers, from, err);
        if (!rc)
            rc = facet_values_find(best, field_of(counter, i), &run,
                                   answers ? NULL : &counter->strings[i], scale,
                                   distinct, memory, err);
        from = run.last + 1;
    } while (!rc && from);
    facet_run_release(&run);
    facet_best_sort(best);
    return rc;
}

static enum status finish_facet(struct facet *out,
                                struct facet_counter *counter, size_t i,
                                struct facet_answers *answers,
                                const struct facet_scale *scale,
                                struct arena *memory, struct error *err)
{
    const struct facet_request *request = &counter->request.items[i];
    struct facet_best best = { .limit = request->limit,
                               .significant = request->significant };
    *out = (struct facet){ .field = request->field,
                           .significant = request->significant };
    enum status rc = find_best(&best, &out->distinct, counter, i, answers,
                               scale, memory, err);
    out->cut = counter->strings[i].cut;
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

static enum status finish(struct facets *out, struct facet_counter *counter,
                          struct facet_answers *answers,
                          const struct facet_scale *scale, struct arena *memory,
                          struct error *err)
{
    const struct facets_request *request = &counter->request;
    enum status rc = STATUS_OK;
    out->items = arena_alloc(memory, request->count * sizeof(*out->items));
    for (size_t i = 0; !rc && i < request->count; i++) {
        rc = finish_facet(&out->items[i], counter, i, answers, scale, memory,
                          err);
        out->count++;
    }
    if (rc || request->timeline == TIMELINE_NONE)
        return rc;
    struct facet_run days;
    rc = count(&days, counter, request->count, answers, 0, err);
    if (!rc)
        timeline_find(&out->timeline, &days, request->timeline, scale->total,
                      memory);
    facet_run_release(&days);
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
    struct xap_db_figures figures;
    enum status rc = xap_db_measure(db, &figures, err);
    if (rc)
        return rc;
    const struct facet_scale scale = { db, figures.documents, total };
    struct facet_answers *here =
        answers ? facet_answers_new(answers, db) : NULL;
    rc = finish(out, counter, here, &scale, memory, err);
    facet_answers_free(here);
    return rc;
}

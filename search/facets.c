/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facets.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/parallel.h"
#include "newsdb/column.h"
#include "search/facet_answers.h"
#include "search/facet_values.h"
#include "search/timeline.h"

enum {
    SPELLINGS_MAX = 750000, /* counted at a time: higher numbers come later */
    SPELLINGS_BESIDE = 1000000, /* of all fields that are counted at a time */
    READING_TURNS = 5, /* one reads: so much more work is worth a thread */
    THREADS_MAX = 4,   /* each has a note in memory (newsdb/column.h), */
    ALONE_MAX = 2,     /* and there are fewer where a field takes much */
};

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

/* What comes out of one field, or of the days, which stand behind the fields.
 */
struct tally {
    struct arena *memory; /* of the strings */
    struct facet_best best;
    size_t distinct;
    struct facet_run days;
    bool done;
};

struct tallies {
    struct facet_counter *counter;
    struct facet_source *source;
    struct facet_answers *answers; /* NULL: counted while searching */
    size_t limit;   /* spellings of one field counted at a time */
    size_t threads; /* that count one field */
    struct tally items[FACETS_MAX + 1];
};

static size_t threads_for(const struct facet_source *source, uint64_t work,
                          size_t most)
{
    size_t threads = xap_db_threads(source->db, work);
    return threads < most ? threads : most;
}

static enum status count(struct facet_run *out, const struct tallies *tallies,
                         size_t i, uint64_t from, struct error *err)
{
    enum field_id field = field_of(tallies->counter, i);
    if (tallies->answers)
        return facet_answers_count(out, tallies->answers, field, from,
                                   tallies->limit, tallies->threads, err);
    *out = run_of(&tallies->counter->strings[i], field);
    return STATUS_OK;
}

/* The run is empty after where it is kept. */
static enum status take(struct tallies *tallies, size_t i,
                        struct facet_run *run, struct error *err)
{
    struct facet_counter *counter = tallies->counter;
    struct tally *tally = &tallies->items[i];
    if (i == counter->request.count) {
        tally->days = *run;
        *run = (struct facet_run){ .items = NULL };
        return STATUS_OK;
    }
    return facet_values_find(&tally->best, field_of(counter, i), run,
                             tallies->answers ? NULL : &counter->strings[i],
                             tallies->source, &tally->distinct, tally->memory,
                             err);
}

/* A field that has more spellings than may be counted beside others is left
 * for later. */
static enum status tally_field(void *payload, size_t i, struct error *err)
{
    struct tallies *tallies = payload;
    struct tally *tally = &tallies->items[i];
    bool alone = tallies->limit == SPELLINGS_MAX, fits = true;
    enum status rc = STATUS_OK;
    for (uint64_t from = 0; !rc && fits && !tally->done;) {
        struct facet_run run;
        rc = count(&run, tallies, i, from, err);
        from = run.last + 1;
        fits = alone || !from;
        if (!rc && fits)
            rc = take(tallies, i, &run, err);
        tally->done = !from;
        facet_run_release(&run);
    }
    return rc;
}

/* Several fields side by side, where they may fit; then those that are left,
 * each by threads. */
static enum status tally_all(struct tallies *tallies, struct error *err)
{
    const struct facets_request *request = &tallies->counter->request;
    const struct facet_source *source = tallies->source;
    size_t count = request->count + (request->timeline != TIMELINE_NONE);
    size_t threads = threads_for(
        source, source->work * (count - 1) / READING_TURNS, THREADS_MAX);
    enum status rc = STATUS_OK;
    tallies->limit = SPELLINGS_BESIDE / threads;
    tallies->threads = 1;
    if (threads > 1 && source->total < tallies->limit)
        rc = parallel_run(threads, count, tally_field, tallies, err);
    tallies->limit = SPELLINGS_MAX;
    tallies->threads =
        threads_for(source, source->work - source->longest, ALONE_MAX);
    for (size_t i = 0; !rc && i < count; i++)
        rc = tally_field(tallies, i, err);
    return rc;
}

static void finish_facet(struct facet *out, const struct facet_counter *counter,
                         size_t i, struct tally *tally, struct arena *memory)
{
    struct facet_best *best = &tally->best;
    facet_best_sort(best);
    *out = (struct facet){ .field = field_of(counter, i),
                           .significant = best->significant,
                           .cut = counter->strings[i].cut,
                           .count = best->count,
                           .distinct = tally->distinct };
    out->values = arena_alloc(memory, (out->count + 1) * sizeof(*out->values));
    for (size_t j = 0; j < out->count; j++) {
        out->values[j] = best->items[j];
        out->values[j].value =
            arena_copy(memory, schema_facet_form(best->items[j].value));
        out->values[j].term = (struct span){ NULL, 0 };
    }
}

static enum status finish(struct facets *out, struct tallies *tallies,
                          struct arena *memory, struct error *err)
{
    const struct facets_request *request = &tallies->counter->request;
    for (size_t i = 0; i <= request->count; i++)
        tallies->items[i].memory = arena_new();
    for (size_t i = 0; i < request->count; i++)
        tallies->items[i].best =
            (struct facet_best){ .limit = request->items[i].limit,
                                 .significant = request->items[i].significant };
    enum status rc = tally_all(tallies, err);
    out->count = rc ? 0 : request->count;
    out->items = arena_alloc(memory, request->count * sizeof(*out->items));
    for (size_t i = 0; i < out->count; i++)
        finish_facet(&out->items[i], tallies->counter, i, &tallies->items[i],
                     memory);
    if (!rc && request->timeline != TIMELINE_NONE)
        timeline_find(&out->timeline, &tallies->items[request->count].days,
                      request->timeline, tallies->source->total, memory);
    for (size_t i = 0; i <= request->count; i++) {
        struct tally *tally = &tallies->items[i];
        facet_run_release(&tally->days);
        facet_best_release(&tally->best);
        arena_free(tally->memory);
    }
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
    struct facet_source source;
    enum status rc = facet_source_begin(&source, answers, total, db, err);
    struct tallies tallies = { .counter = counter,
                               .source = &source,
                               .answers = answers ? facet_answers_new(&source)
                                                  : NULL };
    if (!rc)
        rc = finish(out, &tallies, memory, err);
    if (answers)
        facet_answers_free(tallies.answers);
    facet_source_end(&source);
    return rc;
}

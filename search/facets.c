/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facets.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "search/timeline.h"
#include "search/value_counts.h"
#include "text/name_key.h"

struct facet_counter {
    struct facets_request request;
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
    for (size_t i = 0; counter && i < counter->request.count; i++)
        value_counts_clear(&counter->values[i]);
    if (counter && counter->timeline)
        timeline_counts_clear(counter->timeline);
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
    size_t count = counter->request.count;
    for (size_t i = 0; i < count; i++)
        search->facet_slots[i] =
            (unsigned)schema_fields[counter->request.items[i].field].slot;
    if (counter->timeline)
        search->facet_slots[count++] = (unsigned)schema_fields[FIELD_DATE].slot;
    search->facet_count = count;
    search->on_facet = on_facet;
    search->payload = counter;
}

/* ---- Spellings of one name -------------------------------------------- */

static bool is_name(enum field_id field, enum name_kind *kind)
{
    *kind = field == FIELD_PERSON ? NAME_PERSON
            : field == FIELD_ORG  ? NAME_ORG
                                  : NAME_PLACE;
    return field == FIELD_PERSON || field == FIELD_ORG || field == FIELD_PLACE;
}

/* Add what is counted to the first spelling of the key, and let the most
 * frequent one stand for it. */
struct spelling {
    uint64_t hash; /* of the key; 0: free */
    size_t at;     /* among the values */
    uint64_t most;
};

static size_t join_spellings(struct facet_value *values, size_t count,
                             enum name_kind kind)
{
    size_t capacity = 16, kept = 0;
    while (capacity < count * 2)
        capacity *= 2;
    struct spelling *spellings = memory_new(capacity, sizeof(*spellings));
    struct str key = STR_INIT;
    for (size_t i = 0; i < count; i++) {
        str_clear(&key);
        name_key(&key, kind, values[i].value);
        uint64_t hash = span_hash(str_span(&key), 0) | 1;
        size_t at = (size_t)(hash >> 1) & (capacity - 1);
        while (spellings[at].hash && spellings[at].hash != hash)
            at = (at + 1) & (capacity - 1);
        struct spelling *spelling = &spellings[at];
        if (!spelling->hash) {
            *spelling = (struct spelling){ hash, kept, values[i].count };
            values[kept++] = values[i];
            continue;
        }
        struct facet_value *joined = &values[spelling->at];
        if (values[i].count > spelling->most ||
            (values[i].count == spelling->most &&
             span_compare(values[i].value, joined->value) > 0)) {
            joined->value = values[i].value;
            spelling->most = values[i].count;
        }
        joined->count += values[i].count;
    }
    str_release(&key);
    free(spellings);
    return kept;
}

/* ---- Significance ----------------------------------------------------- */

static enum status weigh(struct facet_value *value, enum field_id field,
                         enum name_kind kind, uint64_t total,
                         const struct xap_db *db, uint32_t documents,
                         struct error *err)
{
    struct str key = STR_INIT, term = STR_INIT;
    uint32_t frequency = 0;
    uint64_t occurrences;
    name_key(&key, kind, value->value);
    schema_value(&term, field, str_span(&key));
    enum status rc =
        xap_db_frequency(db, str_span(&term), &frequency, &occurrences, err);
    str_release(&key);
    str_release(&term);
    value->archive = frequency > value->count ? frequency : value->count;
    double share = (double)value->count / (double)total;
    double everywhere = (double)value->archive / documents;
    value->score = share * log2(share / everywhere);
    return rc;
}

enum { WEIGHED_MAX = 2000 }; /* of the most frequent */

static int by_count(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return span_compare(x->value, y->value);
}

static int by_score(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;
    return x->score < y->score ? 1 : x->score > y->score ? -1 : by_count(a, b);
}

static enum status weigh_all(struct facet_value *values, size_t *count,
                             enum field_id field, uint64_t total,
                             const struct xap_db *db, struct error *err)
{
    struct xap_db_figures figures;
    enum name_kind kind;
    is_name(field, &kind);
    enum status rc = xap_db_measure(db, &figures, err);
    if (*count > WEIGHED_MAX)
        *count = WEIGHED_MAX;
    for (size_t i = 0; !rc && i < *count; i++)
        rc = weigh(&values[i], field, kind, total, db, figures.documents, err);
    if (!rc && *count)
        qsort(values, *count, sizeof(*values), by_score);
    /* What is rarer in the answers than elsewhere does not matter in them. */
    while (*count && values[*count - 1].score <= 0)
        --*count;
    return rc;
}

/* ---- The answer ------------------------------------------------------- */

static enum status finish_facet(struct facet *out,
                                const struct facet_request *request,
                                struct value_counts *counts, uint64_t total,
                                const struct xap_db *db, struct arena *memory,
                                struct error *err)
{
    enum name_kind kind;
    value_counts_gather(counts);
    size_t count = counts->count;
    struct facet_value *values = memory_new(count, sizeof(*values));
    for (size_t i = 0; i < count; i++) {
        values[i].value = counts->places[i].value;
        values[i].count = counts->places[i].count;
    }
    if (is_name(request->field, &kind))
        count = join_spellings(values, count, kind);
    *out = (struct facet){ .field = request->field,
                           .significant = request->significant,
                           .cut = counts->cut,
                           .distinct = count };
    if (count)
        qsort(values, count, sizeof(*values), by_count);
    enum status rc = STATUS_OK;
    if (request->significant)
        rc = weigh_all(values, &count, request->field, total, db, err);
    out->count = count < request->limit ? count : request->limit;
    out->values = arena_alloc(memory, (out->count + 1) * sizeof(*out->values));
    for (size_t i = 0; i < out->count; i++) {
        out->values[i] = values[i];
        out->values[i].value = arena_copy(memory, values[i].value);
    }
    free(values);
    return rc;
}

enum status facet_counter_finish(struct facets *out,
                                 struct facet_counter *counter, uint64_t total,
                                 const struct xap_db *db, struct arena *memory,
                                 struct error *err)
{
    *out = (struct facets){ .items = NULL };
    if (!counter)
        return STATUS_OK;
    enum status rc = STATUS_OK;
    out->items =
        arena_alloc(memory, counter->request.count * sizeof(*out->items));
    for (size_t i = 0; !rc && i < counter->request.count; i++) {
        rc = finish_facet(&out->items[i], &counter->request.items[i],
                          &counter->values[i], total, db, memory, err);
        out->count++;
    }
    if (counter->timeline)
        timeline_counts_finish(&out->timeline, counter->timeline, total,
                               memory);
    return rc;
}

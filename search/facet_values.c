/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_values.h"

#include <stdlib.h>

#include "base/memory.h"
#include "newsdb/column.h"

enum {
    TOTALS_MAX = 4096, /* values of more answers are told apart no further */
    FIRST_WEIGHED = 64,
};

/* A spelling of a value that may be shown. */
struct spelling {
    size_t value; /* among those at hand */
    const struct facet_spelling *counted;
    struct span text; /* empty: no document has it */
};

struct finding {
    struct facet_best *best;
    enum field_id field;
    const struct facet_run *run;
    const struct value_counts *strings;
    struct facet_source *source;
    uint32_t values_with[TOTALS_MAX + 1]; /* that total, or more as one */
    struct spelling *spellings;           /* of the values at hand */
    size_t spelling_count, spelling_capacity;
    struct arena *passing;
};

static uint32_t limit_total(uint32_t total)
{
    return total < TOTALS_MAX ? total : TOTALS_MAX;
}

static size_t count_totals(struct finding *finding)
{
    size_t count = 0;
    uint32_t total;
    for (size_t i = 0; i < finding->run->count; count++) {
        i = facet_run_value(finding->run, i, &total);
        finding->values_with[limit_total(total)]++;
    }
    return count;
}

/* The highest total that so many values have or pass; 0: all values are. */
static uint32_t find_floor(const struct finding *finding, size_t wanted)
{
    size_t found = 0;
    for (uint32_t total = TOTALS_MAX; total; total--) {
        found += finding->values_with[total];
        if (found >= wanted)
            return total;
    }
    return 0;
}

/* ---- How they are spelled --------------------------------------------- */

static int by_example(const void *a, const void *b)
{
    const struct spelling *x = a, *y = b;
    return (x->counted->example > y->counted->example) -
           (x->counted->example < y->counted->example);
}

struct reading {
    struct finding *finding;
    size_t at; /* among the spellings */
    uint32_t document;
};

/* Documents ascend, and begin anew where another part does. */
static bool on_slot(void *payload, uint32_t document, struct span slot)
{
    struct reading *reading = payload;
    struct finding *finding = reading->finding;
    if (document < reading->document)
        reading->at = 0;
    reading->document = document;
    struct span bytes = arena_copy(finding->passing, slot);
    for (; reading->at < finding->spelling_count; reading->at++) {
        struct spelling *spelling = &finding->spellings[reading->at];
        if (spelling->counted->example > document)
            break;
        if (spelling->counted->example == document &&
            !column_find(finding->field, bytes, spelling->counted->number,
                         &spelling->text))
            spelling->text = (struct span){ NULL, 0 };
    }
    return true;
}

static enum status read_documents(struct finding *finding, struct error *err)
{
    struct reading reading = { .finding = finding };
    size_t count = 0;
    uint32_t *documents =
        memory_new(finding->spelling_count, sizeof(*documents));
    if (finding->spelling_count)
        qsort(finding->spellings, finding->spelling_count,
              sizeof(*finding->spellings), by_example);
    for (size_t i = 0; i < finding->spelling_count; i++) {
        uint32_t document = finding->spellings[i].counted->example;
        if (!count || document != documents[count - 1])
            documents[count++] = document;
    }
    enum status rc =
        facet_source_values(finding->source, documents, count, finding->field,
                            on_slot, &reading, err);
    free(documents);
    return rc;
}

static enum status read_texts(struct finding *finding, struct error *err)
{
    if (!finding->strings)
        return read_documents(finding, err);
    for (size_t i = 0; i < finding->spelling_count; i++) {
        struct spelling *spelling = &finding->spellings[i];
        spelling->text =
            finding->strings->places[spelling->counted->example].value;
    }
    return STATUS_OK;
}

/* The spelling that most answers have; of such that as many have the last in
 * byte order: "Kano", not "KANO". */
static void choose(struct finding *finding, struct facet_value *values)
{
    const struct facet_spelling **chosen =
        memory_new(finding->spelling_count, sizeof(*chosen));
    for (size_t i = 0; i < finding->spelling_count; i++) {
        const struct spelling *spelling = &finding->spellings[i];
        const struct facet_spelling **best = &chosen[spelling->value];
        struct facet_value *value = &values[spelling->value];
        if (!spelling->text.size ||
            (*best && spelling->counted->count < (*best)->count) ||
            (*best && spelling->counted->count == (*best)->count &&
             span_compare(spelling->text, value->value) < 0))
            continue;
        *best = spelling->counted;
        value->value = spelling->text;
    }
    free(chosen);
}

/* ---- The best --------------------------------------------------------- */

static enum status offer(struct finding *finding, struct facet_value *value,
                         struct error *err)
{
    struct str term = STR_INIT;
    schema_facet_term(&term, finding->field, value->value);
    value->term = arena_copy(finding->passing, str_span(&term));
    str_release(&term);
    enum status rc = STATUS_OK;
    if (finding->best->significant)
        rc = facet_weigh(value, finding->source, err);
    /* What is rarer in the answers than elsewhere does not matter in them. */
    if (!rc && (!finding->best->significant || value->score > 0))
        facet_best_add(finding->best, value);
    return rc;
}

/* Those that fewer than `above` answers have, and at least `least`. */
static enum status offer_between(struct finding *finding, uint32_t least,
                                 uint32_t above, struct error *err)
{
    struct facet_value *values = NULL;
    size_t count = 0, capacity = 0;
    finding->spelling_count = 0;
    const struct facet_run *run = finding->run;
    uint32_t total;
    for (size_t i = 0, end; i < run->count; i = end) {
        end = facet_run_value(run, i, &total);
        if (limit_total(total) < least || limit_total(total) >= above)
            continue;
        for (size_t j = i; j < end; j++) {
            MEMORY_GROW(finding->spellings, finding->spelling_count,
                        finding->spelling_capacity);
            finding->spellings[finding->spelling_count++] =
                (struct spelling){ count, &run->items[j], { NULL, 0 } };
        }
        MEMORY_GROW(values, count, capacity);
        values[count++] = (struct facet_value){ .count = total };
    }
    enum status rc = read_texts(finding, err);
    if (!rc)
        choose(finding, values);
    if (finding->best->significant)
        facet_source_hold(finding->source);
    for (size_t i = 0; !rc && i < count; i++)
        if (values[i].value.size)
            rc = offer(finding, &values[i], err);
    if (finding->best->significant)
        facet_source_let_go(finding->source);
    free(values);
    return rc;
}

/* Whether no value of at most so many answers can matter as much. */
static bool is_beaten(const struct finding *finding, uint32_t total)
{
    const struct facet_value *worst = facet_best_worst(finding->best);
    double bound = facet_score_bound(total, finding->source);
    return bound <= 0 || (worst && bound < worst->score);
}

/* The most frequent first, as long as one may matter. */
static enum status offer_significant(struct finding *finding, struct error *err)
{
    enum status rc = STATUS_OK;
    uint32_t above = UINT32_MAX;
    for (size_t wanted = FIRST_WEIGHED;
         !rc && above > 1 && wanted <= FACET_WEIGHED_MAX; wanted *= 2) {
        uint32_t least = find_floor(finding, wanted);
        if (above < UINT32_MAX && is_beaten(finding, above - 1))
            break;
        rc = offer_between(finding, least ? least : 1, above, err);
        above = least;
    }
    return rc;
}

static void keep(struct facet_best *best, struct arena *memory)
{
    for (size_t i = 0; i < best->count; i++) {
        best->items[i].value = arena_copy(memory, best->items[i].value);
        best->items[i].term = arena_copy(memory, best->items[i].term);
    }
}

enum status facet_values_find(struct facet_best *best, enum field_id field,
                              const struct facet_run *run,
                              const struct value_counts *strings,
                              struct facet_source *source, size_t *distinct,
                              struct arena *memory, struct error *err)
{
    struct finding finding = { .best = best,
                               .field = field,
                               .run = run,
                               .strings = strings,
                               .source = source,
                               .passing = arena_new() };
    *distinct += count_totals(&finding);
    enum status rc =
        best->significant
            ? offer_significant(&finding, err)
            : offer_between(&finding, find_floor(&finding, best->limit),
                            UINT32_MAX, err);
    keep(best, memory);
    arena_free(finding.passing);
    free(finding.spellings);
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_answers.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/value_counts.h"
#include "newsdb/column.h"

enum {
    DOCUMENTS_PER_SLOT = 400, /* of a note are read in the time of a slot */
    KNOWN_MAX = 1 << 16,      /* strings that are kept */
};

struct facet_answers {
    const struct xap_set *set;
    const struct xap_db *db;
    /* What is counted at the time. */
    enum field_id field;
    size_t part;
    struct facet_runs runs;
    /* What slots have: the strings, 1 and their place among the items. */
    struct value_counts known;
    struct facet_spelling *items;
    size_t count, capacity;
    /* Of a note; kept for the next. */
    struct str bytes;
    struct column_count *counts;
    size_t count_capacity;
};

struct facet_answers *facet_answers_new(const struct xap_set *set,
                                        const struct xap_db *db)
{
    struct facet_answers *answers = memory_new(1, sizeof(*answers));
    answers->set = set;
    answers->db = db;
    answers->bytes = (struct str)STR_INIT;
    value_counts_begin(&answers->known, SIZE_MAX);
    return answers;
}

void facet_answers_free(struct facet_answers *answers)
{
    if (!answers)
        return;
    value_counts_release(&answers->known);
    str_release(&answers->bytes);
    free(answers->counts);
    free(answers);
}

/* ---- Slots ------------------------------------------------------------ */

static void end_slots(struct facet_answers *answers)
{
    facet_runs_add(&answers->runs,
                   facet_run_of(answers->items, answers->count));
    answers->items = NULL;
    answers->count = answers->capacity = 0;
    value_counts_clear(&answers->known);
}

/* What comes again has its number already. */
static void count_string(struct facet_answers *answers, struct span value,
                         uint32_t document)
{
    uint64_t place = value_counts_get(&answers->known, value);
    if (!place) {
        if (answers->known.count == KNOWN_MAX)
            end_slots(answers);
        MEMORY_GROW(answers->items, answers->count, answers->capacity);
        answers->items[answers->count] =
            (struct facet_spelling){ column_number(answers->field, value), 0,
                                     document };
        place = ++answers->count;
        value_counts_add(&answers->known, value, place);
    }
    answers->items[place - 1].count++;
}

static bool on_slot(void *payload, uint32_t own, struct span slot)
{
    struct facet_answers *answers = payload;
    struct span value;
    uint32_t document = xap_db_document(answers->db, answers->part, own);
    while (column_next(answers->field, &slot, &value))
        count_string(answers, value, document);
    return true;
}

/* ---- Notes ------------------------------------------------------------ */

/* Those that occur, as a run; false where they do not ascend. */
static bool add_counts(struct facet_answers *answers,
                       const struct column *column, uint32_t first)
{
    const struct column_count *counts = answers->counts;
    size_t seen = 0;
    for (size_t i = 0; i < column->values; i++)
        seen += counts[i].count > 0;
    struct facet_run run = { .last = UINT64_MAX };
    run.items = memory_resize(NULL, seen + 1, sizeof(*run.items));
    bool ascending = true;
    uint64_t last = 0;
    for (size_t i = 0; i < column->values; i++) {
        if (!counts[i].count)
            continue;
        uint64_t number = column_number_at(column, i);
        ascending = ascending && number > last;
        last = number;
        run.items[run.count++] = (struct facet_spelling){
            number, counts[i].count,
            xap_db_document(answers->db, answers->part,
                            first + counts[i].document)
        };
    }
    if (ascending)
        facet_runs_add(&answers->runs, run);
    else
        facet_run_release(&run);
    return ascending;
}

static bool count_column(struct facet_answers *answers,
                         const struct column *column, const uint64_t *documents,
                         uint32_t first)
{
    if (answers->count_capacity < column->values) {
        answers->count_capacity = column->values;
        answers->counts = memory_resize(answers->counts, column->values,
                                        sizeof(*answers->counts));
    }
    if (column->values)
        memset(answers->counts, 0, column->values * sizeof(*answers->counts));
    return column_count(column, documents, answers->counts) &&
           add_counts(answers, column, first);
}

/* ---- Both ------------------------------------------------------------- */

/* `last` is the last document of the piece. */
static enum status count_piece(struct facet_answers *answers, uint32_t piece,
                               const uint64_t *documents, uint32_t last,
                               struct error *err)
{
    uint32_t first = piece * COLUMN_DOCUMENTS, asked = 0;
    for (uint32_t i = 0; i <= (last - first) / 64; i++)
        asked += (uint32_t)__builtin_popcountll(documents[i]);
    enum status rc = STATUS_OK;
    bool known = false;
    struct column column;
    if (asked > (last - first) / DOCUMENTS_PER_SLOT)
        rc = column_read(&column, answers->db, answers->part, answers->field,
                         piece, &answers->bytes, &known, err);
    assert(!known || column.documents <= last - first + 1);
    if (rc || !asked ||
        (known && count_column(answers, &column, documents, first)))
        return rc;
    return xap_set_each_value(answers->set, answers->part, first, last,
                              (unsigned)schema_fields[answers->field].slot,
                              on_slot, answers, err);
}

static enum status count_part(struct facet_answers *answers, struct error *err)
{
    uint32_t end, last;
    const uint64_t *bits = xap_set_bits(answers->set, answers->part, &end);
    enum status rc = STATUS_OK;
    for (uint32_t piece = 0; !rc && piece <= end / COLUMN_DOCUMENTS; piece++) {
        last = piece * COLUMN_DOCUMENTS + (COLUMN_DOCUMENTS - 1);
        rc = count_piece(answers, piece,
                         bits + (size_t)piece * (COLUMN_DOCUMENTS / 64),
                         last < end ? last : end, err);
    }
    return rc;
}

enum status facet_answers_count(struct facet_run *out,
                                struct facet_answers *answers,
                                enum field_id field, uint64_t from,
                                size_t limit, struct error *err)
{
    enum status rc = STATUS_OK;
    answers->field = field;
    answers->runs = (struct facet_runs){ .from = from, .limit = limit };
    for (size_t i = 0; !rc && i < xap_db_parts(answers->db); i++) {
        answers->part = i;
        rc = count_part(answers, err);
    }
    end_slots(answers);
    *out = facet_runs_join(&answers->runs);
    return rc;
}

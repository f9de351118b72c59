/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_answers.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "base/value_counts.h"
#include "newsdb/column.h"

enum { KNOWN_MAX = 1 << 16 }; /* strings that are kept */

/* What a thread needs for the piece that it counts; kept for the next. */
struct desk {
    struct counting *counting;
    const struct facet_piece *piece;
    /* What slots have: the strings, 1 and their place among the items. */
    struct value_counts known;
    struct facet_spelling *items;
    size_t count, capacity;
    /* Of a note. */
    struct str bytes;
    struct column_count *counts;
    size_t count_capacity;
    struct desk *next; /* that is free */
};

struct facet_answers {
    struct facet_source *source;
    pthread_mutex_t mutex;
    struct desk *desks; /* that are free */
};

/* A field that is counted. */
struct counting {
    struct facet_answers *answers;
    enum field_id field;
    pthread_mutex_t mutex;
    struct facet_runs runs;
};

struct facet_answers *facet_answers_new(struct facet_source *source)
{
    struct facet_answers *answers = memory_new(1, sizeof(*answers));
    answers->source = source;
    pthread_mutex_init(&answers->mutex, NULL);
    return answers;
}

void facet_answers_free(struct facet_answers *answers)
{
    while (answers->desks) {
        struct desk *desk = answers->desks;
        answers->desks = desk->next;
        value_counts_release(&desk->known);
        str_release(&desk->bytes);
        free(desk->counts);
        free(desk);
    }
    pthread_mutex_destroy(&answers->mutex);
    free(answers);
}

/* ---- What threads share ----------------------------------------------- */

static struct desk *take_desk(struct facet_answers *answers)
{
    pthread_mutex_lock(&answers->mutex);
    struct desk *desk = answers->desks;
    if (desk)
        answers->desks = desk->next;
    pthread_mutex_unlock(&answers->mutex);
    if (desk)
        return desk;
    desk = memory_new(1, sizeof(*desk));
    desk->bytes = (struct str)STR_INIT;
    value_counts_begin(&desk->known, SIZE_MAX);
    return desk;
}

static void leave_desk(struct facet_answers *answers, struct desk *desk)
{
    pthread_mutex_lock(&answers->mutex);
    desk->next = answers->desks;
    answers->desks = desk;
    pthread_mutex_unlock(&answers->mutex);
}

static void add_run(struct counting *counting, struct facet_run run)
{
    pthread_mutex_lock(&counting->mutex);
    facet_runs_add(&counting->runs, run);
    pthread_mutex_unlock(&counting->mutex);
}

/* ---- Slots ------------------------------------------------------------ */

static void end_slots(struct desk *desk)
{
    add_run(desk->counting, facet_run_of(desk->items, desk->count));
    desk->items = NULL;
    desk->count = desk->capacity = 0;
    value_counts_clear(&desk->known);
}

/* What comes again has its number already. */
static void count_string(struct desk *desk, struct span value,
                         uint32_t document)
{
    uint64_t place = value_counts_get(&desk->known, value);
    if (!place) {
        if (desk->known.count == KNOWN_MAX)
            end_slots(desk);
        MEMORY_GROW(desk->items, desk->count, desk->capacity);
        desk->items[desk->count] = (struct facet_spelling){
            column_number(desk->counting->field, value), 0, document
        };
        place = ++desk->count;
        value_counts_add(&desk->known, value, place);
    }
    desk->items[place - 1].count++;
}

static bool on_slot(void *payload, uint32_t own, struct span slot)
{
    struct desk *desk = payload;
    const struct counting *counting = desk->counting;
    struct span value;
    uint32_t document =
        xap_db_document(counting->answers->source->db, desk->piece->part, own);
    while (column_next(counting->field, &slot, &value))
        count_string(desk, value, document);
    return true;
}

/* ---- Notes ------------------------------------------------------------ */

/* Those that occur, as a run; false where they do not ascend. */
static bool add_counts(struct desk *desk, const struct column *column)
{
    const struct facet_piece *piece = desk->piece;
    const struct column_count *counts = desk->counts;
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
            xap_db_document(desk->counting->answers->source->db, piece->part,
                            piece->first + counts[i].document)
        };
    }
    if (ascending)
        add_run(desk->counting, run);
    else
        facet_run_release(&run);
    return ascending;
}

static bool count_column(struct desk *desk, const struct column *column)
{
    if (desk->count_capacity < column->values) {
        desk->count_capacity = column->values;
        desk->counts =
            memory_resize(desk->counts, column->values, sizeof(*desk->counts));
    }
    if (column->values)
        memset(desk->counts, 0, column->values * sizeof(*desk->counts));
    return column_count(column, desk->piece->documents, desk->counts) &&
           add_counts(desk, column);
}

/* ---- Both ------------------------------------------------------------- */

static enum status count_slots(struct desk *desk, struct error *err)
{
    struct counting *counting = desk->counting;
    enum status rc =
        facet_source_each_value(counting->answers->source, desk->piece,
                                counting->field, on_slot, desk, err);
    end_slots(desk);
    return rc;
}

/* `*counted` is false where there is no note that holds. */
static enum status count_note(struct desk *desk, bool *counted,
                              struct error *err)
{
    struct counting *counting = desk->counting;
    const struct facet_piece *piece = desk->piece;
    struct column column;
    enum status rc =
        facet_source_note(&column, counting->answers->source, piece,
                          counting->field, &desk->bytes, counted, err);
    assert(!*counted || column.documents <= piece->last - piece->first + 1);
    *counted = *counted && count_column(desk, &column);
    return rc;
}

static enum status count_piece(void *payload, size_t i, struct error *err)
{
    struct counting *counting = payload;
    struct desk *desk = take_desk(counting->answers);
    enum status rc = STATUS_OK;
    bool counted = false;
    desk->counting = counting;
    desk->piece = &counting->answers->source->pieces[i];
    if (desk->piece->many)
        rc = count_note(desk, &counted, err);
    if (!rc && !counted)
        rc = count_slots(desk, err);
    leave_desk(counting->answers, desk);
    return rc;
}

enum status facet_answers_count(struct facet_run *out,
                                struct facet_answers *answers,
                                enum field_id field, uint64_t from,
                                size_t limit, size_t threads, struct error *err)
{
    struct counting counting = { .answers = answers,
                                 .field = field,
                                 .mutex = PTHREAD_MUTEX_INITIALIZER,
                                 .runs = { .from = from, .limit = limit } };
    enum status rc = parallel_run(threads, answers->source->piece_count,
                                  count_piece, &counting, err);
    *out = facet_runs_join(&counting.runs);
    pthread_mutex_destroy(&counting.mutex);
    return rc;
}

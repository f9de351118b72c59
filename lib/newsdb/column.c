/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/column.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/value_counts.h"

enum {
    DAY_SIZE = 8,                /* YYYYMMDD */
    STRINGS_SIZE_MAX = 64 << 20, /* of the values of a piece, in memory */
};

static const uint64_t spelling_mask = (1 << COLUMN_SPELLING_BITS) - 1;

static void key_of(struct str *out, enum field_id field, uint32_t piece,
                   uint32_t slice)
{
    str_clear(out);
    str_addf(out, "news.column.%s.%u.%u", schema_fields[field].name,
             (unsigned)piece, (unsigned)slice);
}

/* ---- Values ----------------------------------------------------------- */

bool column_has(enum field_id field)
{
    return field == FIELD_DATE || schema_fields[field].flags & FIELD_FACET;
}

bool column_next(enum field_id field, struct span *slot, struct span *value)
{
    if (field != FIELD_DATE)
        return slot->size && schema_unpack_value(slot, value);
    int32_t day;
    *value = span_slice(*slot, 0, DAY_SIZE);
    *slot = (struct span){ NULL, 0 };
    return schema_value_day(*value, &day);
}

uint64_t column_number(enum field_id field, struct span value)
{
    uint64_t day = 0;
    if (field == FIELD_DATE) {
        number_parse(value, UINT32_MAX, &day);
        return day << COLUMN_SPELLING_BITS;
    }
    struct str term = STR_INIT;
    schema_facet_term(&term, field, value);
    uint64_t hash = span_hash(str_span(&term), 0);
    str_release(&term);
    hash = (hash & ~spelling_mask) | (span_hash(value, 0) & spelling_mask);
    return hash ? hash : 1;
}

bool column_find(enum field_id field, struct span slot, uint64_t number,
                 struct span *value)
{
    while (column_next(field, &slot, value))
        if (!((span_hash(*value, 0) ^ number) & spelling_mask) &&
            column_number(field, *value) == number)
            return true;
    return false;
}

/* ---- Writing ---------------------------------------------------------- */

/* A value of the piece at hand. */
struct noted {
    uint64_t number;
    uint32_t order; /* in which it was seen */
};

struct noting {
    struct xap_writer *writer;
    enum field_id field;
    uint32_t last_document, piece;
    struct value_counts seen; /* values: 1 and their order */
    struct noted *values;
    size_t value_capacity;
    uint32_t counts[COLUMN_DOCUMENTS]; /* of values, by document */
    uint32_t *places; /* of the values of all documents: their order */
    size_t total, capacity;
    bool excessive; /* the piece is not noted */
    enum status rc;
    struct error *err;
};

/* How many documents a piece has that begins in a segment. */
static uint32_t documents_of(uint32_t piece, uint32_t last_document)
{
    uint64_t left =
        (uint64_t)last_document + 1 - (uint64_t)piece * COLUMN_DOCUMENTS;
    return left < COLUMN_DOCUMENTS ? (uint32_t)left : COLUMN_DOCUMENTS;
}

static int by_number(const void *a, const void *b)
{
    const struct noted *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* Pack the numbers and put places among them for the order; returns how many
 * there are, for two spellings may have the same. */
static uint32_t pack_numbers(struct str *out, struct noting *noting)
{
    size_t count = noting->seen.count;
    uint32_t *places = memory_new(count, sizeof(*places)), used = 0;
    if (count)
        qsort(noting->values, count, sizeof(*noting->values), by_number);
    for (size_t i = 0; i < count; i++) {
        const struct noted *value = &noting->values[i];
        if (!i || value->number != noting->values[i - 1].number) {
            pack_64(out, value->number);
            used++;
        }
        places[value->order] = used - 1;
    }
    for (size_t i = 0; i < noting->total; i++)
        noting->places[i] = places[noting->places[i]];
    free(places);
    return used;
}

static void pack_column(struct str *out, struct noting *noting)
{
    struct str numbers = STR_INIT;
    uint32_t values = pack_numbers(&numbers, noting), most = 0;
    uint32_t documents = documents_of(noting->piece, noting->last_document);
    for (size_t i = 0; i < documents; i++)
        most = noting->counts[i] > most ? noting->counts[i] : most;
    pack_number(out, noting->last_document);
    pack_number(out, values);
    pack_number(out, noting->total);
    pack_number(out, pack_width(most));
    str_add(out, str_span(&numbers));
    pack_array(out, noting->counts, documents, pack_width(most));
    pack_array(out, noting->places, noting->total,
               pack_width(values ? values - 1 : 0));
    for (int i = 0; i < PACK_BITS_SLACK; i++)
        str_add_char(out, '\0');
    str_release(&numbers);
}

/* The last slice is not full, so that it is known. */
static void write_slices(struct noting *noting, struct span bytes)
{
    struct str key = STR_INIT;
    bool last = false;
    for (uint32_t i = 0; !noting->rc && !last; i++) {
        struct span slice = span_slice(bytes, 0, COLUMN_SLICE);
        bytes = span_slice(bytes, COLUMN_SLICE, bytes.size);
        last = slice.size < COLUMN_SLICE;
        key_of(&key, noting->field, noting->piece, i);
        noting->rc = xap_writer_set_metadata(noting->writer, str_span(&key),
                                             slice, noting->err);
    }
    str_release(&key);
}

/* Without bytes, what another segment may have left there is removed. */
static void end_piece(struct noting *noting)
{
    struct str bytes = STR_INIT;
    if (!noting->excessive)
        pack_column(&bytes, noting);
    write_slices(noting, str_span(&bytes));
    str_release(&bytes);
    value_counts_clear(&noting->seen);
    memset(noting->counts, 0, sizeof(noting->counts));
    noting->total = 0;
    noting->excessive = false;
    noting->piece++;
}

static void note_value(struct noting *noting, uint32_t at, struct span value)
{
    size_t count = noting->seen.count;
    uint64_t order = value_counts_get(&noting->seen, value);
    if (noting->total == COLUMN_TOTAL_MAX ||
        (!order && (count == COLUMN_VALUES_MAX ||
                    arena_held(noting->seen.memory) > STRINGS_SIZE_MAX))) {
        noting->excessive = true;
        return;
    }
    if (!order) {
        order = count + 1;
        value_counts_add(&noting->seen, value, order);
        MEMORY_GROW(noting->values, count, noting->value_capacity);
        noting->values[count] =
            (struct noted){ column_number(noting->field, value),
                            (uint32_t)count };
    }
    MEMORY_GROW(noting->places, noting->total, noting->capacity);
    noting->places[noting->total++] = (uint32_t)order - 1;
    noting->counts[at]++;
}

static bool on_slot(void *payload, uint32_t document, struct span slot)
{
    struct noting *noting = payload;
    struct span value;
    while (!noting->rc && noting->piece < document / COLUMN_DOCUMENTS)
        end_piece(noting);
    while (!noting->rc && column_next(noting->field, &slot, &value))
        note_value(noting, document % COLUMN_DOCUMENTS, value);
    return !noting->rc;
}

static enum status note_field(struct noting *noting, const struct xap_db *db,
                              enum field_id field, struct error *err)
{
    noting->field = field;
    noting->piece = 0;
    enum status rc = xap_db_each_value(db, (unsigned)schema_fields[field].slot,
                                       on_slot, noting, err);
    if (!rc)
        rc = noting->rc;
    while (!rc && noting->piece <= noting->last_document / COLUMN_DOCUMENTS) {
        end_piece(noting);
        rc = noting->rc;
    }
    return rc;
}

static enum status note_fields(struct xap_writer *writer,
                               const struct xap_db *db, struct error *err)
{
    struct xap_db_figures figures;
    enum status rc = xap_db_measure(db, &figures, err);
    if (rc)
        return rc;
    struct noting *noting = memory_new(1, sizeof(*noting));
    noting->writer = writer;
    noting->last_document = figures.last_document;
    noting->err = err;
    value_counts_begin(&noting->seen, SIZE_MAX);
    for (size_t i = 0; !rc && i < FIELD_COUNT; i++)
        if (column_has((enum field_id)i))
            rc = note_field(noting, db, (enum field_id)i, err);
    value_counts_release(&noting->seen);
    free(noting->values);
    free(noting->places);
    free(noting);
    return rc;
}

enum status column_write(const char *directory, struct error *err)
{
    struct xap_db *db;
    struct xap_writer *writer = NULL;
    enum status rc = xap_db_open(&db, directory, err);
    if (!rc)
        rc = xap_writer_open(&writer, directory, XAP_OPEN, err);
    if (!rc)
        rc = note_fields(writer, db, err);
    if (!rc)
        rc = xap_writer_close(writer, err);
    else if (writer)
        xap_writer_abandon(writer);
    xap_db_free(db);
    return rc;
}

/* ---- Reading ---------------------------------------------------------- */

bool column_parse(struct column *out, struct span bytes, uint32_t piece,
                  uint32_t last_document)
{
    uint64_t last, values, total, width;
    if (!unpack_number(&bytes, &last) || !unpack_number(&bytes, &values) ||
        !unpack_number(&bytes, &total) || !unpack_number(&bytes, &width) ||
        last != last_document || piece > last_document / COLUMN_DOCUMENTS ||
        values > total || values > COLUMN_VALUES_MAX ||
        total > COLUMN_TOTAL_MAX || width > PACK_BITS_MAX)
        return false;
    uint32_t documents = documents_of(piece, last_document);
    unsigned place_width = pack_width(values ? (uint32_t)values - 1 : 0);
    uint64_t numbers = values * sizeof(uint64_t);
    uint64_t counts = pack_array_size(documents, (unsigned)width);
    uint64_t places = pack_array_size(total, place_width);
    if (bytes.size != numbers + counts + places + PACK_BITS_SLACK)
        return false;
    *out = (struct column){
        .values = (uint32_t)values,
        .documents = documents,
        .total = total,
        .numbers = bytes.data,
        .counts = bytes.data + numbers,
        .places = bytes.data + numbers + counts,
        .count_width = (unsigned)width,
        .place_width = place_width,
    };
    return true;
}

enum status column_read(struct column *out, const struct xap_db *db,
                        size_t part, enum field_id field, uint32_t piece,
                        struct str *bytes, bool *known, struct error *err)
{
    uint32_t last_document = 0;
    struct str key = STR_INIT;
    enum status rc = STATUS_OK;
    size_t read = COLUMN_SLICE;
    str_clear(bytes);
    for (uint32_t i = 0; !rc && read == COLUMN_SLICE && i < COLUMN_SLICES_MAX;
         i++) {
        size_t before = bytes->size;
        key_of(&key, field, piece, i);
        rc = xap_db_part_metadata(db, part, str_span(&key), bytes,
                                  &last_document, err);
        read = bytes->size - before;
    }
    *known = !rc && column_parse(out, str_span(bytes), piece, last_document);
    str_release(&key);
    return rc;
}

bool column_count(const struct column *column, const uint64_t *documents,
                  struct column_count *counts)
{
    uint64_t at = 0;
    for (uint32_t i = 0; i < column->documents; i++) {
        uint32_t count = unpack_item(column->counts, i, column->count_width);
        if (count > column->total - at)
            return false;
        uint64_t end = documents[i / 64] >> i % 64 & 1 ? at + count : at;
        for (uint64_t j = at; j < end; j++) {
            uint32_t place =
                unpack_item(column->places, j, column->place_width);
            if (place >= column->values)
                return false;
            counts[place].count++;
            counts[place].document = i;
        }
        at += count;
    }
    return at == column->total;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_source.h"

#include <stdlib.h>

#include "base/memory.h"

/* Of a note are read in the time of a slot, and of an entry of a list. */
enum { DOCUMENTS_PER_SLOT = 400, DOCUMENTS_PER_ENTRY = 4 };

/* ---- Pieces ----------------------------------------------------------- */

static void weigh_piece(struct facet_source *source, struct facet_piece *piece)
{
    uint32_t documents = piece->last - piece->first + 1, asked = 0;
    for (uint32_t i = 0; i < documents / 64; i++)
        asked += (uint32_t)__builtin_popcountll(piece->documents[i]);
    if (!asked)
        return;
    piece->many = asked > (documents - 1) / DOCUMENTS_PER_SLOT;
    uint64_t takes = piece->many ? documents : asked * DOCUMENTS_PER_SLOT;
    takes /= DOCUMENTS_PER_ENTRY;
    source->work += takes;
    source->longest = takes > source->longest ? takes : source->longest;
    MEMORY_GROW(source->pieces, source->piece_count, source->piece_capacity);
    source->pieces[source->piece_count++] = *piece;
}

/* False behind the last one of the part. */
static bool add_piece(struct facet_source *source, size_t part, uint32_t number)
{
    uint32_t end;
    const uint64_t *bits = xap_set_bits(source->answers, part, &end);
    if (number > end / COLUMN_DOCUMENTS)
        return false;
    struct facet_piece piece = { .part = part,
                                 .number = number,
                                 .first = number * COLUMN_DOCUMENTS };
    piece.last = piece.first + (COLUMN_DOCUMENTS - 1);
    piece.last = piece.last < end ? piece.last : end;
    piece.documents = bits + piece.first / 64;
    weigh_piece(source, &piece);
    return true;
}

static void add_pieces(struct facet_source *source)
{
    bool more = true;
    for (uint32_t number = 0; more; number++) {
        more = false;
        for (size_t part = 0; part < source->parts; part++)
            more = add_piece(source, part, number) || more;
    }
}

enum status facet_source_begin(struct facet_source *out,
                               const struct xap_set *answers, uint64_t total,
                               const struct xap_db *db, struct error *err)
{
    struct xap_db_figures figures = { .documents = 0 };
    enum status rc = xap_db_measure(db, &figures, err);
    *out = (struct facet_source){ .db = db,
                                  .answers = answers,
                                  .documents = figures.documents,
                                  .total = total,
                                  .parts = xap_db_parts(db) };
    out->reading = memory_new(out->parts, sizeof(*out->reading));
    for (size_t i = 0; i < out->parts; i++)
        pthread_mutex_init(&out->reading[i], NULL);
    if (answers)
        add_pieces(out);
    return rc;
}

void facet_source_end(struct facet_source *source)
{
    for (size_t i = 0; i < source->parts; i++)
        pthread_mutex_destroy(&source->reading[i]);
    free(source->reading);
    free(source->pieces);
}

/* ---- Reading ---------------------------------------------------------- */

static unsigned slot_of(enum field_id field)
{
    return (unsigned)schema_fields[field].slot;
}

enum status facet_source_note(struct column *out, struct facet_source *source,
                              const struct facet_piece *piece,
                              enum field_id field, struct str *bytes,
                              bool *known, struct error *err)
{
    pthread_mutex_lock(&source->reading[piece->part]);
    enum status rc = column_read(out, source->db, piece->part, field,
                                 piece->number, bytes, known, err);
    pthread_mutex_unlock(&source->reading[piece->part]);
    return rc;
}

enum status facet_source_each_value(struct facet_source *source,
                                    const struct facet_piece *piece,
                                    enum field_id field, xap_on_value *on_value,
                                    void *payload, struct error *err)
{
    pthread_mutex_lock(&source->reading[piece->part]);
    enum status rc =
        xap_set_each_value(source->answers, piece->part, piece->first,
                           piece->last, slot_of(field), on_value, payload, err);
    pthread_mutex_unlock(&source->reading[piece->part]);
    return rc;
}

enum status facet_source_values(struct facet_source *source,
                                const uint32_t *documents, size_t count,
                                enum field_id field, xap_on_value *on_value,
                                void *payload, struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t part = 0; !rc && part < source->parts; part++) {
        pthread_mutex_lock(&source->reading[part]);
        rc = xap_db_part_values(source->db, part, slot_of(field), documents,
                                count, on_value, payload, err);
        pthread_mutex_unlock(&source->reading[part]);
    }
    return rc;
}

void facet_source_hold(struct facet_source *source)
{
    for (size_t i = 0; i < source->parts; i++)
        pthread_mutex_lock(&source->reading[i]);
}

void facet_source_let_go(struct facet_source *source)
{
    for (size_t i = 0; i < source->parts; i++)
        pthread_mutex_unlock(&source->reading[i]);
}

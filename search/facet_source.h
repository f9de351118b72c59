/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facet_source.h - the answers whose values are counted and the archive that
 * they are of, for several threads (facets.h is the door).
 *
 * A part of an archive is read by one thread at a time; what was read is
 * counted side by side.
 */
#ifndef NEWS_SEARCH_FACET_SOURCE_H
#define NEWS_SEARCH_FACET_SOURCE_H

#include <pthread.h>

#include "newsdb/column.h"

/* Documents that one note of a part is about (column.h), of which some
 * answer. */
struct facet_piece {
    size_t part;
    uint32_t number, first, last;
    const uint64_t *documents; /* a bit for each that answers */
    bool many;                 /* do: to read the note takes less time */
};

struct facet_source {
    const struct xap_db *db;
    const struct xap_set *answers; /* NULL: counted while searching */
    uint32_t documents;            /* of the archive */
    uint64_t total;                /* of the answers */
    struct facet_piece *pieces;    /* neighbours are of several parts */
    size_t piece_count, piece_capacity;
    uint64_t work, longest;   /* to count a field in all pieces and in one, in
                                 entries of lists that take as long */
    size_t parts;             /* xap_db_parts() */
    pthread_mutex_t *reading; /* each */
};

/* Both are the caller's. */
enum status facet_source_begin(struct facet_source *out,
                               const struct xap_set *answers, uint64_t total,
                               const struct xap_db *db, struct error *err);
void facet_source_end(struct facet_source *source);

/* The note of a piece; `*known` as in column_read(). */
enum status facet_source_note(struct column *out, struct facet_source *source,
                              const struct facet_piece *piece,
                              enum field_id field, struct str *bytes,
                              bool *known, struct error *err);
/* What stands in the slots of those that answer; by the number in the part. */
enum status facet_source_each_value(struct facet_source *source,
                                    const struct facet_piece *piece,
                                    enum field_id field, xap_on_value *on_value,
                                    void *payload, struct error *err);
/* What stands in the slots of documents, which ascend; those of a part
 * together. */
enum status facet_source_values(struct facet_source *source,
                                const uint32_t *documents, size_t count,
                                enum field_id field, xap_on_value *on_value,
                                void *payload, struct error *err);

/* The db is read by no other thread from the first to the second. */
void facet_source_hold(struct facet_source *source);
void facet_source_let_go(struct facet_source *source);

#endif

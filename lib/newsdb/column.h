/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * column.h - which values the articles of a segment have, as numbers.
 *
 * Who counts the values of many answers (facets, a timeline) would read and
 * compare as many strings.  So a segment notes, for each field whose values
 * are counted, numbers that stand for them, as user metadata.  A note is about
 * the COLUMN_DOCUMENTS documents from PIECE * COLUMN_DOCUMENTS on, and needs no
 * other to be read:
 *
 *     news.column.FIELD.PIECE.SLICE    FIELD as in schema.h, the others from 0:
 *                                COLUMN_SLICE bytes, the last slice fewer, of
 *         number                 the last document number of the segment
 *         number                 different values among the documents
 *         number                 values of all the documents
 *         number                 bits that the count of a document takes
 *         8 bytes each           the numbers of the different values, ascending
 *         array                  of each document: how many values it has
 *         array                  of each value: its place among the numbers
 *         PACK_BITS_SLACK bytes  zero
 *
 * Numbers and arrays are those of pack.h.  What a segment does not note, or not
 * for all the documents that it now has, since another program added some, is
 * not known: the values themselves stand in the slots.  Documents that were
 * deleted are still noted.
 */
#ifndef NEWS_NEWSDB_COLUMN_H
#define NEWS_NEWSDB_COLUMN_H

#include "base/pack.h"
#include "newsdb/schema.h"
#include "xapian-c/xapian-c.h"

enum {
    COLUMN_DOCUMENTS = 1 << 16,
    COLUMN_VALUES_MAX = 1 << 20, /* different ones in a piece */
    COLUMN_TOTAL_MAX = 1 << 22,  /* a piece that has more is not noted */
    COLUMN_SLICE = 1 << 16,
    COLUMN_SLICES_MAX = 400, /* more than a piece can take */
};

/* ---- Values ----------------------------------------------------------- */

/* Whether the values of a field are noted: those of facets, and the date. */
bool column_has(enum field_id field);

/* The values that stand in the slot of an article, one after the other. */
bool column_next(enum field_id field, struct span *slot, struct span *value);

/*
 * The number of a value, in all segments the same, and not 0.  Above
 * COLUMN_SPELLING_BITS it is made of the term: spellings of one value differ
 * below only.  Two values of a million have the same number once in a hundred
 * thousand archives.  That of a date is the day, YYYYMMDD, as a number above
 * these bits.
 */
enum { COLUMN_SPELLING_BITS = 8 };
uint64_t column_number(enum field_id field, struct span value);

/* The value of that number in a slot; false where there is none. */
bool column_find(enum field_id field, struct span slot, uint64_t number,
                 struct span *value);

/* ---- Writing ---------------------------------------------------------- */

/* Note the values of a finished segment that is not published yet. */
enum status column_write(const char *directory, struct error *err);

/* ---- Reading ---------------------------------------------------------- */

/* A note; borrows the bytes that it was read from. */
struct column {
    uint32_t values;    /* different ones */
    uint32_t documents; /* those that the segment has of COLUMN_DOCUMENTS */
    uint64_t total;     /* values of all documents */
    const char *numbers, *counts, *places;
    unsigned count_width, place_width;
};

/* The note of one part (xap_db_parts()) of a database, read into `bytes`;
 * `*known` is false where there is none that holds. */
enum status column_read(struct column *out, const struct xap_db *db,
                        size_t part, enum field_id field, uint32_t piece,
                        struct str *bytes, bool *known, struct error *err);
/* The same of bytes that were read; `last_document` is the segment's now. */
bool column_parse(struct column *out, struct span bytes, uint32_t piece,
                  uint32_t last_document);

static inline uint64_t column_number_at(const struct column *column, size_t i)
{
    return unpack_64(column->numbers + i * sizeof(uint64_t));
}

/* How many of the documents asked have a value, and one of them, counted from
 * the first of the piece. */
struct column_count {
    uint32_t count, document;
};

/* Add to the counts of all `values` what the documents have whose bits are set.
 * False where the note is damaged; the counts are worthless then. */
bool column_count(const struct column *column, const uint64_t *documents,
                  struct column_count *counts);

#endif

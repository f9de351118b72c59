/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segment_writer.h - what turns documents into one Xapian database on disk.
 *
 * A document is terms, values and data; this header knows no news.  There are
 * two writers, and they must produce equal databases: the reference writer
 * drives libxapian, the bulk writer (glass/) writes the same tables itself.
 * A writer is used by one thread; document numbers count from 1 in the order
 * of adding.
 */
#ifndef NEWS_INDEXER_SEGMENT_WRITER_H
#define NEWS_INDEXER_SEGMENT_WRITER_H

#include "base/error.h"
#include "base/span.h"

/* Occurrences of a term: `wdf` in all, at the stated positions. */
struct posting {
    struct span term;          /* 1 to 245 bytes, no zero byte */
    uint64_t hash;             /* span_hash(term, 0) */
    const uint32_t *positions; /* ascending; where there is more than one */
    uint32_t position_count;   /* of these */
    uint32_t position;         /* the only one; 0: none, or those above */
    uint32_t wdf;              /* 0 for boolean terms */
    /* Where a writer may note what it knows of this term, which will come
     * again: zero at first, then the writer's alone.  May be NULL. */
    uint64_t *note;
};

/* All positions of a posting, whichever way they are stated. */
static inline const uint32_t *posting_positions(const struct posting *posting,
                                                uint32_t *count)
{
    *count = posting->position ? 1 : posting->position_count;
    return posting->position ? &posting->position : posting->positions;
}

struct document_value {
    unsigned slot;
    struct span bytes; /* not empty */
};

/* Borrowed for the duration of segment_writer_add(). */
struct document {
    const struct posting *postings; /* any order; a term may occur often, with
                                       ascending positions */
    size_t posting_count;
    const struct document_value *values; /* ascending slots */
    size_t value_count;
    struct span data; /* a record; the reference writer may pad it */
};

struct segment_writer {
    const struct segment_writer_class *class;
};

struct segment_writer_class {
    const char *name; /* "reference", "bulk" */
    /* Begin a database in the directory `path`, which must not exist;
     * `memory` is what the writer may hold before it spills to disk. */
    enum status (*open)(struct segment_writer **out, const char *path,
                        uint64_t memory, struct error *err);
    /* TOO_BIG leaves the writer as it was: that document cannot be added, the
     * next one can. */
    enum status (*add)(struct segment_writer *writer,
                       const struct document *document, struct error *err);
    /* Write what is left, with `metadata` as packed pairs (pack.h), and free
     * the writer whatever the status. */
    enum status (*finish)(struct segment_writer *writer, struct span metadata,
                          struct error *err);
    /* Free the writer; what it wrote is left for the caller to remove. */
    void (*abandon)(struct segment_writer *writer);
    /* Bytes on disk and in memory so far, to decide when to begin anew. */
    uint64_t (*held)(const struct segment_writer *writer);
};

extern const struct segment_writer_class segment_writer_reference;
extern const struct segment_writer_class segment_writer_bulk;

#endif

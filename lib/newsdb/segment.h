/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segment.h - what is known about one segment of an archive.
 *
 * What the index itself can tell (articles, dates) is asked of it; the rest is
 * user metadata inside the segment, so that it cannot get out of step:
 *
 *     news.schema         the schema version, decimal
 *     news.written        the program and the time that wrote it
 *     news.input.HASH     an input it holds articles of, packed (pack.h)
 *     news.column....     which values its articles have (column.h)
 */
#ifndef NEWS_NEWSDB_SEGMENT_H
#define NEWS_NEWSDB_SEGMENT_H

#include "xapian-c/xapian-c.h"

/* One input: a file as it was when its articles were read. */
struct segment_input {
    char *collection;
    char *path;        /* absolute, or "-" */
    uint64_t size;     /* bytes of the file */
    int64_t modified;  /* nanoseconds since 1970 */
    uint64_t checksum; /* XXH64 of the file's bytes; 0 until complete */
    uint64_t records;  /* found in it so far, good and bad */
    uint64_t articles; /* of them indexed */
    bool complete;     /* read to its end; else an interrupted run */
};

struct segment {
    char *name;    /* "000042", below ARCHIVE/segments */
    char *written; /* "newsidx 0.1.0, 2026-11-24T10:00:00Z" */
    uint32_t articles;
    uint32_t undated;
    int32_t first_day, last_day; /* of publication; first > last: no dates */
    uint64_t size;               /* bytes on disk */
};

/* A list of inputs; the strings are owned. */
struct segment_inputs {
    struct segment_input *items;
    size_t count, capacity;
};

/* What a segment writer stamps into a segment: packed pairs of key and value
 * (pack.h), appended to `out`. */
void segment_stamp(struct str *out, const struct segment_inputs *inputs);

/* Stamp a finished segment with these inputs, besides those it has. */
enum status segment_restamp(const char *directory,
                            const struct segment_inputs *inputs,
                            struct error *err);

/* Whether a program of this version may read the open database: MISMATCH where
 * another schema version wrote it, BAD_FORMAT where it is none of ours. */
enum status segment_check(const struct xap_db *db, const char *name,
                          struct error *err);

/* Read what is known of an open segment.  Fails as segment_check()
 * does.  Cheap: the inputs are read by the next function only. */
enum status segment_read(struct segment *out, const struct xap_db *db,
                         const char *directory, const char *name,
                         struct error *err);
void segment_release(struct segment *segment);

/* Append the segment's inputs to `out`.  A damaged note is passed over: its
 * input will be read again. */
enum status segment_read_inputs(struct segment_inputs *out,
                                const struct xap_db *db, struct error *err);

/* Each pair of collection and path once: of the file as it was changed last,
 * the note that reaches furthest.  Sorted by collection and path. */
void segment_inputs_sort_out(struct segment_inputs *inputs);

/* The note of an input in a sorted list; NULL where there is none. */
const struct segment_input *segment_inputs_find(
    const struct segment_inputs *inputs, const char *collection,
    const char *path);

void segment_inputs_release(struct segment_inputs *inputs);

#endif

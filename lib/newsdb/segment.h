/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * segment.h - what is known about one segment of an archive, kept as user
 * metadata inside it so that it cannot get out of step.
 *
 * Keys: "news.schema" (the schema version, decimal), "news.written" (who wrote
 * it when), "news.dates" (first and last publication day) and "news.input."
 * COLLECTION "\n" PATH for each input that it holds articles of.
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
    uint64_t checksum; /* span_hash-style XXH64 of the file's bytes */
    uint64_t articles;
    bool complete; /* read to its end; else an interrupted run */
};

struct segment {
    char *name; /* "000042", below ARCHIVE/segments */
    uint32_t articles;
    int32_t first_day, last_day; /* of publication; first > last: no dates */
    uint32_t undated;
    uint64_t size; /* bytes on disk */
    char *written; /* "newsidx 0.1.0, 2026-11-24T10:00:00Z" */
    struct segment_input *inputs;
    size_t input_count;
};

/* What a segment_writer stamps into a segment: appended to a str as packed
 * (key, value) pairs of strings (pack.h). */
void segment_stamp(struct str *out, const struct segment *segment);

/* Read the metadata of an open database.  MISMATCH where another schema
 * version wrote it, CORRUPT where it has none. */
enum status segment_read(struct segment *out, const struct xap_db *db,
                         struct error *err);
void segment_release(struct segment *segment);

#endif

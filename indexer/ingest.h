/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ingest.h - the pipeline of `newsidx add`.
 *
 *     reader thread   walks the inputs, cuts them into raw records
 *     N workers       record -> article -> record of the archive -> document
 *                     -> segment writer
 *     this thread     publishes what the workers finished
 *     another         merges segments
 *
 * From time to time (INGEST_CHECKPOINT_BYTES) the run is made durable: the
 * workers finish their segments, which are published together, and what came
 * before is safe from then on.  A segment that does not read back is not
 * published: the reader goes back to the last checkpoint, and the reference
 * writer takes over.  Segments are merged beside all that, so that the last
 * generation finds room for its own; merging that fails is told at the end.
 *
 * The pipe between reader and workers and the writers share one memory budget.
 */
#ifndef NEWS_INDEXER_INGEST_H
#define NEWS_INDEXER_INGEST_H

#include <signal.h>

#include "corpus/input.h"
#include "indexer/names/names_finder.h"
#include "indexer/report.h"
#include "indexer/segment_writer.h"

enum {
    INGEST_CHECKPOINT_BYTES = 512 * 1024 * 1024, /* of decompressed input */
    INGEST_WORKERS_MAX = 64,
};

struct ingest_options {
    const char *program; /* begins each complaint */
    const char *archive;
    const char *collection;   /* NULL: the name of each input's directory */
    const char *const *paths; /* files, directories, "-" */
    size_t path_count;
    struct input_options input;
    const struct segment_writer_class *writer;
    const struct names_finder *names;
    unsigned workers;
    uint64_t memory;       /* bytes, for the whole process */
    uint64_t checkpoint;   /* bytes; 0: INGEST_CHECKPOINT_BYTES */
    unsigned wait_seconds; /* for the archive's lock */
    const char *rejects;   /* a file for rejected records, or NULL */
    bool force;            /* read inputs again that have not changed */
    bool strict;           /* stop at the first rejected record */
    bool dry_run;          /* read and tell, write nothing */
    bool embargo;          /* hold back what is under embargo */
    int64_t now;           /* seconds since 1970, for embargoes and for dates
                              in the future; 0: these are believed */
    bool quiet;
    const volatile sig_atomic_t *stop; /* set: publish what is there, end */
};

/*
 * Add all inputs to the archive.  The summary goes to `summary`.  OK when all
 * went in; BAD_RECORD when some records were rejected; INTERRUPTED; IO or
 * NOT_FOUND when an input could not be read (all others were), IO and the like
 * when segments could not be merged (all articles are there).  Any other
 * failure ends the run, and what was published before stays.
 */
enum status ingest_run(const struct ingest_options *options,
                       struct str *summary, struct error *err);

#endif

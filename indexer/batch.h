/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * batch.h - raw records on their way from the reader to the workers.
 *
 * A batch is some hundred records, or one big one, copied out of the reader's
 * window.  The pipe between the threads is bounded in bytes, so that what is
 * on its way has a place in the memory budget.
 */
#ifndef NEWS_INDEXER_BATCH_H
#define NEWS_INDEXER_BATCH_H

#include "corpus/input.h"
#include "indexer/generation.h"

enum {
    BATCH_BYTES = 512 * 1024, /* a batch is full from this size on */
    BATCH_RECORDS = 1024,     /* or this many records */
};

struct batch_record {
    struct input *input;  /* held */
    size_t report_number; /* of the input */
    size_t start, size;   /* in `bytes` */
    uint64_t offset;      /* in the decompressed input */
};

struct batch {
    uint64_t sequence;             /* order of arrival */
    struct generation *generation; /* that the records belong to */
    bool checkpoint;               /* no records: the generation ends here */
    struct str bytes;
    struct batch_record *records;
    size_t record_count, record_capacity;
};

struct batch *batch_new(uint64_t sequence, struct generation *generation);
void batch_free(struct batch *batch); /* NULL is fine */
void batch_add(struct batch *batch, struct input *input, size_t report_number,
               const struct raw_record *raw);
bool batch_is_full(const struct batch *batch);

/* A record as its format wants it; valid as long as the batch. */
struct raw_record batch_raw(const struct batch *batch, size_t i);

/* Bounded in bytes: a put waits while what is on its way exceeds the bound,
 * but one batch may always pass. */
struct pipe;

struct pipe *pipe_new(uint64_t bytes_max);
void pipe_free(struct pipe *pipe); /* with all that is left in it */
void pipe_put(struct pipe *pipe, struct batch *batch);
struct batch *pipe_take(struct pipe *pipe); /* NULL: closed and empty */
void pipe_done(struct pipe *pipe, const struct batch *batch); /* its memory */
void pipe_close(struct pipe *pipe); /* by the reader, after its last put */

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * reader.h - the thread that walks the inputs and cuts them into batches.
 *
 * At a checkpoint it waits until the workers have written the generation, and
 * hands that on to be published.  When the run is to stop, early or at its end,
 * the reader ends the generation in hand and closes the pipe; workers take what
 * is in the pipe to the last.
 */
#ifndef NEWS_INDEXER_READER_H
#define NEWS_INDEXER_READER_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/queue.h"
#include "indexer/batch.h"
#include "indexer/ingest.h"
#include "indexer/ledger.h"
#include "indexer/progress.h"

/* How far the inputs are written, so that another reader can go on there. */
struct reader_place {
    uint64_t entries;     /* of the walk */
    uint64_t records;     /* of the entry after them */
    size_t number;        /* in the report; where there are such records */
    uint64_t input_bytes; /* of those entries */
    enum date_order date_order_hint;
};

struct reader {
    const struct ingest_options *options;
    struct input_options input_options; /* of the run, with the last hint */
    const struct ledger *ledger;
    struct report *report;
    struct pipe *pipe;
    pthread_barrier_t *written; /* of all workers and the reader */
    struct queue *finished;     /* of struct generation, to be published */
    /* Of the reader and who publishes, after each; NULL: nobody waits. */
    pthread_barrier_t *published;
    atomic_bool *failed; /* the run cannot go on */
    enum status rc;      /* with --strict: the record that ended it */
    struct error err;
    struct progress *progress;
    uint64_t input_bytes; /* read so far */
    struct reader_place place;
    bool streamed; /* what was read since then cannot be read again */
};

/* Reads all inputs, ends the last generation, closes the pipe and the queue:
 * the body of a thread, `argument` is the reader. */
void *reader_run(void *argument);

/* The sum of the sizes of all inputs, 0 where one is a stream. */
uint64_t reader_total(const struct ingest_options *options);

#endif

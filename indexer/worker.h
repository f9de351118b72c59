/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * worker.h - a thread that makes articles of raw records and writes them into
 * a segment.
 */
#ifndef NEWS_INDEXER_WORKER_H
#define NEWS_INDEXER_WORKER_H

#include <pthread.h>
#include <stdatomic.h>

#include "indexer/batch.h"
#include "indexer/ingest.h"
#include "newsdb/archive.h"

/* What all workers of a run share. */
struct workshop {
    const struct ingest_options *options;
    struct archive_writer *archive; /* for the paths of new segments */
    const struct segment_writer_class *writer;
    struct report *report;
    struct pipe *pipe;
    uint64_t writer_memory;    /* bytes for each worker's segment writer */
    pthread_barrier_t reached; /* of all workers, at a checkpoint */
    pthread_barrier_t written; /* of all workers and the reader, after it */
    atomic_bool failed;        /* the run cannot go on */
    pthread_mutex_t mutex;     /* for the three below */
    enum status rc;            /* why it failed first */
    struct error err;
    bool misread; /* all that failed are segments that did not read back */
};

struct worker {
    struct workshop *shop;
    size_t number; /* its part of each generation */
};

/* Takes batches until the pipe is closed: the body of a thread.  At a
 * checkpoint the worker waits for the others, finishes its segment and waits
 * again, for the reader too. */
void *worker_run(void *argument);

/* Note the first failure and let the run wind down. */
void workshop_fail(struct workshop *shop, const struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/batch.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/queue.h"

enum { PIPE_ITEMS = 4096 }; /* more batches than the bytes ever allow */

struct batch *batch_new(uint64_t sequence, struct generation *generation)
{
    struct batch *batch = memory_new(1, sizeof(*batch));
    batch->sequence = sequence;
    batch->generation = generation;
    batch->bytes = (struct str)STR_INIT;
    return batch;
}

void batch_free(struct batch *batch)
{
    if (!batch)
        return;
    for (size_t i = 0; i < batch->record_count; i++)
        input_release(batch->records[i].input);
    free(batch->records);
    str_release(&batch->bytes);
    free(batch);
}

void batch_add(struct batch *batch, struct input *input, size_t report_number,
               const struct raw_record *raw)
{
    MEMORY_GROW(batch->records, batch->record_count, batch->record_capacity);
    batch->records[batch->record_count++] = (struct batch_record){
        .input = input_hold(input),
        .report_number = report_number,
        .start = batch->bytes.size,
        .size = raw->bytes.size,
        .offset = raw->offset,
    };
    str_add(&batch->bytes, raw->bytes);
}

bool batch_is_full(const struct batch *batch)
{
    return batch->bytes.size >= BATCH_BYTES ||
           batch->record_count >= BATCH_RECORDS;
}

struct raw_record batch_raw(const struct batch *batch, size_t i)
{
    const struct batch_record *record = &batch->records[i];
    return (struct raw_record){
        .bytes = { batch->bytes.data + record->start, record->size },
        .offset = record->offset,
        .name = span_of(input_entry(record->input)->relative),
    };
}

struct pipe {
    struct queue *queue;
    pthread_mutex_t mutex;
    pthread_cond_t room;
    uint64_t held, most;
};

struct pipe *pipe_new(uint64_t bytes_max)
{
    struct pipe *pipe = memory_new(1, sizeof(*pipe));
    pipe->queue = queue_new(PIPE_ITEMS);
    pipe->most = bytes_max;
    pthread_mutex_init(&pipe->mutex, NULL);
    pthread_cond_init(&pipe->room, NULL);
    return pipe;
}

void pipe_free(struct pipe *pipe)
{
    if (!pipe)
        return;
    queue_close(pipe->queue);
    struct batch *batch;
    while ((batch = queue_take(pipe->queue)))
        batch_free(batch);
    queue_free(pipe->queue);
    pthread_cond_destroy(&pipe->room);
    pthread_mutex_destroy(&pipe->mutex);
    free(pipe);
}

void pipe_put(struct pipe *pipe, struct batch *batch)
{
    pthread_mutex_lock(&pipe->mutex);
    while (pipe->held && pipe->held + batch->bytes.capacity > pipe->most)
        pthread_cond_wait(&pipe->room, &pipe->mutex);
    pipe->held += batch->bytes.capacity;
    pthread_mutex_unlock(&pipe->mutex);
    queue_put(pipe->queue, batch);
}

struct batch *pipe_take(struct pipe *pipe)
{
    return queue_take(pipe->queue);
}

void pipe_done(struct pipe *pipe, const struct batch *batch)
{
    pthread_mutex_lock(&pipe->mutex);
    pipe->held -= batch->bytes.capacity;
    pthread_cond_signal(&pipe->room);
    pthread_mutex_unlock(&pipe->mutex);
}

void pipe_close(struct pipe *pipe)
{
    queue_close(pipe->queue);
}

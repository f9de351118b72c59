/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/queue.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t changed_room, changed_items;
    size_t capacity, first, count;
    bool closed;
    void *items[];
};

struct queue *queue_new(size_t capacity)
{
    struct queue *queue =
        memory_new(1, sizeof(*queue) + capacity * sizeof(queue->items[0]));
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_cond_init(&queue->changed_room, NULL);
    pthread_cond_init(&queue->changed_items, NULL);
    queue->capacity = capacity;
    return queue;
}

void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    pthread_cond_destroy(&queue->changed_items);
    pthread_cond_destroy(&queue->changed_room);
    pthread_mutex_destroy(&queue->mutex);
    free(queue);
}

bool queue_put(struct queue *queue, void *item)
{
    pthread_mutex_lock(&queue->mutex);
    while (queue->count == queue->capacity && !queue->closed)
        pthread_cond_wait(&queue->changed_room, &queue->mutex);
    bool open = !queue->closed;
    if (open) {
        queue->items[(queue->first + queue->count) % queue->capacity] = item;
        queue->count++;
        pthread_cond_signal(&queue->changed_items);
    }
    pthread_mutex_unlock(&queue->mutex);
    return open;
}

void *queue_take(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    while (!queue->count && !queue->closed)
        pthread_cond_wait(&queue->changed_items, &queue->mutex);
    void *item = NULL;
    if (queue->count) {
        item = queue->items[queue->first];
        queue->first = (queue->first + 1) % queue->capacity;
        queue->count--;
        pthread_cond_signal(&queue->changed_room);
    }
    pthread_mutex_unlock(&queue->mutex);
    return item;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->closed = true;
    pthread_cond_broadcast(&queue->changed_items);
    pthread_cond_broadcast(&queue->changed_room);
    pthread_mutex_unlock(&queue->mutex);
}

bool queue_is_over(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    bool over = queue->closed && !queue->count;
    pthread_mutex_unlock(&queue->mutex);
    return over;
}

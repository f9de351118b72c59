/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * queue.h - a bounded queue of pointers between threads.
 *
 * Any number of threads may put and take.  Order is kept.  The queue never
 * owns what its pointers point to; after queue_close() the caller may still
 * take what is left, to use or to free it.
 */
#ifndef NEWS_BASE_QUEUE_H
#define NEWS_BASE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct queue;

struct queue *queue_new(size_t capacity);
void queue_free(struct queue *queue); /* NULL is fine; no thread may wait */

/* Waits while the queue is full; false when it is closed. */
bool queue_put(struct queue *queue, void *item);

/* Waits while the queue is empty and open; NULL when nothing will come. */
void *queue_take(struct queue *queue);

void queue_close(struct queue *queue); /* puts fail from now on; takes go on */

/* Whether nothing is in it and nothing will come. */
bool queue_is_over(struct queue *queue);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/queue.h"

#include <pthread.h>

#include "tests/unit/test.h"

TEST(queue_keeps_order)
{
    int items[5];
    struct queue *queue = queue_new(5);
    for (int i = 0; i < 3; i++)
        CHECK(queue_put(queue, &items[i]));
    CHECK(queue_take(queue) == &items[0]);
    CHECK(queue_take(queue) == &items[1]);
    for (int i = 3; i < 5; i++)
        CHECK(queue_put(queue, &items[i]));
    for (int i = 2; i < 5; i++)
        CHECK(queue_take(queue) == &items[i]);
    queue_free(queue);
    queue_free(NULL);
}

TEST(queue_close_ends_puts_and_empties)
{
    int item;
    struct queue *queue = queue_new(2);
    CHECK(queue_put(queue, &item));
    CHECK(!queue_is_over(queue));
    queue_close(queue);
    CHECK(!queue_put(queue, &item));
    CHECK(!queue_is_over(queue));
    CHECK(queue_take(queue) == &item);
    CHECK(queue_is_over(queue));
    CHECK(queue_take(queue) == NULL);
    CHECK(queue_take(queue) == NULL);
    queue_free(queue);
}

enum { PUTTERS = 3, TAKERS = 3, ITEMS = 2000 };

struct shared {
    struct queue *queue;
    int numbers[PUTTERS][ITEMS];
    int seen[TAKERS][PUTTERS]; /* the last number of each putter, per taker */
    int counts[TAKERS];
    bool in_order[TAKERS];
};

struct worker {
    struct shared *shared;
    int number;
};

static void *put_all(void *argument)
{
    struct worker *worker = argument;
    struct shared *shared = worker->shared;
    for (int i = 0; i < ITEMS; i++) {
        shared->numbers[worker->number][i] = worker->number * ITEMS + i;
        queue_put(shared->queue, &shared->numbers[worker->number][i]);
    }
    return NULL;
}

static void *take_all(void *argument)
{
    struct worker *worker = argument;
    struct shared *shared = worker->shared;
    int *item;
    shared->in_order[worker->number] = true;
    while ((item = queue_take(shared->queue))) {
        int putter = *item / ITEMS, number = *item % ITEMS + 1;
        if (number <= shared->seen[worker->number][putter])
            shared->in_order[worker->number] = false;
        shared->seen[worker->number][putter] = number;
        shared->counts[worker->number]++;
    }
    return NULL;
}

TEST(queue_serves_many_threads)
{
    static struct shared shared;
    struct worker putters[PUTTERS], takers[TAKERS];
    pthread_t threads[PUTTERS + TAKERS];
    shared.queue = queue_new(4);
    for (int i = 0; i < TAKERS; i++) {
        takers[i] = (struct worker){ &shared, i };
        CHECK(
            !pthread_create(&threads[PUTTERS + i], NULL, take_all, &takers[i]));
    }
    for (int i = 0; i < PUTTERS; i++) {
        putters[i] = (struct worker){ &shared, i };
        CHECK(!pthread_create(&threads[i], NULL, put_all, &putters[i]));
    }
    for (int i = 0; i < PUTTERS; i++)
        pthread_join(threads[i], NULL);
    queue_close(shared.queue);
    int count = 0;
    for (int i = 0; i < TAKERS; i++) {
        pthread_join(threads[PUTTERS + i], NULL);
        CHECK(shared.in_order[i]);
        count += shared.counts[i];
    }
    CHECK_NUMBER(count, PUTTERS * ITEMS);
    queue_free(shared.queue);
}

static void *put_two(void *argument)
{
    static int items[2];
    struct queue *queue = argument;
    queue_put(queue, &items[0]);
    bool second = queue_put(queue, &items[1]);
    return second ? &items[1] : NULL;
}

static void *take_one(void *argument)
{
    return queue_take(argument);
}

TEST(queue_close_wakes_who_waits)
{
    struct queue *full = queue_new(1), *empty = queue_new(1);
    pthread_t putter, taker;
    CHECK(!pthread_create(&putter, NULL, put_two, full));
    CHECK(!pthread_create(&taker, NULL, take_one, empty));
    queue_close(empty);
    void *taken, *put;
    pthread_join(taker, &taken);
    CHECK(taken == NULL);
    queue_close(full);
    pthread_join(putter, &put);
    CHECK(put == NULL);
    queue_free(full);
    queue_free(empty);
}

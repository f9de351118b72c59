/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

#include "tests/unit/test.h"

enum { TASKS = 500 };

static enum status count_task(void *payload, size_t i, struct error *err)
{
    atomic_int *counts = payload;
    (void)err;
    counts[i]++;
    return STATUS_OK;
}

TEST(each_task_is_done_once)
{
    CHECK(parallel_cores() >= 1);
    for (size_t threads = 0; threads < 2 * PARALLEL_THREADS_MAX; threads++) {
        atomic_int counts[TASKS + 1] = { 0 };
        struct error err = ERROR_INIT;
        CHECK_STATUS(parallel_run(threads, TASKS, count_task, counts, &err),
                     STATUS_OK, err);
        for (size_t i = 0; i < TASKS; i++)
            CHECK_NUMBER(counts[i], 1);
        CHECK_NUMBER(counts[TASKS], 0);
    }
    CHECK(parallel_run(4, 0, count_task, NULL, NULL) == STATUS_OK);
}

/* Each waits until all are there. */
static enum status meet(void *payload, size_t i, struct error *err)
{
    (void)i;
    (void)err;
    pthread_barrier_wait(payload);
    return STATUS_OK;
}

TEST(tasks_are_done_at_the_same_time)
{
    pthread_barrier_t all;
    pthread_barrier_init(&all, NULL, 3);
    CHECK(parallel_run(3, 3, meet, &all, NULL) == STATUS_OK);
    pthread_barrier_destroy(&all);
}

struct failing {
    pthread_barrier_t both;
    atomic_int done;
};

static enum status fail_together(void *payload, size_t i, struct error *err)
{
    struct failing *failing = payload;
    failing->done++;
    pthread_barrier_wait(&failing->both);
    return i ? error_set(err, STATUS_IO, "the second")
             : error_set(err, STATUS_STALE, "the first");
}

TEST(the_first_failure_is_told_and_ends_the_work)
{
    struct failing failing = { .done = 0 };
    struct error err = ERROR_INIT;
    pthread_barrier_init(&failing.both, NULL, 2);
    CHECK_STATUS(parallel_run(2, TASKS, fail_together, &failing, &err),
                 STATUS_STALE, err);
    CHECK_STR(err.message, "the first");
    CHECK_NUMBER(failing.done, 2);
    CHECK(parallel_run(2, 2, fail_together, &failing, NULL) == STATUS_STALE);
    pthread_barrier_destroy(&failing.both);
}

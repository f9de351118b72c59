/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

struct work {
    size_t count;
    parallel_task *task;
    void *payload;
    atomic_size_t next;
    pthread_mutex_t mutex; /* for what failed */
    size_t failed;
    enum status rc;
    struct error *err;
};

size_t parallel_cores(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set))
        return 1;
    return (size_t)CPU_COUNT(&set);
}

static void fail(struct work *work, size_t i, enum status rc,
                 const struct error *err)
{
    atomic_store(&work->next, work->count);
    pthread_mutex_lock(&work->mutex);
    if (!work->rc || i < work->failed) {
        work->failed = i;
        work->rc = rc;
        if (work->err)
            *work->err = *err;
    }
    pthread_mutex_unlock(&work->mutex);
}

static void *do_tasks(void *argument)
{
    struct work *work = argument;
    struct error err = ERROR_INIT;
    for (;;) {
        size_t i = atomic_fetch_add(&work->next, 1);
        if (i >= work->count)
            return NULL;
        enum status rc = work->task(work->payload, i, &err);
        if (rc)
            fail(work, i, rc, &err);
    }
}

/* Threads that take no signals; returns how many there are. */
static size_t start(pthread_t *threads, size_t wanted, struct work *work)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    size_t count = 0;
    while (count < wanted &&
           !pthread_create(&threads[count], NULL, do_tasks, work))
        count++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return count;
}

enum status parallel_run(size_t threads, size_t count, parallel_task *task,
                         void *payload, struct error *err)
{
    struct work work = { .count = count,
                         .task = task,
                         .payload = payload,
                         .mutex = PTHREAD_MUTEX_INITIALIZER,
                         .err = err };
    pthread_t others[PARALLEL_THREADS_MAX];
    threads = threads < PARALLEL_THREADS_MAX ? threads : PARALLEL_THREADS_MAX;
    threads = threads < count ? threads : count;
    size_t started = threads > 1 ? start(others, threads - 1, &work) : 0;
    do_tasks(&work);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    pthread_mutex_destroy(&work.mutex);
    return work.rc;
}

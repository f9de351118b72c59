/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * parallel.h - the tasks of one piece of work, done by several threads.
 *
 *     rc = parallel_run(parallel_cores(), parts, count_part, counting, err);
 *
 * The threads live as long as the call and the caller's is one of them, so
 * nothing is left over for a fork() to lose.  To start one takes some 30
 * microseconds: small works ask for one.
 */
#ifndef NEWS_BASE_PARALLEL_H
#define NEWS_BASE_PARALLEL_H

#include <stddef.h>

#include "base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { PARALLEL_THREADS_MAX = 8 };

/* How many processors this process may use; 1 where that is not known. */
size_t parallel_cores(void);

typedef enum status parallel_task(void *payload, size_t i, struct error *err);

/*
 * Do the tasks 0 to `count` - 1, begun in this order, by up to `threads`
 * threads (at most PARALLEL_THREADS_MAX; fewer where the system gives no more).
 * After one failed no other is begun; of several that fail the first by number
 * is reported.  Signals are handled in the caller's thread.
 */
enum status parallel_run(size_t threads, size_t count, parallel_task *task,
                         void *payload, struct error *err);

#ifdef __cplusplus
}
#endif

#endif

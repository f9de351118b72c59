/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lock.h - ARCHIVE/lock, held by the one writer.
 *
 * A POSIX record lock (fcntl F_SETLK): the system drops it when the process
 * ends, however it ends.  The file is never removed; it holds the number of
 * the process that took it last.  Record locks are the process's: it must not
 * open a second writer on the same archive, which would not be held up, and
 * whose closing would drop the lock.
 */
#ifndef NEWS_NEWSDB_LOCK_H
#define NEWS_NEWSDB_LOCK_H

#include "base/error.h"

/* Take the lock of the archive at `path`; tries for `wait_seconds`.  LOCKED
 * names the process that holds it.  `*fd` is to be closed to let go. */
enum status lock_take(int *fd, const char *path, unsigned wait_seconds,
                      struct error *err);

#endif

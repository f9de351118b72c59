/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum { TRIES_A_SECOND = 10 };

static void write_process_number(int fd)
{
    char text[32];
    int size = snprintf(text, sizeof(text), "%ld\n", (long)getpid());
    if (!ftruncate(fd, 0))
        file_write_all(fd, (struct span){ text, (size_t)size }, "lock", NULL);
}

static enum status try_lock(int fd, const char *file, struct error *err)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    if (!fcntl(fd, F_SETLK, &lock))
        return STATUS_OK;
    if (errno != EACCES && errno != EAGAIN)
        return error_set_errno(err, "cannot lock '%s'", file);
    char holder[32] = "another process";
    if (!fcntl(fd, F_GETLK, &lock) && lock.l_type != F_UNLCK && lock.l_pid > 0)
        snprintf(holder, sizeof(holder), "process %ld", (long)lock.l_pid);
    return error_set(err, STATUS_LOCKED,
                     "the archive is being written by %s; --wait SECONDS "
                     "waits for it",
                     holder);
}

enum status lock_take(int *fd, const char *path, unsigned wait_seconds,
                      struct error *err)
{
    char *file = file_join(path, "lock");
    enum status rc = STATUS_OK;
    *fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0)
        rc = error_set_errno(err, "cannot open '%s'", file);
    for (unsigned i = 0; *fd >= 0; i++) {
        rc = try_lock(*fd, file, err);
        if (rc != STATUS_LOCKED || i / TRIES_A_SECOND >= wait_seconds)
            break;
        const struct timespec pause = { 0, 1000000000 / TRIES_A_SECOND };
        nanosleep(&pause, NULL);
    }
    if (rc && *fd >= 0) {
        close(*fd);
        *fd = -1;
    } else if (!rc) {
        write_process_number(*fd);
    }
    free(file);
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/append_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

struct append_file {
    int fd;
    char *path;
    char *buffer;
    size_t used, capacity;
    uint64_t written; /* bytes handed to the system */
};

enum status append_file_open(struct append_file **out, const char *directory,
                             const char *name, size_t buffer_size,
                             struct error *err)
{
    *out = NULL;
    char *path = file_join(directory, name);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        enum status rc = error_set_errno(err, "cannot create '%s'", path);
        free(path);
        return rc;
    }
    struct append_file *file = memory_new(1, sizeof(*file));
    file->fd = fd;
    file->path = path;
    file->buffer = memory_new(buffer_size, 1);
    file->capacity = buffer_size;
    *out = file;
    return STATUS_OK;
}

static enum status hand_over(struct append_file *file, struct span bytes,
                             struct error *err)
{
    file->written += bytes.size;
    return file_write_all(file->fd, bytes, file->path, err);
}

static enum status flush(struct append_file *file, struct error *err)
{
    struct span bytes = { file->buffer, file->used };
    file->used = 0;
    return bytes.size ? hand_over(file, bytes, err) : STATUS_OK;
}

enum status append_file_write(struct append_file *file, struct span bytes,
                              struct error *err)
{
    if (file->capacity - file->used < bytes.size) {
        enum status rc = flush(file, err);
        if (rc)
            return rc;
        if (bytes.size >= file->capacity)
            return hand_over(file, bytes, err);
    }
    if (bytes.size)
        memcpy(file->buffer + file->used, bytes.data, bytes.size);
    file->used += bytes.size;
    return STATUS_OK;
}

uint64_t append_file_size(const struct append_file *file)
{
    return file->written + file->used;
}

static void release(struct append_file *file)
{
    free(file->buffer);
    free(file->path);
    free(file);
}

enum status append_file_close(struct append_file *file, struct error *err)
{
    enum status rc = flush(file, err);
    /* Some systems report a full disk here only. */
    if (close(file->fd) && !rc)
        rc = error_set_errno(err, "cannot close '%s'", file->path);
    release(file);
    return rc;
}

enum status append_file_detach(struct append_file *file, int *fd,
                               struct error *err)
{
    enum status rc = flush(file, err);
    *fd = file->fd;
    if (rc) {
        close(file->fd);
        *fd = -1;
    }
    release(file);
    return rc;
}

void append_file_abandon(struct append_file *file)
{
    if (!file)
        return;
    close(file->fd);
    release(file);
}

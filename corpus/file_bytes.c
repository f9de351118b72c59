/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/file_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum {
    BUFFER_SIZE = 128 * 1024, /* bytes read at a time */
    BUFFER_MIN = 4 * 1024,    /* of what is small itself */
};

size_t file_bytes_room(const struct file_bytes *file, size_t least, size_t most)
{
    bool whole = file->fd >= 0 ? file->size > 0 : !file->reader;
    if (!whole || file->size > most)
        return most;
    return file->size < least ? least : (size_t)file->size;
}

static void begin(struct file_bytes *file, const char *path)
{
    file->path = memory_string(path);
    file->hash = hash_begin();
    file->damage = (struct str)STR_INIT;
    file->buffer_size = file_bytes_room(file, BUFFER_MIN, BUFFER_SIZE);
    file->buffer = memory_resize(NULL, file->buffer_size, 1);
}

enum status file_bytes_open(struct file_bytes *out, const char *path,
                            struct error *err)
{
    bool is_stdin = !strcmp(path, "-");
    int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(err, "cannot open '%s'", path);
    struct stat info;
    if (fstat(fd, &info) || S_ISDIR(info.st_mode)) {
        close(fd);
        return error_set(err, STATUS_IO, "'%s' is a directory", path);
    }
    *out = (struct file_bytes){
        .fd = fd,
        .size = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0,
    };
    begin(out, path);
    return STATUS_OK;
}

struct file_bytes file_bytes_of_span(struct span bytes)
{
    struct file_bytes file = { .fd = -1, .memory = bytes, .size = bytes.size };
    begin(&file, "memory");
    return file;
}

struct file_bytes file_bytes_of_reader(const char *path,
                                       file_bytes_reader *reader, void *payload,
                                       uint64_t size)
{
    struct file_bytes file = {
        .fd = -1, .reader = reader, .payload = payload, .size = size
    };
    begin(&file, path);
    return file;
}

void file_bytes_close(struct file_bytes *file)
{
    if (file->fd >= 0)
        close(file->fd);
    str_release(&file->damage);
    free(file->buffer);
    free(file->path);
}

static enum status read_reader(struct file_bytes *file, char *out, size_t room,
                               size_t *got, struct error *err)
{
    enum status rc = file->reader(file->payload, out, room, got, err);
    if (rc != STATUS_CORRUPT)
        return rc;
    if (!file->damage.size)
        str_addf(&file->damage, "the archive is damaged (%s)",
                 err ? err->message : "");
    return STATUS_OK;
}

static enum status read_memory(struct file_bytes *file, char *out, size_t room,
                               size_t *got)
{
    struct span part = span_slice(file->memory, 0, room);
    if (part.size)
        memcpy(out, part.data, part.size);
    file->memory = span_slice(file->memory, part.size, file->memory.size);
    *got = part.size;
    return STATUS_OK;
}

/* Up to `room` more bytes, wherever they are. */
static enum status read_some(struct file_bytes *file, char *out, size_t room,
                             size_t *got, struct error *err)
{
    *got = 0;
    if (file->reader)
        return read_reader(file, out, room, got, err);
    if (file->fd < 0)
        return read_memory(file, out, room, got);
    ssize_t count;
    do
        count = read(file->fd, out, room);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return error_set_errno(err, "cannot read '%s'", file->path);
    *got = (size_t)count;
    return STATUS_OK;
}

enum status file_bytes_read(struct file_bytes *file, struct error *err)
{
    size_t kept = file->pending.size, got;
    if (kept)
        memmove(file->buffer, file->pending.data, kept);
    enum status rc = read_some(file, file->buffer + kept,
                               file->buffer_size - kept, &got, err);
    if (rc)
        return rc;
    hash_add(&file->hash, (struct span){ file->buffer + kept, got });
    file->consumed += got;
    file->ended = !got;
    file->pending = (struct span){ file->buffer, kept + got };
    return STATUS_OK;
}

bool file_bytes_wants_more(const struct file_bytes *file)
{
    return !file->ended && file->pending.size < file->buffer_size / 2;
}

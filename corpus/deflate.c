/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/deflate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/file.h"
#include "base/memory.h"

enum {
    BUFFER_SIZE = 64 * 1024,
    WINDOW_GZIP = 15 + 16, /* zlib: 32 KiB window, gzip wrapper */
    LEVEL = 6,
};

struct sink {
    char *path;
    int fd;
    bool compressed;
    z_stream stream;
    size_t used; /* of the buffer */
    char buffer[BUFFER_SIZE];
};

enum status sink_open(struct sink **out, const char *path, struct error *err)
{
    *out = NULL;
    bool is_stdout = !strcmp(path, "-");
    int fd = is_stdout
                 ? dup(STDOUT_FILENO)
                 : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return error_set_errno(err, "cannot create '%s'", path);
    struct sink *sink = memory_new(1, sizeof(*sink));
    sink->path = memory_string(is_stdout ? "standard output" : path);
    sink->fd = fd;
    sink->compressed = span_ends(span_of(path), ".gz");
    if (sink->compressed &&
        deflateInit2(&sink->stream, LEVEL, Z_DEFLATED, WINDOW_GZIP, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        memory_exhausted(1);
    *out = sink;
    return STATUS_OK;
}

static enum status flush_buffer(struct sink *sink, struct error *err)
{
    struct span bytes = { sink->buffer, sink->used };
    sink->used = 0;
    return file_write_all(sink->fd, bytes, sink->path, err);
}

static enum status write_compressed(struct sink *sink, struct span bytes,
                                    int flush, struct error *err)
{
    z_stream *stream = &sink->stream;
    stream->next_in = (unsigned char *)bytes.data;
    stream->avail_in = (unsigned)bytes.size;
    for (;;) {
        stream->next_out = (unsigned char *)sink->buffer + sink->used;
        stream->avail_out = (unsigned)(BUFFER_SIZE - sink->used);
        int result = deflate(stream, flush);
        sink->used = BUFFER_SIZE - stream->avail_out;
        bool more = !stream->avail_out || stream->avail_in ||
                    (flush == Z_FINISH && result != Z_STREAM_END);
        if (!more)
            return STATUS_OK;
        enum status rc = flush_buffer(sink, err);
        if (rc)
            return rc;
    }
}

enum status sink_write(struct sink *sink, struct span bytes, struct error *err)
{
    if (sink->compressed)
        return write_compressed(sink, bytes, Z_NO_FLUSH, err);
    while (bytes.size) {
        size_t room = BUFFER_SIZE - sink->used;
        struct span part = span_slice(bytes, 0, room);
        memcpy(sink->buffer + sink->used, part.data, part.size);
        sink->used += part.size;
        bytes = span_slice(bytes, part.size, bytes.size);
        if (sink->used < BUFFER_SIZE)
            continue;
        enum status rc = flush_buffer(sink, err);
        if (rc)
            return rc;
    }
    return STATUS_OK;
}

enum status sink_close(struct sink *sink, struct error *err)
{
    if (!sink)
        return STATUS_OK;
    enum status rc = STATUS_OK;
    if (sink->compressed) {
        rc = write_compressed(sink, (struct span){ "", 0 }, Z_FINISH, err);
        deflateEnd(&sink->stream);
    }
    if (!rc)
        rc = flush_buffer(sink, err);
    if (close(sink->fd) && !rc)
        rc = error_set_errno(err, "cannot close '%s'", sink->path);
    free(sink->path);
    free(sink);
    return rc;
}

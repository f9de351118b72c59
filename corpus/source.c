/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/str.h"
#include "corpus/charset.h"
#include "corpus/inflate.h"
#include "corpus/unpack.h"

enum {
    INPUT_SIZE = 128 * 1024,  /* bytes read from the file at a time */
    OUTPUT_SIZE = 256 * 1024, /* room made for decompressed bytes */
    BUFFER_MIN = 4 * 1024,    /* of either, for what is small itself */
};

struct source {
    char *path;
    int fd;                /* -1: bytes in memory */
    struct span memory;    /* what is left of them */
    source_reader *reader; /* NULL: a file or memory */
    void *reader_payload;
    uint64_t size, consumed;
    size_t input_size, output_size; /* as above, or what fits the memory */
    struct hash hash;

    char *input;         /* of the file, as read */
    struct span pending; /* the part of it that is not inflated yet */
    bool file_ended;
    struct inflater *inflater; /* gzip; NULL: something else */
    struct unpack *unpack;     /* another compression; NULL: none */
    uint64_t expanded;         /* decompressed bytes so far */
    bool started;

    char *window; /* decompressed bytes: [start, end) is unread */
    size_t start, end, room;
    uint64_t offset;         /* of `start` in the decompressed stream */
    struct charset *charset; /* NULL: the bytes are given as they are */
    struct str undecoded;    /* decompressed bytes not read as text yet */
    bool ended;
    struct str damage;
    struct beside *beside; /* not owned */
};

/* ---- Opening ---------------------------------------------------------- */

static size_t between(size_t size, size_t least, size_t most)
{
    return size < least ? least : size > most ? most : size;
}

/* `size` is that of the file, or SIZE_MAX. */
static struct source *source_new(const char *path, int fd, size_t size)
{
    struct source *source = memory_new(1, sizeof(*source));
    source->path = memory_string(path);
    source->fd = fd;
    source->hash = hash_begin();
    source->damage = (struct str)STR_INIT;
    source->undecoded = (struct str)STR_INIT;
    source->input_size = between(size, BUFFER_MIN, INPUT_SIZE);
    source->output_size = between(size, BUFFER_MIN, OUTPUT_SIZE);
    source->input = memory_resize(NULL, source->input_size, 1);
    return source;
}

enum status source_open(struct source **out, const char *path,
                        struct error *err)
{
    *out = NULL;
    bool is_stdin = !strcmp(path, "-");
    int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(err, "cannot open '%s'", path);
    struct stat info;
    if (fstat(fd, &info) || S_ISDIR(info.st_mode)) {
        close(fd);
        return error_set(err, STATUS_IO, "'%s' is a directory", path);
    }
    uint64_t size = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    *out = source_new(path, fd, size ? (size_t)size : SIZE_MAX);
    (*out)->size = size;
    return STATUS_OK;
}

struct source *source_of_bytes(struct span bytes)
{
    struct source *source = source_new("memory", -1, bytes.size);
    source->memory = bytes;
    source->size = bytes.size;
    return source;
}

struct source *source_of_reader(const char *path, source_reader *reader,
                                void *payload, uint64_t size)
{
    struct source *source = source_new(path, -1, SIZE_MAX);
    source->reader = reader;
    source->reader_payload = payload;
    source->size = size;
    return source;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    if (source->fd >= 0)
        close(source->fd);
    inflater_free(source->inflater);
    unpack_close(source->unpack);
    charset_close(source->charset);
    str_release(&source->undecoded);
    str_release(&source->damage);
    free(source->input);
    free(source->window);
    free(source->path);
    free(source);
}

/* ---- Filling the window ----------------------------------------------- */

/* Up to `room` more bytes of the file, wherever they are. */
static enum status read_raw(struct source *source, char *out, size_t room,
                            size_t *got, struct error *err)
{
    *got = 0;
    if (source->reader) {
        enum status rc =
            source->reader(source->reader_payload, out, room, got, err);
        if (rc == STATUS_CORRUPT) {
            /* What came before is good, and there is no more. */
            if (!source->damage.size)
                str_addf(&source->damage, "the archive is damaged (%s)",
                         err ? err->message : "");
            return STATUS_OK;
        }
        return rc;
    }
    if (source->fd < 0) {
        struct span part = span_slice(source->memory, 0, room);
        if (part.size)
            memcpy(out, part.data, part.size);
        source->memory =
            span_slice(source->memory, part.size, source->memory.size);
        *got = part.size;
        return STATUS_OK;
    }
    ssize_t count;
    do
        count = read(source->fd, out, room);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return error_set_errno(err, "cannot read '%s'", source->path);
    *got = (size_t)count;
    return STATUS_OK;
}

/* Read from the file behind what is still pending. */
static enum status read_input(struct source *source, struct error *err)
{
    size_t kept = source->pending.size, got;
    if (kept)
        memmove(source->input, source->pending.data, kept);
    enum status rc = read_raw(source, source->input + kept,
                              source->input_size - kept, &got, err);
    if (rc)
        return rc;
    struct span fresh = { source->input + kept, got };
    hash_add(&source->hash, fresh);
    source->consumed += fresh.size;
    source->file_ended = !fresh.size;
    source->pending = (struct span){ source->input, kept + fresh.size };
    return STATUS_OK;
}

/* Make room for output_size more bytes behind the unread ones. */
static void make_room(struct source *source)
{
    if (source->room - source->end >= source->output_size)
        return;
    size_t unread = source->end - source->start;
    if (source->start) {
        memmove(source->window, source->window + source->start, unread);
        source->start = 0;
        source->end = unread;
    }
    if (source->room - source->end >= source->output_size)
        return;
    source->room = unread * 2 + 2 * source->output_size;
    source->window = memory_resize(source->window, source->room, 1);
}

static void note_damage(struct source *source)
{
    if (source->damage.size)
        return; /* the first is the one that matters */
    uint64_t at = source->consumed - source->pending.size;
    str_addf(&source->damage, "the compressed data is %s at byte %" PRIu64,
             inflater_complaint(source->inflater), at);
}

static void inflate_some(struct source *source)
{
    size_t written;
    bool last = source->file_ended;
    if (inflater_run(source->inflater, &source->pending, last,
                     source->window + source->end, source->room - source->end,
                     &written) == INFLATE_DAMAGED)
        note_damage(source);
    source->end += written;
    /* At the end of the file, what gives nothing never will. */
    if (last && !written && !source->pending.size)
        source->ended = true;
}

/* libarchive asks for the file's bytes. */
static enum status give_packed(void *payload, struct span *out,
                               struct error *err)
{
    struct source *source = payload;
    enum status rc = STATUS_OK;
    if (!source->pending.size && !source->file_ended)
        rc = read_input(source, err);
    *out = source->pending;
    source->pending = (struct span){ source->input, 0 };
    return rc;
}

static enum status unpack_some(struct source *source, struct error *err)
{
    size_t got;
    struct error why = ERROR_INIT;
    enum status rc = unpack_read(source->unpack, source->window + source->end,
                                 source->room - source->end, &got, &why);
    if (rc == STATUS_CORRUPT && !source->damage.size)
        str_addf(&source->damage,
                 "the compressed data is damaged before byte %" PRIu64 " (%s)",
                 source->consumed, why.message);
    else if (rc && rc != STATUS_CORRUPT)
        return error_set(err, rc, "%s", why.message);
    source->end += got;
    source->ended = !got;
    return STATUS_OK;
}

static enum status check_expansion(struct source *source, struct error *err)
{
    if (source->expanded < SOURCE_EXPANSION_FREE ||
        source->expanded / SOURCE_EXPANSION_MAX < source->consumed)
        return STATUS_OK;
    source->ended = true;
    return error_set(err, STATUS_TOO_BIG,
                     "'%s' expands over %d-fold: no news, a bomb", source->path,
                     SOURCE_EXPANSION_MAX);
}

static void copy_some(struct source *source)
{
    size_t room = source->room - source->end;
    struct span part = span_slice(source->pending, 0, room);
    if (part.size)
        memcpy(source->window + source->end, part.data, part.size);
    source->end += part.size;
    source->pending =
        span_slice(source->pending, part.size, source->pending.size);
    if (source->file_ended && !source->pending.size)
        source->ended = true;
}

/* Behind `raw_end`, the window's bytes are as the file has them. */
static void decode_some(struct source *source, size_t raw_end)
{
    struct span fresh = { source->window + raw_end, source->end - raw_end };
    str_add(&source->undecoded, fresh);
    struct span rest = str_span(&source->undecoded);
    struct str text = STR_INIT;
    charset_read(source->charset, &rest, source->ended, &text);
    struct str left = STR_INIT;
    str_add(&left, rest);
    str_release(&source->undecoded);
    source->undecoded = left;
    source->end = raw_end;
    if (source->room - source->end < text.size) {
        source->room = source->end + text.size + source->output_size;
        source->window = memory_resize(source->window, source->room, 1);
    }
    if (text.size)
        memcpy(source->window + source->end, text.data, text.size);
    source->end += text.size;
    str_release(&text);
}

/* Some more bytes into the window, or `ended`. */
static enum status fill(struct source *source, struct error *err)
{
    make_room(source);
    if (!source->unpack && source->pending.size < source->input_size / 2 &&
        !source->file_ended) {
        enum status rc = read_input(source, err);
        if (rc)
            return rc;
    }
    if (!source->started) {
        source->started = true;
        if (inflate_is_gzip(source->pending))
            source->inflater = inflater_new();
        else if (unpack_is_compressed(source->pending))
            source->unpack = unpack_open(give_packed, source);
    }
    size_t before = source->end;
    enum status rc = STATUS_OK;
    if (source->unpack)
        rc = unpack_some(source, err);
    else if (source->inflater)
        inflate_some(source);
    else
        copy_some(source);
    source->expanded += source->end - before;
    if (!rc)
        rc = check_expansion(source, err);
    if (rc)
        return rc;
    if (source->charset)
        decode_some(source, before);
    return STATUS_OK;
}

void source_set_charset(struct source *source, struct span charset)
{
    struct charset *opened = source->charset ? NULL : charset_open(charset);
    if (!opened)
        return;
    source->charset = opened;
    decode_some(source, source->start);
    struct span held = { source->window + source->start,
                         source->end - source->start };
    if (span_starts(held, "\xEF\xBB\xBF"))
        source->start += 3;
}

enum status source_replace(struct source *source, struct str *text,
                           struct error *err)
{
    struct span held;
    enum status rc = STATUS_OK;
    source->start = source->end = 0;
    while (!source->ended && !rc) {
        rc = source_peek(source, 1, &held, err);
        source->start = source->end = 0;
    }
    free(source->window);
    source->room = text->capacity;
    source->end = text->size;
    source->window = str_detach(text);
    return rc;
}

/* ---- Reading ---------------------------------------------------------- */

static struct span unread(const struct source *source)
{
    return (struct span){ source->window + source->start,
                          source->end - source->start };
}

enum status source_peek(struct source *source, size_t want, struct span *out,
                        struct error *err)
{
    *out = (struct span){ NULL, 0 };
    while (source->end - source->start < want && !source->ended) {
        enum status rc = fill(source, err);
        if (rc)
            return rc;
    }
    if (source->end > source->start)
        *out = unread(source);
    return STATUS_OK;
}

void source_skip(struct source *source, size_t count)
{
    source->start += count;
    source->offset += count;
}

/* Consume bytes up to the delimiter's end without holding them. */
static enum status pass_over(struct source *source, struct span delimiter,
                             struct error *err)
{
    for (;;) {
        size_t at = span_find(unread(source), 0, delimiter);
        if (at != SIZE_MAX) {
            source_skip(source, at + delimiter.size);
            return STATUS_OK;
        }
        size_t held = source->end - source->start;
        if (held >= delimiter.size)
            source_skip(source, held - (delimiter.size - 1));
        if (source->ended) {
            source_skip(source, source->end - source->start);
            return STATUS_OK;
        }
        enum status rc = fill(source, err);
        if (rc)
            return rc;
    }
}

enum status source_until(struct source *source, struct span delimiter,
                         size_t limit, struct span *out, struct error *err)
{
    size_t searched = 0;
    *out = (struct span){ NULL, 0 };
    for (;;) {
        struct span held = unread(source);
        size_t at = span_find(held, searched, delimiter);
        if (at != SIZE_MAX && at + delimiter.size <= limit) {
            *out = span_slice(held, 0, at + delimiter.size);
            source_skip(source, at + delimiter.size);
            return STATUS_OK;
        }
        if (at != SIZE_MAX || held.size > limit) {
            enum status rc = pass_over(source, delimiter, err);
            return rc ? rc
                      : error_set(err, STATUS_TOO_BIG,
                                  "record is over %zu bytes", limit);
        }
        if (source->ended) {
            *out = held;
            source_skip(source, held.size);
            return held.size ? STATUS_OK : STATUS_END;
        }
        searched =
            held.size >= delimiter.size ? held.size - delimiter.size + 1 : 0;
        enum status rc = fill(source, err);
        if (rc)
            return rc;
    }
}

enum status source_line(struct source *source, size_t limit, struct span *out,
                        struct error *err)
{
    static const struct span newline = SPAN_LITERAL("\n");
    enum status rc = source_until(source, newline, limit, out, err);
    if (!rc && out->data[out->size - 1] == '\n')
        out->size--;
    if (!rc && out->size && out->data[out->size - 1] == '\r')
        out->size--;
    return rc;
}

void source_set_beside(struct source *source, struct beside *beside)
{
    source->beside = beside;
}

struct beside *source_beside(const struct source *source)
{
    return source->beside;
}

const char *source_path(const struct source *source)
{
    return source->path;
}

uint64_t source_offset(const struct source *source)
{
    return source->offset;
}

uint64_t source_consumed(const struct source *source)
{
    return source->consumed;
}

uint64_t source_size(const struct source *source)
{
    return source->size;
}

uint64_t source_checksum(const struct source *source)
{
    return hash_end(&source->hash);
}

const char *source_damage(const struct source *source)
{
    return source->damage.size ? source->damage.data : NULL;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/charset.h"
#include "corpus/inflate.h"
#include "corpus/unpack.h"

enum {
    OUTPUT_SIZE = 256 * 1024, /* room made for decompressed bytes */
    OUTPUT_MIN = 4 * 1024,    /* for a small file */
};

struct source {
    struct file_bytes file;
    size_t output_size; /* OUTPUT_SIZE, or what fits a small file */

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

static struct source *source_new(struct file_bytes file)
{
    struct source *source = memory_new(1, sizeof(*source));
    source->file = file;
    source->damage = (struct str)STR_INIT;
    source->undecoded = (struct str)STR_INIT;
    source->output_size =
        file_bytes_room(&source->file, OUTPUT_MIN, OUTPUT_SIZE);
    return source;
}

enum status source_open(struct source **out, const char *path,
                        struct error *err)
{
    struct file_bytes file;
    *out = NULL;
    enum status rc = file_bytes_open(&file, path, err);
    if (!rc)
        *out = source_new(file);
    return rc;
}

struct source *source_of_bytes(struct span bytes)
{
    return source_new(file_bytes_of_span(bytes));
}

struct source *source_of_reader(const char *path, file_bytes_reader *reader,
                                void *payload, uint64_t size)
{
    return source_new(file_bytes_of_reader(path, reader, payload, size));
}

void source_close(struct source *source)
{
    if (!source)
        return;
    file_bytes_close(&source->file);
    inflater_free(source->inflater);
    unpack_close(source->unpack);
    charset_close(source->charset);
    str_release(&source->undecoded);
    str_release(&source->damage);
    free(source->window);
    free(source);
}

/* ---- Filling the window ----------------------------------------------- */

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

/* The first damage is the one that matters. */
static bool is_damaged(const struct source *source)
{
    return source->damage.size || source->file.damage.size;
}

static void note_damage(struct source *source)
{
    if (is_damaged(source))
        return;
    uint64_t at = source->file.consumed - source->file.pending.size;
    str_addf(&source->damage, "the compressed data is %s at byte %" PRIu64,
             inflater_complaint(source->inflater), at);
}

static void inflate_some(struct source *source)
{
    size_t written;
    bool last = source->file.ended;
    if (inflater_run(source->inflater, &source->file.pending, last,
                     source->window + source->end, source->room - source->end,
                     &written) == INFLATE_DAMAGED)
        note_damage(source);
    source->end += written;
    /* At the end of the file, what gives nothing never will. */
    if (last && !written && !source->file.pending.size)
        source->ended = true;
}

/* libarchive asks for the file's bytes. */
static enum status give_packed(void *payload, struct span *out,
                               struct error *err)
{
    struct source *source = payload;
    enum status rc = STATUS_OK;
    if (!source->file.pending.size && !source->file.ended)
        rc = file_bytes_read(&source->file, err);
    *out = source->file.pending;
    source->file.pending = (struct span){ NULL, 0 };
    return rc;
}

static enum status unpack_some(struct source *source, struct error *err)
{
    size_t got;
    struct error why = ERROR_INIT;
    enum status rc = unpack_read(source->unpack, source->window + source->end,
                                 source->room - source->end, &got, &why);
    if (rc == STATUS_CORRUPT && !is_damaged(source))
        str_addf(&source->damage,
                 "the compressed data is damaged before byte %" PRIu64 " (%s)",
                 source->file.consumed, why.message);
    else if (rc && rc != STATUS_CORRUPT)
        return error_set(err, rc, "%s", why.message);
    source->end += got;
    source->ended = !got;
    return STATUS_OK;
}

static enum status check_expansion(struct source *source, struct error *err)
{
    if (source->expanded < SOURCE_EXPANSION_FREE ||
        source->expanded / SOURCE_EXPANSION_MAX < source->file.consumed)
        return STATUS_OK;
    source->ended = true;
    return error_set(err, STATUS_TOO_BIG,
                     "'%s' expands over %d-fold: no news, a bomb",
                     source->file.path, SOURCE_EXPANSION_MAX);
}

static void copy_some(struct source *source)
{
    size_t room = source->room - source->end;
    struct span part = span_slice(source->file.pending, 0, room);
    if (part.size)
        memcpy(source->window + source->end, part.data, part.size);
    source->end += part.size;
    source->file.pending =
        span_slice(source->file.pending, part.size, source->file.pending.size);
    if (source->file.ended && !source->file.pending.size)
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
    if (!source->unpack && file_bytes_wants_more(&source->file)) {
        enum status rc = file_bytes_read(&source->file, err);
        if (rc)
            return rc;
    }
    if (!source->started) {
        source->started = true;
        if (inflate_is_gzip(source->file.pending))
            source->inflater = inflater_new();
        else if (unpack_is_compressed(source->file.pending))
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
    return source->file.path;
}

uint64_t source_offset(const struct source *source)
{
    return source->offset;
}

uint64_t source_consumed(const struct source *source)
{
    return source->file.consumed;
}

uint64_t source_size(const struct source *source)
{
    return source->file.size;
}

uint64_t source_checksum(const struct source *source)
{
    return hash_end(&source->file.hash);
}

const char *source_damage(const struct source *source)
{
    const struct str *damage =
        source->damage.size ? &source->damage : &source->file.damage;
    return damage->size ? damage->data : NULL;
}

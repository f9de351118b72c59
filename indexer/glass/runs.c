/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/runs.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "indexer/glass/append_file.h"

static const char run_name[] = "run";

/* A run's file, read through a buffer. */
struct file_source {
    struct byte_source source; /* first, so that it can be cast back */
    const char *directory;
    int fd;
    char *buffer;
};

/* One of the runs while they are merged. */
struct cursor {
    struct byte_source *source; /* of entries; of keys too, on disk */
    struct file_source file;
    struct inverter *inverter; /* instead of a file; else NULL */
    struct byte_list_source list;

    bool at_end;
    struct inverter_list head; /* the list at hand */
    uint32_t left;             /* entries of it to come */
    uint32_t last_document;
};

struct runs {
    const char *directory;
    int files[RUNS_MAX];
    size_t count;
    uint64_t size;

    struct cursor *cursors;
    size_t cursor_count;
    struct glass_key key;         /* of the list at hand */
    size_t current[RUNS_MAX + 1]; /* the cursors that have it */
    size_t current_count, current_at;
    struct str scratch;
};

struct runs *runs_new(const char *directory)
{
    struct runs *runs = memory_new(1, sizeof(*runs));
    runs->directory = directory;
    runs->scratch = (struct str)STR_INIT;
    return runs;
}

static void close_cursors(struct runs *runs)
{
    for (size_t i = 0; i < runs->cursor_count; i++)
        free(runs->cursors[i].file.buffer);
    free(runs->cursors);
    runs->cursors = NULL;
    runs->cursor_count = 0;
}

static void close_files(struct runs *runs)
{
    for (size_t i = 0; i < runs->count; i++)
        close(runs->files[i]);
    runs->count = 0;
    runs->size = 0;
}

void runs_free(struct runs *runs)
{
    if (!runs)
        return;
    close_cursors(runs);
    close_files(runs);
    str_release(&runs->scratch);
    free(runs);
}

size_t runs_count(const struct runs *runs)
{
    return runs->count;
}

uint64_t runs_size(const struct runs *runs)
{
    return runs->size;
}

uint64_t runs_held(const struct runs *runs)
{
    return runs->count * (RUN_BUFFER_SIZE + sizeof(struct cursor));
}

/* ---- Writing ---------------------------------------------------------- */

static enum status create(struct runs *runs, struct append_file **out,
                          struct error *err)
{
    enum status rc =
        append_file_open(out, runs->directory, run_name, RUN_BUFFER_SIZE, err);
    if (rc)
        return rc;
    char *path = file_join(runs->directory, run_name);
    if (unlink(path))
        rc = error_set_errno(err, "cannot remove '%s'", path);
    free(path);
    if (rc) {
        append_file_abandon(*out);
        *out = NULL;
    }
    return rc;
}

static enum status write_head(struct append_file *file,
                              const struct inverter_list *list,
                              struct error *err)
{
    char head[3 * GLASS_UINT_MAX + GLASS_KEY_MAX];
    char *p = glass_put_uint(head, list->key.size);
    memcpy(p, list->key.data, list->key.size);
    p = glass_put_uint(p + list->key.size, list->document_count);
    p = glass_put_uint(p, list->occurrences);
    return append_file_write(file, (struct span){ head, (size_t)(p - head) },
                             err);
}

static enum status write_list(struct append_file *file,
                              const struct byte_list *list,
                              const struct byte_pool *pool, struct error *err)
{
    struct byte_list_source walk;
    byte_list_read(&walk, list, pool);
    enum status rc;
    while (!(rc = byte_source_more(&walk.source, err))) {
        struct span piece = { walk.source.at,
                              (size_t)(walk.source.end - walk.source.at) };
        walk.source.at = walk.source.end;
        rc = append_file_write(file, piece, err);
        if (rc)
            return rc;
    }
    return rc == STATUS_END ? STATUS_OK : rc;
}

static enum status write_lists(struct append_file *file,
                               struct inverter *inverter, struct error *err)
{
    inverter_sort(inverter);
    struct inverter_list list;
    enum status rc = STATUS_OK;
    while (!rc && inverter_next(inverter, &list)) {
        rc = write_head(file, &list, err);
        if (!rc)
            rc = write_list(file, list.bytes, &inverter->pool, err);
    }
    return rc;
}

/* Take over a file that was written; `rc` says if it was. */
static enum status take(struct runs *runs, struct append_file *file,
                        enum status rc, struct error *err)
{
    if (rc) {
        append_file_abandon(file);
        return rc;
    }
    uint64_t size = append_file_size(file);
    rc = append_file_detach(file, &runs->files[runs->count], err);
    if (rc)
        return rc;
    runs->count++;
    runs->size += size;
    return STATUS_OK;
}

static enum status write_merged(struct runs *runs, struct append_file *file,
                                struct error *err);

/* All runs become one. */
static enum status merge_to_one(struct runs *runs, struct error *err)
{
    struct append_file *file;
    enum status rc = create(runs, &file, err);
    if (rc)
        return rc;
    rc = runs_merge(runs, NULL, err);
    if (!rc)
        rc = write_merged(runs, file, err);
    close_cursors(runs);
    close_files(runs);
    return take(runs, file, rc, err);
}

enum status runs_spill(struct runs *runs, struct inverter *inverter,
                       struct error *err)
{
    if (runs->count == RUNS_MAX) {
        enum status rc = merge_to_one(runs, err);
        if (rc)
            return rc;
    }
    struct append_file *file;
    enum status rc = create(runs, &file, err);
    if (rc)
        return rc;
    rc = write_lists(file, inverter, err);
    inverter_clear(inverter);
    return take(runs, file, rc, err);
}

/* ---- Reading ---------------------------------------------------------- */

static enum status refill_file(struct byte_source *source, struct error *err)
{
    struct file_source *file = (struct file_source *)source;
    ssize_t got;
    do
        got = read(file->fd, file->buffer, RUN_BUFFER_SIZE);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return error_set_errno(err, "cannot read a sorted run in '%s'",
                               file->directory);
    source->at = file->buffer;
    source->end = file->buffer + got;
    return got ? STATUS_OK : STATUS_END;
}

static enum status read_32(struct byte_source *source, uint32_t *out,
                           struct error *err)
{
    uint64_t value;
    enum status rc = byte_source_uint(source, &value, err);
    if (!rc && value > UINT32_MAX)
        rc = STATUS_END;
    if (rc == STATUS_END)
        rc = error_set(err, STATUS_CORRUPT, "a sorted run is damaged");
    *out = rc ? 0 : (uint32_t)value;
    return rc;
}

static enum status read_head(struct runs *runs, struct cursor *cursor,
                             struct error *err)
{
    uint64_t size;
    enum status rc = byte_source_uint(cursor->source, &size, err);
    if (rc)
        return rc;
    struct span key;
    if (size > GLASS_KEY_MAX)
        return error_set(err, STATUS_CORRUPT, "a sorted run is damaged");
    rc = byte_source_bytes(cursor->source, (size_t)size, &runs->scratch, &key,
                           err);
    if (rc)
        return rc;
    cursor->head.key.size = 0;
    glass_key_add(&cursor->head.key, key);
    rc = read_32(cursor->source, &cursor->head.document_count, err);
    if (!rc)
        rc = read_32(cursor->source, &cursor->head.occurrences, err);
    return rc;
}

/* Go to the next list of a run, all entries of the last one being read. */
static enum status advance(struct runs *runs, struct cursor *cursor,
                           struct error *err)
{
    enum status rc = STATUS_OK;
    if (!cursor->inverter) {
        rc = read_head(runs, cursor, err);
    } else if (inverter_next(cursor->inverter, &cursor->head)) {
        byte_list_read(&cursor->list, cursor->head.bytes,
                       &cursor->inverter->pool);
    } else {
        rc = STATUS_END;
    }
    cursor->at_end = rc == STATUS_END;
    cursor->left = cursor->at_end ? 0 : cursor->head.document_count;
    cursor->last_document = 0;
    return cursor->at_end ? STATUS_OK : rc;
}

static enum status open_run(struct runs *runs, struct cursor *cursor, int fd,
                            struct error *err)
{
    cursor->file = (struct file_source){
        .source = { .refill = refill_file },
        .directory = runs->directory,
        .fd = fd,
        .buffer = memory_resize(NULL, RUN_BUFFER_SIZE, 1),
    };
    cursor->source = &cursor->file.source;
    if (lseek(fd, 0, SEEK_SET) < 0)
        return error_set_errno(err, "cannot read a sorted run in '%s'",
                               runs->directory);
    return advance(runs, cursor, err);
}

enum status runs_merge(struct runs *runs, struct inverter *inverter,
                       struct error *err)
{
    close_cursors(runs);
    runs->cursors = memory_new(runs->count + 1, sizeof(*runs->cursors));
    runs->current_count = runs->current_at = 0;
    for (size_t i = 0; i < runs->count; i++) {
        struct cursor *cursor = &runs->cursors[runs->cursor_count++];
        enum status rc = open_run(runs, cursor, runs->files[i], err);
        if (rc)
            return rc;
    }
    if (!inverter)
        return STATUS_OK;
    inverter_sort(inverter);
    struct cursor *cursor = &runs->cursors[runs->cursor_count++];
    cursor->inverter = inverter;
    cursor->source = &cursor->list.source;
    return advance(runs, cursor, err);
}

/* The cursors with the lowest key, earlier runs first. */
static void choose_current(struct runs *runs)
{
    runs->current_count = runs->current_at = 0;
    struct span lowest = { NULL, 0 };
    for (size_t i = 0; i < runs->cursor_count; i++) {
        if (runs->cursors[i].at_end)
            continue;
        struct span key = glass_key_span(&runs->cursors[i].head.key);
        int order = runs->current_count ? span_compare(key, lowest) : -1;
        if (order > 0)
            continue;
        if (order < 0)
            runs->current_count = 0;
        lowest = key;
        runs->current[runs->current_count++] = i;
    }
}

static enum run_list_kind kind_of(struct span key)
{
    if (key.size >= 2 && !key.data[0]) {
        unsigned char second = (unsigned char)key.data[1];
        if (second == 0xD8)
            return RUN_VALUES;
        if (second == 0xE0)
            return RUN_LENGTHS;
    }
    return RUN_TERM;
}

static enum status total(const struct runs *runs, struct run_list *out,
                         struct error *err)
{
    uint64_t documents = 0, occurrences = 0;
    for (size_t i = 0; i < runs->current_count; i++) {
        const struct inverter_list *head =
            &runs->cursors[runs->current[i]].head;
        documents += head->document_count;
        occurrences += head->occurrences;
    }
    out->document_count = (uint32_t)documents;
    out->occurrences = (uint32_t)occurrences;
    if (documents > UINT32_MAX ||
        (occurrences > UINT32_MAX && out->kind == RUN_TERM))
        return error_set(err, STATUS_TOO_BIG,
                         "term '%.*s' occurs over 2^32 times in one segment",
                         SPAN_ARGS(out->key));
    return STATUS_OK;
}

enum status runs_next_list(struct runs *runs, struct run_list *out,
                           struct error *err)
{
    for (size_t i = 0; i < runs->current_count; i++) {
        enum status rc = advance(runs, &runs->cursors[runs->current[i]], err);
        if (rc)
            return rc;
    }
    choose_current(runs);
    if (!runs->current_count)
        return STATUS_END;
    runs->key = runs->cursors[runs->current[0]].head.key;
    out->key = glass_key_span(&runs->key);
    out->kind = kind_of(out->key);
    return total(runs, out, err);
}

/* A number of 32 bits that ends before `end`: what follows it; else NULL. */
static const char *take_32(const char *at, const char *end, uint32_t *out)
{
    uint64_t value = 0;
    for (unsigned shift = 0; at < end && shift < 35; shift += 7) {
        unsigned char byte = (unsigned char)*at++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte & 0x80)
            continue;
        *out = (uint32_t)value;
        return value > UINT32_MAX ? NULL : at;
    }
    return NULL;
}

/* An entry that lies in one piece, as most do; false where nothing was read. */
static bool read_whole_entry(struct byte_source *source, uint32_t *gap,
                             struct run_entry *out)
{
    const char *end = source->end;
    uint32_t size;
    const char *at = take_32(source->at, end, gap);
    if (at)
        at = take_32(at, end, &out->wdf);
    if (at)
        at = take_32(at, end, &size);
    if (!at || size > (size_t)(end - at))
        return false;
    out->bytes = (struct span){ at, size };
    source->at = at + size;
    return true;
}

static enum status read_entry(struct runs *runs, struct byte_source *source,
                              uint32_t *gap, struct run_entry *out,
                              struct error *err)
{
    if (read_whole_entry(source, gap, out))
        return STATUS_OK;
    uint32_t size;
    enum status rc = read_32(source, gap, err);
    if (!rc)
        rc = read_32(source, &out->wdf, err);
    if (!rc)
        rc = read_32(source, &size, err);
    if (!rc)
        rc = byte_source_bytes(source, size, &runs->scratch, &out->bytes, err);
    return rc;
}

enum status runs_next_entry(struct runs *runs, struct run_entry *out,
                            struct error *err)
{
    while (runs->current_at < runs->current_count &&
           !runs->cursors[runs->current[runs->current_at]].left)
        runs->current_at++;
    if (runs->current_at == runs->current_count)
        return STATUS_END;
    struct cursor *cursor = &runs->cursors[runs->current[runs->current_at]];
    cursor->left--;
    uint32_t gap = 0;
    enum status rc = read_entry(runs, cursor->source, &gap, out, err);
    cursor->last_document += gap + 1;
    out->document = cursor->last_document;
    return rc;
}

static enum status write_entries(struct runs *runs, struct append_file *file,
                                 struct error *err)
{
    uint32_t last_document = 0;
    struct run_entry entry;
    enum status rc;
    while (!(rc = runs_next_entry(runs, &entry, err))) {
        char numbers[3 * GLASS_UINT_MAX];
        char *p = glass_put_uint(numbers, entry.document - last_document - 1);
        p = glass_put_uint(p, entry.wdf);
        p = glass_put_uint(p, entry.bytes.size);
        last_document = entry.document;
        rc = append_file_write(
            file, (struct span){ numbers, (size_t)(p - numbers) }, err);
        if (!rc)
            rc = append_file_write(file, entry.bytes, err);
        if (rc)
            return rc;
    }
    return rc == STATUS_END ? STATUS_OK : rc;
}

static enum status write_merged(struct runs *runs, struct append_file *file,
                                struct error *err)
{
    struct run_list list;
    enum status rc;
    while (!(rc = runs_next_list(runs, &list, err))) {
        struct inverter_list head = { runs->key, list.document_count,
                                      list.occurrences, NULL };
        rc = write_head(file, &head, err);
        if (!rc)
            rc = write_entries(runs, file, err);
        if (rc)
            return rc;
    }
    return rc == STATUS_END ? STATUS_OK : rc;
}

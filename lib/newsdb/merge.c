/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "newsdb/archive.h"

/* ---- Choosing --------------------------------------------------------- */

/* Names count upwards: the older of two comes first. */
static int by_name(const void *a, const void *b)
{
    const struct segment *x = *(const struct segment *const *)a;
    const struct segment *y = *(const struct segment *const *)b;
    return strcmp(x->name, y->name);
}

static int by_size(const void *a, const void *b)
{
    const struct segment *x = *(const struct segment *const *)a;
    const struct segment *y = *(const struct segment *const *)b;
    int order = (x->size > y->size) - (x->size < y->size);
    return order ? order : by_name(a, b);
}

size_t merge_choose(const struct segment *const *sorted, size_t count,
                    size_t most)
{
    if (count <= most)
        return 0;
    size_t end = count < MERGE_SOURCES_MAX ? count : MERGE_SOURCES_MAX;
    size_t least = count - most + 1 < end ? count - most + 1 : end;
    uint64_t sum = 0;
    for (size_t i = 0; i < end; i++) {
        sum += sorted[i]->size;
        if (i + 1 >= least && sum / 2 >= sorted[i]->size)
            return i + 1;
    }
    return least;
}

/* ---- Merging ---------------------------------------------------------- */

static enum status gather_inputs(struct segment_inputs *inputs,
                                 char *const *sources, size_t count,
                                 struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < count; i++) {
        struct xap_db *db;
        rc = xap_db_open(&db, sources[i], err);
        if (!rc)
            rc = segment_read_inputs(inputs, db, err);
        xap_db_free(db);
    }
    segment_inputs_sort_out(inputs);
    return rc;
}

static enum status write_merged(const char *path, char *const *sources,
                                size_t count, struct error *err)
{
    struct segment_inputs inputs = { NULL, 0, 0 };
    enum status rc = gather_inputs(&inputs, sources, count, err);
    if (!rc)
        rc = xap_compact(path, (const char *const *)sources, count, err);
    /* Compaction keeps the first of equal keys; write what is true of all. */
    if (!rc)
        rc = segment_restamp(path, &inputs, err);
    segment_inputs_release(&inputs);
    return rc;
}

static enum status merge(struct archive_writer *writer,
                         const struct segment *const *chosen, size_t count,
                         struct error *err)
{
    char *path = archive_writer_new_segment(writer);
    struct span directory = { path, (size_t)(strrchr(path, '/') - path) };
    char **sources = memory_new(count, sizeof(*sources));
    const char **names = memory_new(count, sizeof(*names));
    for (size_t i = 0; i < count; i++) {
        struct str source = STR_INIT;
        str_addf(&source, "%.*s/%s", SPAN_ARGS(directory), chosen[i]->name);
        sources[i] = str_detach(&source);
        names[i] = chosen[i]->name;
    }
    enum status rc = write_merged(path, sources, count, err);
    if (!rc) {
        const struct archive_change change = {
            .added = &path,
            .added_count = 1,
            .dropped = names,
            .dropped_count = count,
        };
        rc = archive_writer_publish(writer, &change, NULL, err);
    }
    if (rc)
        archive_writer_discard(writer, path);
    for (size_t i = 0; i < count; i++)
        free(sources[i]);
    free(sources);
    free(names);
    free(path);
    return rc;
}

static enum status merge_some(struct archive_writer *writer, bool all,
                              bool *merged, struct error *err)
{
    size_t count = archive_writer_segment_count(writer);
    const struct segment **sorted = memory_new(count, sizeof(*sorted));
    for (size_t i = 0; i < count; i++)
        sorted[i] = archive_writer_segment(writer, i);
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_size);
    size_t chosen = merge_choose(sorted, count, all ? 1 : ARCHIVE_SEGMENTS_MAX);
    if (chosen)
        qsort(sorted, chosen, sizeof(*sorted), by_name);
    enum status rc = chosen ? merge(writer, sorted, chosen, err) : STATUS_OK;
    *merged = chosen;
    free(sorted);
    return rc;
}

enum status archive_writer_merge(struct archive_writer *writer, bool all,
                                 struct error *err)
{
    enum status rc = STATUS_OK;
    for (bool merged = true; !rc && merged;)
        rc = merge_some(writer, all, &merged, err);
    return rc;
}

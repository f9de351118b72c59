/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/merge.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "newsdb/archive_writer.h"
#include "newsdb/column.h"

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

/* ---- One merge -------------------------------------------------------- */

/* All that its thread has to do with; `rc` and `err` are the outcome. */
struct merge {
    char *path;         /* of the segment that is made */
    char **sources;     /* paths of segments, the oldest first */
    const char **names; /* of them, within the paths */
    size_t count;
    pthread_t thread; /* of one in the background */
    atomic_bool finished;
    enum status rc;
    struct error err;
};

/* NULL: there are few enough segments. */
static struct merge *merge_new(struct archive_writer *writer, size_t most)
{
    size_t count = archive_writer_segment_count(writer);
    const struct segment **sorted = memory_new(count, sizeof(*sorted));
    for (size_t i = 0; i < count; i++)
        sorted[i] = archive_writer_segment(writer, i);
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_size);
    struct merge *merge = NULL;
    size_t chosen = merge_choose(sorted, count, most);
    if (chosen) {
        qsort(sorted, chosen, sizeof(*sorted), by_name);
        merge = memory_new(1, sizeof(*merge));
        merge->path = archive_writer_new_segment(writer);
        merge->sources = memory_new(chosen, sizeof(*merge->sources));
        merge->names = memory_new(chosen, sizeof(*merge->names));
        merge->count = chosen;
    }
    for (size_t i = 0; i < chosen; i++) {
        merge->sources[i] = stub_segment_path(writer->path, sorted[i]->name);
        merge->names[i] = stub_segment_name(merge->sources[i]);
    }
    free(sorted);
    return merge;
}

static void merge_free(struct merge *merge)
{
    for (size_t i = 0; i < merge->count; i++)
        free(merge->sources[i]);
    free(merge->sources);
    free(merge->names);
    free(merge->path);
    free(merge);
}

static enum status gather_inputs(struct segment_inputs *inputs,
                                 const struct merge *merge, struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < merge->count; i++) {
        struct xap_db *db;
        rc = xap_db_open(&db, merge->sources[i], err);
        if (!rc)
            rc = segment_read_inputs(inputs, db, err);
        xap_db_free(db);
    }
    segment_inputs_sort_out(inputs);
    return rc;
}

/* Everything but the publication: the body of a thread. */
static void *write_merged(void *argument)
{
    struct merge *merge = argument;
    struct error *err = &merge->err;
    struct segment_inputs inputs = { NULL, 0, 0 };
    enum status rc = gather_inputs(&inputs, merge, err);
    if (!rc)
        rc = xap_compact(merge->path, (const char *const *)merge->sources,
                         merge->count, err);
    /* Compaction keeps the first of equal keys; write what is true of all. */
    if (!rc)
        rc = segment_restamp(merge->path, &inputs, err);
    if (!rc)
        rc = column_write(merge->path, err);
    if (!rc)
        rc = file_sync_tree(merge->path, err);
    segment_inputs_release(&inputs);
    merge->rc = rc;
    atomic_store(&merge->finished, true);
    return NULL;
}

/* Publish what was written, or remove what there is of it; frees the merge. */
static enum status finish(struct archive_writer *writer, struct merge *merge,
                          struct error *err)
{
    const struct archive_change change = {
        .added = &merge->path,
        .added_count = 1,
        .complete = true,
        .dropped = merge->names,
        .dropped_count = merge->count,
    };
    enum status rc = merge->rc;
    if (rc)
        error_set(err, rc, "%s", merge->err.message);
    else
        rc = archive_writer_publish(writer, &change, NULL, err);
    if (rc) {
        archive_writer_discard(writer, merge->path);
        error_context(err, "cannot merge segments");
    }
    merge_free(merge);
    return rc;
}

/* ---- In the background ------------------------------------------------ */

/* Without a thread there is none now. */
static void begin(struct archive_writer *writer, size_t most)
{
    struct merge *merge = merge_new(writer, most);
    if (!merge)
        return;
    if (pthread_create(&merge->thread, NULL, write_merged, merge))
        merge_free(merge);
    else
        writer->merge = merge;
}

bool merge_reads(const struct merge *merge, const struct journal *journal)
{
    for (size_t i = 0; merge && i < merge->count; i++)
        if (name_list_has(&journal->names, merge->names[i]) ||
            name_list_has(&journal->dropped, merge->names[i]))
            return true;
    return false;
}

static struct merge *join(struct archive_writer *writer)
{
    struct merge *merge = writer->merge;
    if (merge)
        pthread_join(merge->thread, NULL);
    writer->merge = NULL;
    return merge;
}

void merge_end(struct archive_writer *writer)
{
    struct merge *merge = join(writer);
    if (merge)
        finish(writer, merge, &writer->merge_err);
}

void merge_abandon(struct archive_writer *writer)
{
    struct merge *merge = join(writer);
    if (!merge)
        return;
    archive_writer_discard(writer, merge->path);
    merge_free(merge);
}

/* What is told is forgotten. */
static enum status tell_failure(struct archive_writer *writer,
                                struct error *err)
{
    const struct error failure = writer->merge_err;
    writer->merge_err = (struct error)ERROR_INIT;
    return failure.status
               ? error_set(err, failure.status, "%s", failure.message)
               : STATUS_OK;
}

/* ---- For the writer --------------------------------------------------- */

enum status archive_writer_merge_beside(struct archive_writer *writer,
                                        size_t more, struct error *err)
{
    size_t half = ARCHIVE_SEGMENTS_MAX / 2;
    if (writer->merge && atomic_load(&writer->merge->finished))
        merge_end(writer);
    enum status rc = tell_failure(writer, err);
    if (!rc && !writer->merge)
        begin(writer, ARCHIVE_SEGMENTS_MAX - (more < half ? more : half));
    return rc;
}

enum status archive_writer_merge(struct archive_writer *writer, bool all,
                                 struct error *err)
{
    merge_end(writer);
    enum status rc = tell_failure(writer, err);
    struct merge *merge;
    while (!rc && (merge = merge_new(writer, all ? 1 : ARCHIVE_SEGMENTS_MAX))) {
        write_merged(merge);
        rc = finish(writer, merge, err);
    }
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/merge.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "newsdb/column.h"
#include "newsdb/stub.h"

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
    pthread_t thread;
    bool started; /* the thread is to be joined */
    atomic_bool finished;
    enum status rc;
    struct error err;
};

static struct merge *merge_of(const char *archive,
                              const struct segment *const *chosen, size_t count)
{
    struct merge *merge = memory_new(1, sizeof(*merge));
    merge->sources = memory_new(count, sizeof(*merge->sources));
    merge->names = memory_new(count, sizeof(*merge->names));
    merge->count = count;
    for (size_t i = 0; i < count; i++) {
        merge->sources[i] = stub_segment_path(archive, chosen[i]->name);
        merge->names[i] = stub_segment_name(merge->sources[i]);
    }
    return merge;
}

struct merge *merge_new(const char *archive, const struct segment *segments,
                        size_t count, size_t most)
{
    const struct segment **sorted = memory_new(count, sizeof(*sorted));
    for (size_t i = 0; i < count; i++)
        sorted[i] = &segments[i];
    if (count)
        qsort(sorted, count, sizeof(*sorted), by_size);
    struct merge *merge = NULL;
    size_t chosen = merge_choose(sorted, count, most);
    if (chosen) {
        qsort(sorted, chosen, sizeof(*sorted), by_name);
        merge = merge_of(archive, sorted, chosen);
    }
    free(sorted);
    return merge;
}

static void join(struct merge *merge)
{
    if (merge->started)
        pthread_join(merge->thread, NULL);
    merge->started = false;
}

void merge_free(struct merge *merge)
{
    join(merge);
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

/* The body of a thread. */
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

void merge_run(struct merge *merge, char *path)
{
    merge->path = path;
    write_merged(merge);
}

bool merge_start(struct merge *merge, char *path)
{
    merge->path = path;
    merge->started = !pthread_create(&merge->thread, NULL, write_merged, merge);
    return merge->started;
}

bool merge_is_finished(const struct merge *merge)
{
    return atomic_load(&merge->finished);
}

bool merge_reads(const struct merge *merge, const struct journal *journal)
{
    for (size_t i = 0; merge && i < merge->count; i++)
        if (name_list_has(&journal->names, merge->names[i]) ||
            name_list_has(&journal->dropped, merge->names[i]))
            return true;
    return false;
}

enum status merge_wait(struct merge *merge, struct archive_change *out,
                       struct error *err)
{
    join(merge);
    *out = (struct archive_change){
        .added = &merge->path,
        .added_count = 1,
        .complete = true,
        .dropped = merge->names,
        .dropped_count = merge->count,
    };
    return merge->rc ? error_set(err, merge->rc, "%s", merge->err.message)
                     : STATUS_OK;
}

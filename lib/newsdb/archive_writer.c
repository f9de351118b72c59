/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "newsdb/archive.h"
#include "newsdb/column.h"
#include "newsdb/copies.h"
#include "newsdb/journal.h"
#include "newsdb/lock.h"
#include "newsdb/stub.h"

struct archive_writer {
    char *path;
    int lock;
    struct stub stub;         /* as published */
    struct segment *segments; /* of the stub, in its order */
    bool unsettled;           /* a publication failed: ask the disk how far */
    pthread_mutex_t mutex;    /* for the next */
    unsigned next_number;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- Opening ---------------------------------------------------------- */

static void forget_segments(struct archive_writer *writer)
{
    for (size_t i = 0; writer->segments && i < writer->stub.segments.count; i++)
        segment_release(&writer->segments[i]);
    free(writer->segments);
    writer->segments = NULL;
}

/* Look at the segments of the list; what cannot be opened ends it. */
static enum status load_segments(struct archive_writer *writer,
                                 struct error *err)
{
    forget_segments(writer);
    const struct name_list *names = &writer->stub.segments;
    writer->segments = memory_new(names->count, sizeof(*writer->segments));
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < names->count; i++) {
        char *directory = stub_segment_path(writer->path, names->items[i]);
        struct xap_db *db;
        rc = xap_db_open(&db, directory, err);
        if (!rc)
            rc = segment_read(&writer->segments[i], db, directory,
                              names->items[i], err);
        xap_db_free(db);
        free(directory);
    }
    if (rc)
        forget_segments(writer);
    return rc;
}

static enum status create(const char *path, struct error *err)
{
    struct stub none = { { NULL, 0, 0 }, { NULL, 0, 0 } };
    return stub_write(&none, path, err);
}

/* An archive that is, or a place where one may be.  The list is read again
 * under the lock: another writer may have been at work until then. */
static enum status find_or_create(struct archive_writer *writer,
                                  unsigned wait_seconds, struct error *err)
{
    enum status rc = stub_read(&writer->stub, writer->path, err);
    if (rc && rc != STATUS_NOT_FOUND)
        return rc;
    rc = file_make_directory(writer->path, err);
    if (!rc)
        rc = lock_take(&writer->lock, writer->path, wait_seconds, err);
    if (rc)
        return rc;
    stub_release(&writer->stub);
    rc = stub_read(&writer->stub, writer->path, err);
    if (rc == STATUS_NOT_FOUND)
        rc = create(writer->path, err);
    if (rc)
        return rc;
    char *segments = file_join(writer->path, STUB_SEGMENTS);
    rc = file_make_directory(segments, err);
    free(segments);
    return rc;
}

/* A publication that became visible is completed; one that did not is
 * forgotten, and its segments go with all that nothing lists. */
static enum status recover(struct archive_writer *writer, struct error *err)
{
    struct journal journal;
    enum status rc = journal_read(&journal, writer->path, err);
    if (rc == STATUS_NOT_FOUND)
        return STATUS_OK;
    if (rc)
        return rc;
    if (journal_happened(&journal, &writer->stub))
        rc = journal_carry_out(&journal, writer->path, err);
    if (!rc)
        rc = journal_remove(writer->path, err);
    journal_release(&journal);
    return rc;
}

/* What stands beside the segments and is none of ours is left alone. */
static enum status remove_unlisted(struct archive_writer *writer,
                                   struct error *err)
{
    char *segments = file_join(writer->path, STUB_SEGMENTS);
    DIR *directory = opendir(segments);
    enum status rc = STATUS_OK;
    if (!directory)
        rc = error_set_errno(err, "cannot open '%s'", segments);
    const struct dirent *entry;
    while (!rc && (entry = readdir(directory))) {
        uint64_t number;
        if (!stub_is_segment_name(span_of(entry->d_name)) ||
            !number_parse(span_of(entry->d_name), UINT32_MAX - 1, &number))
            continue;
        if (number >= writer->next_number)
            writer->next_number = (unsigned)number + 1;
        if (name_list_has(&writer->stub.segments, entry->d_name))
            continue;
        char *path = file_join(segments, entry->d_name);
        rc = file_remove(path, err);
        free(path);
    }
    if (directory)
        closedir(directory);
    free(segments);
    return rc;
}

enum status archive_writer_open(struct archive_writer **out, const char *path,
                                unsigned wait_seconds, struct error *err)
{
    *out = NULL;
    struct archive_writer *writer = memory_new(1, sizeof(*writer));
    writer->path = memory_string(path);
    writer->lock = -1;
    writer->next_number = 1;
    pthread_mutex_init(&writer->mutex, NULL);
    enum status rc = find_or_create(writer, wait_seconds, err);
    if (!rc)
        rc = recover(writer, err);
    if (!rc)
        rc = remove_unlisted(writer, err);
    if (!rc)
        rc = load_segments(writer, err);
    if (rc)
        archive_writer_close(writer);
    else
        *out = writer;
    return rc;
}

void archive_writer_close(struct archive_writer *writer)
{
    if (!writer)
        return;
    forget_segments(writer);
    stub_release(&writer->stub);
    if (writer->lock >= 0)
        close(writer->lock);
    pthread_mutex_destroy(&writer->mutex);
    free(writer->path);
    free(writer);
}

/* ---- Looking ---------------------------------------------------------- */

size_t archive_writer_segment_count(const struct archive_writer *writer)
{
    return writer->segments ? writer->stub.segments.count : 0;
}

const struct segment *archive_writer_segment(
    const struct archive_writer *writer, size_t i)
{
    return &writer->segments[i];
}

static enum status add_inputs(struct segment_inputs *out, const char *path,
                              const char *name, struct error *err)
{
    char *directory = stub_segment_path(path, name);
    struct xap_db *db;
    enum status rc = xap_db_open(&db, directory, err);
    if (!rc)
        rc = segment_read_inputs(out, db, err);
    xap_db_free(db);
    free(directory);
    return rc;
}

enum status archive_writer_inputs(const struct archive_writer *writer,
                                  struct segment_inputs *out, struct error *err)
{
    *out = (struct segment_inputs){ NULL, 0, 0 };
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < writer->stub.segments.count; i++)
        rc = add_inputs(out, writer->path, writer->stub.segments.items[i], err);
    segment_inputs_sort_out(out);
    return rc;
}

char *archive_writer_new_segment(struct archive_writer *writer)
{
    char name[16];
    pthread_mutex_lock(&writer->mutex);
    snprintf(name, sizeof(name), "%06u", writer->next_number++);
    pthread_mutex_unlock(&writer->mutex);
    return stub_segment_path(writer->path, name);
}

void archive_writer_discard(struct archive_writer *writer, const char *path)
{
    /* After a failure only the disk knows what is published. */
    struct stub stub;
    if (stub_read(&stub, writer->path, NULL))
        return;
    if (!name_list_has(&stub.segments, base_name(path)))
        file_remove(path, NULL);
    stub_release(&stub);
}

/* ---- Publishing ------------------------------------------------------- */

/* What one publication will do. */
struct plan {
    struct stub stub;         /* the list as it will be */
    struct journal journal;   /* what is then to be deleted */
    struct name_list emptied; /* segments that lose all their articles */
    uint64_t deleted;
};

static void plan_release(struct plan *plan)
{
    stub_release(&plan->stub);
    journal_release(&plan->journal);
    name_list_release(&plan->emptied);
}

static bool is_dropped(const struct archive_change *change, const char *name)
{
    for (size_t i = 0; i < change->dropped_count; i++)
        if (!strcmp(change->dropped[i], name))
            return true;
    return false;
}

/* A segment that would be left without an article leaves the list instead. */
static enum status plan_segment(struct plan *plan,
                                const struct archive_writer *writer, size_t i,
                                const struct archive_change *change,
                                struct error *err)
{
    const char *name = writer->stub.segments.items[i];
    if (is_dropped(change, name)) {
        name_list_add(&plan->journal.dropped, span_of(name));
        return STATUS_OK;
    }
    size_t before = plan->journal.count;
    enum status rc = copies_find(&plan->journal, writer->path,
                                 &writer->segments[i], change, err);
    if (rc)
        return rc;
    plan->deleted += plan->journal.count - before;
    if (plan->journal.count - before < writer->segments[i].articles) {
        name_list_add(&plan->stub.segments, span_of(name));
        return STATUS_OK;
    }
    plan->journal.count = before;
    name_list_add(&plan->journal.dropped, span_of(name));
    name_list_add(&plan->emptied, span_of(name));
    return STATUS_OK;
}

static enum status make_plan(struct plan *plan,
                             const struct archive_writer *writer,
                             const struct archive_change *change,
                             struct error *err)
{
    const struct name_list *remotes = &writer->stub.remotes;
    for (size_t i = 0; i < remotes->count; i++)
        name_list_add(&plan->stub.remotes, span_of(remotes->items[i]));
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < writer->stub.segments.count; i++)
        rc = plan_segment(plan, writer, i, change, err);
    for (size_t i = 0; i < change->added_count; i++) {
        struct span name = span_of(base_name(change->added[i]));
        name_list_add(&plan->stub.segments, name);
        name_list_add(&plan->journal.added, name);
    }
    return rc;
}

/* The notes of the inputs whose articles were all replaced are handed on: they
 * were read, and need not be read again. */
static enum status inherit_inputs(const struct archive_writer *writer,
                                  const struct plan *plan, const char *heir,
                                  struct error *err)
{
    struct segment_inputs inputs = { NULL, 0, 0 };
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < plan->emptied.count; i++)
        rc = add_inputs(&inputs, writer->path, plan->emptied.items[i], err);
    if (!rc && inputs.count) {
        rc = add_inputs(&inputs, writer->path, base_name(heir), err);
        segment_inputs_sort_out(&inputs);
        if (!rc)
            rc = segment_restamp(heir, &inputs, err);
    }
    segment_inputs_release(&inputs);
    return rc;
}

/* What is known of the whole of a segment is noted in it, and made durable. */
static enum status complete_added(const struct archive_writer *writer,
                              const struct archive_change *change,
                              struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < change->added_count; i++) {
        rc = column_write(change->added[i], err);
        if (!rc)
            rc = file_sync_tree(change->added[i], err);
    }
    char *segments = file_join(writer->path, STUB_SEGMENTS);
    if (!rc)
        rc = file_sync_directory(segments, err);
    free(segments);
    return rc;
}

/* The journal first, then the list: from then on the change is visible.  Where
 * the list stays as it is, the journal alone decides. */
static enum status make_visible(const struct archive_writer *writer,
                                const struct plan *plan, struct error *err)
{
    const struct journal *journal = &plan->journal;
    enum status rc = STATUS_OK;
    if (journal->count)
        rc = journal_write(journal, writer->path, err);
    if (!rc && (journal->added.count || journal->dropped.count))
        rc = stub_write(&plan->stub, writer->path, err);
    return rc;
}

/* A failure in here is repaired by the next publication or writer. */
static enum status complete(struct archive_writer *writer, struct plan *plan,
                            struct error *err)
{
    forget_segments(writer);
    stub_release(&writer->stub);
    writer->stub = plan->stub;
    plan->stub = (struct stub){ { NULL, 0, 0 }, { NULL, 0, 0 } };
    enum status rc = journal_carry_out(&plan->journal, writer->path, err);
    if (!rc && plan->journal.count)
        rc = journal_remove(writer->path, err);
    for (size_t i = 0; !rc && i < plan->journal.dropped.count; i++) {
        char *path =
            stub_segment_path(writer->path, plan->journal.dropped.items[i]);
        file_remove(path, NULL);
        free(path);
    }
    return rc ? rc : load_segments(writer, err);
}

/* Find out what a failed publication has come to, and complete or undo it. */
static enum status settle(struct archive_writer *writer, struct error *err)
{
    forget_segments(writer);
    stub_release(&writer->stub);
    enum status rc = stub_read(&writer->stub, writer->path, err);
    if (!rc)
        rc = recover(writer, err);
    if (!rc)
        rc = load_segments(writer, err);
    writer->unsettled = rc;
    return rc;
}

enum status archive_writer_publish(struct archive_writer *writer,
                                   const struct archive_change *change,
                                   uint64_t *deleted, struct error *err)
{
    struct plan plan = { .journal = JOURNAL_INIT };
    enum status rc = writer->unsettled ? settle(writer, err) : STATUS_OK;
    if (!rc)
        rc = make_plan(&plan, writer, change, err);
    if (!rc && change->added_count && plan.emptied.count)
        rc = inherit_inputs(writer, &plan, change->added[0], err);
    if (!rc)
        rc = complete_added(writer, change, err);
    if (!rc) {
        writer->unsettled = true;
        rc = make_visible(writer, &plan, err);
        if (!rc)
            rc = complete(writer, &plan, err);
        writer->unsettled = rc;
    }
    if (deleted)
        *deleted = rc ? 0 : plan.deleted;
    plan_release(&plan);
    return rc;
}

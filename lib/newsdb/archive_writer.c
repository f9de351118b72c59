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
#include "newsdb/copies.h"
#include "newsdb/journal.h"
#include "newsdb/lock.h"
#include "newsdb/stub.h"

struct archive_writer {
    char *path;
    int lock;
    struct stub stub;         /* as published */
    struct segment *segments; /* of the stub, in its order */
    pthread_mutex_t mutex;    /* for the next two */
    unsigned next_number;
};

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
    bool happened = true;
    for (size_t i = 0; i < journal.added.count; i++)
        happened = happened && name_list_has(&writer->stub.segments,
                                             journal.added.items[i]);
    if (happened)
        rc = journal_carry_out(&journal, writer->path, err);
    if (!rc)
        rc = journal_remove(writer->path, err);
    journal_release(&journal);
    return rc;
}

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
        if (entry->d_name[0] == '.')
            continue;
        uint64_t number;
        if (name_list_has(&writer->stub.segments, entry->d_name)) {
            if (number_parse(span_of(entry->d_name), UINT32_MAX, &number) &&
                number >= writer->next_number)
                writer->next_number = (unsigned)number + 1;
            continue;
        }
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
    return writer->stub.segments.count;
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

/* ---- Publishing ------------------------------------------------------- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static enum status sync_added(const struct archive_writer *writer,
                              const struct archive_change *change,
                              struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < change->added_count; i++)
        rc = file_sync_tree(change->added[i], err);
    char *segments = file_join(writer->path, STUB_SEGMENTS);
    if (!rc)
        rc = file_sync_directory(segments, err);
    free(segments);
    return rc;
}

/* The list as it will be, and what is then to be deleted.  A segment that
 * would be left without an article leaves the list instead. */
static enum status plan(const struct archive_writer *writer,
                        const struct archive_change *change, struct stub *stub,
                        struct journal *journal, uint64_t *deleted,
                        struct error *err)
{
    for (size_t i = 0; i < writer->stub.remotes.count; i++)
        name_list_add(&stub->remotes, span_of(writer->stub.remotes.items[i]));
    for (size_t i = 0; i < writer->stub.segments.count; i++) {
        const char *name = writer->stub.segments.items[i];
        bool dropped = false;
        for (size_t j = 0; j < change->dropped_count; j++)
            dropped = dropped || !strcmp(change->dropped[j], name);
        if (dropped)
            continue;
        size_t before = journal->count;
        enum status rc = copies_find(journal, writer->path,
                                     &writer->segments[i], change, err);
        if (rc)
            return rc;
        *deleted += journal->count - before;
        if (journal->count - before == writer->segments[i].articles)
            journal->count = before;
        else
            name_list_add(&stub->segments, span_of(name));
    }
    for (size_t i = 0; i < change->added_count; i++) {
        name_list_add(&stub->segments, span_of(base_name(change->added[i])));
        name_list_add(&journal->added, span_of(base_name(change->added[i])));
    }
    return STATUS_OK;
}

/* From here on everything is visible: the new list is kept, and a failure in
 * what follows is repaired by the next writer. */
static enum status complete(struct archive_writer *writer, struct stub *stub,
                            const struct journal *journal, struct error *err)
{
    struct stub old = writer->stub;
    for (size_t i = 0; i < old.segments.count; i++)
        segment_release(&writer->segments[i]);
    free(writer->segments);
    writer->segments = NULL;
    writer->stub = *stub;
    *stub = (struct stub){ { NULL, 0, 0 }, { NULL, 0, 0 } };
    enum status rc = journal_carry_out(journal, writer->path, err);
    if (!rc && journal->count)
        rc = journal_remove(writer->path, err);
    for (size_t i = 0; !rc && i < old.segments.count; i++) {
        if (name_list_has(&writer->stub.segments, old.segments.items[i]))
            continue;
        char *path = stub_segment_path(writer->path, old.segments.items[i]);
        rc = file_remove(path, err);
        free(path);
    }
    stub_release(&old);
    return rc ? rc : load_segments(writer, err);
}

enum status archive_writer_publish(struct archive_writer *writer,
                                   const struct archive_change *change,
                                   uint64_t *deleted, struct error *err)
{
    struct stub stub = { { NULL, 0, 0 }, { NULL, 0, 0 } };
    struct journal journal = JOURNAL_INIT;
    uint64_t count = 0;
    enum status rc = sync_added(writer, change, err);
    if (!rc)
        rc = plan(writer, change, &stub, &journal, &count, err);
    if (!rc && journal.count)
        rc = journal_write(&journal, writer->path, err);
    if (!rc)
        rc = stub_write(&stub, writer->path, err);
    if (!rc)
        rc = complete(writer, &stub, &journal, err);
    if (deleted)
        *deleted = count;
    stub_release(&stub);
    journal_release(&journal);
    return rc;
}

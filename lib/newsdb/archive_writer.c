/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/archive_writer.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "newsdb/journal.h"
#include "newsdb/lock.h"
#include "newsdb/merge.h"

/* ---- Opening ---------------------------------------------------------- */

void archive_writer_forget(struct archive_writer *writer)
{
    for (size_t i = 0; writer->segments && i < writer->stub.segments.count; i++)
        segment_release(&writer->segments[i]);
    free(writer->segments);
    writer->segments = NULL;
}

enum status archive_writer_load(struct archive_writer *writer,
                                struct error *err)
{
    archive_writer_forget(writer);
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
        archive_writer_forget(writer);
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
enum status archive_writer_recover(struct archive_writer *writer,
                                   struct error *err)
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
        rc = archive_writer_recover(writer, err);
    if (!rc)
        rc = remove_unlisted(writer, err);
    if (!rc)
        rc = archive_writer_load(writer, err);
    if (rc)
        archive_writer_close(writer);
    else
        *out = writer;
    return rc;
}

static void abandon_merge(struct archive_writer *writer)
{
    struct archive_change change;
    merge_wait(writer->merge, &change, NULL);
    archive_writer_discard(writer, change.added[0]);
    merge_free(writer->merge);
}

void archive_writer_close(struct archive_writer *writer)
{
    if (!writer)
        return;
    if (writer->merge)
        abandon_merge(writer);
    archive_writer_forget(writer);
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

enum status archive_writer_add_inputs(const struct archive_writer *writer,
                                      struct segment_inputs *out,
                                      const char *name, struct error *err)
{
    char *directory = stub_segment_path(writer->path, name);
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
        rc = archive_writer_add_inputs(writer, out,
                                       writer->stub.segments.items[i], err);
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
    if (!name_list_has(&stub.segments, stub_segment_name(path)))
        file_remove(path, NULL);
    stub_release(&stub);
}

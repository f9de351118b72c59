/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/publish.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "newsdb/archive_writer.h"
#include "newsdb/column.h"
#include "newsdb/copies.h"
#include "newsdb/journal.h"
#include "newsdb/merge.h"

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
                                const struct copies *copies, struct error *err)
{
    const char *name = writer->stub.segments.items[i];
    if (is_dropped(change, name)) {
        name_list_add(&plan->journal.dropped, span_of(name));
        return STATUS_OK;
    }
    size_t before = plan->journal.count;
    enum status rc = copies_find(&plan->journal, writer->path,
                                 &writer->segments[i], copies, err);
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
    struct copies copies;
    copies_begin(&copies, change);
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < writer->stub.segments.count; i++)
        rc = plan_segment(plan, writer, i, change, &copies, err);
    copies_release(&copies);
    for (size_t i = 0; i < change->added_count; i++) {
        struct span name = span_of(stub_segment_name(change->added[i]));
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
        rc = archive_writer_add_inputs(writer, &inputs, plan->emptied.items[i],
                                       err);
    if (!rc && inputs.count) {
        rc = archive_writer_add_inputs(writer, &inputs, stub_segment_name(heir),
                                       err);
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
    for (size_t i = 0; !rc && !change->complete && i < change->added_count;
         i++) {
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
    archive_writer_forget(writer);
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
    return rc ? rc : archive_writer_load(writer, err);
}

/* Find out what a failed publication has come to, and complete or undo it. */
static enum status settle(struct archive_writer *writer, struct error *err)
{
    archive_writer_forget(writer);
    stub_release(&writer->stub);
    enum status rc = stub_read(&writer->stub, writer->path, err);
    if (!rc)
        rc = archive_writer_recover(writer, err);
    if (!rc)
        rc = archive_writer_load(writer, err);
    writer->unsettled = rc;
    return rc;
}

static enum status carry_out(struct archive_writer *writer,
                             const struct archive_change *change,
                             struct plan *plan, struct error *err)
{
    enum status rc = STATUS_OK;
    if (change->added_count && plan->emptied.count)
        rc = inherit_inputs(writer, plan, change->added[0], err);
    if (!rc)
        rc = complete_added(writer, change, err);
    if (rc)
        return rc;
    writer->unsettled = true;
    rc = make_visible(writer, plan, err);
    if (!rc)
        rc = complete(writer, plan, err);
    writer->unsettled = rc;
    return rc;
}

enum status publish(struct archive_writer *writer,
                    const struct archive_change *change, uint64_t *deleted,
                    bool *waits, struct error *err)
{
    struct plan plan = { .journal = JOURNAL_INIT };
    enum status rc = writer->unsettled ? settle(writer, err) : STATUS_OK;
    if (!rc)
        rc = make_plan(&plan, writer, change, err);
    *waits = !rc && merge_reads(writer->merge, &plan.journal);
    if (!rc && !*waits)
        rc = carry_out(writer, change, &plan, err);
    if (deleted)
        *deleted = rc || *waits ? 0 : plan.deleted;
    plan_release(&plan);
    return rc;
}

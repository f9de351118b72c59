/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Publications beside which segments are merged: archive_writer_publish() and
 * the two that merge. */
#include "newsdb/archive_writer.h"
#include "newsdb/merge.h"
#include "newsdb/publish.h"

/* Publish what was written, or remove what there is of it; frees the merge. */
static enum status finish(struct archive_writer *writer, struct merge *merge,
                          struct error *err)
{
    struct archive_change change;
    bool waits;
    enum status rc = merge_wait(merge, &change, err);
    if (!rc)
        rc = publish(writer, &change, NULL, &waits, err);
    if (rc) {
        archive_writer_discard(writer, change.added[0]);
        error_context(err, "cannot merge segments");
    }
    merge_free(merge);
    return rc;
}

/* Wait for the merge in the background, if there is one, and publish the
 * outcome.  A failure is kept to be told. */
static void end(struct archive_writer *writer)
{
    struct merge *merge = writer->merge;
    writer->merge = NULL;
    if (merge)
        finish(writer, merge, &writer->merge_err);
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

static struct merge *next(const struct archive_writer *writer, size_t most)
{
    return merge_new(writer->path, writer->segments,
                     archive_writer_segment_count(writer), most);
}

/* Without a thread there is none now. */
static void begin(struct archive_writer *writer, size_t most)
{
    struct merge *merge = next(writer, most);
    if (!merge)
        return;
    if (merge_start(merge, archive_writer_new_segment(writer)))
        writer->merge = merge;
    else
        merge_free(merge);
}

enum status archive_writer_publish(struct archive_writer *writer,
                                   const struct archive_change *change,
                                   uint64_t *deleted, struct error *err)
{
    bool waits;
    enum status rc = publish(writer, change, deleted, &waits, err);
    if (!waits)
        return rc;
    end(writer);
    return publish(writer, change, deleted, &waits, err);
}

enum status archive_writer_merge_beside(struct archive_writer *writer,
                                        size_t more, struct error *err)
{
    size_t half = ARCHIVE_SEGMENTS_MAX / 2;
    if (writer->merge && merge_is_finished(writer->merge))
        end(writer);
    enum status rc = tell_failure(writer, err);
    if (!rc && !writer->merge)
        begin(writer, ARCHIVE_SEGMENTS_MAX - (more < half ? more : half));
    return rc;
}

enum status archive_writer_merge(struct archive_writer *writer, bool all,
                                 struct error *err)
{
    end(writer);
    enum status rc = tell_failure(writer, err);
    struct merge *merge;
    while (!rc && (merge = next(writer, all ? 1 : ARCHIVE_SEGMENTS_MAX))) {
        merge_run(merge, archive_writer_new_segment(writer));
        rc = finish(writer, merge, err);
    }
    return rc;
}

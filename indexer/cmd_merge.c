/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx merge: all segments of an archive into one. */
#include <inttypes.h>
#include <stdlib.h>

#include "indexer/command.h"
#include "newsdb/archive.h"

static const struct option_spec merge_options[] = {
    OPTION_ROW_ARCHIVE,
    OPTION_ROW_WAIT,
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

static uint64_t size_of(const struct archive_writer *writer)
{
    uint64_t size = 0;
    for (size_t i = 0; i < archive_writer_segment_count(writer); i++)
        size += archive_writer_segment(writer, i)->size;
    return size;
}

static enum status run_merge(const struct command_call *call, struct error *err)
{
    char *path = command_archive(call);
    struct archive_writer *writer = NULL;
    struct archive *archive = NULL;
    /* Opened for reading first: merging is not a reason to create one. */
    enum status rc = archive_open(&archive, path, err);
    archive_close(archive);
    if (!rc)
        rc = archive_writer_open(&writer, path, (unsigned)call->options->wait,
                                 err);
    if (!rc) {
        size_t before = archive_writer_segment_count(writer);
        uint64_t bytes = size_of(writer);
        rc = archive_writer_merge(writer, true, err);
        if (!rc)
            str_addf(call->out,
                     "%zu segments of %.1f MB are now %zu of %.1f MB\n", before,
                     (double)bytes / 1e6, archive_writer_segment_count(writer),
                     (double)size_of(writer) / 1e6);
    }
    archive_writer_close(writer);
    free(path);
    return rc;
}

const struct command command_merge = {
    .name = "merge",
    .usage = "[OPTION]...",
    .summary = "merge the segments of an archive into one",
    .options = merge_options,
    .run = run_merge,
};

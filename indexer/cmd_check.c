/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * newsidx check: libxapian's check of every segment, then ours: every record
 * decodes, carries the identity under which it is indexed, and every identity
 * occurs once in the archive.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "indexer/command.h"
#include "indexer/document.h"
#include "newsdb/archive.h"
#include "newsdb/record.h"
#include "newsdb/schema.h"

enum { PROBLEMS_MAX = 20 }; /* told in full; all are counted */

static const struct option_spec check_options[] = {
    OPTION_ROW_ARCHIVE,
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

struct checking {
    const struct command_call *call;
    const struct xap_db *db;
    struct arena *memory;
    struct str data, term;
    uint64_t records, problems;
};

static void tell(struct checking *checking, const char *what,
                 const char *message)
{
    if (checking->problems++ < PROBLEMS_MAX)
        str_addf(checking->call->out, "%s: %s\n", what, message);
}

static void check_identity(struct checking *checking, const char *what,
                           const struct record *record)
{
    struct str value = STR_INIT;
    struct error err = ERROR_INIT;
    document_identity_value(&value, record->collection, record->id);
    str_clear(&checking->term);
    schema_value(&checking->term, FIELD_ID, str_span(&value));
    uint32_t count;
    uint64_t occurrences;
    if (xap_db_frequency(checking->db, str_span(&checking->term), &count,
                         &occurrences, &err)) {
        tell(checking, what, err.message);
    } else if (count != 1) {
        str_addf(&value, " is in the archive %" PRIu32 " times", count);
        tell(checking, what, value.data);
    }
    str_release(&value);
}

static bool check_record(void *payload, uint32_t document)
{
    struct checking *checking = payload;
    struct error err = ERROR_INIT;
    struct record record;
    char what[32];
    snprintf(what, sizeof(what), "document %" PRIu32, document);
    arena_reset(checking->memory);
    str_clear(&checking->data);
    checking->records++;
    if (xap_db_data(checking->db, document, &checking->data, &err) ||
        record_decode(&record, str_span(&checking->data), checking->memory,
                      &err))
        tell(checking, what, err.message);
    else
        check_identity(checking, what, &record);
    return !*checking->call->stop;
}

static void check_segments(struct checking *checking, const char *path,
                           const struct archive *archive)
{
    char *segments = file_join(path, "segments");
    for (size_t i = 0; i < archive_segment_count(archive); i++) {
        const char *name = archive_segment(archive, i)->name;
        char *segment = file_join(segments, name);
        struct error err = ERROR_INIT;
        if (xap_check(segment, NULL, &err))
            tell(checking, name, err.message);
        free(segment);
    }
    free(segments);
}

static enum status check_archive(const struct command_call *call,
                                 const char *path,
                                 const struct archive *archive,
                                 struct error *err)
{
    struct checking checking = {
        .call = call,
        .db = archive_db(archive),
        .memory = arena_new(),
        .data = STR_INIT,
        .term = STR_INIT,
    };
    check_segments(&checking, path, archive);
    enum status rc = xap_db_each_document(checking.db, span_of(""),
                                          check_record, &checking, err);
    if (!rc && *call->stop)
        rc = error_set(err, STATUS_INTERRUPTED, "interrupted");
    if (!rc && checking.problems)
        rc = error_set(err, STATUS_CORRUPT, "%" PRIu64 " problem%s found",
                       checking.problems, checking.problems == 1 ? "" : "s");
    if (!rc)
        str_addf(
            call->out, "%zu segment%s and %" PRIu64 " articles are sound\n",
            archive_segment_count(archive),
            archive_segment_count(archive) == 1 ? "" : "s", checking.records);
    arena_free(checking.memory);
    str_release(&checking.data);
    str_release(&checking.term);
    return rc;
}

static enum status run_check(const struct command_call *call, struct error *err)
{
    char *path = command_archive(call);
    struct archive *archive;
    enum status rc = archive_open(&archive, path, err);
    if (!rc)
        rc = check_archive(call, path, archive, err);
    archive_close(archive);
    free(path);
    return rc;
}

const struct command command_check = {
    .name = "check",
    .usage = "[OPTION]...",
    .summary = "check every segment and every record of an archive",
    .options = check_options,
    .run = run_check,
};

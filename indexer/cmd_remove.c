/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx remove: articles out of an archive, by id or by query. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "indexer/command.h"
#include "indexer/document.h"
#include "indexer/selection.h"
#include "newsdb/record.h"
#include "newsdb/schema.h"

enum { SHOWN_MAX = 20 }; /* articles that are told by name */

static const struct option_spec remove_options[] = {
    OPTION_ROW_ARCHIVE,
    { OPTION_SWITCH, 'n', "dry-run", NULL, "tell what would be removed",
      offsetof(struct newsidx_options, dry_run) },
    OPTION_ROW_WAIT,
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

/* What is to go: identity terms, in `memory`. */
struct removal {
    const struct command_call *call;
    const struct xap_db *db;
    struct arena *memory;
    struct span *identities;
    size_t count, capacity;
    enum status rc;
    struct error *err;
};

static void tell(const struct removal *removal, const struct record *record)
{
    struct span title = record_title(record);
    if (removal->count <= SHOWN_MAX)
        str_addf(removal->call->out, "%.*s/%.*s  %.*s\n",
                 SPAN_ARGS(record->collection), SPAN_ARGS(record->id),
                 SPAN_ARGS(title));
    else if (removal->count == SHOWN_MAX + 1)
        str_add_text(removal->call->out, "...\n");
}

static bool note_document(void *payload, uint32_t document)
{
    struct removal *removal = payload;
    struct arena *memory = arena_new();
    struct str data = STR_INIT, text = STR_INIT;
    struct record record;
    removal->rc = xap_db_data(removal->db, document, &data, removal->err);
    if (!removal->rc)
        removal->rc =
            record_decode(&record, str_span(&data), memory, removal->err);
    if (!removal->rc) {
        struct str term = STR_INIT;
        document_identity_value(&text, record.collection, record.id);
        schema_value(&term, FIELD_ID, str_span(&text));
        MEMORY_GROW(removal->identities, removal->count, removal->capacity);
        removal->identities[removal->count++] =
            arena_copy(removal->memory, str_span(&term));
        str_release(&term);
        tell(removal, &record);
    }
    str_release(&data);
    str_release(&text);
    arena_free(memory);
    return !removal->rc;
}

/* The writer's lock is held while the articles are looked up, so that what is
 * told is what goes. */
static enum status remove_selected(const struct command_call *call,
                                   const char *path,
                                   struct archive_writer *writer,
                                   struct error *err)
{
    struct removal removal = { .call = call,
                               .memory = arena_new(),
                               .err = err };
    struct archive *archive;
    struct span missing = { "", 0 };
    enum status rc = archive_open(&archive, path, err);
    if (!rc) {
        removal.db = archive_db(archive);
        rc = selection_each(archive, call->operands, call->operand_count,
                            note_document, &removal, &missing, err);
    }
    archive_close(archive);
    if (!rc)
        rc = removal.rc;
    uint64_t deleted = 0;
    if (!rc && removal.count && writer) {
        const struct archive_change change = {
            .identities = removal.identities,
            .identity_count = removal.count,
        };
        rc = archive_writer_publish(writer, &change, &deleted, err);
    }
    if (!rc && removal.count && writer)
        str_addf(call->out, "%" PRIu64 " removed\n", deleted);
    else if (!rc && removal.count)
        str_addf(call->out, "%zu would be removed\n", removal.count);
    if (!rc)
        rc = selection_outcome(missing, removal.count, err);
    free(removal.identities);
    arena_free(removal.memory);
    return rc;
}

static enum status run_remove(const struct command_call *call,
                              struct error *err)
{
    char *path = command_archive(call);
    struct archive_writer *writer = NULL;
    struct archive *archive;
    enum status rc = archive_open(&archive, path, err);
    archive_close(archive);
    if (!rc && !call->options->dry_run)
        rc = archive_writer_open(&writer, path, (unsigned)call->options->wait,
                                 err);
    if (!rc)
        rc = remove_selected(call, path, writer, err);
    archive_writer_close(writer);
    free(path);
    return rc;
}

const struct command command_remove = {
    .name = "remove",
    .usage = "[OPTION]... ID...|QUERY",
    .summary = "remove articles by id or by query",
    .options = remove_options,
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .run = run_remove,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx export: the articles of an archive as JSON Lines. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "corpus/deflate.h"
#include "indexer/command.h"
#include "indexer/record_json.h"
#include "indexer/selection.h"

static const struct option_spec export_options[] = {
    OPTION_ROW_ARCHIVE,
    { OPTION_TEXT, 'o', "output", "FILE",
      "write here (compressed where the name ends in .gz)",
      offsetof(struct newsidx_options, output) },
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

struct exporting {
    const struct command_call *call;
    const struct xap_db *db;
    struct sink *sink;
    struct arena *memory;
    struct str data, line;
    uint64_t count;
    enum status rc;
    struct error *err;
};

static bool export_document(void *payload, uint32_t document)
{
    struct exporting *exporting = payload;
    struct record record;
    arena_reset(exporting->memory);
    str_clear(&exporting->data);
    str_clear(&exporting->line);
    exporting->rc =
        xap_db_data(exporting->db, document, &exporting->data, exporting->err);
    if (!exporting->rc)
        exporting->rc = record_decode(&record, str_span(&exporting->data),
                                      exporting->memory, exporting->err);
    if (!exporting->rc) {
        record_json(&exporting->line, &record);
        str_add_char(&exporting->line, '\n');
        exporting->rc = sink_write(exporting->sink, str_span(&exporting->line),
                                   exporting->err);
    }
    if (!exporting->rc && *exporting->call->stop)
        exporting->rc =
            error_set(exporting->err, STATUS_INTERRUPTED, "interrupted");
    exporting->count += !exporting->rc;
    return !exporting->rc;
}

static enum status export_all(const struct command_call *call,
                              const struct archive *archive, struct error *err)
{
    struct exporting exporting = {
        .call = call,
        .db = archive_db(archive),
        .memory = arena_new(),
        .data = STR_INIT,
        .line = STR_INIT,
        .err = err,
    };
    struct span missing;
    const char *path = call->options->output ? call->options->output : "-";
    enum status rc = sink_open(&exporting.sink, path, err);
    if (!rc)
        rc = selection_each(archive, call->operands, call->operand_count,
                            export_document, &exporting, &missing, err);
    if (!rc)
        rc = exporting.rc;
    enum status closed = sink_close(exporting.sink, rc ? NULL : err);
    if (!rc)
        rc = closed;
    if (!rc && strcmp(path, "-"))
        str_addf(call->out, "%" PRIu64 " articles written to %s\n",
                 exporting.count, path);
    if (!rc)
        rc = selection_outcome(missing, exporting.count, err);
    arena_free(exporting.memory);
    str_release(&exporting.data);
    str_release(&exporting.line);
    return rc;
}

static enum status run_export(const struct command_call *call,
                              struct error *err)
{
    char *path = command_archive(call);
    struct archive *archive;
    enum status rc = archive_open(&archive, path, err);
    if (!rc)
        rc = export_all(call, archive, err);
    archive_close(archive);
    free(path);
    return rc;
}

const struct command command_export = {
    .name = "export",
    .usage = "[OPTION]... [QUERY]",
    .summary = "write the articles, or those a query finds, as JSON Lines",
    .options = export_options,
    .operands_max = SIZE_MAX,
    .run = run_export,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx formats, newsidx fields: the tables of formats and of fields. */
#include "corpus/format.h"
#include "indexer/command.h"
#include "newsdb/schema.h"

static const struct option_spec no_options[] = {
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

static enum status run_formats(const struct command_call *call,
                               struct error *err)
{
    (void)err;
    struct str *out = call->out;
    for (size_t i = 0; formats[i]; i++) {
        const struct format *format = formats[i];
        str_addf(out, "%-10s %s\n", format->name, format->summary);
        str_addf(out, "%-10s known by: %s\n", "", format->signs);
        str_addf(out, "%-10s fields:   %s\n", "", format->fields);
    }
    str_add_text(out, "\nEach may be compressed (gzip, bzip2, xz, lzma, zstd, "
                      "lz4, compress) or stand in an archive (tar, zip, "
                      "7z, cpio, ar, rar).\n--map can name:");
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        str_addf(out, " %s", article_field_name((enum article_field)i));
    str_add_char(out, '\n');
    return STATUS_OK;
}

const struct command command_formats = {
    .name = "formats",
    .usage = "",
    .summary = "list the formats that add reads",
    .options = no_options,
    .run = run_formats,
};

static enum status run_fields(const struct command_call *call,
                              struct error *err)
{
    (void)err;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const struct field *field = &schema_fields[i];
        str_addf(call->out, "%-11s %s\n", field->name, field->summary);
        str_addf(call->out, "%-11s example: %s\n", "", field->example);
        if (*field->aliases)
            str_addf(call->out, "%-11s also: %s\n", "", field->aliases);
    }
    return STATUS_OK;
}

const struct command command_fields = {
    .name = "fields",
    .usage = "",
    .summary = "list the fields that a query can name",
    .options = no_options,
    .run = run_fields,
};

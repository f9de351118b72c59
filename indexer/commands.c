/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "indexer/command.h"
#include "newsdb/archive.h"

const struct command *const commands[] = {
    &command_add,
    &command_remove,
    &command_info,
    &command_check,
    &command_export,
    &command_merge,
    &command_names,
    &command_formats,
    &command_probe,
    &command_fields,
    &command_help_command,
    NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (!strcmp(commands[i]->name, name))
            return commands[i];
    return NULL;
}

void command_help_all(struct str *out)
{
    str_add_text(out, "usage: newsidx COMMAND [OPTION]... [OPERAND]...\n\n"
                      "newsidx keeps archives of news articles that newsq "
                      "searches.\n\ncommands:\n");
    for (size_t i = 0; commands[i]; i++)
        str_addf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    str_add_text(out, "\n'newsidx COMMAND --help' tells the options of a "
                      "command; newsidx(1) tells everything.\n");
}

void command_help(const struct command *command, struct str *out)
{
    str_addf(out, "usage: newsidx %s%s%s\n\n%s\n\noptions:\n", command->name,
             *command->usage ? " " : "", command->usage, command->summary);
    options_help(command->options, out);
}

char *command_archive(const struct command_call *call)
{
    return call->options->archive ? memory_string(call->options->archive)
                                  : archive_default_path();
}

enum status command_flush(const struct command_call *call, struct error *err)
{
    size_t size = call->out->size;
    size_t put = fwrite(call->out->data, 1, size, stdout);
    str_clear(call->out);
    if (put < size || fflush(stdout))
        return error_set_errno(err, "cannot write to standard output");
    return STATUS_OK;
}

/* ---- help ------------------------------------------------------------- */

static const struct option_spec help_options[] = {
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

static enum status run_help(const struct command_call *call, struct error *err)
{
    if (!call->operand_count) {
        command_help_all(call->out);
        return STATUS_OK;
    }
    const struct command *command = command_find(call->operands[0]);
    if (!command)
        return error_set(err, STATUS_USAGE,
                         "there is no command '%s'; 'newsidx help' lists "
                         "them",
                         call->operands[0]);
    command_help(command, call->out);
    return STATUS_OK;
}

const struct command command_help_command = {
    .name = "help",
    .usage = "[COMMAND]",
    .summary = "tell the commands, or the options of one",
    .options = help_options,
    .operands_max = 1,
    .run = run_help,
};

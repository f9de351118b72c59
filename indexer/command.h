/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * command.h - the commands of newsidx, one table.
 *
 * Adding one: write cmd_NAME.c with a `const struct command`, add it to the
 * table in commands.c, describe it in newsidx(1), add a case in tests/cli/.
 */
#ifndef NEWS_INDEXER_COMMAND_H
#define NEWS_INDEXER_COMMAND_H

#include <signal.h>

#include "base/options.h"

/* All values that the commands' options can set; a command uses those of its
 * own table. */
struct newsidx_options {
    const char *archive;
    const char *collection;
    const char *format;
    const char *map;
    const char *date_order;
    const char *rejects;
    const char *query;
    const char *output;
    const char *writer;
    const char *names, *aliases, *stop_names;
    const char *sort, *merge;
    uint64_t limit;
    uint64_t workers;    /* 0: as many as processors */
    uint64_t memory;     /* bytes; 0: the default */
    uint64_t checkpoint; /* bytes; 0: the default */
    uint64_t wait;       /* seconds */
    bool people, orgs, places, stop_given, apply;
    bool no_names, force, strict, embargo, dry_run, quiet, json, all;
    bool help, version;
};

/* What a command is run with. */
struct command_call {
    const char *program; /* "newsidx", for messages */
    const struct newsidx_options *options;
    char *const *operands;
    size_t operand_count;
    const volatile sig_atomic_t *stop; /* set when the user interrupts */
    struct str *out;                   /* goes to stdout at the end */
};

struct command {
    const char *name;
    const char *usage;   /* "[OPTION]... FILE..." */
    const char *summary; /* one line */
    const struct option_spec *options;
    size_t operands_min, operands_max;
    enum status (*run)(const struct command_call *call, struct error *err);
};

/* NULL-terminated, in the order in which help lists them. */
extern const struct command *const commands[];

const struct command *command_find(const char *name); /* NULL: none */

/* The text of `newsidx help`, and of `newsidx NAME --help`. */
void command_help_all(struct str *out);
void command_help(const struct command *command, struct str *out);

/* The archive that -a, the environment or the default names; the caller frees
 * it. */
char *command_archive(const struct command_call *call);

/* Write what has gathered in call->out to stdout now: for commands whose
 * output is long.  IO when stdout refuses. */
enum status command_flush(const struct command_call *call, struct error *err);

extern const struct command command_add, command_remove, command_info,
    command_check, command_export, command_merge, command_names,
    command_formats, command_probe, command_fields, command_help_command;

/* Rows that several tables share. */
#define OPTION_ROW_ARCHIVE                                           \
    {                                                                \
        OPTION_TEXT, 'a', "archive", "DIR",                          \
            "the archive (else $NEWS_ARCHIVE, else the user's own)", \
            offsetof(struct newsidx_options, archive)                \
    }
#define OPTION_ROW_MAP                                                    \
    {                                                                     \
        OPTION_TEXT, '\0', "map", "FIELD=NAME,...",                       \
            "where to find our fields: title=headline,date=published_at", \
            offsetof(struct newsidx_options, map)                         \
    }
#define OPTION_ROW_DATE_ORDER                            \
    {                                                    \
        OPTION_TEXT, '\0', "date-order", "dmy|mdy",      \
            "how dates such as 4/5/2022 are written",    \
            offsetof(struct newsidx_options, date_order) \
    }
#define OPTION_ROW_WAIT                                      \
    {                                                        \
        OPTION_COUNT, '\0', "wait", "SECONDS",               \
            "wait for another writer of the archive to end", \
            offsetof(struct newsidx_options, wait)           \
    }
#define OPTION_ROW_JSON                                  \
    {                                                    \
        OPTION_SWITCH, '\0', "json", NULL, "print JSON", \
            offsetof(struct newsidx_options, json)       \
    }
#define OPTION_ROW_HELP                                              \
    {                                                                \
        OPTION_SWITCH, 'h', "help", NULL, "print this help and end", \
            offsetof(struct newsidx_options, help)                   \
    }

#endif

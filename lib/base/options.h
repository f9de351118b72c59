/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * options.h - command-line options from one table.
 *
 * The table drives getopt_long(3), --help, the man page's test and the
 * completion files.  It is const; values go into a struct of the program's
 * own, each at the offset its row names:
 *
 *     struct settings { bool quiet; const char *archive; };
 *     static const struct option_spec specs[] = {
 *         { OPTION_SWITCH, 'q', "quiet", NULL, "print no progress",
 *           offsetof(struct settings, quiet) },
 *         { OPTION_TEXT, 'a', "archive", "DIR", "the archive to use",
 *           offsetof(struct settings, archive) },
 *         OPTION_TABLE_END,
 *     };
 */
#ifndef NEWS_BASE_OPTIONS_H
#define NEWS_BASE_OPTIONS_H

#include "base/error.h"
#include "base/str.h"

enum option_kind {
    OPTION_END,
    OPTION_SWITCH,  /* bool: set to true                                   */
    OPTION_TEXT,    /* const char *: the argument, borrowed from argv      */
    OPTION_LIST,    /* struct option_list: may be given many times         */
    OPTION_COUNT,   /* uint64_t: digits                                    */
    OPTION_SIZE,    /* uint64_t: digits and K, M, G or T                   */
    OPTION_HEADING, /* no option: a heading in --help                     */
};

enum { OPTION_LIST_MAX = 256 }; /* values of one OPTION_LIST */

struct option_list {
    const char **items; /* NULL while empty; free with option_list_release() */
    size_t count;
};

struct option_spec {
    enum option_kind kind;
    char letter;          /* '\0': only the long name */
    const char *name;     /* without dashes; the text of a heading */
    const char *argument; /* "DIR"; NULL for a switch */
    const char *help;     /* one line; begins in lower case, no full stop */
    size_t offset;        /* of the value in the caller's struct */
};

#define OPTION_TABLE_END                      \
    {                                         \
        OPTION_END, '\0', NULL, NULL, NULL, 0 \
    }

enum { OPTION_SPECS_MAX = 96 };

/* Read options anywhere among the arguments until "--".  `argv[0]` is passed
 * over; argv is permuted so that `argv[*rest]` is the first operand.
 * STATUS_USAGE names the option that is wrong. */
enum status options_parse(const struct option_spec *specs, void *into, int argc,
                          char **argv, int *rest, struct error *err);

/* The table as --help shows it, two columns. */
void options_help(const struct option_spec *specs, struct str *out);

void option_list_release(struct option_list *list);

#endif

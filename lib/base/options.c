/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/options.h"

#include <assert.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"

enum {
    LONG_ONLY = 256,  /* getopt's value of options without a letter */
    HELP_COLUMN = 26, /* where the help texts begin */
};

static void add_list(struct option_list *list, const char *value)
{
    list->items =
        memory_resize(list->items, list->count + 1, sizeof(*list->items));
    list->items[list->count++] = value;
}

static enum status store(const struct option_spec *spec, void *into,
                         const char *value, struct error *err)
{
    void *place = (char *)into + spec->offset;
    struct option_list *list = place;
    switch (spec->kind) {
    case OPTION_SWITCH: *(bool *)place = true; return STATUS_OK;
    case OPTION_TEXT: *(const char **)place = value; return STATUS_OK;
    case OPTION_LIST:
        if (list->count == OPTION_LIST_MAX)
            return error_set(err, STATUS_USAGE, "--%s is given over %d times",
                             spec->name, OPTION_LIST_MAX);
        add_list(list, value);
        return STATUS_OK;
    case OPTION_COUNT:
        if (number_parse(span_of(value), UINT32_MAX, place))
            return STATUS_OK;
        return error_set(err, STATUS_USAGE, "--%s wants a number, not '%s'",
                         spec->name, value);
    case OPTION_SIZE:
        if (number_parse_size(span_of(value), place))
            return STATUS_OK;
        return error_set(err, STATUS_USAGE,
                         "--%s wants a size such as 512M, not '%s'", spec->name,
                         value);
    case OPTION_END:
    case OPTION_HEADING: break;
    }
    return error_set(err, STATUS_INTERNAL, "option table");
}

struct getopt_tables {
    char letters[OPTION_SPECS_MAX * 2 + 4];
    struct option names[OPTION_SPECS_MAX + 1];
    const struct option_spec *rows[OPTION_SPECS_MAX];
};

static void fill_tables(const struct option_spec *specs,
                        struct getopt_tables *out)
{
    memset(out, 0, sizeof(*out));
    char *letters = out->letters;
    *letters++ = ':';
    size_t count = 0;
    for (const struct option_spec *spec = specs; spec->kind; spec++) {
        if (spec->kind == OPTION_HEADING)
            continue;
        assert(count < OPTION_SPECS_MAX);
        out->rows[count] = spec;
        out->names[count] =
            (struct option){ spec->name,
                             spec->argument ? required_argument : no_argument,
                             NULL, LONG_ONLY + (int)count };
        if (spec->letter)
            *letters++ = spec->letter;
        if (spec->letter && spec->argument)
            *letters++ = ':';
        count++;
    }
}

static const struct option_spec *find_row(const struct getopt_tables *tables,
                                          int found)
{
    if (found >= LONG_ONLY)
        return tables->rows[found - LONG_ONLY];
    for (size_t i = 0; i < OPTION_SPECS_MAX && tables->rows[i]; i++)
        if (tables->rows[i]->letter == found)
            return tables->rows[i];
    return NULL;
}

static enum status refuse(int found, char **argv, struct error *err)
{
    const char *word = argv[optind - 1];
    /* Of a word of letters, the one before it until its last is read. */
    bool is_long = !optopt || optopt >= LONG_ONLY;
    const char *what = found == ':' ? "wants an argument" : "is not known here";
    if (is_long && found == '?' && optopt) /* known, but with "=value" */
        what = "takes no argument";
    if (is_long)
        return error_set(err, STATUS_USAGE, "option '%s' %s", word, what);
    return error_set(err, STATUS_USAGE, "option '-%c' %s", optopt, what);
}

enum status options_parse(const struct option_spec *specs, void *into, int argc,
                          char **argv, int *rest, struct error *err)
{
    struct getopt_tables tables;
    fill_tables(specs, &tables);
    optind = 0;
    for (;;) {
        int found = getopt_long(argc, argv, tables.letters, tables.names, NULL);
        if (found == -1)
            break;
        if (found == '?' || found == ':')
            return refuse(found, argv, err);
        enum status rc = store(find_row(&tables, found), into, optarg, err);
        if (rc)
            return rc;
    }
    *rest = optind;
    return STATUS_OK;
}

void options_help(const struct option_spec *specs, struct str *out)
{
    for (const struct option_spec *spec = specs; spec->kind; spec++) {
        if (spec->kind == OPTION_HEADING) {
            str_addf(out, "\n%s:\n", spec->name);
            continue;
        }
        size_t start = out->size;
        if (spec->letter)
            str_addf(out, "  -%c, --%s", spec->letter, spec->name);
        else
            str_addf(out, "      --%s", spec->name);
        if (spec->argument)
            str_addf(out, " %s", spec->argument);
        size_t width = out->size - start;
        if (width >= HELP_COLUMN)
            str_add_char(out, '\n');
        str_addf(out, "%*s%s\n",
                 width >= HELP_COLUMN ? HELP_COLUMN
                                      : (int)(HELP_COLUMN - width),
                 "", spec->help);
    }
}

void option_list_release(struct option_list *list)
{
    free(list->items);
    *list = (struct option_list){ NULL, 0 };
}

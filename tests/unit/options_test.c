/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/options.h"

#include <stddef.h>

#include "tests/unit/test.h"

struct settings {
    bool quiet;
    const char *archive;
    struct option_list people;
    uint64_t limit, memory;
};

static const struct option_spec specs[] = {
    { OPTION_HEADING, '\0', "Output", NULL, NULL, 0 },
    { OPTION_SWITCH, 'q', "quiet", NULL, "print no progress",
      offsetof(struct settings, quiet) },
    { OPTION_TEXT, 'a', "archive", "DIR", "the archive to use",
      offsetof(struct settings, archive) },
    { OPTION_LIST, '\0', "person", "NAME", "only articles that name NAME",
      offsetof(struct settings, people) },
    { OPTION_COUNT, 'n', "limit", "COUNT", "show at most COUNT",
      offsetof(struct settings, limit) },
    { OPTION_SIZE, '\0', "memory", "SIZE-OF-ALL-BUFFERS", "use at most that",
      offsetof(struct settings, memory) },
    OPTION_TABLE_END,
};

enum { WORDS_MAX = 16 };

/* Parse a command line of words with single blanks between. */
static enum status parse(char *line, struct settings *settings, char **argv,
                         int *argc, int *rest, struct error *err)
{
    *argc = 0;
    *settings = (struct settings){ 0 };
    for (char *word = line; *argc < WORDS_MAX; word = strchr(word, ' ') + 1) {
        argv[(*argc)++] = word;
        if (!strchr(word, ' '))
            break;
    }
    argv[*argc] = NULL;
    for (char *p = line; *p || p < argv[*argc - 1]; p++)
        if (*p == ' ')
            *p = '\0';
    return options_parse(specs, settings, *argc, argv, rest, err);
}

TEST(options_parse_fills_the_settings)
{
    char line[] = "prog one -q --archive=DIR --person a --person=b -n5 "
                  "--memory 2G two -- --not-an-option";
    char *argv[WORDS_MAX + 1];
    struct settings settings;
    struct error err = ERROR_INIT;
    int argc, rest;
    CHECK_STATUS(parse(line, &settings, argv, &argc, &rest, &err), STATUS_OK,
                 err);
    CHECK(settings.quiet);
    CHECK_STR(settings.archive, "DIR");
    CHECK_NUMBER(settings.people.count, 2);
    CHECK_STR(settings.people.items[0], "a");
    CHECK_STR(settings.people.items[1], "b");
    CHECK_NUMBER(settings.limit, 5);
    CHECK_NUMBER(settings.memory, INT64_C(2) << 30);
    CHECK_NUMBER(argc - rest, 3);
    CHECK_STR(argv[rest], "one");
    CHECK_STR(argv[rest + 1], "two");
    CHECK_STR(argv[rest + 2], "--not-an-option");
    option_list_release(&settings.people);
    CHECK_NUMBER(settings.people.count, 0);
}

TEST(options_parse_can_be_called_again)
{
    for (int i = 0; i < 2; i++) {
        char line[] = "prog -qn 7 file";
        char *argv[WORDS_MAX + 1];
        struct settings settings;
        struct error err = ERROR_INIT;
        int argc, rest;
        CHECK_STATUS(parse(line, &settings, argv, &argc, &rest, &err),
                     STATUS_OK, err);
        CHECK(settings.quiet);
        CHECK_NUMBER(settings.limit, 7);
        CHECK_STR(argv[rest], "file");
    }
}

TEST(options_parse_names_what_is_wrong)
{
    static const struct {
        const char *line, *message;
    } rows[] = {
        { "prog --nothing", "option '--nothing' is not known here" },
        { "prog -x", "option '-x' is not known here" },
        { "prog -qx", "option '-x' is not known here" },
        { "prog --quiet -xy", "option '-x' is not known here" },
        { "prog --archive", "option '--archive' wants an argument" },
        { "prog -a", "option '-a' wants an argument" },
        { "prog --quiet=yes", "option '--quiet=yes' takes no argument" },
        { "prog -n many", "--limit wants a number, not 'many'" },
        { "prog -n -1", "--limit wants a number, not '-1'" },
        { "prog -n 99999999999", "--limit wants a number, not '99999999999'" },
        { "prog --memory 5Q", "--memory wants a size such as 512M, not '5Q'" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str line = STR_INIT;
        str_add_text(&line, rows[i].line);
        char *argv[WORDS_MAX + 1];
        struct settings settings;
        struct error err = ERROR_INIT;
        int argc, rest;
        CHECK_STATUS(parse(line.data, &settings, argv, &argc, &rest, &err),
                     STATUS_USAGE, err);
        CHECK_STR(err.message, rows[i].message);
        str_release(&line);
    }
}

TEST(options_parse_limits_lists)
{
    char *argv[OPTION_LIST_MAX + 3];
    argv[0] = (char[]){ "prog" };
    for (int i = 0; i <= OPTION_LIST_MAX; i++)
        argv[i + 1] = (char[]){ "--person=x" };
    argv[OPTION_LIST_MAX + 2] = NULL;
    struct settings settings = { 0 };
    struct error err = ERROR_INIT;
    int rest;
    CHECK_STATUS(
        options_parse(specs, &settings, OPTION_LIST_MAX + 2, argv, &rest, &err),
        STATUS_USAGE, err);
    CHECK_STR(err.message, "--person is given over 256 times");
    CHECK_NUMBER(settings.people.count, OPTION_LIST_MAX);
    option_list_release(&settings.people);
}

TEST(options_help_shows_two_columns)
{
    struct str out = STR_INIT;
    options_help(specs, &out);
    CHECK_SPAN(str_span(&out),
               "\nOutput:\n"
               "  -q, --quiet             print no progress\n"
               "  -a, --archive DIR       the archive to use\n"
               "      --person NAME       only articles that name NAME\n"
               "  -n, --limit COUNT       show at most COUNT\n"
               "      --memory SIZE-OF-ALL-BUFFERS\n"
               "                          use at most that\n");
    str_release(&out);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

struct test *test_first;
int test_failures;

static char *directory;

void test_check_true(const char *file, int line, const char *what, int value)
{
    if (value)
        return;
    printf("%s:%d: not true: %s\n", file, line, what);
    test_failures++;
}

void test_check_number(const char *file, int line, const char *a, const char *b,
                       int64_t actual, int64_t expected)
{
    if (actual == expected)
        return;
    printf("%s:%d: %s is %" PRId64 ", expected %s = %" PRId64 "\n", file, line,
           a, actual, b, expected);
    test_failures++;
}

void test_check_span(const char *file, int line, const char *a, const char *b,
                     struct span actual, struct span expected)
{
    if (span_equal(actual, expected))
        return;
    printf("%s:%d: %s is\n    \"%.*s\"\n  expected %s:\n    \"%.*s\"\n", file,
           line, a, SPAN_ARGS(actual), b, SPAN_ARGS(expected));
    test_failures++;
}

const char *test_directory(void)
{
    if (directory)
        return directory;
    const char *base = getenv("TMPDIR");
    directory = file_join(base && *base ? base : "/tmp", "news-test-XXXXXX");
    if (!mkdtemp(directory)) {
        perror(directory);
        exit(99);
    }
    return directory;
}

const char *test_path(const char *name)
{
    static char path[1024];
    snprintf(path, sizeof(path), "%s/%s", NEWS_TESTS_DIR, name);
    return path;
}

static int is_wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!strcmp(name, argv[i]))
            return 1;
    return argc == 1;
}

/* Constructors ran first to last: turn the list round. */
static struct test *in_order(void)
{
    struct test *ordered = NULL;
    while (test_first) {
        struct test *next = test_first->next;
        test_first->next = ordered;
        ordered = test_first;
        test_first = next;
    }
    return ordered;
}

int main(int argc, char **argv)
{
    int count = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *test = in_order(); test; test = test->next) {
        if (!is_wanted(test->name, argc, argv))
            continue;
        int before = test_failures;
        test->run();
        printf("%s %s\n", test_failures == before ? "ok  " : "FAIL",
               test->name);
        count++;
    }
    if (directory)
        file_remove(directory, NULL);
    free(directory);
    printf("%d tests, %d failed checks\n", count, test_failures);
    return test_failures || !count;
}

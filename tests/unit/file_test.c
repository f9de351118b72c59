/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/test.h"

/* A path below the test's directory; the caller frees it. */
static char *below(const char *name)
{
    return file_join(test_directory(), name);
}

static void put(const char *path, const char *text)
{
    struct error err = ERROR_INIT;
    CHECK_STATUS(file_replace(path, span_of(text), &err), STATUS_OK, err);
}

TEST(file_join_puts_one_slash)
{
    static const struct {
        const char *directory, *name, *path;
    } rows[] = {
        { "a", "b", "a/b" },
        { "a/", "b", "a/b" },
        { "", "b", "b" },
        { "/", "b", "/b" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *path = file_join(rows[i].directory, rows[i].name);
        CHECK_STR(path, rows[i].path);
        free(path);
    }
}

TEST(file_replace_and_read)
{
    char *path = below("replaced"), *aside = below("replaced.new");
    struct error err = ERROR_INIT;
    struct str text = STR_INIT;
    put(path, "first content");
    put(path, "second");
    CHECK(!file_exists(aside));
    str_add_text(&text, "before ");
    CHECK_STATUS(file_read(path, 100, &text, &err), STATUS_OK, err);
    CHECK_SPAN(str_span(&text), "before second");
    CHECK_STATUS(file_replace(path, span_of(""), &err), STATUS_OK, err);
    str_clear(&text);
    CHECK_STATUS(file_read(path, 0, &text, &err), STATUS_OK, err);
    CHECK_NUMBER(text.size, 0);
    str_release(&text);
    free(path);
    free(aside);
}

TEST(file_replace_leaves_the_old_one_on_failure)
{
    char *directory = below("occupied"), *inner = below("occupied/x");
    char *aside = below("occupied.new");
    struct error err = ERROR_INIT;
    CHECK_STATUS(file_make_directory(directory, &err), STATUS_OK, err);
    put(inner, "kept");
    CHECK_STATUS(file_replace(directory, span_of("x"), &err), STATUS_IO, err);
    CHECK(file_exists(inner));
    CHECK(!file_exists(aside));
    char *nowhere = below("missing/file");
    CHECK_STATUS(file_replace(nowhere, span_of("x"), &err), STATUS_NOT_FOUND,
                 err);
    free(nowhere);
    free(aside);
    free(inner);
    free(directory);
}

TEST(file_read_has_a_limit)
{
    char *path = below("limited");
    struct error err = ERROR_INIT;
    struct str text = STR_INIT;
    put(path, "12345");
    CHECK_STATUS(file_read(path, 5, &text, &err), STATUS_OK, err);
    str_clear(&text);
    CHECK_STATUS(file_read(path, 4, &text, &err), STATUS_TOO_BIG, err);
    str_clear(&text);
    CHECK_STATUS(file_read("/dev/zero", 1000 * 1000, &text, &err),
                 STATUS_TOO_BIG, err);
    CHECK(text.size < 2 * 1000 * 1000);
    str_release(&text);
    free(path);
}

TEST(file_read_says_what_failed)
{
    char *path = below("absent");
    struct error err = ERROR_INIT;
    struct str text = STR_INIT;
    CHECK_STATUS(file_read(path, 5, &text, &err), STATUS_NOT_FOUND, err);
    CHECK(strstr(err.message, "absent") != NULL);
    CHECK_STATUS(file_read(test_directory(), 5, &text, &err), STATUS_IO, err);
    str_release(&text);
    free(path);
}

TEST(file_write_all_reports_a_full_disk)
{
    struct error err = ERROR_INIT;
    int fd = open("/dev/full", O_WRONLY);
    if (fd < 0)
        return;
    CHECK_STATUS(file_write_all(fd, span_of("x"), "out", &err), STATUS_IO, err);
    CHECK_STR(err.message, "cannot write 'out': No space left on device");
    close(fd);
}

TEST(file_make_directory_makes_parents)
{
    char *deep = below("a/b//c/"), *again = below("a/b/c");
    char *file = below("a/file"), *under = below("a/file/x");
    struct error err = ERROR_INIT;
    CHECK_STATUS(file_make_directory(deep, &err), STATUS_OK, err);
    CHECK_STATUS(file_make_directory(again, &err), STATUS_OK, err);
    CHECK_STATUS(file_make_directory("/", &err), STATUS_OK, err);
    put(file, "x");
    CHECK_STATUS(file_make_directory(file, &err), STATUS_NOT_FOUND, err);
    CHECK_STATUS(file_make_directory(under, &err), STATUS_NOT_FOUND, err);
    CHECK(file_make_directory("", &err) != STATUS_OK);
    free(under);
    free(file);
    free(again);
    free(deep);
}

TEST(file_remove_takes_trees_but_follows_no_link)
{
    char *tree = below("tree"), *inner = below("tree/inner");
    char *file = below("tree/inner/file"), *link = below("tree/link");
    char *kept = below("kept");
    struct error err = ERROR_INIT;
    CHECK_STATUS(file_make_directory(inner, &err), STATUS_OK, err);
    CHECK_STATUS(file_make_directory(kept, &err), STATUS_OK, err);
    put(file, "x");
    CHECK(!symlink(kept, link));
    CHECK_STATUS(file_remove(tree, &err), STATUS_OK, err);
    CHECK(!file_exists(tree));
    CHECK(file_exists(kept));
    CHECK_STATUS(file_remove(tree, &err), STATUS_OK, err);
    free(kept);
    free(link);
    free(file);
    free(inner);
    free(tree);
}

TEST(file_tree_size_adds_up)
{
    char *tree = below("sized"), *inner = below("sized/inner");
    char *a = below("sized/a"), *b = below("sized/inner/b");
    struct error err = ERROR_INIT;
    CHECK_NUMBER(file_tree_size(tree), 0);
    CHECK_STATUS(file_make_directory(inner, &err), STATUS_OK, err);
    put(a, "12345");
    put(b, "1234567");
    CHECK_NUMBER(file_tree_size(tree), 12);
    CHECK_NUMBER(file_tree_size(a), 5);
    free(b);
    free(a);
    free(inner);
    free(tree);
}

TEST(file_sync_takes_directories)
{
    char *directory = below("synced"), *file = below("synced/file");
    char *absent = below("not-there");
    struct error err = ERROR_INIT;
    CHECK_STATUS(file_make_directory(directory, &err), STATUS_OK, err);
    put(file, "x");
    CHECK_STATUS(file_sync_tree(directory, &err), STATUS_OK, err);
    CHECK_STATUS(file_sync_directory(directory, &err), STATUS_OK, err);
    CHECK_STATUS(file_sync_directory(absent, &err), STATUS_NOT_FOUND, err);
    CHECK_STATUS(file_sync_directory(file, &err), STATUS_NOT_FOUND, err);
    CHECK_STATUS(file_sync_tree(absent, &err), STATUS_NOT_FOUND, err);
    free(absent);
    free(file);
    free(directory);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/archive.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "newsdb/column.h"
#include "newsdb/stub.h"
#include "tests/unit/test.h"
#include "tests/unit/test_archive.h"

TEST(archive_that_is_none_says_what_it_is)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct archive_writer *writer;
    const char *path = test_new_path();
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_NOT_FOUND, err);
    CHECK(!archive);
    CHECK_STATUS(file_make_directory(path, &err), STATUS_OK, err);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_NOT_FOUND, err);
    test_segment(test_new_path(), 1, 2, 0);
    char *other = file_join(path, "other");
    file_replace(other, span_of("x"), &err);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_BAD_FORMAT, err);
    CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_BAD_FORMAT,
                 err);
    CHECK_STATUS(archive_open(&archive, other, &err), STATUS_BAD_FORMAT, err);
    free(other);
}

TEST(archive_without_articles_opens)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_OK, err);
    CHECK_NUMBER(archive_writer_segment_count(writer), 0);
    archive_writer_close(writer);
    CHECK_NUMBER(test_articles(path), 0);
}

TEST(archive_replaces_older_copies)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    CHECK_NUMBER(test_publish(writer, 1, 20, 1), 0);
    CHECK_NUMBER(test_publish(writer, 15, 30, 2), 6);
    CHECK_NUMBER(test_articles(path), 30);
    test_article(path, 14, "14 in round 1");
    test_article(path, 15, "15 in round 2");
    /* A segment that is replaced whole leaves the list. */
    CHECK_NUMBER(test_publish(writer, 1, 14, 3), 14);
    CHECK_NUMBER(archive_writer_segment_count(writer), 2);
    CHECK_NUMBER(test_articles(path), 30);
    archive_writer_close(writer);
    CHECK_NUMBER(test_articles(path), 30);
}

/* Few articles are looked up in a large segment, many are walked for. */
TEST(archive_replaces_few_of_many)
{
    enum { ALL = 60 };
    static const struct {
        int first, last;
    } replaced[] = { { 7, 7 }, { 30, 31 }, { 40, ALL } };
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    test_publish(writer, 1, ALL, 1);
    for (size_t i = 0; i < sizeof(replaced) / sizeof(*replaced); i++) {
        int first = replaced[i].first, last = replaced[i].last;
        CHECK_NUMBER(test_publish(writer, first, last, 2), last - first + 1);
        CHECK_NUMBER(test_articles(path), ALL);
        char data[32];
        snprintf(data, sizeof(data), "%d in round 2", last);
        test_article(path, last, data);
    }
    archive_writer_close(writer);
}

TEST(archive_merges_so_that_few_segments_remain)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    for (int i = 0; i < 12; i++) {
        test_publish(writer, i * 3 + 1, i * 3 + 3, i);
        CHECK_STATUS(archive_writer_merge(writer, false, &err), STATUS_OK, err);
        CHECK(archive_writer_segment_count(writer) <= ARCHIVE_SEGMENTS_MAX);
        CHECK_NUMBER(test_articles(path), i * 3 + 3);
    }
    CHECK_STATUS(archive_writer_merge(writer, true, &err), STATUS_OK, err);
    CHECK_NUMBER(archive_writer_segment_count(writer), 1);
    archive_writer_close(writer);
    CHECK_NUMBER(test_articles(path), 36);
    test_article(path, 17, "17 in round 5");
}

/* Whether all segments note the values of all their documents. */
static bool are_noted(const char *path)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct column column;
    struct str bytes = STR_INIT;
    bool known = true;
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_OK, err);
    const struct xap_db *db = archive_db(archive);
    for (size_t i = 0; known && i < xap_db_parts(db); i++)
        CHECK_STATUS(
            column_read(&column, db, i, FIELD_DATE, 0, &bytes, &known, &err),
            STATUS_OK, err);
    archive_close(archive);
    str_release(&bytes);
    return known;
}

TEST(archive_notes_the_values_of_what_is_published)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    test_publish(writer, 1, 5, 1);
    CHECK(are_noted(path));
    test_publish(writer, 4, 9, 2);
    CHECK(are_noted(path));
    CHECK_STATUS(archive_writer_merge(writer, true, &err), STATUS_OK, err);
    CHECK(are_noted(path));
    archive_writer_close(writer);
}

TEST(archive_reader_follows_the_writer)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct archive *archive;
    struct xap_db_figures figures;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    test_publish(writer, 1, 5, 1);
    archive_open(&archive, path, &err);
    for (int round = 2; round < 6; round++) {
        test_publish(writer, 4, 4 + round, round);
        archive_writer_merge(writer, round % 2, &err);
        CHECK_STATUS(archive_refresh(archive, &err), STATUS_OK, err);
        xap_db_measure(archive_db(archive), &figures, &err);
        CHECK_NUMBER(figures.documents, 4 + round);
    }
    archive_close(archive);
    archive_writer_close(writer);
}

/* A question that the archive moves under so many times. */
struct asking {
    int moves, tries;
};

static enum status ask_moving(void *payload)
{
    struct asking *asking = payload;
    return asking->tries++ < asking->moves ? STATUS_STALE : STATUS_OK;
}

TEST(archive_that_moves_is_asked_again)
{
    static const struct {
        int moves, tries;
        enum status expected;
    } rows[] = {
        { 0, 1, STATUS_OK },
        { ARCHIVE_TRIES, ARCHIVE_TRIES + 1, STATUS_OK },
        { ARCHIVE_TRIES + 1, ARCHIVE_TRIES + 1, STATUS_STALE },
    };
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct archive *archive;
    struct xap_db_figures figures;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    for (int i = 0; i < 3; i++) {
        struct asking asking = { rows[i].moves, 0 };
        test_publish(writer, i, i, 1);
        archive_open(&archive, path, &err);
        test_publish(writer, i + 1, i + 1, 1);
        CHECK_STATUS(archive_ask(archive, ask_moving, &asking, &err),
                     rows[i].expected, err);
        CHECK_NUMBER(asking.tries, rows[i].tries);
        xap_db_measure(archive_db(archive), &figures, &err);
        CHECK_NUMBER(figures.documents, i + 1 + (rows[i].moves > 0));
        archive_close(archive);
    }
    archive_writer_close(writer);
}

TEST(archive_of_another_schema_names_the_way_out)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct archive *archive;
    struct xap_writer *segment;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    test_publish(writer, 1, 2, 1);
    char *directory =
        stub_segment_path(path, archive_writer_segment(writer, 0)->name);
    archive_writer_close(writer);
    xap_writer_open(&segment, directory, XAP_OPEN, &err);
    xap_writer_set_metadata(segment, span_of("news.schema"), span_of("77"),
                            &err);
    xap_writer_close(segment, &err);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_MISMATCH, err);
    CHECK(span_find(span_of(err.message), 0,
                    span_of("schema version 77, this program reads 5")) !=
          SIZE_MAX);
    free(directory);
}

/* ---- Damage and other machines ---------------------------------------- */

TEST(archive_whose_segment_is_missing_says_which)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct test_archive a;
    test_begin_archive(&a);
    archive_writer_close(a.writer);
    CHECK_STATUS(archive_open(&archive, a.path, &err), STATUS_OK, err);
    char *segment = stub_segment_path(a.path, a.stub.segments.items[0]);
    file_remove(segment, &err);
    struct archive *second;
    CHECK_STATUS(archive_open(&second, a.path, &err), STATUS_CORRUPT, err);
    CHECK(!second);
    CHECK(span_find(span_of(err.message), 0, span_of("'000001'")) != SIZE_MAX);
    /* What is open stays open. */
    CHECK_STATUS(archive_refresh(archive, &err), STATUS_CORRUPT, err);
    CHECK_NUMBER(archive_segment_count(archive), 1);
    CHECK(archive_db(archive));
    archive_close(archive);
    stub_release(&a.stub);
    free(segment);
}

static const struct {
    const char *list;
    enum status expected;
} lists[] = {
    { "", STATUS_OK },
    { "# a remark\n\n", STATUS_OK },
    { "glass segments/000001", STATUS_OK },
    { "glass segments/000001\r\n", STATUS_OK },
    { "glass segments/000007\n", STATUS_CORRUPT },
    { "glass segments/../segments/000001\n", STATUS_BAD_FORMAT },
    { "glass segments/\n", STATUS_BAD_FORMAT },
    { "glass segments/99999999999\n", STATUS_BAD_FORMAT },
    { "glass /var/lib/elsewhere\n", STATUS_BAD_FORMAT },
    { "auto segments/000001\n", STATUS_BAD_FORMAT },
    { "remote nowhere\n", STATUS_BAD_FORMAT },
    { "remote localhost:x\n", STATUS_BAD_FORMAT },
    { "remote localhost:99999\n", STATUS_BAD_FORMAT },
    { "remote localhost:1\n", STATUS_UNREACHABLE },
};

TEST(archive_list_is_read_with_care)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct test_archive a;
    test_begin_archive(&a);
    archive_writer_close(a.writer);
    stub_release(&a.stub);
    char *file = file_join(a.path, STUB_FILE);
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        file_replace(file, span_of(lists[i].list), &err);
        CHECK_STATUS(archive_open(&archive, a.path, &err), lists[i].expected,
                     err);
        archive_close(archive);
    }
    struct str many = STR_INIT;
    for (int i = 0; i <= STUB_LINES_MAX; i++)
        str_add_text(&many, "remote a:1\n");
    file_replace(file, str_span(&many), &err);
    CHECK_STATUS(archive_open(&archive, a.path, &err), STATUS_TOO_BIG, err);
    str_release(&many);
    free(file);
}

TEST(archive_writer_keeps_remote_lines)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    archive_writer_close(a.writer);
    name_list_add(&a.stub.remotes, span_of("localhost:1"));
    CHECK_STATUS(stub_write(&a.stub, a.path, &err), STATUS_OK, err);
    stub_release(&a.stub);
    CHECK_STATUS(archive_writer_open(&a.writer, a.path, 0, &err), STATUS_OK,
                 err);
    test_publish(a.writer, 5, 12, 2);
    archive_writer_merge(a.writer, true, &err);
    archive_writer_close(a.writer);
    CHECK_STATUS(stub_read(&a.stub, a.path, &err), STATUS_OK, err);
    CHECK_NUMBER(a.stub.segments.count, 1);
    CHECK_NUMBER(a.stub.remotes.count, 1);
    CHECK_STR(a.stub.remotes.items[0], "localhost:1");
    stub_release(&a.stub);
}

TEST(archive_is_a_database_of_its_own)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct xap_db *db;
    struct xap_db_figures figures;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_measure(db, &figures, &err), STATUS_OK, err);
    CHECK_NUMBER(figures.documents, 0);
    xap_db_free(db);
    test_publish(writer, 1, 10, 1);
    test_publish(writer, 11, 15, 1);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_measure(db, &figures, &err), STATUS_OK, err);
    CHECK_NUMBER(figures.documents, 15);
    xap_db_free(db);
    archive_writer_close(writer);
}

/* A process of its own: record locks are the process's. */
TEST(archive_has_one_writer)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_OK, err);
    pid_t child = fork();
    if (!child) {
        struct archive_writer *second;
        char holder[32];
        snprintf(holder, sizeof(holder), "process %ld;", (long)getppid());
        enum status rc = archive_writer_open(&second, path, 0, &err);
        _exit(rc != STATUS_LOCKED || second ||
              span_find(span_of(err.message), 0, span_of(holder)) == SIZE_MAX);
    }
    int status = -1;
    CHECK_NUMBER(waitpid(child, &status, 0), child);
    CHECK_NUMBER(status, 0);
    archive_writer_close(writer);
    CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_OK, err);
    archive_writer_close(writer);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/archive.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/pack.h"
#include "newsdb/journal.h"
#include "newsdb/schema.h"
#include "newsdb/stub.h"
#include "tests/unit/test.h"

static const char *new_path(void)
{
    static char path[512];
    static int count;
    snprintf(path, sizeof(path), "%s/archive%d", test_directory(), count++);
    return path;
}

static void identity_of(struct str *out, int id)
{
    struct str value = STR_INIT;
    str_addf(&value, "c/%d", id);
    str_clear(out);
    schema_value(out, FIELD_ID, str_span(&value));
    str_release(&value);
}

/* A segment with the articles `first` to `last`; the data tell the round. */
static void fill_segment(const char *path, int first, int last, int round)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    struct str term = STR_INIT, data = STR_INIT, stamp = STR_INIT;
    const struct segment_inputs none = { NULL, 0, 0 };
    xap_writer_open(&writer, path, XAP_CREATE, &err);
    for (int id = first; id <= last; id++) {
        struct xap_doc *doc = xap_doc_new();
        identity_of(&term, id);
        str_clear(&data);
        str_addf(&data, "%d in round %d", id, round);
        xap_doc_add(doc, str_span(&term), 0, 0);
        xap_doc_set_data(doc, str_span(&data));
        xap_writer_add(writer, doc, NULL, &err);
        xap_doc_free(doc);
    }
    segment_stamp(&stamp, &none);
    struct span rest = str_span(&stamp), key, value;
    while (unpack_string(&rest, &key) && unpack_string(&rest, &value))
        xap_writer_set_metadata(writer, key, value, &err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    str_release(&term);
    str_release(&data);
    str_release(&stamp);
}

/* Publish the articles as one more segment; returns how many copies went. */
static uint64_t publish(struct archive_writer *writer, int first, int last,
                        int round)
{
    struct error err = ERROR_INIT;
    char *path = archive_writer_new_segment(writer);
    struct span identities[64];
    struct str terms[64];
    size_t count = 0;
    fill_segment(path, first, last, round);
    for (int id = first; id <= last; id++, count++) {
        terms[count] = (struct str)STR_INIT;
        identity_of(&terms[count], id);
        identities[count] = str_span(&terms[count]);
    }
    const struct archive_change change = { .added = &path,
                                           .added_count = 1,
                                           .identities = identities,
                                           .identity_count = count };
    uint64_t deleted = 0;
    CHECK_STATUS(archive_writer_publish(writer, &change, &deleted, &err),
                 STATUS_OK, err);
    while (count)
        str_release(&terms[--count]);
    free(path);
    return deleted;
}

static bool count_document(void *payload, uint32_t document)
{
    (void)document;
    ++*(uint32_t *)payload;
    return true;
}

static uint32_t articles_at(const char *path)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct xap_db_figures figures = { .documents = 0 };
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_OK, err);
    if (!archive)
        return 0;
    xap_db_measure(archive_db(archive), &figures, &err);
    archive_close(archive);
    return figures.documents;
}

/* How many articles a search, a set and a walk find. */
static void check_answers(const char *path, uint32_t expected)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct xap_set *set;
    struct xap_matches *matches;
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_OK, err);
    const struct xap_db *db = archive_db(archive);
    struct xap_query *all = xap_query_all(&err);
    const struct xap_search search = { .query = all, .limit = 100 };
    CHECK_STATUS(xap_set_new(&set, db, all, &err), STATUS_OK, err);
    CHECK_NUMBER(xap_set_size(set), expected);
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    CHECK_NUMBER(xap_matches_size(matches), expected);
    uint32_t count = 0;
    xap_db_each_document(db, span_of(""), count_document, &count, &err);
    CHECK_NUMBER(count, expected);
    xap_matches_free(matches);
    xap_set_free(set);
    xap_query_free(all);
    archive_close(archive);
}

/* The data of the one article with that id. */
static void check_article(const char *path, int id, const char *expected)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct str term = STR_INIT, data = STR_INIT;
    uint32_t document, count;
    uint64_t occurrences;
    archive_open(&archive, path, &err);
    identity_of(&term, id);
    xap_db_frequency(archive_db(archive), str_span(&term), &count, &occurrences,
                     &err);
    CHECK_NUMBER(count, 1);
    CHECK_STATUS(xap_db_first_document(archive_db(archive), str_span(&term),
                                       &document, &err),
                 STATUS_OK, err);
    xap_db_data(archive_db(archive), document, &data, &err);
    CHECK_STR(data.data, expected);
    archive_close(archive);
    str_release(&term);
    str_release(&data);
}

TEST(archive_that_is_none_says_what_it_is)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct archive_writer *writer;
    const char *path = new_path();
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_NOT_FOUND, err);
    CHECK(!archive);
    CHECK_STATUS(file_make_directory(path, &err), STATUS_OK, err);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_NOT_FOUND, err);
    fill_segment(new_path(), 1, 2, 0);
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
    snprintf(path, sizeof(path), "%s", new_path());
    CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_OK, err);
    CHECK_NUMBER(archive_writer_segment_count(writer), 0);
    archive_writer_close(writer);
    CHECK_NUMBER(articles_at(path), 0);
}

TEST(archive_replaces_older_copies)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    CHECK_NUMBER(publish(writer, 1, 20, 1), 0);
    CHECK_NUMBER(publish(writer, 15, 30, 2), 6);
    CHECK_NUMBER(articles_at(path), 30);
    check_article(path, 14, "14 in round 1");
    check_article(path, 15, "15 in round 2");
    /* A segment that is replaced whole leaves the list. */
    CHECK_NUMBER(publish(writer, 1, 14, 3), 14);
    CHECK_NUMBER(archive_writer_segment_count(writer), 2);
    CHECK_NUMBER(articles_at(path), 30);
    archive_writer_close(writer);
    CHECK_NUMBER(articles_at(path), 30);
}

TEST(archive_merges_so_that_few_segments_remain)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    for (int i = 0; i < 12; i++) {
        publish(writer, i * 3 + 1, i * 3 + 3, i);
        CHECK_STATUS(archive_writer_merge(writer, false, &err), STATUS_OK, err);
        CHECK(archive_writer_segment_count(writer) <= ARCHIVE_SEGMENTS_MAX);
        CHECK_NUMBER(articles_at(path), i * 3 + 3);
    }
    CHECK_STATUS(archive_writer_merge(writer, true, &err), STATUS_OK, err);
    CHECK_NUMBER(archive_writer_segment_count(writer), 1);
    archive_writer_close(writer);
    CHECK_NUMBER(articles_at(path), 36);
    check_article(path, 17, "17 in round 5");
}

TEST(archive_reader_follows_the_writer)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct archive *archive;
    struct xap_db_figures figures;
    char path[512];
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    publish(writer, 1, 5, 1);
    archive_open(&archive, path, &err);
    for (int round = 2; round < 6; round++) {
        publish(writer, 4, 4 + round, round);
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
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    for (int i = 0; i < 3; i++) {
        struct asking asking = { rows[i].moves, 0 };
        publish(writer, i, i, 1);
        archive_open(&archive, path, &err);
        publish(writer, i + 1, i + 1, 1);
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
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    publish(writer, 1, 2, 1);
    char *directory =
        stub_segment_path(path, archive_writer_segment(writer, 0)->name);
    archive_writer_close(writer);
    xap_writer_open(&segment, directory, XAP_OPEN, &err);
    xap_writer_set_metadata(segment, span_of("news.schema"), span_of("77"),
                            &err);
    xap_writer_close(segment, &err);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_MISMATCH, err);
    CHECK(span_find(span_of(err.message), 0,
                    span_of("schema version 77, this program reads 4")) !=
          SIZE_MAX);
    free(directory);
}

/* ---- Crashes, as the disk would show them ----------------------------- */

static void begin_crash(char *path, size_t room, struct stub *stub,
                        struct archive_writer **writer)
{
    struct error err = ERROR_INIT;
    snprintf(path, room, "%s", new_path());
    archive_writer_open(writer, path, 0, &err);
    publish(*writer, 1, 10, 1);
    CHECK_STATUS(stub_read(stub, path, &err), STATUS_OK, err);
}

TEST(archive_forgets_a_publication_that_did_not_happen)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    char *added = archive_writer_new_segment(writer);
    fill_segment(added, 5, 12, 2);
    struct journal journal = JOURNAL_INIT;
    name_list_add(&journal.added, span_of("000002"));
    for (uint32_t document = 5; document <= 10; document++)
        journal_add(&journal, stub.segments.items[0], document);
    CHECK_STATUS(journal_write(&journal, path, &err), STATUS_OK, err);
    archive_writer_close(writer); /* killed before the list was replaced */
    CHECK_NUMBER(articles_at(path), 10);
    check_answers(path, 10);
    archive_writer_open(&writer, path, 0, &err);
    CHECK_NUMBER(articles_at(path), 10);
    check_article(path, 7, "7 in round 1");
    CHECK(!file_exists(added));
    archive_writer_close(writer);
    journal_release(&journal);
    stub_release(&stub);
    free(added);
}

TEST(archive_completes_a_publication_that_happened)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    char *added = archive_writer_new_segment(writer);
    fill_segment(added, 5, 12, 2);
    struct journal journal = JOURNAL_INIT;
    name_list_add(&journal.added, span_of("000002"));
    for (uint32_t document = 5; document <= 10; document++)
        journal_add(&journal, stub.segments.items[0], document);
    journal_write(&journal, path, &err);
    name_list_add(&stub.segments, span_of("000002"));
    CHECK_STATUS(stub_write(&stub, path, &err), STATUS_OK, err);
    archive_writer_close(writer); /* killed before the deletions */
    CHECK_NUMBER(articles_at(path), 18);
    check_answers(path, 12);
    for (int again = 0; again < 2; again++) {
        CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_OK,
                     err);
        CHECK_NUMBER(articles_at(path), 12);
        check_article(path, 7, "7 in round 2");
        archive_writer_close(writer);
    }
    journal_release(&journal);
    stub_release(&stub);
    free(added);
}

/* Deletions alone leave the list as it is: the journal decides. */
TEST(archive_completes_deletions_that_were_journalled)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    struct journal journal = JOURNAL_INIT;
    journal_add(&journal, stub.segments.items[0], 3);
    CHECK_STATUS(journal_write(&journal, path, &err), STATUS_OK, err);
    archive_writer_close(writer);
    CHECK_NUMBER(articles_at(path), 10);
    check_answers(path, 9);
    archive_writer_open(&writer, path, 0, &err);
    CHECK_NUMBER(articles_at(path), 9);
    archive_writer_close(writer);
    journal_release(&journal);
    stub_release(&stub);
}

/* Nothing was added, but a segment was to leave: the list tells. */
TEST(archive_forgets_deletions_whose_list_was_not_replaced)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    publish(writer, 11, 12, 1);
    struct journal journal = JOURNAL_INIT;
    name_list_add(&journal.dropped, span_of("000002"));
    journal_add(&journal, stub.segments.items[0], 3);
    CHECK_STATUS(journal_write(&journal, path, &err), STATUS_OK, err);
    archive_writer_close(writer);
    archive_writer_open(&writer, path, 0, &err);
    CHECK_NUMBER(articles_at(path), 12);
    archive_writer_close(writer);
    journal_release(&journal);
    stub_release(&stub);
}

TEST(archive_removes_what_nothing_lists_and_is_its_own)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    char *unlisted = archive_writer_new_segment(writer);
    char *foreign = stub_segment_path(path, "notes of mine");
    fill_segment(unlisted, 1, 2, 1);
    file_make_directory(foreign, &err);
    archive_writer_close(writer);
    archive_writer_open(&writer, path, 0, &err);
    CHECK(!file_exists(unlisted));
    CHECK(file_exists(foreign));
    char *next = archive_writer_new_segment(writer);
    CHECK(strcmp(next, unlisted) > 0);
    archive_writer_close(writer);
    stub_release(&stub);
    free(next);
    free(unlisted);
    free(foreign);
}

TEST(archive_with_a_damaged_journal_is_not_written)
{
    static const char *const texts[] = {
        "delete 000001 x\n",   "what 000001\n", "add ../x\n",
        "delete 000001 3 4\n", "add\n",         "delete 000001\n"
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct error err = ERROR_INIT;
        struct archive_writer *writer;
        struct stub stub;
        char path[512];
        begin_crash(path, sizeof(path), &stub, &writer);
        archive_writer_close(writer);
        char *journal = file_join(path, "journal");
        file_replace(journal, span_of(texts[i]), &err);
        CHECK_STATUS(archive_writer_open(&writer, path, 0, &err),
                     STATUS_CORRUPT, err);
        CHECK(!writer);
        CHECK_NUMBER(articles_at(path), 10);
        free(journal);
        stub_release(&stub);
    }
}

/* Another program at work in a segment lets the deletions fail after the
 * publication has become visible. */
TEST(archive_publication_that_fails_late_is_completed_later)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct xap_writer *other;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    char *first = stub_segment_path(path, stub.segments.items[0]);
    CHECK_STATUS(xap_writer_open(&other, first, XAP_OPEN, &err), STATUS_OK,
                 err);
    char *added = archive_writer_new_segment(writer);
    fill_segment(added, 5, 12, 2);
    struct str term = STR_INIT;
    identity_of(&term, 5);
    const struct span identity = str_span(&term);
    const struct archive_change change = { .added = &added,
                                           .added_count = 1,
                                           .identities = &identity,
                                           .identity_count = 1 };
    CHECK_STATUS(archive_writer_publish(writer, &change, NULL, &err),
                 STATUS_LOCKED, err);
    CHECK_NUMBER(archive_writer_segment_count(writer), 0);
    archive_writer_discard(writer, added);
    CHECK(file_exists(added));
    CHECK_NUMBER(articles_at(path), 18);
    check_answers(path, 17);
    xap_writer_abandon(other);
    /* The next publication comes after that one is complete. */
    CHECK_NUMBER(publish(writer, 13, 14, 3), 0);
    CHECK_NUMBER(archive_writer_segment_count(writer), 3);
    CHECK_NUMBER(articles_at(path), 19);
    check_article(path, 5, "5 in round 2");
    archive_writer_close(writer);
    stub_release(&stub);
    str_release(&term);
    free(first);
    free(added);
}

TEST(archive_publication_that_fails_early_changes_nothing)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    char *missing = archive_writer_new_segment(writer);
    char *added = archive_writer_new_segment(writer);
    fill_segment(added, 11, 12, 1);
    char *both[] = { added, missing };
    const struct archive_change change = { .added = both, .added_count = 2 };
    CHECK_STATUS(archive_writer_publish(writer, &change, NULL, &err),
                 STATUS_NOT_FOUND, err);
    archive_writer_discard(writer, added);
    archive_writer_discard(writer, missing);
    CHECK(!file_exists(added));
    CHECK_NUMBER(articles_at(path), 10);
    CHECK_NUMBER(publish(writer, 11, 12, 1), 0);
    CHECK_NUMBER(articles_at(path), 12);
    archive_writer_close(writer);
    stub_release(&stub);
    free(added);
    free(missing);
}

/* ---- Damage and other machines ---------------------------------------- */

TEST(archive_whose_segment_is_missing_says_which)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct archive *archive;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    archive_writer_close(writer);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_OK, err);
    char *segment = stub_segment_path(path, stub.segments.items[0]);
    file_remove(segment, &err);
    struct archive *second;
    CHECK_STATUS(archive_open(&second, path, &err), STATUS_CORRUPT, err);
    CHECK(!second);
    CHECK(span_find(span_of(err.message), 0, span_of("'000001'")) != SIZE_MAX);
    /* What is open stays open. */
    CHECK_STATUS(archive_refresh(archive, &err), STATUS_CORRUPT, err);
    CHECK_NUMBER(archive_segment_count(archive), 1);
    CHECK(archive_db(archive));
    archive_close(archive);
    stub_release(&stub);
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
    struct archive_writer *writer;
    struct archive *archive;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    archive_writer_close(writer);
    stub_release(&stub);
    char *file = file_join(path, STUB_FILE);
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        file_replace(file, span_of(lists[i].list), &err);
        CHECK_STATUS(archive_open(&archive, path, &err), lists[i].expected,
                     err);
        archive_close(archive);
    }
    struct str many = STR_INIT;
    for (int i = 0; i <= STUB_LINES_MAX; i++)
        str_add_text(&many, "remote a:1\n");
    file_replace(file, str_span(&many), &err);
    CHECK_STATUS(archive_open(&archive, path, &err), STATUS_TOO_BIG, err);
    str_release(&many);
    free(file);
}

TEST(archive_writer_keeps_remote_lines)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct stub stub;
    char path[512];
    begin_crash(path, sizeof(path), &stub, &writer);
    archive_writer_close(writer);
    name_list_add(&stub.remotes, span_of("localhost:1"));
    CHECK_STATUS(stub_write(&stub, path, &err), STATUS_OK, err);
    stub_release(&stub);
    CHECK_STATUS(archive_writer_open(&writer, path, 0, &err), STATUS_OK, err);
    publish(writer, 5, 12, 2);
    archive_writer_merge(writer, true, &err);
    archive_writer_close(writer);
    CHECK_STATUS(stub_read(&stub, path, &err), STATUS_OK, err);
    CHECK_NUMBER(stub.segments.count, 1);
    CHECK_NUMBER(stub.remotes.count, 1);
    CHECK_STR(stub.remotes.items[0], "localhost:1");
    stub_release(&stub);
}

TEST(archive_is_a_database_of_its_own)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct xap_db *db;
    struct xap_db_figures figures;
    char path[512];
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_measure(db, &figures, &err), STATUS_OK, err);
    CHECK_NUMBER(figures.documents, 0);
    xap_db_free(db);
    publish(writer, 1, 10, 1);
    publish(writer, 11, 15, 1);
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
    snprintf(path, sizeof(path), "%s", new_path());
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

/* ---- Inputs ----------------------------------------------------------- */

TEST(segment_inputs_keep_the_note_that_reaches_furthest)
{
    struct segment_input notes[] = {
        { "c", "/b", 10, 5, 0, 100, 90, false },
        { "c", "/a", 10, 5, 7, 200, 190, true },
        { "c", "/b", 10, 5, 0, 300, 290, false },
        { "c", "/a", 10, 9, 0, 10, 9, false },
    };
    struct segment_inputs inputs = { NULL, 0, 0 };
    inputs.items = calloc(4, sizeof(*inputs.items));
    for (size_t i = 0; i < 4; i++) {
        struct str text = STR_INIT;
        inputs.items[i] = notes[i];
        str_add_text(&text, notes[i].collection);
        inputs.items[i].collection = str_detach(&text);
        str_add_text(&text, notes[i].path);
        inputs.items[i].path = str_detach(&text);
    }
    inputs.count = 4;
    segment_inputs_sort_out(&inputs);
    CHECK_NUMBER(inputs.count, 2);
    CHECK_NUMBER(segment_inputs_find(&inputs, "c", "/a")->modified, 9);
    CHECK_NUMBER(segment_inputs_find(&inputs, "c", "/b")->records, 300);
    CHECK(!segment_inputs_find(&inputs, "d", "/b"));
    segment_inputs_release(&inputs);
}

static void note_input(struct segment_inputs *inputs, const char *path,
                       uint64_t records)
{
    inputs->items =
        realloc(inputs->items, (inputs->count + 1) * sizeof(*inputs->items));
    struct str collection = STR_INIT, copy = STR_INIT;
    str_add_text(&collection, "c");
    str_add_text(&copy, path);
    inputs->items[inputs->count++] =
        (struct segment_input){ str_detach(&collection),
                                str_detach(&copy),
                                1000,
                                5,
                                77,
                                records,
                                records,
                                true };
}

static void publish_input(struct archive_writer *writer, const char *input,
                          int first, int last)
{
    struct error err = ERROR_INIT;
    struct segment_inputs inputs = { NULL, 0, 0 };
    char *path = archive_writer_new_segment(writer);
    struct span identities[64];
    struct str terms[64];
    size_t count = 0;
    fill_segment(path, first, last, 1);
    note_input(&inputs, input, (uint64_t)(last - first + 1));
    CHECK_STATUS(segment_restamp(path, &inputs, &err), STATUS_OK, err);
    segment_inputs_release(&inputs);
    for (int id = first; id <= last; id++, count++) {
        terms[count] = (struct str)STR_INIT;
        identity_of(&terms[count], id);
        identities[count] = str_span(&terms[count]);
    }
    const struct archive_change change = { .added = &path,
                                           .added_count = 1,
                                           .identities = identities,
                                           .identity_count = count };
    CHECK_STATUS(archive_writer_publish(writer, &change, NULL, &err), STATUS_OK,
                 err);
    while (count)
        str_release(&terms[--count]);
    free(path);
}

/* Whose articles were all replaced by another's was read all the same. */
TEST(archive_remembers_inputs_through_replacing_and_merging)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct segment_inputs inputs;
    char path[512];
    snprintf(path, sizeof(path), "%s", new_path());
    archive_writer_open(&writer, path, 0, &err);
    publish_input(writer, "/one", 1, 5);
    publish_input(writer, "/two", 1, 7);
    CHECK_NUMBER(archive_writer_segment_count(writer), 1);
    publish_input(writer, "/three", 20, 21);
    for (int merged = 0; merged < 2; merged++) {
        CHECK_STATUS(archive_writer_inputs(writer, &inputs, &err), STATUS_OK,
                     err);
        CHECK_NUMBER(inputs.count, 3);
        const struct segment_input *one =
            segment_inputs_find(&inputs, "c", "/one");
        CHECK(one && one->records == 5 && one->checksum == 77 && one->complete);
        CHECK(segment_inputs_find(&inputs, "c", "/three"));
        segment_inputs_release(&inputs);
        CHECK_STATUS(archive_writer_merge(writer, true, &err), STATUS_OK, err);
        CHECK_NUMBER(archive_writer_segment_count(writer), 1);
    }
    archive_writer_close(writer);
    CHECK_NUMBER(articles_at(path), 9);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Crashes, as the disk would show them. */
#include "newsdb/journal.h"

#include <stdlib.h>

#include "base/file.h"
#include "newsdb/archive.h"
#include "tests/unit/test.h"
#include "tests/unit/test_archive.h"

TEST(archive_forgets_a_publication_that_did_not_happen)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    char *added = archive_writer_new_segment(a.writer);
    test_segment(added, 5, 12, 2);
    struct journal journal = JOURNAL_INIT;
    name_list_add(&journal.added, span_of("000002"));
    for (uint32_t document = 5; document <= 10; document++)
        journal_add(&journal, a.stub.segments.items[0], document);
    CHECK_STATUS(journal_write(&journal, a.path, &err), STATUS_OK, err);
    archive_writer_close(a.writer); /* killed before the list was replaced */
    CHECK_NUMBER(test_articles(a.path), 10);
    test_answers(a.path, 10);
    archive_writer_open(&a.writer, a.path, 0, &err);
    CHECK_NUMBER(test_articles(a.path), 10);
    test_article(a.path, 7, "7 in round 1");
    CHECK(!file_exists(added));
    archive_writer_close(a.writer);
    journal_release(&journal);
    stub_release(&a.stub);
    free(added);
}

TEST(archive_completes_a_publication_that_happened)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    char *added = archive_writer_new_segment(a.writer);
    test_segment(added, 5, 12, 2);
    struct journal journal = JOURNAL_INIT;
    name_list_add(&journal.added, span_of("000002"));
    for (uint32_t document = 5; document <= 10; document++)
        journal_add(&journal, a.stub.segments.items[0], document);
    journal_write(&journal, a.path, &err);
    name_list_add(&a.stub.segments, span_of("000002"));
    CHECK_STATUS(stub_write(&a.stub, a.path, &err), STATUS_OK, err);
    archive_writer_close(a.writer); /* killed before the deletions */
    CHECK_NUMBER(test_articles(a.path), 18);
    test_answers(a.path, 12);
    for (int again = 0; again < 2; again++) {
        CHECK_STATUS(archive_writer_open(&a.writer, a.path, 0, &err), STATUS_OK,
                     err);
        CHECK_NUMBER(test_articles(a.path), 12);
        test_article(a.path, 7, "7 in round 2");
        archive_writer_close(a.writer);
    }
    journal_release(&journal);
    stub_release(&a.stub);
    free(added);
}

/* Deletions alone leave the list as it is: the journal decides. */
TEST(archive_completes_deletions_that_were_journalled)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    struct journal journal = JOURNAL_INIT;
    journal_add(&journal, a.stub.segments.items[0], 3);
    CHECK_STATUS(journal_write(&journal, a.path, &err), STATUS_OK, err);
    archive_writer_close(a.writer);
    CHECK_NUMBER(test_articles(a.path), 10);
    test_answers(a.path, 9);
    archive_writer_open(&a.writer, a.path, 0, &err);
    CHECK_NUMBER(test_articles(a.path), 9);
    archive_writer_close(a.writer);
    journal_release(&journal);
    stub_release(&a.stub);
}

/* Nothing was added, but a segment was to leave: the list tells. */
TEST(archive_forgets_deletions_whose_list_was_not_replaced)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    test_publish(a.writer, 11, 12, 1);
    struct journal journal = JOURNAL_INIT;
    name_list_add(&journal.dropped, span_of("000002"));
    journal_add(&journal, a.stub.segments.items[0], 3);
    CHECK_STATUS(journal_write(&journal, a.path, &err), STATUS_OK, err);
    archive_writer_close(a.writer);
    archive_writer_open(&a.writer, a.path, 0, &err);
    CHECK_NUMBER(test_articles(a.path), 12);
    archive_writer_close(a.writer);
    journal_release(&journal);
    stub_release(&a.stub);
}

TEST(archive_removes_what_nothing_lists_and_is_its_own)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    char *unlisted = archive_writer_new_segment(a.writer);
    char *foreign = stub_segment_path(a.path, "notes of mine");
    test_segment(unlisted, 1, 2, 1);
    file_make_directory(foreign, &err);
    archive_writer_close(a.writer);
    archive_writer_open(&a.writer, a.path, 0, &err);
    CHECK(!file_exists(unlisted));
    CHECK(file_exists(foreign));
    char *next = archive_writer_new_segment(a.writer);
    CHECK(strcmp(next, unlisted) > 0);
    archive_writer_close(a.writer);
    stub_release(&a.stub);
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
        struct test_archive a;
        test_begin_archive(&a);
        archive_writer_close(a.writer);
        char *journal = file_join(a.path, "journal");
        file_replace(journal, span_of(texts[i]), &err);
        CHECK_STATUS(archive_writer_open(&a.writer, a.path, 0, &err),
                     STATUS_CORRUPT, err);
        CHECK(!a.writer);
        CHECK_NUMBER(test_articles(a.path), 10);
        free(journal);
        stub_release(&a.stub);
    }
}

/* Another program at work in a segment lets the deletions fail after the
 * publication has become visible. */
TEST(archive_publication_that_fails_late_is_completed_later)
{
    struct error err = ERROR_INIT;
    struct xap_writer *other;
    struct test_archive a;
    test_begin_archive(&a);
    char *first = stub_segment_path(a.path, a.stub.segments.items[0]);
    CHECK_STATUS(xap_writer_open(&other, first, XAP_OPEN, &err), STATUS_OK,
                 err);
    char *added = archive_writer_new_segment(a.writer);
    test_segment(added, 5, 12, 2);
    struct str term = STR_INIT;
    test_identity(&term, 5);
    const struct span identity = str_span(&term);
    const struct archive_change change = { .added = &added,
                                           .added_count = 1,
                                           .identities = &identity,
                                           .identity_count = 1 };
    CHECK_STATUS(archive_writer_publish(a.writer, &change, NULL, &err),
                 STATUS_LOCKED, err);
    CHECK_NUMBER(archive_writer_segment_count(a.writer), 0);
    archive_writer_discard(a.writer, added);
    CHECK(file_exists(added));
    CHECK_NUMBER(test_articles(a.path), 18);
    test_answers(a.path, 17);
    xap_writer_abandon(other);
    /* The next publication comes after that one is complete. */
    CHECK_NUMBER(test_publish(a.writer, 13, 14, 3), 0);
    CHECK_NUMBER(archive_writer_segment_count(a.writer), 3);
    CHECK_NUMBER(test_articles(a.path), 19);
    test_article(a.path, 5, "5 in round 2");
    archive_writer_close(a.writer);
    stub_release(&a.stub);
    str_release(&term);
    free(first);
    free(added);
}

TEST(archive_publication_that_fails_early_changes_nothing)
{
    struct error err = ERROR_INIT;
    struct test_archive a;
    test_begin_archive(&a);
    char *missing = archive_writer_new_segment(a.writer);
    char *added = archive_writer_new_segment(a.writer);
    test_segment(added, 11, 12, 1);
    char *both[] = { added, missing };
    const struct archive_change change = { .added = both, .added_count = 2 };
    CHECK_STATUS(archive_writer_publish(a.writer, &change, NULL, &err),
                 STATUS_NOT_FOUND, err);
    archive_writer_discard(a.writer, added);
    archive_writer_discard(a.writer, missing);
    CHECK(!file_exists(added));
    CHECK_NUMBER(test_articles(a.path), 10);
    CHECK_NUMBER(test_publish(a.writer, 11, 12, 1), 0);
    CHECK_NUMBER(test_articles(a.path), 12);
    archive_writer_close(a.writer);
    stub_release(&a.stub);
    free(added);
    free(missing);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/archive.h"

#include <stdlib.h>

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
                    span_of("schema version 77, this program reads 1")) !=
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

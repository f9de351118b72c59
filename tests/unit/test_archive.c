/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/test_archive.h"

#include <stdlib.h>

#include "base/pack.h"
#include "newsdb/schema.h"
#include "tests/unit/test.h"

const char *test_new_path(void)
{
    static char path[512];
    static int count;
    snprintf(path, sizeof(path), "%s/archive%d", test_directory(), count++);
    return path;
}

void test_identity(struct str *out, int id)
{
    struct str value = STR_INIT;
    str_addf(&value, "c/%d", id);
    str_clear(out);
    schema_value(out, FIELD_ID, str_span(&value));
    str_release(&value);
}

void test_segment(const char *path, int first, int last, int round)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    struct str term = STR_INIT, data = STR_INIT, stamp = STR_INIT;
    const struct segment_inputs none = { NULL, 0, 0 };
    xap_writer_open(&writer, path, XAP_CREATE, &err);
    for (int id = first; id <= last; id++) {
        struct xap_doc *doc = xap_doc_new();
        test_identity(&term, id);
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

uint64_t test_publish_segment(struct archive_writer *writer, char *path,
                              int first, int last)
{
    struct error err = ERROR_INIT;
    struct span identities[64];
    struct str terms[64];
    size_t count = 0;
    for (int id = first; id <= last; id++, count++) {
        terms[count] = (struct str)STR_INIT;
        test_identity(&terms[count], id);
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
    return deleted;
}

uint64_t test_publish(struct archive_writer *writer, int first, int last,
                      int round)
{
    char *path = archive_writer_new_segment(writer);
    test_segment(path, first, last, round);
    uint64_t deleted = test_publish_segment(writer, path, first, last);
    free(path);
    return deleted;
}

static bool count_document(void *payload, uint32_t document)
{
    (void)document;
    ++*(uint32_t *)payload;
    return true;
}

uint32_t test_articles(const char *path)
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

void test_answers(const char *path, uint32_t expected)
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

void test_article(const char *path, int id, const char *expected)
{
    struct error err = ERROR_INIT;
    struct archive *archive;
    struct str term = STR_INIT, data = STR_INIT;
    uint32_t document, count;
    uint64_t occurrences;
    archive_open(&archive, path, &err);
    test_identity(&term, id);
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

void test_begin_archive(struct test_archive *out)
{
    struct error err = ERROR_INIT;
    snprintf(out->path, sizeof(out->path), "%s", test_new_path());
    archive_writer_open(&out->writer, out->path, 0, &err);
    test_publish(out->writer, 1, 10, 1);
    CHECK_STATUS(stub_read(&out->stub, out->path, &err), STATUS_OK, err);
}

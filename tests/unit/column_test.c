/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/column.h"

#include <stdlib.h>

#include "test.h"

enum { SECOND = COLUMN_DOCUMENTS };

static const char *path_of(const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", test_directory(), name);
    return path;
}

/* A document with these people, a comma after each, and a date. */
static void put(struct xap_writer *writer, uint32_t number, const char *names,
                const char *date)
{
    struct error err = ERROR_INIT;
    struct str slot = STR_INIT;
    struct span rest = span_of(names), name;
    struct xap_doc *doc = xap_doc_new();
    while (span_next(&rest, ',', &name))
        if (name.size)
            pack_string(&slot, name);
    xap_doc_set_value(doc, (unsigned)schema_fields[FIELD_PERSON].slot,
                      str_span(&slot));
    xap_doc_set_value(doc, (unsigned)schema_fields[FIELD_DATE].slot,
                      span_of(date));
    CHECK_STATUS(xap_writer_replace(writer, number, doc, &err), STATUS_OK, err);
    xap_doc_free(doc);
    str_release(&slot);
}

static struct xap_writer *begin(const char *path, enum xap_mode mode)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    CHECK_STATUS(xap_writer_open(&writer, path, mode, &err), STATUS_OK, err);
    return writer;
}

static void end(struct xap_writer *writer, const char *path)
{
    struct error err = ERROR_INIT;
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK_STATUS(column_write(path, &err), STATUS_OK, err);
}

/* Four documents, of which one is in the second piece. */
static void make_few(const char *path)
{
    struct xap_writer *writer = begin(path, XAP_CREATE);
    put(writer, 1, "Bob Lee,Ann Lee", "20210203");
    put(writer, 3, "", "");
    put(writer, SECOND - 1, "Ann Lee,", "20210204120000");
    put(writer, SECOND, "ANN Lee,Carl Oz", "2021");
    end(writer, path);
}

static bool read_piece(struct column *out, const char *path,
                       enum field_id field, uint32_t piece, struct str *bytes)
{
    struct error err = ERROR_INIT;
    struct xap_db *db;
    bool known;
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(column_read(out, db, 0, field, piece, bytes, &known, &err),
                 STATUS_OK, err);
    xap_db_free(db);
    return known;
}

/* How many documents of a piece have a value; `*document` is one of them. */
static uint32_t count(const struct column *column, const char *value,
                      const uint64_t *documents, uint32_t *document)
{
    uint64_t number = column_number(FIELD_PERSON, span_of(value));
    uint32_t found = 0;
    struct column_count *counts = calloc(column->values + 1, sizeof(*counts));
    CHECK(column_count(column, documents, counts));
    for (size_t i = 0; i < column->values; i++)
        if (column_number_at(column, i) == number) {
            found = counts[i].count;
            *document = counts[i].document;
        }
    free(counts);
    return found;
}

static const uint64_t *all_documents(void)
{
    static uint64_t bits[COLUMN_DOCUMENTS / 64];
    memset(bits, 0xFF, sizeof(bits));
    return bits;
}

TEST(column_has_what_documents_have)
{
    const char *path = path_of("few");
    struct str bytes = STR_INIT;
    struct column column;
    uint32_t document = 0;
    make_few(path);
    CHECK(read_piece(&column, path, FIELD_PERSON, 0, &bytes));
    CHECK_NUMBER(column.values, 2);
    CHECK_NUMBER(column.total, 3);
    CHECK_NUMBER(column.documents, COLUMN_DOCUMENTS);
    CHECK_NUMBER(count(&column, "Ann Lee", all_documents(), &document), 2);
    CHECK_NUMBER(document, SECOND - 1);
    CHECK_NUMBER(count(&column, "Bob Lee", all_documents(), &document), 1);
    CHECK_NUMBER(document, 1);
    static const uint64_t first[COLUMN_DOCUMENTS / 64] = { 1 << 1 };
    CHECK_NUMBER(count(&column, "Ann Lee", first, &document), 1);
    CHECK_NUMBER(document, 1);

    CHECK(read_piece(&column, path, FIELD_PERSON, 1, &bytes));
    CHECK_NUMBER(column.documents, 1);
    CHECK_NUMBER(count(&column, "ANN Lee", all_documents(), &document), 1);
    CHECK_NUMBER(document, 0);
    CHECK(!read_piece(&column, path, FIELD_PERSON, 2, &bytes));

    CHECK(read_piece(&column, path, FIELD_SOURCE, 0, &bytes));
    CHECK_NUMBER(column.values, 0);
    str_release(&bytes);
}

TEST(column_has_dates_as_days)
{
    struct str bytes = STR_INIT;
    struct column column;
    const char *path = path_of("dates");
    make_few(path);
    CHECK(read_piece(&column, path, FIELD_DATE, 0, &bytes));
    CHECK_NUMBER(column.values, 2);
    CHECK_NUMBER(column_number_at(&column, 0) >> COLUMN_SPELLING_BITS,
                 20210203);
    CHECK_NUMBER(column_number_at(&column, 1) >> COLUMN_SPELLING_BITS,
                 20210204);
    CHECK(read_piece(&column, path, FIELD_DATE, 1, &bytes));
    CHECK_NUMBER(column.total, 0);
    str_release(&bytes);
}

TEST(column_is_not_known_where_documents_were_added)
{
    const char *path = path_of("added");
    struct error err = ERROR_INIT;
    struct str bytes = STR_INIT;
    struct column column;
    make_few(path);
    struct xap_writer *writer = begin(path, XAP_OPEN);
    xap_writer_delete(writer, 1, &err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK(read_piece(&column, path, FIELD_PERSON, 0, &bytes));
    writer = begin(path, XAP_OPEN);
    put(writer, SECOND + 1, "Ann Lee,", "20210205");
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK(!read_piece(&column, path, FIELD_PERSON, 0, &bytes));
    CHECK(!read_piece(&column, path, FIELD_PERSON, 1, &bytes));
    str_release(&bytes);
}

TEST(columns_of_segments_are_not_those_of_the_merged)
{
    char first[512], second[512], merged[512];
    snprintf(first, sizeof(first), "%s", path_of("first"));
    snprintf(second, sizeof(second), "%s", path_of("second"));
    snprintf(merged, sizeof(merged), "%s", path_of("merged"));
    const char *sources[] = { first, second };
    struct error err = ERROR_INIT;
    struct str bytes = STR_INIT;
    struct column column;
    uint32_t document;
    struct xap_writer *writer = begin(first, XAP_CREATE);
    put(writer, 1, "Ann Lee,", "");
    end(writer, first);
    make_few(second);
    CHECK_STATUS(xap_compact(merged, sources, 2, &err), STATUS_OK, err);
    CHECK(!read_piece(&column, merged, FIELD_PERSON, 0, &bytes));
    CHECK(!read_piece(&column, merged, FIELD_PERSON, 1, &bytes));
    CHECK_STATUS(column_write(merged, &err), STATUS_OK, err);
    CHECK(read_piece(&column, merged, FIELD_PERSON, 0, &bytes));
    CHECK_NUMBER(count(&column, "Ann Lee", all_documents(), &document), 2);
    CHECK(read_piece(&column, merged, FIELD_PERSON, 1, &bytes));
    CHECK_NUMBER(column.total, 3);
    str_release(&bytes);
}

/* So many values that the note takes several slices. */
TEST(column_is_read_from_all_its_slices)
{
    enum { DOCUMENTS = 20, NAMES = 450 };
    const char *path = path_of("slices");
    struct str names = STR_INIT, bytes = STR_INIT;
    struct column column;
    uint32_t document;
    struct xap_writer *writer = begin(path, XAP_CREATE);
    for (uint32_t i = 1; i <= DOCUMENTS; i++) {
        str_clear(&names);
        for (uint32_t j = 0; j < NAMES; j++)
            str_addf(&names, "Ann %u,", i * NAMES + j);
        put(writer, i, names.data, "");
    }
    end(writer, path);
    CHECK(read_piece(&column, path, FIELD_PERSON, 0, &bytes));
    CHECK(bytes.size > COLUMN_SLICE);
    CHECK_NUMBER(column.values, DOCUMENTS * NAMES);
    CHECK_NUMBER(count(&column, "Ann 9000", all_documents(), &document), 1);
    CHECK_NUMBER(document, 20);
    for (size_t i = 1; i < column.values; i++)
        if (column_number_at(&column, i) <= column_number_at(&column, i - 1))
            CHECK_NUMBER(i, 0);
    str_release(&names);
    str_release(&bytes);
}

TEST(column_parse_refuses_what_is_damaged)
{
    const char *path = path_of("damaged");
    struct str bytes = STR_INIT;
    struct column column;
    struct column_count counts[3];
    make_few(path);
    CHECK(read_piece(&column, path, FIELD_PERSON, 1, &bytes));
    CHECK(column_parse(&column, str_span(&bytes), 1, SECOND));
    CHECK(!column_parse(&column, str_span(&bytes), 1, SECOND + 1));
    CHECK(!column_parse(&column, str_span(&bytes), 2, SECOND));
    for (size_t size = 0; size < bytes.size; size++)
        CHECK(!column_parse(&column, span_slice(str_span(&bytes), 0, size), 1,
                            SECOND));
    /* The count of the one document is told in two bits, of two values. */
    size_t at = bytes.size - PACK_BITS_SLACK - 2;
    bytes.data[at] = 3;
    CHECK(column_parse(&column, str_span(&bytes), 1, SECOND));
    CHECK_NUMBER(column.values, 2);
    CHECK(!column_count(&column, all_documents(), counts));
    str_release(&bytes);
}

TEST(column_number_is_of_the_term_and_the_spelling)
{
    uint64_t ann = column_number(FIELD_PERSON, span_of("Ann Lee"));
    uint64_t loud = column_number(FIELD_PERSON, span_of("ANN Lee"));
    uint64_t other = column_number(FIELD_PERSON, span_of("Ann Leo"));
    CHECK(ann != loud);
    CHECK(ann >> COLUMN_SPELLING_BITS == loud >> COLUMN_SPELLING_BITS);
    CHECK(ann >> COLUMN_SPELLING_BITS != other >> COLUMN_SPELLING_BITS);
    struct str slot = STR_INIT;
    struct span value;
    pack_string(&slot, span_of("ANN Lee"));
    pack_string(&slot, span_of("Ann Lee"));
    CHECK(column_find(FIELD_PERSON, str_span(&slot), ann, &value));
    CHECK_SPAN(value, "Ann Lee");
    CHECK(!column_find(FIELD_PERSON, str_span(&slot), other, &value));
    str_release(&slot);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is read of a list of documents is what libxapian says stands in it. */
#include "glass/posting_list.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/unit/test_glass.h"

enum { DOCUMENTS = 20000 };

/* In one of so many documents each. */
static const struct {
    struct span term;
    uint32_t one_of;
} terms[] = {
    { { "a", 1 }, 1 },      { { "b", 1 }, 2 },     { { "c\0d", 3 }, 3 },
    { { "c", 1 }, 20 },     { { "d", 1 }, 300 },   { { "rare", 4 }, 9000 },
    { { "\xFF", 1 }, 700 }, { { "\0", 1 }, 2000 }, { { "\0\xE0", 2 }, 2 },
};
enum { TERMS = sizeof(terms) / sizeof(*terms) };

static uint32_t wdf_of(uint32_t *seed)
{
    return test_glass_number(seed, 50) ? 1 + test_glass_number(seed, 4)
                                       : test_glass_number(seed, 100000);
}

static void fill_document(struct xap_doc *doc, uint32_t number, uint32_t *seed)
{
    (void)number;
    for (size_t i = 0; i < TERMS; i++)
        if (!test_glass_number(seed, terms[i].one_of))
            xap_doc_add(doc, terms[i].term, 0, wdf_of(seed));
}

static char *new_database(const char *name)
{
    return test_glass_new(name, DOCUMENTS, fill_document);
}

/* Here and there, and all of a long stretch. */
static void delete_some(const char *path)
{
    struct xap_writer *writer = test_glass_change(path, XAP_OPEN);
    struct xap_doc *doc = xap_doc_new();
    uint32_t seed = 7;
    for (uint32_t i = 1; i <= DOCUMENTS; i += 1 + test_glass_number(&seed, 9))
        xap_writer_delete(writer, i, NULL);
    for (uint32_t i = 5000; i <= 12000; i++)
        xap_writer_delete(writer, i, NULL);
    for (uint32_t i = 15000; i <= DOCUMENTS; i += 13) {
        xap_doc_clear(doc);
        fill_document(doc, i, &seed);
        xap_writer_replace(writer, i, doc, NULL);
    }
    xap_doc_free(doc);
    test_glass_end(writer);
}

/* ---- Comparing -------------------------------------------------------- */

/* How often each document has a term, and one more: 0 is not at all. */
struct truth {
    bool lengths; /* of the documents instead */
    uint64_t counts[DOCUMENTS + 1];
};

static bool note_posting(void *payload, const struct xap_posting *posting)
{
    struct truth *truth = payload;
    truth->counts[posting->document] =
        1 + (uint64_t)(truth->lengths ? posting->length : posting->wdf);
    return true;
}

static uint32_t next_true(const struct truth *truth, uint32_t document)
{
    while (document <= DOCUMENTS && !truth->counts[document])
        document++;
    return document <= DOCUMENTS ? document : POSTING_END;
}

/* Ask for every `stride`th document, or for the next. */
static void compare_list(struct posting_list *list, const struct truth *truth,
                         uint32_t stride)
{
    struct error err = ERROR_INIT;
    uint32_t wanted = 1;
    size_t wrong = 0;
    do {
        enum status rc = posting_list_seek(list, wanted, &err);
        CHECK_STATUS(rc, STATUS_OK, err);
        for (int i = 0; i < 2 && list->document != POSTING_END; i++) {
            wrong += list->document != next_true(truth, wanted);
            wrong += list->wdf + UINT64_C(1) != truth->counts[list->document];
            wanted = list->document + 1;
            rc = posting_list_next(list, &err);
            CHECK_STATUS(rc, STATUS_OK, err);
        }
        wrong += list->document != next_true(truth, wanted);
        wanted += stride;
    } while (list->document != POSTING_END);
    CHECK_NUMBER(wrong, 0);
    CHECK_STATUS(posting_list_seek(list, wanted, &err), STATUS_OK, err);
    CHECK_NUMBER(list->document, POSTING_END);
}

static void compare_term(const struct glass_table *table,
                         const struct xap_db *db, struct span term)
{
    struct error err = ERROR_INIT;
    struct truth *truth = memory_new(1, sizeof(*truth));
    truth->lengths = !term.size;
    CHECK_STATUS(xap_db_each_posting(db, term, note_posting, truth, &err),
                 STATUS_OK, err);
    for (uint32_t stride = 0; stride < 5 * DOCUMENTS; stride = stride * 7 + 1) {
        struct posting_list *list;
        CHECK_STATUS(term.size ? posting_list_new(&list, table, term, &err)
                               : posting_list_new_lengths(&list, table, &err),
                     STATUS_OK, err);
        compare_list(list, truth, stride);
        posting_list_free(list);
    }
    free(truth);
}

static void compare_all(const char *path)
{
    struct error err = ERROR_INIT;
    struct xap_db *db;
    struct glass_table *table = test_glass_open(path, GLASS_POSTLIST);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    for (size_t i = 0; i < TERMS; i++)
        compare_term(table, db, terms[i].term);
    compare_term(table, db, span_of("none"));
    compare_term(table, db, span_of("")); /* the lengths of all documents */
    xap_db_free(db);
    glass_table_close(table);
}

TEST(postings_are_read_as_libxapian_reads_them)
{
    char *path = new_database("new");
    compare_all(path);
    delete_some(path);
    compare_all(path);
    delete_some(path);
    compare_all(path);
    free(path);
}

TEST(lists_that_are_cut_off_are_told)
{
    struct error err = ERROR_INIT;
    char *path = new_database("cut"), *file = file_join(path, "postlist.glass");
    struct glass_table *table = test_glass_open(path, GLASS_POSTLIST);
    CHECK(!truncate(file, 40000));
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < TERMS; i++) {
        struct posting_list *list;
        rc = posting_list_new(&list, table, terms[i].term, &err);
        while (!rc && list->document != POSTING_END)
            rc = posting_list_next(list, &err);
        posting_list_free(list);
    }
    CHECK_STATUS(rc, STATUS_CORRUPT, err);
    glass_table_close(table);
    free(file);
    free(path);
}

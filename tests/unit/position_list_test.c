/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is read of a table is what libxapian says stands in it. */
#include "glass/position_list.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/test_glass.h"

enum { DOCUMENTS = 3000, LONG_LIST = 30000 };

static const struct span terms[] = {
    { "a", 1 },    { "b", 1 },    { "c", 1 },     { "ca", 2 },
    { "d", 1 },    { "d\0e", 3 }, { "every", 5 }, { "long", 4 },
    { "rare", 4 }, { "\xFF", 1 }, { "\0", 1 },
};
enum { TERMS = sizeof(terms) / sizeof(*terms), EVERY = 6, LONG = 7, RARE = 8 };

static void fill_document(struct xap_doc *doc, uint32_t number, uint32_t *seed)
{
    for (uint32_t position = 1; position < 200; position++) {
        uint32_t term = test_glass_number(seed, 3 * TERMS);
        if (term < TERMS && term != RARE && term != LONG)
            xap_doc_add(doc, terms[term], position, 1);
    }
    xap_doc_add(doc, terms[EVERY], 300, 1);
    if (number % 500 == 7)
        xap_doc_add(doc, terms[RARE], 1 + test_glass_number(seed, 1000), 1);
    if (number == 1234)
        for (uint32_t i = 0; i < LONG_LIST; i++)
            xap_doc_add(doc, terms[LONG], 1000 + 7 * i + i % 5, 1);
}

static char *new_database(const char *name)
{
    return test_glass_new(name, DOCUMENTS, fill_document);
}

static void replace_some(const char *path, uint32_t first, uint32_t step)
{
    struct xap_writer *writer = test_glass_change(path, XAP_OPEN);
    struct xap_doc *doc = xap_doc_new();
    uint32_t seed = first;
    for (uint32_t i = first; i <= DOCUMENTS; i += step) {
        xap_doc_clear(doc);
        fill_document(doc, i, &seed);
        if (i % 2)
            xap_writer_delete(writer, i, NULL);
        else
            xap_writer_replace(writer, i, doc, NULL);
    }
    xap_doc_free(doc);
    test_glass_end(writer);
}

/* ---- Comparing -------------------------------------------------------- */

struct comparing {
    struct position_code *code;
    size_t wrong;
};

static bool on_position(void *payload, uint32_t position)
{
    struct comparing *comparing = payload;
    comparing->wrong += comparing->code->position != position;
    position_code_next(comparing->code);
    return true;
}

/* Every `stride`th document; those without are asked for as well. */
static void compare(const struct glass_table *table, const struct xap_db *db,
                    struct span term, uint32_t stride)
{
    struct error err = ERROR_INIT;
    struct position_list *list = position_list_new(table, term);
    struct comparing comparing = { NULL, 0 };
    for (uint32_t i = 1; i <= DOCUMENTS + 1; i += stride) {
        CHECK_STATUS(position_list_seek(list, i, &comparing.code, &err),
                     STATUS_OK, err);
        xap_db_each_position(db, i, term, on_position, &comparing, NULL);
        comparing.wrong += comparing.code->position != POSITION_END;
        comparing.wrong += comparing.code->damaged;
    }
    CHECK_NUMBER(comparing.wrong, 0);
    position_list_free(list);
}

static void compare_all(const char *path)
{
    struct error err = ERROR_INIT;
    struct xap_db *db;
    struct glass_table *table = test_glass_open(path, GLASS_POSITION);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    for (size_t i = 0; i < TERMS; i++)
        for (uint32_t stride = 1; stride < DOCUMENTS; stride *= 9)
            compare(table, db, terms[i], stride);
    compare(table, db, span_of("none"), 100);
    compare(table, db, span_of("\xFF\xFF"), 100);
    xap_db_free(db);
    glass_table_close(table);
}

TEST(positions_are_read_as_libxapian_reads_them)
{
    char *path = new_database("new");
    compare_all(path);
    replace_some(path, 3, 5);
    replace_some(path, 1, 1000);
    compare_all(path);
    free(path);
}

/* ---- What changes underneath ------------------------------------------ */

TEST(tables_that_move_are_told)
{
    struct error err = ERROR_INIT;
    char *path = new_database("moved");
    struct glass_table *table = test_glass_open(path, GLASS_POSITION), *none;
    struct position_list *list = position_list_new(table, terms[EVERY]);
    struct position_code *code;
    struct test_glass_version before = test_glass_version(path);
    CHECK_STATUS(position_list_seek(list, 1, &code, &err), STATUS_OK, err);
    for (uint32_t i = 0; i < 6; i++)
        replace_some(path, 2 + i, 2);
    CHECK_STATUS(
        glass_table_open(&none, path, GLASS_POSITION, &before.snapshot, &err),
        STATUS_STALE, err);
    enum status rc = STATUS_OK;
    for (uint32_t i = 2; !rc && i <= DOCUMENTS; i++)
        rc = position_list_seek(list, i, &code, &err);
    CHECK_STATUS(rc, STATUS_STALE, err);
    position_list_free(list);
    glass_table_close(table);
    str_release(&before.uuid);
    free(path);
}

TEST(databases_in_the_place_of_others_are_told)
{
    struct error err = ERROR_INIT;
    struct glass_table *table;
    char *path = new_database("place"), *other = new_database("other");
    struct test_glass_version version = test_glass_version(path),
                              newer = test_glass_version(other);
    CHECK_NUMBER(version.snapshot.revision, newer.snapshot.revision);
    CHECK_STATUS(glass_table_open(&table, other, GLASS_POSITION,
                                  &version.snapshot, &err),
                 STATUS_STALE, err);
    CHECK(!table);
    CHECK_STATUS(file_remove(path, &err), STATUS_OK, err);
    CHECK_STATUS(
        glass_table_open(&table, path, GLASS_POSITION, &version.snapshot, &err),
        STATUS_STALE, err);
    CHECK(!table);
    str_release(&version.uuid);
    str_release(&newer.uuid);
    free(path);
    free(other);
}

TEST(tables_that_are_cut_off_are_told)
{
    struct error err = ERROR_INIT;
    char *path = new_database("cut"), *file = file_join(path, "position.glass");
    struct glass_table *table = test_glass_open(path, GLASS_POSITION);
    CHECK(!truncate(file, 50000));
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < TERMS; i++) {
        struct position_list *list = position_list_new(table, terms[i]);
        struct position_code *code;
        for (uint32_t j = 1; !rc && j <= DOCUMENTS; j += 100)
            rc = position_list_seek(list, j, &code, &err);
        position_list_free(list);
    }
    CHECK_STATUS(rc, STATUS_CORRUPT, err);
    glass_table_close(table);
    free(file);
    free(path);
}

TEST(databases_without_positions_have_no_table)
{
    struct error err = ERROR_INIT;
    struct glass_table *table;
    char *path = file_join(test_directory(), "without");
    test_glass_end(test_glass_change(path, XAP_CREATE));
    struct test_glass_version version = test_glass_version(path);
    CHECK_STATUS(
        glass_table_open(&table, path, GLASS_POSITION, &version.snapshot, &err),
        STATUS_NOT_FOUND, err);
    CHECK(!table);
    str_release(&version.uuid);
    free(path);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is read of a table is what libxapian says stands in it. */
#include "glass/position_list.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/pack.h"
#include "tests/unit/test.h"
#include "xapian-c/xapian-c.h"

enum { DOCUMENTS = 3000, LONG_LIST = 30000, UUID_AT = 16, REVISION_AT = 32 };

static const struct span terms[] = {
    { "a", 1 },    { "b", 1 },    { "c", 1 },     { "ca", 2 },
    { "d", 1 },    { "d\0e", 3 }, { "every", 5 }, { "long", 4 },
    { "rare", 4 }, { "\xFF", 1 }, { "\0", 1 },
};
enum { TERMS = sizeof(terms) / sizeof(*terms), EVERY = 6, LONG = 7, RARE = 8 };

static uint32_t next_number(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

static void fill_document(struct xap_doc *doc, uint32_t number, uint32_t *seed)
{
    xap_doc_clear(doc);
    for (uint32_t position = 1; position < 200; position++) {
        uint32_t term = next_number(seed, 3 * TERMS);
        if (term < TERMS && term != RARE && term != LONG)
            xap_doc_add(doc, terms[term], position, 1);
    }
    xap_doc_add(doc, terms[EVERY], 300, 1);
    if (number % 500 == 7)
        xap_doc_add(doc, terms[RARE], 1 + next_number(seed, 1000), 1);
    if (number == 1234)
        for (uint32_t i = 0; i < LONG_LIST; i++)
            xap_doc_add(doc, terms[LONG], 1000 + 7 * i + i % 5, 1);
}

static struct xap_writer *change(const char *path, enum xap_mode mode)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    CHECK_STATUS(xap_writer_open(&writer, path, mode, &err), STATUS_OK, err);
    return writer;
}

static void end_change(struct xap_writer *writer)
{
    struct error err = ERROR_INIT;
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
}

static char *new_database(const char *name)
{
    char *path = file_join(test_directory(), name);
    struct xap_writer *writer = change(path, XAP_CREATE);
    struct xap_doc *doc = xap_doc_new();
    uint32_t seed = 1;
    for (uint32_t i = 1; i <= DOCUMENTS; i++) {
        fill_document(doc, i, &seed);
        xap_writer_add(writer, doc, NULL, NULL);
    }
    xap_doc_free(doc);
    end_change(writer);
    return path;
}

static void replace_some(const char *path, uint32_t first, uint32_t step)
{
    struct xap_writer *writer = change(path, XAP_OPEN);
    struct xap_doc *doc = xap_doc_new();
    uint32_t seed = first;
    for (uint32_t i = first; i <= DOCUMENTS; i += step) {
        fill_document(doc, i, &seed);
        if (i % 2)
            xap_writer_delete(writer, i, NULL);
        else
            xap_writer_replace(writer, i, doc, NULL);
    }
    xap_doc_free(doc);
    end_change(writer);
}

/* As the version file says. */
struct version {
    struct str uuid;
    struct position_snapshot snapshot;
};

static struct version version_of(const char *path)
{
    struct str bytes = STR_INIT;
    struct version out = { .uuid = STR_INIT };
    char *file = file_join(path, "iamglass");
    CHECK(!file_read(file, 1000, &bytes, NULL));
    for (size_t i = UUID_AT; i < REVISION_AT; i++) {
        bool dash = i == UUID_AT + 4 || i == UUID_AT + 6 || i == UUID_AT + 8 ||
                    i == UUID_AT + 10;
        str_addf(&out.uuid, "%s%02x", dash ? "-" : "",
                 (unsigned char)bytes.data[i]);
    }
    struct span rest = span_slice(str_span(&bytes), REVISION_AT, bytes.size);
    CHECK(unpack_number(&rest, &out.snapshot.revision));
    out.snapshot.uuid = str_span(&out.uuid);
    str_release(&bytes);
    free(file);
    return out;
}

static struct position_table *open_table(const char *path)
{
    struct error err = ERROR_INIT;
    struct position_table *table;
    struct version now = version_of(path);
    CHECK_STATUS(position_table_open(&table, path, &now.snapshot, &err),
                 STATUS_OK, err);
    str_release(&now.uuid);
    return table;
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
static void compare(const struct position_table *table, const struct xap_db *db,
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
    struct position_table *table = open_table(path);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    for (size_t i = 0; i < TERMS; i++)
        for (uint32_t stride = 1; stride < DOCUMENTS; stride *= 9)
            compare(table, db, terms[i], stride);
    compare(table, db, span_of("none"), 100);
    compare(table, db, span_of("\xFF\xFF"), 100);
    xap_db_free(db);
    position_table_close(table);
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
    struct position_table *table = open_table(path), *none;
    struct position_list *list = position_list_new(table, terms[EVERY]);
    struct position_code *code;
    struct version before = version_of(path);
    CHECK_STATUS(position_list_seek(list, 1, &code, &err), STATUS_OK, err);
    for (uint32_t i = 0; i < 6; i++)
        replace_some(path, 2 + i, 2);
    CHECK_STATUS(position_table_open(&none, path, &before.snapshot, &err),
                 STATUS_STALE, err);
    enum status rc = STATUS_OK;
    for (uint32_t i = 2; !rc && i <= DOCUMENTS; i++)
        rc = position_list_seek(list, i, &code, &err);
    CHECK_STATUS(rc, STATUS_STALE, err);
    position_list_free(list);
    position_table_close(table);
    str_release(&before.uuid);
    free(path);
}

TEST(databases_in_the_place_of_others_are_told)
{
    struct error err = ERROR_INIT;
    struct position_table *table;
    char *path = new_database("place"), *other = new_database("other");
    struct version version = version_of(path), newer = version_of(other);
    CHECK_NUMBER(version.snapshot.revision, newer.snapshot.revision);
    CHECK_STATUS(position_table_open(&table, other, &version.snapshot, &err),
                 STATUS_STALE, err);
    CHECK(!table);
    CHECK_STATUS(file_remove(path, &err), STATUS_OK, err);
    CHECK_STATUS(position_table_open(&table, path, &version.snapshot, &err),
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
    struct position_table *table = open_table(path);
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
    position_table_close(table);
    free(file);
    free(path);
}

TEST(databases_without_positions_have_no_table)
{
    struct error err = ERROR_INIT;
    struct position_table *table;
    char *path = file_join(test_directory(), "without");
    end_change(change(path, XAP_CREATE));
    struct version version = version_of(path);
    CHECK_STATUS(position_table_open(&table, path, &version.snapshot, &err),
                 STATUS_NOT_FOUND, err);
    CHECK(!table);
    str_release(&version.uuid);
    free(path);
}

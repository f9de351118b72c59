/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The comparer must see every difference, or the tests that use it say
 * nothing: one database, and variants that differ in one thing each. */
#include "tests/tools/database_compare.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/unit/test.h"
#include "xapian-c/xapian-c.h"

enum change {
    CHANGE_NOTHING,
    CHANGE_METADATA,
    CHANGE_WDF,
    CHANGE_POSITION,
    CHANGE_NO_POSITION,
    CHANGE_MORE_POSITIONS,
    CHANGE_BOOLEAN_TERM,
    CHANGE_VALUE,
    CHANGE_SLOT,
    CHANGE_DATA,
    CHANGE_ORDER,
    CHANGE_DOCUMENTS,
    CHANGE_LAST_NUMBER,
    CHANGE_COUNT
};

static void add_first(struct xap_writer *writer, struct xap_doc *doc,
                      enum change change)
{
    xap_doc_clear(doc);
    xap_doc_add(doc, span_of("alpha"), change == CHANGE_POSITION ? 8 : 7, 1);
    if (change == CHANGE_MORE_POSITIONS)
        xap_doc_add(doc, span_of("alpha"), 9, 0);
    xap_doc_add(doc, span_of("beta"), 0, change == CHANGE_WDF ? 4 : 3);
    xap_doc_add(doc, span_of("beta"), change == CHANGE_NO_POSITION ? 0 : 5, 1);
    if (change == CHANGE_BOOLEAN_TERM)
        xap_doc_add(doc, span_of("Qx"), 0, 0);
    xap_doc_set_value(doc, change == CHANGE_SLOT ? 2 : 1,
                      span_of(change == CHANGE_VALUE ? "w" : "v"));
    xap_doc_set_data(doc, span_of(change == CHANGE_DATA ? "data!" : "data"));
    xap_writer_add(writer, doc, NULL, NULL);
}

static void add_second(struct xap_writer *writer, struct xap_doc *doc)
{
    xap_doc_clear(doc);
    xap_doc_add(doc, span_of("beta"), 2, 1);
    xap_writer_add(writer, doc, NULL, NULL);
}

static char *make(enum change change)
{
    char name[16];
    snprintf(name, sizeof(name), "db%d", (int)change);
    char *path = file_join(test_directory(), name);
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    CHECK_STATUS(xap_writer_open(&writer, path, XAP_CREATE, &err), STATUS_OK,
                 err);
    struct xap_doc *doc = xap_doc_new();
    if (change == CHANGE_ORDER)
        add_second(writer, doc);
    add_first(writer, doc, change);
    if (change != CHANGE_ORDER)
        add_second(writer, doc);
    if (change == CHANGE_DOCUMENTS || change == CHANGE_LAST_NUMBER)
        add_second(writer, doc);
    if (change == CHANGE_LAST_NUMBER)
        xap_writer_delete(writer, 3, NULL);
    xap_writer_set_metadata(
        writer, span_of("key"),
        span_of(change == CHANGE_METADATA ? "other" : "value"), NULL);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    xap_doc_free(doc);
    return path;
}

TEST(database_compare_sees_each_difference)
{
    char *original = make(CHANGE_NOTHING);
    char *copy = file_join(test_directory(), "copy");
    CHECK(!rename(original, copy));
    for (int change = CHANGE_NOTHING; change < CHANGE_COUNT; change++) {
        char *other = make((enum change)change);
        struct str report = STR_INIT;
        struct error err = ERROR_INIT;
        enum status rc = database_compare(copy, other, &report, &err);
        enum status expected =
            change == CHANGE_NOTHING ? STATUS_OK : STATUS_MISMATCH;
        if (rc != expected)
            printf("change %d\n", change);
        CHECK_STATUS(rc, expected, err);
        CHECK(!report.size == (change == CHANGE_NOTHING));
        str_release(&report);
        free(other);
    }
    free(original);
    free(copy);
}

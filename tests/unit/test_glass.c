/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/unit/test_glass.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/pack.h"

enum { UUID_AT = 16, REVISION_AT = 32 };

uint32_t test_glass_number(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

struct xap_writer *test_glass_change(const char *path, enum xap_mode mode)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    CHECK_STATUS(xap_writer_open(&writer, path, mode, &err), STATUS_OK, err);
    return writer;
}

void test_glass_end(struct xap_writer *writer)
{
    struct error err = ERROR_INIT;
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
}

char *test_glass_new(const char *name, uint32_t documents,
                     test_glass_fill *fill)
{
    char *path = file_join(test_directory(), name);
    struct xap_writer *writer = test_glass_change(path, XAP_CREATE);
    struct xap_doc *doc = xap_doc_new();
    uint32_t seed = 1;
    for (uint32_t i = 1; i <= documents; i++) {
        xap_doc_clear(doc);
        fill(doc, i, &seed);
        xap_writer_add(writer, doc, NULL, NULL);
    }
    xap_doc_free(doc);
    test_glass_end(writer);
    return path;
}

struct test_glass_version test_glass_version(const char *path)
{
    struct str bytes = STR_INIT;
    struct test_glass_version out = { .uuid = STR_INIT };
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

struct glass_table *test_glass_open(const char *path, enum glass_kind kind)
{
    struct error err = ERROR_INIT;
    struct glass_table *table;
    struct test_glass_version now = test_glass_version(path);
    CHECK_STATUS(glass_table_open(&table, path, kind, &now.snapshot, &err),
                 STATUS_OK, err);
    str_release(&now.uuid);
    return table;
}

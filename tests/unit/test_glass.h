/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_glass.h - databases written by libxapian, and their tables.
 *
 * What is not as it should be is a failed check (test.h).
 */
#ifndef NEWS_TESTS_TEST_GLASS_H
#define NEWS_TESTS_TEST_GLASS_H

#include "base/str.h"
#include "glass/glass_table.h"
#include "tests/unit/test.h"
#include "xapian-c/xapian-c.h"

/* A number under `below`; the same ones in every run. */
uint32_t test_glass_number(uint32_t *state, uint32_t below);

/* A new database of so many documents, each made by `fill` of an empty one;
 * returns its path, which the caller frees. */
typedef void test_glass_fill(struct xap_doc *doc, uint32_t number,
                             uint32_t *seed);
char *test_glass_new(const char *name, uint32_t documents,
                     test_glass_fill *fill);

struct xap_writer *test_glass_change(const char *path, enum xap_mode mode);
void test_glass_end(struct xap_writer *writer);

/* As the version file says; the caller releases `uuid`. */
struct test_glass_version {
    struct str uuid;
    struct glass_snapshot snapshot;
};
struct test_glass_version test_glass_version(const char *path);

/* A table as it is now. */
struct glass_table *test_glass_open(const char *path, enum glass_kind kind);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/large.h"

#include <string.h>

#include "tests/unit/test.h"

TEST(large_resize_zeroes_what_is_added_and_keeps_the_rest)
{
    static const size_t sizes[] = {
        1,
        100,
        4096,
        LARGE_PAGE - 1,
        LARGE_PAGE,
        LARGE_PAGE + 1,
        3 * LARGE_PAGE,
        10 * LARGE_PAGE + 5,
    };
    unsigned char *table = NULL;
    size_t size = 0, wrong = 0;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        table = large_resize(table, size, sizes[i]);
        CHECK_NUMBER((uintptr_t)table % 64, 0);
        for (size_t at = 0; at < sizes[i]; at++)
            wrong += table[at] != (at < size ? 0xA5 : 0);
        size = sizes[i];
        memset(table, 0xA5, size);
    }
    CHECK_NUMBER(wrong, 0);
    CHECK(!large_resize(table, size, 0));
}

TEST(large_resize_of_a_large_table_begins_with_a_large_page)
{
    char *table = large_resize(NULL, 0, LARGE_PAGE);
    CHECK_NUMBER((uintptr_t)table % LARGE_PAGE, 0);
    CHECK(!large_resize(table, LARGE_PAGE, 0));
    CHECK(!large_resize(NULL, 0, 0));
}

TEST(large_resize_macro_keeps_count)
{
    int *items = NULL;
    size_t capacity = 0;
    LARGE_RESIZE(items, capacity, capacity + 7);
    CHECK_NUMBER(capacity, 7);
    items[6] = 1;
    LARGE_RESIZE(items, capacity, 0);
    CHECK(!items);
    CHECK_NUMBER(capacity, 0);
}

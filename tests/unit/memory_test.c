/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/memory.h"

#include <stdlib.h>

#include "tests/unit/test.h"

TEST(memory_new_is_zeroed)
{
    for (size_t count = 0; count < 100; count += 9) {
        unsigned char *bytes = memory_new(count, 3);
        for (size_t i = 0; i < 3 * count; i++)
            CHECK_NUMBER(bytes[i], 0);
        free(bytes);
    }
}

TEST(memory_grow_keeps_the_items)
{
    size_t *items = NULL, count = 0, capacity = 0;
    while (count < 1000) {
        MEMORY_GROW(items, count, capacity);
        CHECK(capacity > count);
        items[count] = count;
        count++;
    }
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong += items[i] != i;
    CHECK_NUMBER(wrong, 0);
    free(items);
}

TEST(memory_string_is_a_copy)
{
    char text[] = "abc";
    char *copy = memory_string(text);
    text[0] = 'x';
    CHECK_STR(copy, "abc");
    free(copy);
}

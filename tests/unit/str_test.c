/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/str.h"

#include <stdlib.h>

#include "tests/unit/test.h"

TEST(str_is_a_c_string_at_any_time)
{
    struct str s = STR_INIT;
    CHECK_STR(s.data, "");
    str_add(&s, (struct span){ NULL, 0 });
    str_add_text(&s, "");
    CHECK_STR(s.data, "");
    str_add(&s, span_slice(span_of("abcdef"), 1, 3));
    CHECK_STR(s.data, "bc");
    str_add_char(&s, 'd');
    str_add_text(&s, "ef");
    str_addf(&s, "-%03d-%s", 7, "x");
    CHECK_STR(s.data, "bcdef-007-x");
    CHECK_NUMBER(s.size, 11);
    str_cut(&s, 3);
    CHECK_STR(s.data, "bcd");
    str_cut(&s, 99);
    CHECK_STR(s.data, "bcd");
    str_clear(&s);
    CHECK_STR(s.data, "");
    CHECK(s.capacity > 0);
    str_release(&s);
    CHECK_STR(s.data, "");
    CHECK_NUMBER(s.capacity, 0);
}

TEST(str_holds_any_bytes)
{
    struct str s = STR_INIT;
    str_add(&s, (struct span){ "a\0b", 3 });
    str_add_char(&s, '\0');
    CHECK_NUMBER(s.size, 4);
    CHECK(!memcmp(s.data, "a\0b\0", 5));
    str_release(&s);
}

TEST(str_grows_to_any_size)
{
    enum { COUNT = 100 * 1000 };
    struct str s = STR_INIT;
    for (int i = 0; i < COUNT; i++)
        str_addf(&s, "%06d", i);
    CHECK_NUMBER(s.size, 6 * COUNT);
    int wrong = 0;
    for (int i = 0; i < COUNT; i++) {
        char expected[16];
        snprintf(expected, sizeof(expected), "%06d", i);
        wrong += memcmp(s.data + 6 * i, expected, 6) != 0;
    }
    CHECK_NUMBER(wrong, 0);
    str_release(&s);
}

TEST(str_reserve_keeps_the_content)
{
    struct str s = STR_INIT;
    str_reserve(&s, 0);
    CHECK_STR(s.data, "");
    str_add_text(&s, "abc");
    str_reserve(&s, 5000);
    CHECK(s.capacity > 5003);
    CHECK_STR(s.data, "abc");
    str_release(&s);
}

TEST(str_detach_hands_the_memory_over)
{
    struct str s = STR_INIT;
    char *nothing = str_detach(&s);
    CHECK_STR(nothing, "");
    free(nothing);
    str_add_text(&s, "abc");
    char *text = str_detach(&s);
    CHECK_STR(text, "abc");
    CHECK_NUMBER(s.size, 0);
    str_add_text(&s, "more");
    CHECK_STR(text, "abc");
    CHECK_SPAN(str_span(&s), "more");
    free(text);
    str_release(&s);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/pack.h"

#include "tests/unit/test.h"

TEST(pack_number_is_leb128)
{
    static const struct {
        uint64_t value;
        struct span bytes;
    } rows[] = {
        { 0, SPAN_LITERAL("\0") },
        { 127, SPAN_LITERAL("\x7F") },
        { 128, SPAN_LITERAL("\x80\x01") },
        { 300, SPAN_LITERAL("\xAC\x02") },
        { 16384, SPAN_LITERAL("\x80\x80\x01") },
        { UINT64_MAX,
          SPAN_LITERAL("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str out = STR_INIT;
        pack_number(&out, rows[i].value);
        CHECK(span_equal(str_span(&out), rows[i].bytes));
        struct span from = rows[i].bytes;
        uint64_t value = 1;
        CHECK(unpack_number(&from, &value));
        CHECK(value == rows[i].value);
        CHECK_NUMBER(from.size, 0);
        str_release(&out);
    }
}

TEST(unpack_takes_what_pack_made)
{
    struct str out = STR_INIT;
    for (int shift = 0; shift < 64; shift++) {
        pack_number(&out, UINT64_C(1) << shift);
        pack_string(&out,
                    span_slice(span_of("abcdefgh"), 0, (size_t)shift % 9));
    }
    struct span from = str_span(&out), text;
    for (int shift = 0; shift < 64; shift++) {
        uint64_t value;
        CHECK(unpack_number(&from, &value));
        CHECK(value == UINT64_C(1) << shift);
        CHECK(unpack_string(&from, &text));
        CHECK_NUMBER(text.size, shift % 9);
    }
    CHECK_NUMBER(from.size, 0);
    str_release(&out);
}

TEST(unpack_refuses_what_is_cut_or_too_big)
{
    static const struct span bad_numbers[] = {
        SPAN_LITERAL(""),
        SPAN_LITERAL("\x80"),
        SPAN_LITERAL("\xFF\xFF\xFF"),
        SPAN_LITERAL("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"),
        SPAN_LITERAL("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
    };
    for (size_t i = 0; i < sizeof(bad_numbers) / sizeof(bad_numbers[0]); i++) {
        struct span from = bad_numbers[i];
        uint64_t value = 42;
        CHECK(!unpack_number(&from, &value));
        CHECK(span_equal(from, bad_numbers[i]));
        CHECK_NUMBER(value, 42);
    }
    static const struct span bad_strings[] = {
        SPAN_LITERAL(""),
        SPAN_LITERAL("\x01"),
        SPAN_LITERAL("\x05"
                     "abcd"),
        SPAN_LITERAL("\x80"),
        SPAN_LITERAL("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
                     "abc"),
    };
    for (size_t i = 0; i < sizeof(bad_strings) / sizeof(bad_strings[0]); i++) {
        struct span from = bad_strings[i], text;
        CHECK(!unpack_string(&from, &text));
        CHECK(span_equal(from, bad_strings[i]));
    }
}

TEST(pack_array_gives_each_number_the_same_bits)
{
    static const uint32_t few[] = { 1, 0, 3, 2, 3 };
    struct str out = STR_INIT;
    CHECK_NUMBER(pack_width(0), 0);
    CHECK_NUMBER(pack_width(3), 2);
    CHECK_NUMBER(pack_width(4), 3);
    CHECK_NUMBER(pack_width(UINT32_MAX), PACK_BITS_MAX);
    pack_array(&out, few, 5, 2);
    CHECK_SPAN(str_span(&out), "\xB1\x03");
    CHECK_NUMBER(pack_array_size(5, 2), 2);
    str_release(&out);
}

TEST(unpack_item_takes_what_pack_array_made)
{
    for (unsigned width = 0; width <= PACK_BITS_MAX; width++) {
        uint32_t numbers[50];
        struct str out = STR_INIT;
        for (uint32_t i = 0; i < 50; i++)
            numbers[i] = (uint32_t)((i * UINT64_C(0x9E3779B97F4A7C15)) >>
                                    (63 - width) >> 1);
        pack_array(&out, numbers, 50, width);
        CHECK_NUMBER(out.size, pack_array_size(50, width));
        for (int i = 0; i < PACK_BITS_SLACK; i++)
            str_add_char(&out, '\xFF');
        for (uint32_t i = 0; i < 50; i++)
            CHECK_NUMBER(unpack_item(out.data, i, width), numbers[i]);
        str_release(&out);
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/utf8.h"

#include "tests/unit/test.h"

/* Unicode 15, table 3-7: the first and last of each row, and their
 * neighbours. */
static const struct {
    const char *bytes;
    size_t size; /* of the character; 0: not well formed */
    uint32_t code;
} rows[] = {
    { "a", 1, 'a' },
    { "\x7F", 1, 0x7F },
    { "\x80", 0, 0 },
    { "\xBF", 0, 0 },
    { "\xC0\x80", 0, 0 },
    { "\xC1\xBF", 0, 0 },
    { "\xC2\x7F", 0, 0 },
    { "\xC2\x80", 2, 0x80 },
    { "\xDF\xBF", 2, 0x7FF },
    { "\xC3", 0, 0 },
    { "\xC3\xC3", 0, 0 },
    { "\xE0\x9F\xBF", 0, 0 },
    { "\xE0\xA0\x80", 3, 0x800 },
    { "\xED\x9F\xBF", 3, 0xD7FF },
    { "\xED\xA0\x80", 0, 0 },
    { "\xED\xBF\xBF", 0, 0 },
    { "\xEE\x80\x80", 3, 0xE000 },
    { "\xEF\xBF\xBF", 3, 0xFFFF },
    { "\xE2\x82", 0, 0 },
    { "\xE2\x82\x41", 0, 0 },
    { "\xF0\x8F\xBF\xBF", 0, 0 },
    { "\xF0\x90\x80\x80", 4, 0x10000 },
    { "\xF4\x8F\xBF\xBF", 4, 0x10FFFF },
    { "\xF4\x90\x80\x80", 0, 0 },
    { "\xF5\x80\x80\x80", 0, 0 },
    { "\xF0\x9F\x98", 0, 0 },
    { "\xFF", 0, 0 },
};

TEST(utf8_decode_takes_only_well_formed)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint32_t code = 0;
        size_t size = utf8_decode(span_of(rows[i].bytes), 0, &code);
        CHECK_NUMBER(size, rows[i].size);
        if (!size)
            continue;
        CHECK_NUMBER(code, rows[i].code);
        CHECK_NUMBER(utf8_next(rows[i].bytes, &code), size);
        CHECK_NUMBER(code, rows[i].code);
        struct str out = STR_INIT;
        utf8_add(&out, code);
        CHECK_SPAN(str_span(&out), rows[i].bytes);
        str_release(&out);
    }
    uint32_t code;
    CHECK_NUMBER(utf8_decode(span_of("ab"), 2, &code), 0);
    CHECK_NUMBER(utf8_decode(span_of("ab"), 99, &code), 0);
}

TEST(utf8_decode_and_add_agree_on_every_code_point)
{
    struct str out = STR_INIT;
    int wrong = 0;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        str_clear(&out);
        utf8_add(&out, code);
        uint32_t again;
        size_t size = utf8_decode(str_span(&out), 0, &again);
        bool surrogate = code >= 0xD800 && code < 0xE000;
        wrong += size != out.size ||
                 again != (surrogate ? (uint32_t)UTF8_REPLACEMENT : code);
    }
    CHECK_NUMBER(wrong, 0);
    str_clear(&out);
    utf8_add(&out, 0x110000);
    CHECK_SPAN(str_span(&out), "\uFFFD");
    str_release(&out);
}

TEST(utf8_valid_prefix_stops_at_the_first_bad_byte)
{
    static const struct {
        const char *text;
        size_t good;
    } cases[] = {
        { "", 0 },
        { "all good", 8 },
        { "a long run of plain letters\xE9", 27 },
        { "\u00E9\u4E2D\U0001F600", 9 },
        { "\u00E9\u4E2D\xF0\x9F\x98", 5 },
        { "\xFF", 0 },
        { "12345678\x80", 8 },
        { "1234567\x80", 7 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        CHECK_NUMBER(utf8_valid_prefix(span_of(cases[i].text)), cases[i].good);
}

TEST(utf8_floor_never_cuts_a_character)
{
    struct span text = span_of("a\u00E9\u4E2D\U0001F600z");
    static const size_t floors[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11 };
    for (size_t at = 0; at < sizeof(floors) / sizeof(floors[0]); at++)
        CHECK_NUMBER(utf8_floor(text, at), floors[at]);
    CHECK_NUMBER(utf8_floor(text, 999), 11);
    CHECK_NUMBER(utf8_floor(span_of(""), 5), 0);
    CHECK(utf8_floor(span_of("\x80\x80\x80\x80\x80\x80"), 5) <= 5);
}

TEST(utf8_repair_reads_what_is_not_as_cp1252)
{
    static const struct {
        const char *text, *expected;
        size_t repaired;
    } cases[] = {
        { "", "", 0 },
        { "caf\u00E9", "caf\u00E9", 0 },
        { "caf\xE9", "caf\u00E9", 1 },
        { "\x93quoted\x94", "\u201Cquoted\u201D", 2 },
        { "\x80 5", "\u20AC 5", 1 },
        { "\x81", "\uFFFD", 1 },
        { "\xE4\xB8", "\u00E4\u00B8", 2 },
        { "\xED\xA0\x80", "\u00ED\u00A0\u20AC", 3 },
        { "ok\xFFok", "ok\u00FFok", 1 },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str out = STR_INIT;
        CHECK_NUMBER(utf8_repair(&out, span_of(cases[i].text)),
                     cases[i].repaired);
        CHECK_SPAN(str_span(&out), cases[i].expected);
        str_release(&out);
    }
    CHECK_NUMBER(utf8_from_cp1252(0x92), 0x2019);
    CHECK_NUMBER(utf8_from_cp1252('a'), 'a');
}

TEST(utf8_repair_makes_any_bytes_valid)
{
    struct str bytes = STR_INIT, out = STR_INIT;
    uint32_t random = 1;
    for (int i = 0; i < 100000; i++) {
        random = random * 1664525 + 1013904223;
        str_add_char(&bytes, (char)(random >> 24));
    }
    utf8_repair(&out, str_span(&bytes));
    CHECK_NUMBER(utf8_valid_prefix(str_span(&out)), out.size);
    str_release(&bytes);
    str_release(&out);
}

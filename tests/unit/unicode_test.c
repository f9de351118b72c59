/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/unicode.h"

#include "base/utf8.h"
#include "tests/unit/test.h"

TEST(unicode_flags_say_what_a_character_is)
{
    static const struct {
        uint32_t code;
        unsigned flags;
    } rows[] = {
        { 'a', UNICODE_LETTER | UNICODE_LOWER },
        { 'Z', UNICODE_LETTER | UNICODE_UPPER },
        { '0', UNICODE_DIGIT },
        { ' ', UNICODE_BLANK },
        { '.', UNICODE_STOP },
        { '_', 0 },
        { 0, 0 },
        { 0x00E9, UNICODE_LETTER | UNICODE_LOWER },
        { 0x01C5, UNICODE_LETTER | UNICODE_UPPER },
        { 0x0301, UNICODE_MARK },
        { 0x00A0, UNICODE_BLANK },
        { 0x2028, UNICODE_BLANK },
        { 0x00AD, UNICODE_HIDDEN },
        { 0xFE0F, UNICODE_HIDDEN },
        { 0x200B, 0 },
        { 0x0665, UNICODE_DIGIT },
        { 0x0E51, UNICODE_DIGIT },
        { 0x0E01, UNICODE_LETTER | UNICODE_ALONE },
        { 0x0E31, UNICODE_MARK },
        { 0x4E2D, UNICODE_LETTER | UNICODE_ALONE },
        { 0x3007, UNICODE_LETTER | UNICODE_ALONE },
        { 0x3005, UNICODE_LETTER | UNICODE_ALONE },
        { 0x30FC, UNICODE_LETTER | UNICODE_ALONE },
        { 0xFF9E, UNICODE_MARK },
        { 0x20000, UNICODE_LETTER | UNICODE_ALONE },
        { 0xAC00, UNICODE_LETTER | UNICODE_ALONE },
        { 0xD7A3, UNICODE_LETTER | UNICODE_ALONE },
        { 0x0627, UNICODE_LETTER },
        { 0x3002, UNICODE_STOP | UNICODE_WIDE },
        { 0x061F, UNICODE_STOP },
        { 0x20AC, 0 },
        { 0x1F600, 0 },
        { 0xE000, 0 },
        { 0x0378, 0 },
        { 0x10FFFF, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_NUMBER(unicode_flags(rows[i].code), rows[i].flags);
    CHECK(unicode_flags(0x2019) & UNICODE_APOSTROPHE);
    CHECK(unicode_flags(0x201C) & UNICODE_QUOTE);
    CHECK(unicode_flags(0x2014) & UNICODE_OPENS);
    CHECK(unicode_flags(0x300D) & UNICODE_CLOSES);
}

TEST(unicode_base_is_the_plain_letter)
{
    CHECK_NUMBER(unicode_base('E'), 'e');
    CHECK_NUMBER(unicode_base(0x00C9), 'e');
    CHECK_NUMBER(unicode_base(0x0152), 'o');
    CHECK_NUMBER(unicode_base(0x1ED7), 'o');
    CHECK_NUMBER(unicode_base(0x0130), 'i');
    CHECK_NUMBER(unicode_base('7'), 0);
    CHECK_NUMBER(unicode_base(0x0430), 0);
    CHECK_NUMBER(unicode_base(0x4E2D), 0);
}

static size_t folded_size(const char *text, size_t count)
{
    struct str word = STR_INIT, out = STR_INIT;
    for (size_t i = 0; i < count; i++)
        str_add_text(&word, text);
    unicode_fold(&out, str_span(&word), false);
    size_t size = out.size;
    str_release(&word);
    str_release(&out);
    return size;
}

TEST(unicode_fold_is_bounded)
{
    CHECK_NUMBER(folded_size("\u00C9", 0), 0);
    CHECK_NUMBER(folded_size("\u00C9", 64), 128);
    CHECK_NUMBER(folded_size("\u00C9", UNICODE_FOLD_MAX), 0);
    CHECK_NUMBER(folded_size("\u0316\u0301", 128), 0);
    CHECK_NUMBER(folded_size("\uFDFA", 100), 0);
}

TEST(unicode_fold_orders_marks)
{
    struct str a = STR_INIT, b = STR_INIT;
    unicode_fold(&a, span_of("Q\u0323\u0307"), false);
    unicode_fold(&b, span_of("q\u0307\u0323"), false);
    CHECK_SPAN(str_span(&a), b.data);
    str_release(&a);
    str_release(&b);
}

TEST(unicode_compose_gives_nfc)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        { "", "" },
        { "plain \u00E9 text", "plain \u00E9 text" },
        { "re\u0301sume\u0301 e\u0301", "r\u00E9sum\u00E9 \u00E9" },
        { "e\u0301", "\u00E9" },
        { "\u0301e", "\u0301e" },
        { "o\u0302\u0323", "\u1ED9" },
        { "\u00E0\u0323", "\u1EA1\u0300" },
        { "\u0438\u0306 \u0439", "\u0439 \u0439" },
        { "\u1112\u1161\u11AB", "\uD55C" },
        { "\uD558\u11AB", "\uD55C" },
        { "\u212B \u2126 \u0340", "\u00C5 \u03A9 \u0300" },
        { "\u0958", "\u0915\u093C" },
        { "\u304B\u3099", "\u304C" },
        { "\uFB01 \uFF21", "\uFB01 \uFF21" },
        { "\u201Ca\u201D \u4E2D\u6587", "\u201Ca\u201D \u4E2D\u6587" },
        { "\U0001D15E", "\U0001D157\U0001D165" },
    };
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        str_clear(&out);
        unicode_compose(&out, span_of(rows[i].text));
        CHECK_SPAN(str_span(&out), rows[i].expected);
        bool differs = strcmp(rows[i].text, rows[i].expected);
        CHECK(!(differs && unicode_is_composed(span_of(rows[i].text))));
    }
    CHECK(unicode_is_composed(span_of("\u00E9 \u201Ca\u201D \u4E2D\u0439")));
    str_release(&out);
}

TEST(unicode_compose_takes_endless_marks)
{
    enum { MARKS = 10 * 1000 };
    struct str text = STR_INIT, out = STR_INIT;
    str_add_char(&text, 'e');
    for (int i = 0; i < MARKS; i++)
        str_add_text(&text, "\u0301");
    unicode_compose(&out, str_span(&text));
    CHECK_NUMBER(out.size, 2 + 2 * (MARKS - 1));
    str_release(&text);
    str_release(&out);
}

TEST(unicode_columns_are_those_of_a_terminal)
{
    static const struct {
        uint32_t code;
        unsigned columns;
    } rows[] = {
        { 'a', 1 },     { 0x1B, 0 },    { 0x9B, 0 },    { 0xE9, 1 },
        { 0x0301, 0 },  { 0x05B4, 0 },  { 0x064B, 0 },  { 0x0670, 0 },
        { 0x093E, 1 },  { 0x094D, 0 },  { 0x0E31, 0 },  { 0x0E33, 1 },
        { 0x200D, 0 },  { 0xFE0F, 0 },  { 0xE0100, 0 }, { 0xFEFF, 0 },
        { 0x1100, 2 },  { 0x1161, 0 },  { 0x11A8, 0 },  { 0xAC00, 2 },
        { 0x3042, 2 },  { 0x4E2D, 2 },  { 0xFF01, 2 },  { 0xFF71, 1 },
        { 0x1F600, 2 }, { 0x20000, 2 }, { 0x2026, 1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_NUMBER(unicode_columns(rows[i].code), rows[i].columns);
}

TEST(unicode_floor_keeps_clusters_whole)
{
    /* e with an acute, two flags, a heart as a picture, a family; |: where it
     * may be cut. */
    static const char *const parts[] = {
        "a",
        "e\xCC\x81",
        "\xF0\x9F\x87\xAB\xF0\x9F\x87\xB7",
        "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA",
        "\xE2\x9D\xA4\xEF\xB8\x8F",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
        "\xE0\xB8\x81\xE0\xB8\xB4\xE0\xB9\x88",
        " ",
        "z",
    };
    struct str text = STR_INIT;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        str_add_text(&text, parts[i]);
    size_t start = 0;
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        size_t end = start + span_of(parts[i]).size;
        for (size_t at = start; at < end; at++)
            CHECK_NUMBER(unicode_floor(str_span(&text), at), start);
        start = end;
    }
    CHECK_NUMBER(unicode_floor(str_span(&text), text.size), text.size);
    /* What no reader takes for a character is cut somewhere. */
    str_clear(&text);
    str_add_char(&text, 'e');
    for (int i = 0; i < 1000; i++)
        str_add_text(&text, "\xCC\x81");
    size_t floor = unicode_floor(str_span(&text), 1000);
    CHECK(floor > 0 && floor <= 1000 &&
          1000 - floor <= 2 * UNICODE_CLUSTER_MAX);
    CHECK_NUMBER(utf8_floor(str_span(&text), floor), floor);
    str_release(&text);
}

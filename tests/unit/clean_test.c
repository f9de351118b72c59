/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/clean.h"

#include "tests/unit/test.h"

enum { LINE_SIZE = 80 }; /* over the bytes that are looked at together */

/* A line of `size` x with `middle` behind the first `at` of them. */
static void make_line(struct str *out, size_t size, size_t at,
                      const char *middle)
{
    str_clear(out);
    for (size_t i = 0; i <= size; i++) {
        if (i == at)
            str_add_text(out, middle);
        if (i < size)
            str_add_char(out, 'x');
    }
}

static void check_flaw(size_t size, size_t at, const char *flaw,
                       const char *clean)
{
    struct str line = STR_INIT, expected = STR_INIT, out = STR_INIT;
    bool inside = at && at < size;
    make_line(&line, size, at, flaw);
    make_line(&expected, size, at,
              span_is(span_of(clean), " ") && !inside ? "" : clean);
    CHECK(!clean_is_line(str_span(&line)));
    clean_line(&out, str_span(&line));
    CHECK_SPAN(str_span(&out), expected.data);
    CHECK(clean_is_line(str_span(&out)));
    str_release(&line);
    str_release(&expected);
    str_release(&out);
}

TEST(clean_line_finds_a_flaw_wherever_it_is)
{
    static const struct {
        const char *flaw, *clean;
    } rows[] = {
        { "  ", " " },          { "\t", " " },
        { "\n", " " },          { "\r\n", " " },
        { "\x01", "" },         { "\x7F", "" },
        { "\u00A0", " " },      { "\xC2\x85", " " },
        { "\uFEFF", " " },      { " \x01 ", " " },
        { " \t", " " },         { "\t ", " " },
        { "\u00A0 ", " " },     { "e\u0301", "\u00E9" },
        { "\u212B", "\u00C5" }, { "\u2019  e\u0301", "\u2019 \u00E9" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        for (size_t size = 1; size <= LINE_SIZE; size++)
            for (size_t at = 0; at <= size; at++)
                check_flaw(size, at, rows[i].flaw, rows[i].clean);
}

TEST(clean_paragraphs_are_known_wherever_they_end)
{
    static const struct {
        const char *middle;
        bool clean;
    } rows[] = {
        { "a b", true },       { "a\n\nb", true },   { "a\nb", false },
        { "a\n\n\nb", false }, { "a \n\nb", false }, { "a\n\n b", false },
        { "a  b", false },     { "a\tb", false },    { "\u2019\u00E9", true },
        { "a\u00A0b", false }, { "e\u0301", false },
    };
    struct str text = STR_INIT;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        for (size_t at = 0; at <= LINE_SIZE; at++) {
            make_line(&text, LINE_SIZE, at, rows[i].middle);
            CHECK(clean_is_paragraphs(str_span(&text)) == rows[i].clean);
        }
    str_release(&text);
}

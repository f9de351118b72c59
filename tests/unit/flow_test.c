/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/flow.h"

#include "tests/unit/test.h"

#define E_ACUTE "e\xCC\x81"
#define WOMAN "\xF0\x9F\x91\xA9"
#define JOINER "\xE2\x80\x8D"
#define HAN "\xE5\xB1\xB1"
#define HAN_STOP "\xE3\x80\x82"

/* In eight columns, set in by two. */
static const struct {
    const char *text, *shown;
} cases[] = {
    { "", "  \n" },
    { "one  two\nthree\ta", "  one\n  two\n  three\n  a\n" },
    { "one so", "  one so\n" },
    { "unbroken and", "  unbroken\n  and\n" },
    /* marks take no column */
    { E_ACUTE E_ACUTE E_ACUTE " x" E_ACUTE,
      "  " E_ACUTE E_ACUTE E_ACUTE " x" E_ACUTE "\n" },
    { "\xD7\xA9\xD6\xB8\xD7\x9C\xD6\xB9\xD7\x9D \xD7\xA2\xD6\xB7",
      "  \xD7\xA9\xD6\xB8\xD7\x9C\xD6\xB9\xD7\x9D \xD7\xA2\xD6\xB7\n" },
    { "\xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA8\xE0\xA5\x8D x y",
      "  \xE0\xA4\xA8\xE0\xA5\x8D\xE0\xA4\xA8\xE0\xA5\x8D x y\n" },
    /* wide characters part anywhere, but not from their full stop */
    { HAN HAN HAN HAN, "  " HAN HAN HAN "\n  " HAN "\n" },
    { HAN HAN HAN HAN_STOP, "  " HAN HAN "\n  " HAN HAN_STOP "\n" },
    /* joined pictures are one */
    { "abc " WOMAN JOINER WOMAN, "  abc " WOMAN JOINER WOMAN "\n" },
    { "abcd " WOMAN JOINER WOMAN, "  abcd\n  " WOMAN JOINER WOMAN "\n" },
    /* nothing acts on the terminal */
    { "a\x1B[1m\xC2\x9B\xE2\x80\xAE"
      "b",
      "  a[1mb\n" },
    { "a\xE2\x80\xA8"
      "b\xC2\xA0"
      "c",
      "  a b c\n" },
};

TEST(flow_breaks_by_columns)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str out = STR_INIT;
        struct flow flow = flow_begin(&out, 8, 2);
        flow_text(&flow, span_of(cases[i].text));
        flow_end(&flow);
        CHECK_STR(out.data, cases[i].shown);
        str_release(&out);
    }
}

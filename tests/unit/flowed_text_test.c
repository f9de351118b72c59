/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/flowed_text.h"

#include "tests/unit/test.h"

static const struct {
    const char *text;
    bool delete_blank;
    const char *expected;
} rows[] = {
    { "", false, "" },
    { "The ferry \nsails \nagain.\nAt noon.\n", false,
      "The ferry sails again.\n\nAt noon.\n" },
    { "At noon.\nAt six.\nThe ferry \nsails.\n", false,
      "At noon.\nAt six.\n\nThe ferry sails.\n" },
    { "The ferry \r\nsails.\r\n\r\nAgain.", false,
      "The ferry sails.\n\nAgain." },
    /* a blank that is no part of the word */
    { "Donaudampf \nschiff  \nfahrt\n", true, "Donaudampfschiff fahrt\n" },
    /* stuffed: indented, a line of mail's own, what is no quote */
    { "  indented\n From here \non\n > 3", false,
      " indented\n\nFrom here on\n\n> 3" },
    /* quotes: only lines of one depth */
    { "> a \n> b\n>> c \n> d \ne", false, "> a b\n\n>> c \n\n> d \ne" },
    { "> > a \n>> b\n", false, "> > a \n>> b\n" },
    /* a signature is none of the paragraph's */
    { "The ferry \n-- \nJane \nDoe", false, "The ferry \n-- \n\nJane Doe" },
};

TEST(flowed_text_joins_lines)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct str out = STR_INIT;
        flowed_text(&out, span_of(rows[i].text), rows[i].delete_blank);
        CHECK_SPAN(str_span(&out), rows[i].expected);
        str_release(&out);
    }
}

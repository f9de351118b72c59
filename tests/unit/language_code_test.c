/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/language_code.h"

#include "tests/unit/test.h"

TEST(language_code_knows_codes_and_names_of_languages)
{
    static const struct {
        const char *name, *code;
    } rows[] = {
        { "en", "en" },
        { "eng", "en" },
        { "English", "en" },
        { "en-GB", "en" },
        { "PT_br", "pt" },
        { "ger", "de" },
        { "Deutsch", "de" },
        { "espa\u00F1ol", "es" },
        { "espanol", "es" },
        { "iw", "he" },
        { "nno", "no" },
        { "zh-Hant", "zh" },
        { "french; utf", "fr" },
        { "luxembourgish", "lb" },
        { "greenlandicish", "" },
        { "xx", "" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        CHECK_SPAN(language_code(span_of(rows[i].name)), rows[i].code);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/clean_value.h"

#include "tests/unit/test.h"

TEST(clean_datelines_end_in_no_dash_and_are_no_times)
{
    static const struct {
        const char *text, *clean;
    } rows[] = {
        { "SKARVIK, March 2 -", "SKARVIK, March 2" },
        { "SKARVIK, March 2, 1987 \u2014", "SKARVIK, March 2, 1987" },
        { "2 March 1987 17:30", "" },
        { "2 March '87 5pm", "" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct str out = STR_INIT;
        clean_dateline(&out, span_of(rows[i].text));
        CHECK_SPAN(str_span(&out), rows[i].clean);
        str_release(&out);
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/body_edges.h"

#include "tests/unit/test.h"

TEST(bodies_lose_the_headline_and_a_byline_in_front)
{
    static const struct {
        const char *body, *left, *byline;
    } cases[] = {
        { "Ferry back\n\nBy Jane Doe\n\nIt is back.", "It is back.",
          "By Jane Doe" },
        { "By Jane Doe\n\nFerry back\n\nIt is back.", "It is back.",
          "By Jane Doe" },
        { "Ferry back\n\nFerry back\n\nIt is.", "Ferry back\n\nIt is.", "" },
        { "Ferry back", "Ferry back", "" },
        { "By Jane Doe", "By Jane Doe", "" },
        { "By Sunday it was back.\n\nSo it was.",
          "By Sunday it was back.\n\nSo it was.", "" },
        { "", "", "" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct span byline;
        struct span left = body_without_head(span_of(cases[i].body),
                                             span_of("Ferry back"), &byline);
        CHECK_SPAN(left, cases[i].left);
        CHECK_SPAN(byline, cases[i].byline);
    }
}

TEST(bodies_lose_the_marks_behind_them)
{
    static const struct {
        const char *body, *left;
    } cases[] = {
        { "It is back.\n\nends", "It is back." },
        { "It is back.\n\n-30-\n\njd-er/ab", "It is back." },
        { "It is back.\n\n___", "It is back." },
        { "It is back.\n\nThe post Ferry appeared first on The Courier.",
          "It is back." },
        { "It is back.\n\nThe end", "It is back.\n\nThe end" },
        { "It is back.\n\n(END) Dow Jones Newswires\n\nMarch 14, 2022",
          "It is back." },
        { "ends", "ends" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        CHECK_SPAN(body_without_end(span_of(cases[i].body)), cases[i].left);
}

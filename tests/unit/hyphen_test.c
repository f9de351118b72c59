/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/hyphen.h"

#include "corpus/clean.h"
#include "tests/unit/test.h"

/* '|' is the end of a line. */
static const struct {
    const char *lines, *joined;
} cases[] = {
    { "the govern-|ment fell", "the government fell" },
    { "the Anglo-|American war", "the Anglo-American war" },
    { "a well-|known man", "a well-known man" },
    { "of free-|dom", "of freedom" },
    { "better-than-|expected sales", "better-than-expected sales" },
    { "of two-|and three-year plans", "of two- and three-year plans" },
    { "F\u00E4hr-|und Hafenbetrieb", "F\u00E4hr- und Hafenbetrieb" },
    { "die Stra\u00DFen-|bahn", "die Stra\u00DFenbahn" },
    { "les habi-|\u00E9s", "les habi\u00E9s" },
    { "the GOVERN-|MENT fell", "the GOVERNMENT fell" },
    { "a T-|shirt", "a T-shirt" },
    { "in 1939-|45", "in 1939-45" },
    { "it rained -|nobody came", "it rained - nobody came" },
    { "it rained --|nobody came", "it rained -- nobody came" },
    { "govern\u00AD|ment", "government" },
    { "govern\u00AC|ment", "government" },
    { "one|- two", "one - two" },
    { "-|ment", "- ment" },
};

TEST(divided_words_are_joined)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str paragraph = STR_INIT, undone = STR_INIT, blanks = STR_INIT;
        struct span rest = span_of(cases[i].lines), line;
        while (span_next(&rest, '|', &line)) {
            if (paragraph.size)
                hyphen_join(&paragraph, line, true);
            else
                str_add(&paragraph, line);
            str_addf(&blanks, "%s%.*s", blanks.size ? " " : "",
                     SPAN_ARGS(line));
        }
        CHECK_STR(paragraph.data, cases[i].joined);
        hyphen_undo(&undone, str_span(&blanks));
        CHECK_STR(undone.data, cases[i].joined);
        str_release(&paragraph);
        str_release(&undone);
        str_release(&blanks);
    }
}

TEST(a_word_that_each_line_goes_on_is_joined_in_no_time)
{
    enum { LINES = 200000 };
    struct str lines = STR_INIT, out = STR_INIT;
    for (int i = 0; i < LINES; i++)
        str_add_text(&lines, "a-\n");
    clean_paragraphs(&out, str_span(&lines));
    CHECK(out.size == LINES + 1);
    str_release(&lines);
    str_release(&out);
}

TEST(divided_words_are_joined_in_columns_however_narrow)
{
    struct str out = STR_INIT;
    clean_paragraphs(&out, span_of("The govern-\nment of West-\n"
                                   "vale said that\nit would buy a\n"
                                   "second ferry.\n"));
    CHECK_STR(out.data, "The government of Westvale said that it would buy a "
                        "second ferry.");
    str_clear(&out);
    clean_paragraphs(&out,
                     span_of("It was said in the harbour on Monday that "
                             "the\nanti-\naircraft guns were sold\na\nb\nc"
                             "\nd\ne\nf\ng\nh"));
    CHECK_STR(out.data, "It was said in the harbour on Monday that the "
                        "anti-aircraft guns were sold a b c d e f g h");
    str_clear(&out);
    clean_paragraphs(&out, span_of("To buy:\n- bread\n- milk"));
    CHECK_STR(out.data, "To buy:\n\n- bread\n\n- milk");
    str_release(&out);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query.h"

#include "tests/unit/test.h"

/* Parses, and gives the tree on a line, or "COLUMN: message". */
static void parse(struct str *out, const char *text, bool repair)
{
    struct arena *memory = arena_new();
    struct query_report report = QUERY_REPORT_INIT;
    struct error err = ERROR_INIT;
    struct query_node *tree;
    const struct query_settings settings = { date_day(2022, 4, 13), repair };
    if (query_parse(&tree, span_of(text), &settings, memory, &report, &err))
        str_addf(out, "%u: %s", (unsigned)report.column, err.message);
    else
        query_print(out, tree);
    str_release(&report.notes);
    arena_free(memory);
}

static const struct {
    const char *text, *tree;
} cases[] = {
    /* words */
    { "", "" },
    { "...", "" },
    { "pentagon", "pentagon" },
    { "pentagon pakistan", "(list pentagon pakistan)" },
    { "pentagon +pakistan -india", "(list pentagon +pakistan -india)" },
    { "El-Rufai", "(phrase El Rufai)" },
    { "=banks", "=banks" },
    { "title:=banks title:(=banks flood)",
      "(list title:=banks (list title:=banks title:flood))" },
    { "text:=banks person:=kirby", "(list =banks person:=kirby)" },
    /* phrases */
    { "\"shared interests\"", "(phrase shared interests)" },
    { "\xE2\x80\x9Cshared interests\xE2\x80\x9D", "(phrase shared interests)" },
    { "\"pentagon\"", "=pentagon" },
    { "\"pentagon pakistan\"~8", "(near 8 =pentagon =pakistan)" },
    /* operators */
    { "a AND b", "(and a b)" },
    { "a OR b c", "(or a (list b c))" },
    { "a NOT b", "(not a b)" },
    { "a AND NOT b", "(not a b)" },
    { "a b NOT c d", "(and (not (list a b) c) d)" },
    { "a NOT b date:2022", "(and (not a b) date:2022-01-01..2022-12-31)" },
    { "a NOT (b c) -d e", "(and (not (not a (list b c)) d) e)" },
    { "a NOT b w/5 c NOT d OR e", "(or (not (not a (near 5 b c)) d) e)" },
    { "(a OR b) c", "(list (or a b) c)" },
    { "and or not", "(list and or not)" },
    { "pentagon w/5 pakistan", "(near 5 pentagon pakistan)" },
    { "pentagon pre/5 pakistan", "(pre 5 pentagon pakistan)" },
    { "kirby w/p psaki", "(near p kirby psaki)" },
    { "kirb*w/3 pent*", "(near 3 kirb* pent*)" },
    { "atleast3(pakistan)", "(atleast 3 pakistan)" },
    { "pakistan^3", "pakistan^3" },
    { "kirby~2", "kirby~2" },
    { "secur* colo?r", "(list secur* colo?r)" },
    /* fields */
    { "title:pakistan", "title:pakistan" },
    { "person:\"John Kirby\"", "person:(phrase John Kirby)" },
    { "person:\"kirby, john\"", "person:(phrase john kirby)" },
    { "person:kirby", "person:=kirby" },
    { "org:(pentagon OR \"state department\")",
      "(or org:=pentagon org:(phrase state department))" },
    { "lang:en", "lang:en" },
    { "id:sample/briefing.txt", "id:sample/briefing.txt" },
    /* dates */
    { "date:2022-04-12", "date:2022-04-12..2022-04-12" },
    { "date:2022-04", "date:2022-04-01..2022-04-30" },
    { "date:2022", "date:2022-01-01..2022-12-31" },
    { "date:2022-04-01..2022-04-30", "date:2022-04-01..2022-04-30" },
    { "date:..2021", "date:..2021-12-31" },
    { "date:2022-03..", "date:2022-03-01.." },
    { "date:>2022-04", "date:2022-05-01.." },
    { "date:<=2022-04", "date:..2022-04-30" },
    { "date:yesterday", "date:2022-04-12..2022-04-12" },
    { "date:\"last month\"", "date:2022-03-01..2022-03-31" },
    { "date:7d", "date:2022-04-07..2022-04-13" },
    { "date:unknown", "date:unknown" },
    { "about:2022-04", "about:2022-04-01..2022-04-30" },
    /* what is wrong */
    { "NOT a", "1: NOT needs something to subtract from" },
    { "-a", "1: - needs something to subtract from" },
    { "a AND", "6: a word is missing here" },
    { "(a b", "1: this bracket is not closed" },
    { "a) b", "2: this bracket was never opened" },
    { "\"a b", "1: this quotation is not closed" },
    { "*", "1: a wildcard needs at least two letters beside it" },
    { "a*", "1: a wildcard needs at least two letters beside it" },
    { "a w/0 b", "3: w/N wants N from 1 to 999" },
    { "person:", "1: what to look for in 'person' is missing" },
    { "date:2022..2021", "6: '2022..2021' ends before it begins" },
};

TEST(query_trees)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str tree = STR_INIT, line = STR_INIT;
        str_addf(&line, "%s => ", cases[i].text);
        parse(&tree, cases[i].text, false);
        str_add(&line, str_span(&tree));
        struct str expected = STR_INIT;
        str_addf(&expected, "%s => %s", cases[i].text, cases[i].tree);
        CHECK_STR(line.data, expected.data);
        str_release(&expected);
        str_release(&tree);
        str_release(&line);
    }
}

TEST(query_repairs_on_a_terminal)
{
    struct str tree = STR_INIT;
    parse(&tree, "(a \"b c", true);
    CHECK_STR(tree.data, "(list a (phrase b c))");
    str_clear(&tree);
    parse(&tree, "a) b", true);
    CHECK_STR(tree.data, "(and a b)");
    str_release(&tree);
}

TEST(query_names_its_limits)
{
    struct str text = STR_INIT, tree = STR_INIT;
    for (int i = 0; i < 10000; i++)
        str_addf(&text, "w%d ", i);
    parse(&tree, text.data, false);
    CHECK(span_find(str_span(&tree), 0, span_of("over 1000 words")) !=
          SIZE_MAX);
    str_clear(&text);
    str_clear(&tree);
    for (int i = 0; i < 100; i++)
        str_add_char(&text, '(');
    parse(&tree, text.data, false);
    CHECK_STR(tree.data, "51: over 50 brackets within brackets");
    str_release(&text);
    str_release(&tree);
}

TEST(query_points_at_the_column)
{
    struct str out = STR_INIT;
    query_point(&out, span_of("a AND"), 6);
    CHECK_STR(out.data, "a AND\n     ^\n");
    str_clear(&out);
    query_point(&out, span_of("\xE5\xB1\xB1 e\xCC\x81 *"), 6);
    CHECK_STR(out.data, "\xE5\xB1\xB1 e\xCC\x81 *\n     ^\n");
    str_release(&out);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/match.h"

#include "tests/unit/test.h"

/* A question, a text, and the text with the places that answer in brackets. */
static const struct {
    const char *query, *marked;
} cases[] = {
    /* words in all their forms, exact forms, patterns, typing errors */
    { "flood", "[Floods] and [flooding] of a floor" },
    { "=flood", "Floods and a [flood]" },
    { "colo*r", "[colour], [color], collar" },
    { "?lood*", "a [Flood] and [blood], no floor" },
    { "*ood", "[Flood] and [mood], no floor" },
    { "*ina 7ab", "[China] 7 [7ab]" },
    { "kirby~", "[Kirbi] and [Kirby], not Kerbies" },
    /* phrases only where all of it stands */
    { "\"shared interests\"", "interests and [shared interests], shared" },
    { "\"shared inter*\"", "[shared interest], inter shared" },
    /* windows only where they hold */
    { "pentagon w/2 pakistan", "Pentagon a b c Pakistan" },
    { "pentagon w/2 pakistan", "Pentagon a b Pakistan" },
    { "pentagon w/2 pakistan", "Pentagon. The [Pentagon] to [Pakistan]" },
    { "pakistan w/2 pentagon", "[Pentagon] in [Pakistan]" },
    { "pakistan pre/2 pentagon", "Pentagon in Pakistan" },
    { "pakistan pre/2 pentagon", "[Pakistan] the [Pentagon]" },
    { "pent* w/1 (pakistan OR india)", "[Pentagon] [India], a b pent" },
    { "\"a b c\"~4", "[c] x [b] [a]" },
    { "\"a b c\"~4", "[c] x y [b] [a]" },
    { "\"a b c\"~4", "c x y b z z a" },
    /* quotations and windows within windows */
    { "\"a b\" w/2 c", "[a b] x [c]; a c b" },
    { "(\"a b\" OR d) pre/1 c", "[d] [c]; c a b; [a b] [c]" },
    { "a w/2 b w/2 c", "[a] x [b] x [c]" },
    { "a w/2 b w/2 c", "a x x b x c" },
    { "a w/2 b w/2 c", "[c] x [a] x [b]" },
    { "a w/2 b w/2 c", "[a] [c] [b]" },
    { "a w/2 b w/2 c", "a x b x x c" },
    /* not the nearest b, but the one that is near enough to c */
    { "a w/4 b w/2 c", "[a] b x x [b] x [c]" },
    { "a w/4 b pre/2 c", "c a b" },
    { "a w/1 (b w/1 c)", "[c] [b] [a], a x b c" },
    { "(a w/1 b) w/3 (c w/1 d)", "[a] [b] x x [c] [d]" },
    { "(a w/1 b) w/3 (c w/1 d)", "a b x x x c d" },
    { "a w/1 b w/1 a", "a b b" },
    { "a w/1 b w/1 a", "[a] [b] [a]" },
    { "a w/2 b w/s c", "[a] [b] x x x [c]. c" },
    { "kirby w/p psaki w/s list", "Kirby spoke. Psaki left. The list" },
    { "kirby w/s psaki w/p list",
      "[Kirby] met [Psaki]. The [list].\n\nKirby slept. Psaki had a list" },
    /* sentences and paragraphs */
    { "kirby w/s psaki", "Kirby spoke. Psaki left." },
    { "\"psaki met\" w/s list",
      "A Psaki. Met the list. [Psaki met] a [list]." },
    { "kirby w/s psaki", "[Kirby] spoke and [Psaki] left. Kirby slept." },
    { "kirby w/p psaki", "[Kirby] spoke. [Psaki] left.\n\nKirby slept." },
    { "kirby w/p psaki", "Kirby spoke.\n\nPsaki left." },
    /* so often at least */
    { "atleast2(flood)", "a flood" },
    { "atleast2(flood)", "a [flood] and [floods]" },
    { "atleast2(\"a b\" OR c)", "[a b] then [c], a" },
    /* groups beside words */
    { "river kirby w/s psaki", "Kirby at the [river]. Psaki left." },
    { "river -flood", "a [river] in flood" },
    { "title:flood", "a flood" },
};

static void show(struct str *out, struct span text,
                 const struct found_list *found)
{
    size_t at = 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct found *place = &found->items[i];
        str_add(out, span_slice(text, at, place->offset));
        str_add_char(out, '[');
        at = place->offset + place->size;
        str_add(out, span_slice(text, place->offset, at));
        str_add_char(out, ']');
    }
    str_add(out, span_slice(text, at, text.size));
}

static void remove_marks(struct str *out, const char *marked)
{
    for (; *marked; marked++)
        if (*marked != '[' && *marked != ']')
            str_add_char(out, *marked);
}

TEST(what_is_marked_is_what_matched)
{
    struct arena *memory = arena_new();
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const struct query_settings settings = { 0, false };
        struct query_report report = QUERY_REPORT_INIT;
        struct error err = ERROR_INIT;
        struct query_node *tree;
        struct str text = STR_INIT, out = STR_INIT;
        struct found_list found;
        remove_marks(&text, cases[i].marked);
        CHECK_STATUS(query_parse(&tree, span_of(cases[i].query), &settings,
                                 memory, &report, &err),
                     STATUS_OK, err);
        struct matcher *matcher = matcher_new(tree, NULL, span_of("en"));
        matcher_run(matcher, str_span(&text), 0, memory, &found);
        show(&out, str_span(&text), &found);
        CHECK_STR(out.data, cases[i].marked);
        matcher_free(matcher);
        str_release(&text);
        str_release(&out);
        str_release(&report.notes);
    }
    arena_free(memory);
}

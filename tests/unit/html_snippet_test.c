/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/html_snippet.h"

#include "corpus/clean.h"
#include "corpus/xml_tree.h"
#include "tests/unit/test.h"

/* The paragraphs that a parser finds. */
static void parse(struct str *out, struct span html)
{
    struct xml_tree *tree;
    struct error err = ERROR_INIT;
    struct str text = STR_INIT;
    CHECK_STATUS(xml_read_html(&tree, html, &err), STATUS_OK, err);
    xml_paragraphs(&text, xml_root(tree));
    clean_paragraphs(out, str_span(&text));
    xml_close(tree);
    str_release(&text);
}

static bool agrees(struct span html)
{
    struct str text = STR_INIT, mine = STR_INIT, theirs = STR_INIT;
    bool read = html_snippet(&text, html);
    if (read) {
        clean_paragraphs(&mine, str_span(&text));
        parse(&theirs, html);
        CHECK_SPAN(str_span(&mine), theirs.data);
    }
    str_release(&text);
    str_release(&mine);
    str_release(&theirs);
    return read;
}

TEST(html_snippet_reads_what_is_plain)
{
    static const struct {
        const char *html;
        bool plain;
    } rows[] = {
        { "<p>One</p>\n<p>Two</p>", true },
        { "<p>One\ntwo</p>", true },
        { "<p>A <a href=\"/x?a=1&amp;b=2\">link</a> &amp; more</p>", true },
        { "<p>S&P 500, AT&amp;T, &#8217;s &#39;q&#39;</p>", true },
        { "<ul><li>One <b>x</b> <i>y</i></li><li>Two</li></ul>", true },
        { "<p>One<br/>two<br>three</p>", true },
        { "<div><p>inside</p>\n<ul>\n<li>a</li></ul></div>", true },
        { "<div>Before<p>inside</p>behind</div>", false },
        { "<p>One<p>two</p></p>", false },
        { "<b><p>One</p></b>", false },
        { "<p><b>One</p></b>", false },
        { "<p></p>", true },
        { "<p>One</p> two", false },
        { "Two <p>One</p>", false },
        { "<p>One", false },
        { "<p>One</p></p>", false },
        { "<p>&eacute;</p>", false },
        { "<p>&#146;</p>", false },
        { "<p>&#1234567890;</p>", false },
        { "<p>&#65</p>", false },
        { "<p>One<script>x</script></p>", false },
        { "<p title=\"a>b\">One</p>", false },
        { "<p>One<!-- c --></p>", false },
        { "<P>One</P>", false },
        { "<p", false },
        { "<p>\x01</p>", false },
        { "<p>\xE9</p>", false },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        CHECK(agrees(span_of(rows[i].html)) == rows[i].plain);
}

static unsigned next(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 16;
}

#define PICK(list, state) (list)[next(state) % (sizeof(list) / sizeof(*(list)))]

/* Invented HTML: text and what is in it, or boxes of it. */
static void make_html(struct str *out, uint32_t *state, int depth, bool in_text)
{
    static const char *const boxes[] = { "div", "ul", "ol", "blockquote" };
    static const char *const blocks[] = { "p", "li", "h2", "h3", "h4" };
    static const char *const inlines[] = { "a", "b", "i", "em", "strong" };
    static const char *const texts[] = {
        "word", " ",     "\n",     "two words ", "&amp;", "&#8220;",
        "<br>", "A & B", "\u00E9", "\u00A0",     ", ",    "<br/>",
    };
    bool is_box = !in_text && depth < 3 && next(state) % 2;
    const char *name = in_text  ? PICK(inlines, state)
                       : is_box ? PICK(boxes, state)
                                : PICK(blocks, state);
    str_addf(out, "<%s>", name);
    for (unsigned parts = next(state) % 5; parts; parts--) {
        if (is_box || (depth < 5 && next(state) % 3 == 0))
            make_html(out, state, depth + 1, !is_box);
        else
            str_add_text(out, PICK(texts, state));
    }
    str_addf(out, "</%s>%s", name, is_box || next(state) % 3 ? "" : "\n");
}

TEST(html_snippet_agrees_with_a_parser)
{
    uint32_t state = 1;
    for (int i = 0; i < 5000; i++) {
        struct str html = STR_INIT;
        make_html(&html, &state, 0, false);
        if (i % 2)
            make_html(&html, &state, 0, false);
        CHECK(agrees(str_span(&html)));
        str_release(&html);
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far formats look in files that no newsroom makes: up to a bound, so that
 * reading takes time in proportion to the file. */
#include <stdlib.h>

#include "base/file.h"
#include "corpus/input.h"
#include "tests/unit/test.h"

static const struct input_options no_options;

/* The first article of the input, in `memory`; it is released. */
static void read_first(struct article *out, struct input *input,
                       struct arena *memory)
{
    struct raw_record raw;
    struct error err = ERROR_INIT;
    CHECK_STATUS(input_next(input, &raw, &err), STATUS_OK, err);
    CHECK_STATUS(input_parse(input, &raw, memory, out, &err), STATUS_OK, err);
}

/* How many values of a field the article of a file has. */
static size_t count_values(const char *name, const struct str *file,
                           enum article_field field)
{
    struct input *input;
    struct article article;
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    CHECK_STATUS(
        input_open_bytes(&input, name, str_span(file), &no_options, &err),
        STATUS_OK, err);
    read_first(&article, input, memory);
    size_t count = article.values[field].count;
    input_release(input);
    arena_free(memory);
    return count;
}

/* ---- Web pages -------------------------------------------------------- */

/* The date below a headline of that size. */
static size_t dates_below(size_t size)
{
    struct str page = STR_INIT, title = STR_INIT;
    while (title.size + 6 <= size)
        str_add_text(&title, "Ferry ");
    while (title.size < size)
        str_add_char(&title, 's');
    str_addf(&page,
             "<html><head><meta property=\"og:title\" content=\"%s\"></head>"
             "<body><h1>%s</h1><p>13 April 2022</p><p>The ferry sails again, "
             "as all who wait for it can see.</p></body></html>",
             title.data, title.data);
    size_t count = count_values("page.html", &page, ARTICLE_DATE);
    str_release(&page);
    str_release(&title);
    return count;
}

TEST(html_looks_below_a_headline_of_1000_bytes)
{
    CHECK_NUMBER(dates_below(24), 1);
    CHECK_NUMBER(dates_below(1000), 1);
    CHECK_NUMBER(dates_below(1001), 0);
}

/* ---- NewsML-G2 -------------------------------------------------------- */

/* People of an item whose subject `subject` has the name of assertion
 * `asserted`, behind others that have none. */
static size_t people_of(int subject, int asserted)
{
    struct str item = STR_INIT;
    str_add_text(&item, "<newsItem guid=\"a\"><contentMeta>"
                        "<headline>A ferry</headline>");
    for (int i = 1; i < subject; i++)
        str_add_text(&item, "<subject/>");
    str_add_text(&item, "<subject type=\"cpnat:person\" qcode=\"p:1\"/>"
                        "</contentMeta>");
    /* <contentMeta> is the first child. */
    for (int i = 2; i < asserted; i++)
        str_add_text(&item, "<assert qcode=\"p:2\"/>");
    str_add_text(&item, "<assert qcode=\"p:1\"><name>Jane Doe</name></assert>"
                        "</newsItem>");
    size_t count = count_values("item.xml", &item, ARTICLE_PERSON);
    str_release(&item);
    return count;
}

TEST(newsml_g2_looks_at_10000_subjects_and_1000_assertions)
{
    CHECK_NUMBER(people_of(1, 2), 1);
    CHECK_NUMBER(people_of(10000, 2), 1);
    CHECK_NUMBER(people_of(10001, 2), 0);
    CHECK_NUMBER(people_of(1, 1000), 1);
    CHECK_NUMBER(people_of(1, 1001), 0);
}

/* ---- METS ------------------------------------------------------------- */

static const char page[] =
    "<alto><Layout><Page><PrintSpace><TextBlock ID=\"B1\"><TextLine>"
    "<String CONTENT=\"ferry\"/></TextLine></TextBlock></PrintSpace></Page>"
    "</Layout></alto>";

/* An issue whose article has its text through its last link, and its title
 * from its last section. */
static void add_issue(struct str *out, int links, int sections)
{
    str_add_text(out, "<mets><dmdSec ID=\"S\"><mods><titleInfo>"
                      "<title>The ferry</title></titleInfo></mods></dmdSec>"
                      "<fileSec><file ID=\"F\"><FLocat href=\"page.xml\"/>"
                      "</file></fileSec><structMap><div ID=\"P0\"/>"
                      "<div ID=\"P1\"><area FILEID=\"F\" BEGIN=\"B1\"/></div>"
                      "<div TYPE=\"ARTICLE\" ID=\"A\" DMDID=\"");
    for (int i = 1; i < sections; i++)
        str_add_text(out, "none ");
    str_add_text(out, "S\"/></structMap><structLink>");
    for (int i = 1; i < links; i++)
        str_add_text(out, "<smLink from=\"A\" to=\"P0\"/>");
    str_add_text(out, "<smLink from=\"A\" to=\"P1\"/></structLink></mets>");
}

/* Whether the issue's article has the field. */
static bool issue_has(int links, int sections, enum article_field field)
{
    struct error err = ERROR_INIT;
    struct str issue = STR_INIT;
    struct input *input;
    struct article article;
    char *path = file_join(test_directory(), "issue.xml");
    char *page_path = file_join(test_directory(), "page.xml");
    const struct walk_entry entry = { .path = path,
                                      .full_path = path,
                                      .collection = "c",
                                      .relative = "issue.xml" };
    struct arena *memory = arena_new();
    add_issue(&issue, links, sections);
    file_replace(path, str_span(&issue), &err);
    file_replace(page_path, span_of(page), &err);
    CHECK_STATUS(input_open(&input, &entry, &no_options, &err), STATUS_OK, err);
    read_first(&article, input, memory);
    bool has = article.values[field].count;
    input_release(input);
    arena_free(memory);
    str_release(&issue);
    free(page_path);
    free(path);
    return has;
}

TEST(mets_follows_1000_links_and_100_sections)
{
    CHECK(issue_has(1, 1, ARTICLE_BODY));
    CHECK(issue_has(1000, 1, ARTICLE_BODY));
    CHECK(!issue_has(1001, 1, ARTICLE_BODY));
    CHECK(issue_has(1, 1, ARTICLE_TITLE));
    CHECK(issue_has(1, 100, ARTICLE_TITLE));
    CHECK(!issue_has(1, 101, ARTICLE_TITLE));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/html_article.h"

#include <string.h>
#include <strings.h>

#include "corpus/byline.h"
#include "corpus/charset.h"
#include "corpus/html_text.h"
#include "corpus/json_read.h"
#include "corpus/xml_tree.h"

enum { JSON_LD_MAX = 1024 * 1024, BODY_MIN = 200 };

/* The better ranks win; equal ones add up where the field may repeat. */
struct page {
    struct article *out;
    int ranks[ARTICLE_FIELD_COUNT];
    struct span ld_body; /* articleBody of JSON-LD */
    /* What JSON-LD says, before the names, that they are the names of. */
    bool ld_outlet, ld_author_outlet, ld_article;
    enum article_field ld_subject; /* what `about` names */
};

enum { RANK_NONE = 99 };

static void take(struct page *page, enum article_field field, int rank,
                 struct span value)
{
    value = span_trim(value);
    if (!value.size || rank > page->ranks[field])
        return;
    if (rank < page->ranks[field])
        page->out->values[field].count = 0;
    page->ranks[field] = rank;
    article_add_copy(page->out, field, value);
}

/* ---- What the page says of itself ------------------------------------- */

struct name_row {
    const char *name;
    enum article_field field;
    int rank;
};

/* <meta name> and <meta property>, and JSON-LD's properties. */
static const struct name_row metas[] = {
    { "og:title", ARTICLE_TITLE, 2 },
    { "twitter:title", ARTICLE_TITLE, 4 },
    { "dc.title", ARTICLE_TITLE, 3 },
    { "article:published_time", ARTICLE_DATE, 2 },
    { "og:article:published_time", ARTICLE_DATE, 2 },
    { "article:published", ARTICLE_DATE, 3 },
    { "datepublished", ARTICLE_DATE, 2 },
    { "parsely-pub-date", ARTICLE_DATE, 3 },
    { "sailthru.date", ARTICLE_DATE, 3 },
    { "cxenseparse:recs:publishtime", ARTICLE_DATE, 3 },
    { "pubdate", ARTICLE_DATE, 3 },
    { "publish-date", ARTICLE_DATE, 3 },
    { "publishdate", ARTICLE_DATE, 3 },
    { "date", ARTICLE_DATE, 4 },
    { "dc.date", ARTICLE_DATE, 4 },
    { "dc.date.issued", ARTICLE_DATE, 3 },
    { "dcterms.created", ARTICLE_DATE, 4 },
    { "og:updated_time", ARTICLE_DATE, 8 },
    { "article:modified_time", ARTICLE_DATE, 8 },
    { "author", ARTICLE_AUTHOR, 3 },
    { "byl", ARTICLE_AUTHOR, 2 },
    { "parsely-author", ARTICLE_AUTHOR, 3 },
    { "dc.creator", ARTICLE_AUTHOR, 3 },
    { "sailthru.author", ARTICLE_AUTHOR, 4 },
    { "article:author", ARTICLE_AUTHOR, 5 },
    { "og:article:author", ARTICLE_AUTHOR, 4 },
    { "og:description", ARTICLE_SUMMARY, 2 },
    { "description", ARTICLE_SUMMARY, 3 },
    { "article:section", ARTICLE_SECTION, 2 },
    { "og:article:section", ARTICLE_SECTION, 2 },
    { "section", ARTICLE_SECTION, 3 },
    { "parsely-section", ARTICLE_SECTION, 3 },
    { "article:tag", ARTICLE_TOPIC, 2 },
    { "news_keywords", ARTICLE_TOPIC, 3 },
    { "keywords", ARTICLE_TOPIC, 4 },
    { "og:site_name", ARTICLE_SOURCE, 2 },
    { "application-name", ARTICLE_SOURCE, 4 },
    { "dc.publisher", ARTICLE_SOURCE, 3 },
    { "og:url", ARTICLE_URL, 2 },
    { "og:locale", ARTICLE_LANGUAGE, 3 },
    { "dc.language", ARTICLE_LANGUAGE, 2 },
};

static const struct name_row json_lds[] = {
    { "headline", ARTICLE_TITLE, 1 },
    { "alternativeHeadline", ARTICLE_SUBTITLE, 1 },
    { "datePublished", ARTICLE_DATE, 1 },
    { "dateCreated", ARTICLE_DATE, 2 },
    { "author.name", ARTICLE_AUTHOR, 1 },
    { "author", ARTICLE_AUTHOR, 2 },
    { "creator", ARTICLE_AUTHOR, 3 },
    { "publisher.name", ARTICLE_SOURCE, 3 },
    { "articleSection", ARTICLE_SECTION, 1 },
    { "keywords", ARTICLE_TOPIC, 1 },
    { "inLanguage", ARTICLE_LANGUAGE, 2 },
};

static bool is_address(struct span value)
{
    return span_starts_nocase(value, "http://") ||
           span_starts_nocase(value, "https://");
}

/* Topics stand in one value with commas between. */
static void take_row(struct page *page, const struct name_row *row,
                     struct span value)
{
    if (row->field == ARTICLE_AUTHOR && is_address(value))
        return;
    if (row->field != ARTICLE_TOPIC) {
        take(page, row->field, row->rank, value);
        return;
    }
    struct span rest = value, topic;
    while (span_next(&rest, ',', &topic))
        take(page, row->field, row->rank, topic);
}

static void read_meta(struct page *page, const struct xml_node *node)
{
    struct span name = xml_attribute(node, "property");
    if (!name.size)
        name = xml_attribute(node, "name");
    if (!name.size)
        name = xml_attribute(node, "itemprop");
    struct span value = xml_attribute(node, "content");
    for (size_t i = 0; i < sizeof(metas) / sizeof(*metas); i++)
        if (span_is_nocase(name, metas[i].name))
            take_row(page, &metas[i], value);
}

static bool is_organization(struct span type)
{
    return span_is(type, "Organization") ||
           span_is(type, "NewsMediaOrganization");
}

/* An outlet as the author is one only where no person is named. */
static void note_type(struct page *page, struct span path, struct span type)
{
    if (span_is(path, "@type")) {
        page->ld_outlet = is_organization(type);
        page->ld_article =
            span_ends(type, "Article") || span_ends(type, "Posting");
    } else if (span_is(path, "about.@type") || span_is(path, "mentions.@type"))
        page->ld_subject = span_is(type, "Person")  ? ARTICLE_PERSON
                           : span_is(type, "Place") ? ARTICLE_PLACE
                           : is_organization(type)  ? ARTICLE_ORG
                                                    : ARTICLE_TOPIC;
    else if (span_is(path, "author.@type"))
        page->ld_author_outlet = is_organization(type);
}

static void on_json_ld(void *payload, struct span path, struct span value)
{
    struct page *page = payload;
    static const char *const wrappers[] = { "@graph.", "mainEntity." };
    for (size_t i = 0; i < sizeof(wrappers) / sizeof(*wrappers); i++)
        if (span_starts(path, wrappers[i]))
            path = span_slice(path, strlen(wrappers[i]), path.size);
    if (span_is(path, "articleBody") && value.size > page->ld_body.size)
        page->ld_body = arena_copy(page->out->memory, value);
    note_type(page, path, value);
    if (page->ld_outlet && span_is(path, "name"))
        take(page, ARTICLE_SOURCE, 4, value);
    if (page->ld_article && span_is(path, "description"))
        take(page, ARTICLE_SUMMARY, 4, value);
    if (page->ld_article &&
        (span_is(path, "about.name") || span_is(path, "mentions.name")))
        take(page, page->ld_subject, 1, value);
    if (page->ld_author_outlet && span_is(path, "author.name")) {
        take(page, ARTICLE_AUTHOR, 6, value);
        return;
    }
    for (size_t i = 0; i < sizeof(json_lds) / sizeof(*json_lds); i++)
        if (span_is(path, json_lds[i].name))
            take_row(page, &json_lds[i], value);
}

static void read_script(struct page *page, const struct xml_node *node)
{
    if (!span_is_nocase(xml_attribute(node, "type"), "application/ld+json"))
        return;
    struct str text = STR_INIT;
    xml_raw(&text, node);
    if (text.size <= JSON_LD_MAX)
        json_read(span_trim(str_span(&text)), on_json_ld, page, NULL);
    str_release(&text);
}

static void take_line(struct page *page, enum article_field field, int rank,
                      const struct xml_node *node)
{
    struct str text = STR_INIT;
    xml_line(&text, node);
    if (text.size < 500)
        take(page, field, rank, str_span(&text));
    str_release(&text);
}

static void read_time(struct page *page, const struct xml_node *node)
{
    struct span when = xml_attribute(node, "datetime");
    if (when.size && page->ranks[ARTICLE_DATE] > 6)
        take(page, ARTICLE_DATE, 6, when);
}

static void read_marked(struct page *page, const struct xml_node *node)
{
    struct span prop = xml_attribute(node, "itemprop");
    struct span content = xml_attribute(node, "content");
    struct span class = xml_attribute(node, "class");
    if (span_is(prop, "headline"))
        take_line(page, ARTICLE_TITLE, 3, node);
    else if (span_is(prop, "datePublished") && content.size)
        take(page, ARTICLE_DATE, 3, content);
    else if (span_is(prop, "author") ||
             span_is(xml_attribute(node, "rel"), "author"))
        take_line(page, ARTICLE_AUTHOR, 4, node);
    else if (span_find(class, 0, span_of("byline")) != SIZE_MAX &&
             page->ranks[ARTICLE_AUTHOR] > 6)
        take_line(page, ARTICLE_AUTHOR, 6, node);
}

static void read_element(struct page *page, const struct xml_node *node)
{
    const char *name = xml_name(node);
    if (!strcasecmp(name, "meta"))
        read_meta(page, node);
    else if (!strcasecmp(name, "script"))
        read_script(page, node);
    else if (!strcasecmp(name, "title"))
        take_line(page, ARTICLE_TITLE, 9, node);
    else if (!strcasecmp(name, "h1") && page->ranks[ARTICLE_TITLE] > 5)
        take_line(page, ARTICLE_TITLE, 5, node);
    else if (!strcasecmp(name, "time"))
        read_time(page, node);
    else if (!strcasecmp(name, "link") &&
             span_is_nocase(xml_attribute(node, "rel"), "canonical"))
        take(page, ARTICLE_URL, 1, xml_attribute(node, "href"));
    else
        read_marked(page, node);
}

/* "Ferry reopens | The Courier": the name of the site is no headline. */
static void trim_title(struct page *page)
{
    static const char *const bars[] = { " | ", " - ", " \xE2\x80\x93 ",
                                        " \xE2\x80\x94 " };
    struct article_values *titles = &page->out->values[ARTICLE_TITLE];
    struct span site = article_text(page->out, ARTICLE_SOURCE);
    if (!titles->count)
        return;
    struct span title = titles->items[0];
    for (size_t i = 0; i < sizeof(bars) / sizeof(*bars); i++) {
        size_t at = SIZE_MAX, next = 0;
        while ((next = span_find(title, next, span_of(bars[i]))) != SIZE_MAX)
            at = next++;
        if (at == SIZE_MAX || at < 10)
            continue;
        struct span tail = span_slice(title, at + strlen(bars[i]), title.size);
        if (span_equal(tail, site) || page->ranks[ARTICLE_TITLE] == 9) {
            titles->items[0] = span_slice(title, 0, at);
            return;
        }
    }
}

/* ---- Lines below the headline ----------------------------------------- */

enum {
    HEADLINE_MIN = 12,
    HEADLINE_MAX = 1000, /* each line of the page is looked for in it */
    FRONT_LINES = 6,
    FRONT_LINE_MAX = 120,
};

/* A byline or a date of pages that say neither in their markup. */
static void read_front_line(struct page *page, struct span line)
{
    struct date date;
    if (line.size > FRONT_LINE_MAX)
        return;
    if (page->ranks[ARTICLE_AUTHOR] == RANK_NONE && byline_begins(line))
        take(page, ARTICLE_AUTHOR, 8, line);
    else if (page->ranks[ARTICLE_DATE] == RANK_NONE &&
             date_parse(&date, line, page->out->date_order) &&
             date.precision >= DATE_DAY)
        take(page, ARTICLE_DATE, 8, line);
}

/* The headline is the line that <title> has, with the site's name or not. */
static void read_front(struct page *page, const struct xml_node *root)
{
    struct article_values *titles = &page->out->values[ARTICLE_TITLE];
    struct str text = STR_INIT;
    int below = 0;
    if (!titles->count || titles->items[0].size > HEADLINE_MAX ||
        (page->ranks[ARTICLE_AUTHOR] != RANK_NONE &&
         page->ranks[ARTICLE_DATE] != RANK_NONE))
        return;
    xml_paragraphs(&text, root);
    struct span rest = str_span(&text), line;
    while (below < FRONT_LINES && span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (!line.size)
            continue;
        if (below++)
            read_front_line(page, line);
        else if (line.size < HEADLINE_MIN ||
                 span_find(titles->items[0], 0, line) == SIZE_MAX)
            below = 0;
        else if (page->ranks[ARTICLE_TITLE] == 9)
            titles->items[0] = arena_copy(page->out->memory, line);
    }
    str_release(&text);
}

/* ---- The page --------------------------------------------------------- */

static void read_body(struct page *page, const struct xml_node *root)
{
    struct str text = STR_INIT;
    html_text(&text, root);
    if (page->ld_body.size >= BODY_MIN && page->ld_body.size > text.size / 2 &&
        span_find_char(page->ld_body, 0, '<') == SIZE_MAX &&
        text.size < BODY_MIN)
        article_add(page->out, ARTICLE_BODY, page->ld_body);
    else
        article_add_copy(page->out, ARTICLE_BODY, str_span(&text));
    str_release(&text);
}

enum status html_article(struct article *out, struct span bytes,
                         struct error *err)
{
    struct str decoded = STR_INIT;
    struct span charset = charset_declared(bytes);
    if (charset.size) {
        charset_read_all(&decoded, charset, bytes);
        bytes = str_span(&decoded);
    }
    struct xml_tree *tree;
    enum status rc = xml_read_html(&tree, bytes, err);
    str_release(&decoded);
    if (rc)
        return rc;
    struct page page = { .out = out, .ld_subject = ARTICLE_TOPIC };
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        page.ranks[i] = RANK_NONE;
    const struct xml_node *root = xml_root(tree), *node = root;
    take(&page, ARTICLE_LANGUAGE, 1, xml_attribute(root, "lang"));
    while ((node = xml_walk(root, node)))
        read_element(&page, node);
    trim_title(&page);
    read_front(&page, root);
    read_body(&page, root);
    xml_close(tree);
    return STATUS_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * RSS 0.9x, 1.0 (RDF) and 2.0 with content:encoded and Dublin Core, WordPress
 * exports, and Atom (RFC 4287).
 */
#include <stdio.h>
#include <string.h>

#include "corpus/body_edges.h"
#include "corpus/markup.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

enum { NAME_SIZE = 200 };

struct feed_state {
    struct xml_cut cut;
    bool atom;
    /* Of the channel; RFC 4287 gives a feed's author to its entries. */
    char title[NAME_SIZE], language[NAME_SIZE], author[NAME_SIZE];
};

static const struct xml_rule rss_rules[] = {
    { ARTICLE_ID, ":guid", XML_LINE, false },
    { ARTICLE_ID, "@about", XML_LINE, false },
    { ARTICLE_ID, ":link", XML_LINE, false },
    { ARTICLE_TITLE, ":title", XML_MARKUP, false },
    { ARTICLE_AUTHOR, "dc:creator", XML_LINE, false },
    { ARTICLE_AUTHOR, "itunes:author", XML_LINE, false },
    { ARTICLE_AUTHOR, ":author", XML_LINE, false },
    { ARTICLE_DATE, ":pubDate", XML_LINE, false },
    { ARTICLE_DATE, "dc:date", XML_LINE, false },
    { ARTICLE_BODY, "content:encoded", XML_MARKUP, false },
    { ARTICLE_BODY, ":description", XML_MARKUP, false },
    { ARTICLE_BODY, "itunes:summary", XML_MARKUP, false },
    { ARTICLE_BODY, "media:description", XML_MARKUP, false },
    { ARTICLE_URL, ":link", XML_LINE, false },
    { ARTICLE_TOPIC, "dc:subject", XML_LINE, true },
    { ARTICLE_SOURCE, ":source", XML_LINE, false },
    { ARTICLE_LANGUAGE, "dc:language", XML_LINE, false },
    { 0, NULL, 0, false },
};

/* Where the text stands elsewhere, the description is a summary. */
static const struct xml_rule summary_rules[] = {
    { ARTICLE_SUMMARY, ":description", XML_MARKUP, false },
    { ARTICLE_SUMMARY, ":summary", XML_MARKUP, false },
    { 0, NULL, 0, false },
};

static const struct xml_rule atom_rules[] = {
    { ARTICLE_ID, "id", XML_LINE, false },
    { ARTICLE_TITLE, ":title", XML_MARKUP, false },
    { ARTICLE_TITLE, "atom:title", XML_MARKUP, false },
    { ARTICLE_AUTHOR, "author/name", XML_LINE, false },
    { ARTICLE_DATE, "published", XML_LINE, false },
    { ARTICLE_DATE, "updated", XML_LINE, false },
    { ARTICLE_DATE, "issued", XML_LINE, false },
    { ARTICLE_BODY, ":content", XML_MARKUP, false },
    { ARTICLE_BODY, "atom:content", XML_MARKUP, false },
    { ARTICLE_BODY, "summary", XML_MARKUP, false },
    { ARTICLE_URL, "link[@rel=alternate]/@href", XML_LINE, false },
    { ARTICLE_URL, "link/@href", XML_LINE, false },
    { ARTICLE_TOPIC, "category/@term", XML_LINE, false },
    { ARTICLE_SOURCE, "source/title", XML_LINE, false },
    { ARTICLE_LANGUAGE, "@lang", XML_LINE, false },
    { 0, NULL, 0, false },
};

static int bid_feed(struct span head)
{
    struct span tag, name = xml_cut_root(head, &tag);
    if (span_is(name, "rss") || span_is(name, "RDF"))
        return 90;
    return span_is(name, "feed") || span_is(name, "entry") ? 90 : 0;
}

/* What the channel says of itself, before its first item. */
static void read_channel(struct feed_state *feed, struct span head)
{
    static const char *const names[] = { "title", "dc:language", "language",
                                         "name" };
    char *const to[] = { feed->title, feed->language, feed->language,
                         feed->author };
    char item[XML_CUT_NAME_MAX + 2];
    snprintf(item, sizeof(item), "<%s", feed->cut.name);
    head = span_slice(head, 0, span_find(head, 0, span_of(item)));
    for (size_t i = 0; i < (feed->atom ? 4 : 3); i++) {
        struct markup markup = markup_begin(head);
        struct markup_element element;
        struct str text = STR_INIT;
        if (markup_find(&markup, names[i], &element))
            markup_text(&text, element.content);
        struct span line = span_trim(str_span(&text));
        if (line.size && line.size < NAME_SIZE)
            snprintf(to[i], NAME_SIZE, "%.*s", SPAN_ARGS(line));
        str_release(&text);
    }
}

static enum status begin_feed(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct feed_state *feed = state;
    struct span head, tag;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    if (rc)
        return rc;
    struct span root = xml_cut_root(head, &tag);
    feed->atom = span_is(root, "feed") || span_is(root, "entry");
    rc = xml_cut_begin(&feed->cut, source, feed->atom ? "entry" : "item", err);
    read_channel(feed, head);
    struct span language = markup_attribute(tag, "xml:lang");
    if (!*feed->language && language.size < NAME_SIZE)
        snprintf(feed->language, NAME_SIZE, "%.*s", SPAN_ARGS(language));
    return rc;
}

static enum status next_feed(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    struct feed_state *feed = state;
    return xml_cut_next(&feed->cut, source, out, err);
}

/* RSS 2.0 wants addresses: "jane@example.org (Jane Doe)". */
static void clean_authors(struct article *out)
{
    struct article_values *values = &out->values[ARTICLE_AUTHOR];
    for (size_t i = 0; i < values->count; i++) {
        struct span author = values->items[i];
        size_t open = span_find_char(author, 0, '(');
        if (span_find_char(author, 0, '@') < open && span_ends(author, ")"))
            values->items[i] = span_slice(author, open + 1, author.size - 1);
    }
}

/* The New York Times says by the domain what a category is. */
static void add_category(const struct xml_node *category, struct span domain,
                         void *payload)
{
    static const struct {
        const char *domain;
        enum article_field field;
    } kinds[] = { { "/keywords/nyt_per", ARTICLE_PERSON },
                  { "/keywords/nyt_org", ARTICLE_ORG },
                  { "/keywords/nyt_geo", ARTICLE_PLACE } };
    enum article_field field = ARTICLE_TOPIC;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (span_ends(domain, kinds[i].domain))
            field = kinds[i].field;
    struct str text = STR_INIT;
    xml_line(&text, category);
    article_add_copy(payload, field, str_span(&text));
    str_release(&text);
}

static enum status parse_feed(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    const struct feed_state *feed = state;
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    const struct xml_node *item = xml_root(tree);
    if (!feed->atom)
        xml_map_each(item, ":category/@domain", add_category, out);
    xml_map(feed->atom ? atom_rules : rss_rules, item, out);
    if (xml_named(item, feed->atom ? "content" : "encoded"))
        xml_map(summary_rules, item, out);
    xml_close(tree);
    clean_authors(out);
    struct article_values *summary = &out->values[ARTICLE_SUMMARY];
    if (summary->count)
        summary->items[0] = body_without_end(summary->items[0]);
    if (!out->values[ARTICLE_AUTHOR].count)
        article_add_copy(out, ARTICLE_AUTHOR, span_of(feed->author));
    article_add_copy(out, ARTICLE_SOURCE, span_of(feed->title));
    article_add_copy(out, ARTICLE_LANGUAGE, span_of(feed->language));
    return STATUS_OK;
}

const struct format format_feed = {
    .name = "feed",
    .summary = "RSS, RDF and Atom feeds, WordPress exports",
    .signs = "the first element is <rss>, <rdf:RDF>, <feed> or <entry>",
    .fields = "id title author date body summary url topic source language",
    .suffixes = ".rss .rdf .atom .xml",
    .bid = bid_feed,
    .state_size = sizeof(struct feed_state),
    .begin = begin_feed,
    .next = next_feed,
    .parse = parse_feed,
};

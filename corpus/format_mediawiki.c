/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * MediaWiki's XML export (mediawiki.org, Help:Export; namespace export-0.x):
 * the articles of Wikinews or any other wiki.
 */
#include <stdio.h>
#include <string.h>

#include "corpus/clean.h"
#include "corpus/markup.h"
#include "corpus/wikitext.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

enum { NAME_SIZE = 200 };

struct wiki_state {
    struct xml_cut cut;
    char site[NAME_SIZE], language[NAME_SIZE], base[NAME_SIZE];
};

static int bid_wiki(struct span head)
{
    struct span tag;
    return span_is(xml_cut_root(head, &tag), "mediawiki") ? 95 : 0;
}

static void take_element(char *to, struct span head, const char *name)
{
    struct markup markup = markup_begin(head);
    struct markup_element element;
    if (markup_find(&markup, name, &element) &&
        element.content.size < NAME_SIZE)
        snprintf(to, NAME_SIZE, "%.*s", SPAN_ARGS(span_trim(element.content)));
}

static enum status begin_wiki(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct wiki_state *wiki = state;
    struct span head, tag;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    if (rc)
        return rc;
    head = span_slice(head, 0, span_find(head, 0, span_of("<page>")));
    xml_cut_root(head, &tag);
    struct span language = markup_attribute(tag, "xml:lang");
    snprintf(wiki->language, NAME_SIZE, "%.*s",
             SPAN_ARGS(span_slice(language, 0, 20)));
    take_element(wiki->site, head, "sitename");
    take_element(wiki->base, head, "base");
    return xml_cut_begin(&wiki->cut, source, "page", err);
}

static enum status next_wiki(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    struct wiki_state *wiki = state;
    return xml_cut_next(&wiki->cut, source, out, err);
}

static bool is_one_of(struct span name, const char *const *words)
{
    for (; *words; words++)
        if (span_is_nocase(name, *words))
            return true;
    return false;
}

/* Categories that say that an article is done say nothing of it. */
static void on_category(void *payload, struct span name)
{
    static const char *const done[] = {
        "published", "archived",   "Ver\u00F6ffentlicht",
        "Publicado", "Pubblicati", "Article archiv\u00E9",
        NULL
    };
    name = span_slice(name, 0, span_find_char(name, 0, '|'));
    if (!is_one_of(name, done))
        article_add_copy(payload, ARTICLE_TOPIC, name);
}

/* Wikinews: {{date|November 13, 2004}}, {{byline|name=..|location=..}} */
static void on_template(void *payload, struct span name, struct span rest)
{
    static const char *const dates[] = { "date", "Datum", "fecha", "data",
                                         NULL };
    struct article *out = payload;
    struct date date;
    if (is_one_of(name, dates) && date_parse(&date, rest, out->date_order) &&
        date.precision >= DATE_DAY)
        article_add_copy(out, ARTICLE_DATE, rest);
    if (!span_is_nocase(name, "byline") && !span_is_nocase(name, "dateline"))
        return;
    struct span part;
    while (span_next(&rest, '|', &part)) {
        size_t equals = span_find_char(part, 0, '=');
        struct span key = span_trim(span_slice(part, 0, equals));
        struct span value =
            span_slice(part, equals == SIZE_MAX ? 0 : equals + 1, part.size);
        if (span_is_nocase(key, "date"))
            article_add_copy(out, ARTICLE_DATE, value);
        else if (span_is_nocase(key, "location"))
            article_add_copy(out, ARTICLE_DATELINE, value);
        else if (span_is_nocase(key, "name") || equals == SIZE_MAX)
            article_add_copy(out, ARTICLE_AUTHOR, value);
    }
}

static void add_address(const struct wiki_state *wiki, struct article *out)
{
    struct span base = span_of(wiki->base);
    size_t slash = base.size;
    while (slash && base.data[slash - 1] != '/')
        slash--;
    if (!slash)
        return;
    struct str url = STR_INIT;
    str_add(&url, span_slice(base, 0, slash));
    size_t from = url.size;
    str_add(&url, article_text(out, ARTICLE_TITLE));
    for (; from < url.size; from++)
        if (url.data[from] == ' ')
            url.data[from] = '_';
    article_add_copy(out, ARTICLE_URL, str_span(&url));
    str_release(&url);
}

static enum status read_page(const struct wiki_state *wiki,
                             const struct xml_node *page, struct article *out,
                             struct error *err)
{
    static const struct xml_rule rules[] = {
        { ARTICLE_ID, "id", XML_LINE, false },
        { ARTICLE_VERSION, "revision/id", XML_LINE, false },
        { ARTICLE_TITLE, "title", XML_LINE, false },
        { 0, NULL, 0, false },
    };
    struct span space = xml_map_text(page, "ns", out->memory);
    if (xml_named(page, "redirect") || (space.size && !span_is(space, "0")))
        return error_set(err, STATUS_SKIPPED, "a page that is no article");
    xml_map(rules, page, out);
    struct span text = xml_map_text(page, "revision/text", out->memory);
    if (span_starts_nocase(text, "#redirect"))
        return error_set(err, STATUS_SKIPPED, "a page that is no article");
    const struct wikitext_events events = { on_category, on_template, out };
    struct str body = STR_INIT;
    wikitext_read(&body, text, &events);
    article_add_copy(out, ARTICLE_BODY, str_span(&body));
    str_release(&body);
    article_add(out, ARTICLE_DATE,
                xml_map_text(page, "revision/timestamp", out->memory));
    article_add_copy(out, ARTICLE_SOURCE, span_of(wiki->site));
    article_add_copy(out, ARTICLE_LANGUAGE, span_of(wiki->language));
    add_address(wiki, out);
    return STATUS_OK;
}

static enum status parse_wiki(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    rc = read_page(state, xml_root(tree), out, err);
    xml_close(tree);
    return rc;
}

const struct format format_mediawiki = {
    .name = "mediawiki",
    .summary = "MediaWiki XML dumps: Wikinews and other wikis",
    .signs = "the first element is <mediawiki>",
    .fields = "id title author date body dateline url topic source language "
              "version",
    .suffixes = ".xml",
    .bid = bid_wiki,
    .state_size = sizeof(struct wiki_state),
    .begin = begin_wiki,
    .next = next_wiki,
    .parse = parse_wiki,
};

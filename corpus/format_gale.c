/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gale's digital archives (the Times Digital Archive and its kin): an <issue>,
 * what is known of it in <metadatainfo>, and its <article>s, whose words are
 * elements of their own.
 */
#include <stdio.h>

#include "corpus/markup.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

enum { NAME_SIZE = 200 };

/* What is the issue's. */
struct gale_state {
    struct xml_cut cut;
    char date[NAME_SIZE], source[NAME_SIZE], language[NAME_SIZE];
};

static const struct xml_rule rules[] = {
    { ARTICLE_ID, "id", XML_LINE, false },
    { ARTICLE_TITLE, "ti", XML_LINE, false },
    { ARTICLE_TITLE, "text/text.title", XML_LINE, false },
    { ARTICLE_SUBTITLE, "ta", XML_LINE, false },
    { ARTICLE_AUTHOR, "au_composed", XML_LINE, false },
    { ARTICLE_AUTHOR, "au", XML_LINE, false },
    { ARTICLE_DATE, "tdate", XML_LINE, false },
    { ARTICLE_DATE, "da", XML_LINE, false },
    { ARTICLE_BODY, "text/text.preamble", XML_PARAGRAPHS, false },
    { ARTICLE_BODY, "text/text.cr", XML_PARAGRAPHS, true },
    { ARTICLE_SECTION, "ct", XML_LINE, false },
    { ARTICLE_LANGUAGE, "language", XML_LINE, false },
    { 0, NULL, 0, false },
};

static int bid_gale(struct span head)
{
    struct span tag;
    if (!span_is(xml_cut_root(head, &tag), "issue"))
        return 0;
    return span_find(head, 0, span_of("<metadatainfo")) != SIZE_MAX ||
                   span_find(head, 0, span_of("<text.cr")) != SIZE_MAX
               ? 90
               : 0;
}

/* The first of the elements that stands in front of the articles. */
static void read_front(char *out, struct span front, const char *const *names)
{
    for (; *names && !*out; names++) {
        struct markup markup = markup_begin(front);
        struct markup_element element;
        struct str text = STR_INIT;
        if (markup_find(&markup, *names, &element))
            markup_text(&text, element.content);
        struct span line = span_trim(str_span(&text));
        if (line.size < NAME_SIZE)
            snprintf(out, NAME_SIZE, "%.*s", SPAN_ARGS(line));
        str_release(&text);
    }
}

static enum status begin_gale(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    static const char *const dates[] = { "tdate", "da", "pf", NULL };
    static const char *const sources[] = { "jn", "newspaper", "sourceLibrary",
                                           NULL };
    static const char *const languages[] = { "language", NULL };
    (void)options;
    struct gale_state *gale = state;
    struct span head;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    if (rc)
        return rc;
    head = span_slice(head, 0, span_find(head, 0, span_of("<article")));
    read_front(gale->date, head, dates);
    read_front(gale->source, head, sources);
    read_front(gale->language, head, languages);
    return xml_cut_begin(&gale->cut, source, "article", err);
}

static enum status next_gale(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    struct gale_state *gale = state;
    return xml_cut_next(&gale->cut, source, out, err);
}

static enum status parse_gale(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    const struct gale_state *gale = state;
    enum status rc = xml_map_record(rules, raw->bytes, out, err);
    article_add_copy(out, ARTICLE_DATE, span_of(gale->date));
    article_add_copy(out, ARTICLE_SOURCE, span_of(gale->source));
    article_add_copy(out, ARTICLE_LANGUAGE, span_of(gale->language));
    return rc;
}

const struct format format_gale = {
    .name = "gale",
    .summary = "Gale's newspapers: the Times Digital Archive",
    .signs = "the first element is <issue>, with <metadatainfo> or <text.cr>",
    .fields = "id title subtitle author date body source section language",
    .suffixes = ".xml",
    .bid = bid_gale,
    .state_size = sizeof(struct gale_state),
    .begin = begin_gale,
    .next = next_gale,
    .parse = parse_gale,
};

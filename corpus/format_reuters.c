/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reuters-21578, distribution 1.0 (David D. Lewis, README of 26 September
 * 1997): SGML with one REUTERS element an article.
 */
#include <string.h>

#include "base/str.h"
#include "corpus/clean.h"
#include "corpus/markup.h"
#include "corpus/sgml_cut.h"

static int bid_reuters(struct span head)
{
    struct span start = span_trim(head);
    if (span_starts_nocase(start, "<!doctype lewis"))
        return 100;
    return span_starts(start, "<REUTERS ") ? 95 : 0;
}

static enum status next_reuters(void *state, struct source *source,
                                struct raw_record *out, struct error *err)
{
    static const struct sgml_tags tags = SGML_TAGS("REUTERS");
    return sgml_cut_next(state, &tags, source, out, err);
}

/* ---- Reading ---------------------------------------------------------- */

static void add_decoded(struct article *out, enum article_field field,
                        struct span raw)
{
    struct str text = STR_INIT;
    markup_decode(&text, raw);
    article_add_copy(out, field, str_span(&text));
    str_release(&text);
}

static void add_list(struct article *out, enum article_field field,
                     struct span raw)
{
    struct markup markup = markup_begin(raw);
    struct markup_element item;
    while (markup_find(&markup, "D", &item))
        add_decoded(out, field, item.content);
}

/* The sign-off of the agency, "Reuter" and a control character, is no text. */
static struct span without_sign_off(struct span text)
{
    text = span_trim(text);
    struct span word = SPAN_LITERAL("reuter");
    if (text.size < word.size)
        return text;
    size_t start = text.size - word.size;
    bool alone =
        !start || text.data[start - 1] == '\n' || text.data[start - 1] == ' ';
    if (alone && span_is_nocase(span_slice(text, start, text.size), "reuter"))
        return span_trim(span_slice(text, 0, start));
    return text;
}

static void add_body(struct article *out, struct span raw)
{
    struct str text = STR_INIT;
    markup_decode(&text, raw);
    article_add_copy(out, ARTICLE_BODY, without_sign_off(str_span(&text)));
    str_release(&text);
}

/* TYPE="UNPROC": the text stands in TEXT without elements; where its first
 * line is a slug or headline in capitals it is the title. */
static void add_unprocessed(struct article *out, struct span raw)
{
    struct str text = STR_INIT;
    markup_decode(&text, raw);
    struct span rest = span_trim(str_span(&text));
    struct span line = span_slice(rest, 0, span_find_char(rest, 0, '\n'));
    bool capitals = line.size > 3;
    for (size_t i = 0; i < line.size; i++)
        capitals = capitals && !(line.data[i] >= 'a' && line.data[i] <= 'z');
    if (capitals) {
        article_add_copy(out, ARTICLE_TITLE, line);
        rest = span_slice(rest, line.size, rest.size);
    }
    article_add_copy(out, ARTICLE_BODY, without_sign_off(rest));
    str_release(&text);
}

static void add_text(struct article *out, const struct markup_element *text)
{
    struct markup markup = markup_begin(text->content);
    struct markup_element part;
    bool found = false;
    while (markup_next(&markup, &part)) {
        if (span_is(part.name, "TITLE"))
            add_decoded(out, ARTICLE_TITLE, part.content);
        else if (span_is(part.name, "AUTHOR"))
            add_decoded(out, ARTICLE_AUTHOR, part.content);
        else if (span_is(part.name, "DATELINE"))
            add_decoded(out, ARTICLE_DATELINE, part.content);
        else if (span_is(part.name, "BODY"))
            add_body(out, part.content);
        else
            continue;
        found = true;
    }
    if (!found)
        add_unprocessed(out, text->content);
}

static const struct {
    const char *name;
    enum article_field field;
} lists[] = {
    { "TOPICS", ARTICLE_TOPIC },  { "PLACES", ARTICLE_PLACE },
    { "PEOPLE", ARTICLE_PERSON }, { "ORGS", ARTICLE_ORG },
    { "EXCHANGES", ARTICLE_ORG }, { "COMPANIES", ARTICLE_ORG },
};

/* Some dates are followed by control references or an editor's remark. */
static struct span without_remark(struct span date)
{
    date = span_slice(date, 0, span_find_char(date, 0, '&'));
    return span_slice(date, 0, span_find_char(date, 0, '#'));
}

static void add_element(struct article *out,
                        const struct markup_element *element)
{
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
        if (span_is(element->name, lists[i].name))
            add_list(out, lists[i].field, element->content);
    if (span_is(element->name, "DATE"))
        add_decoded(out, ARTICLE_DATE, without_remark(element->content));
    else if (span_is(element->name, "TEXT"))
        add_text(out, element);
}

static enum status parse_reuters(const void *state,
                                 const struct raw_record *raw,
                                 const struct format_options *options,
                                 struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct markup markup = markup_begin(raw->bytes);
    struct markup_element article, element;
    if (!markup_find(&markup, "REUTERS", &article))
        return error_set(err, STATUS_BAD_RECORD, "no REUTERS element");
    article_add(out, ARTICLE_ID, markup_attribute(article.attributes, "NEWID"));
    out->may_be_empty = true; /* NEWID 12793 */
    article_add(out, ARTICLE_SOURCE, span_of("Reuters"));
    article_add(out, ARTICLE_LANGUAGE, span_of("en"));
    markup = markup_begin(article.content);
    while (markup_next(&markup, &element))
        add_element(out, &element);
    return STATUS_OK;
}

const struct format format_reuters = {
    .name = "reuters",
    .summary = "Reuters-21578 SGML",
    .signs = "it begins with <!DOCTYPE lewis or <REUTERS",
    .fields = "id title author date body dateline topic person org place",
    .suffixes = ".sgm .sgml",
    .bid = bid_reuters,
    .state_size = sizeof(struct sgml_cut),
    .next = next_reuters,
    .parse = parse_reuters,
};

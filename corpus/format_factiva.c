/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Factiva exports in HTML: a <div class="article ..."> for each article, with a
 * table of two columns, Factiva's field tags (HD, SN, PD, LP, TD, ...) and
 * their values.
 */
#include <string.h>

#include "corpus/format.h"
#include "corpus/xml_tree.h"

enum { LINE_OF = 0, TEXT_OF = 1, CODES_OF = 2 };

static const struct {
    const char *tag;
    enum article_field field;
    int kind;
} tags[] = {
    { "HD", ARTICLE_TITLE, LINE_OF },   { "BY", ARTICLE_AUTHOR, LINE_OF },
    { "PD", ARTICLE_DATE, LINE_OF },    { "SN", ARTICLE_SOURCE, LINE_OF },
    { "SE", ARTICLE_SECTION, LINE_OF }, { "LA", ARTICLE_LANGUAGE, LINE_OF },
    { "LP", ARTICLE_BODY, TEXT_OF },    { "TD", ARTICLE_BODY, TEXT_OF },
    { "NS", ARTICLE_TOPIC, CODES_OF },  { "IN", ARTICLE_TOPIC, CODES_OF },
    { "CO", ARTICLE_ORG, CODES_OF },    { "RE", ARTICLE_PLACE, CODES_OF },
    { "AN", ARTICLE_ID, LINE_OF },      { "ART", ARTICLE_SUMMARY, LINE_OF },
};

static const char opening[] = "<div class=\"article ";

static int bid_factiva(struct span head)
{
    bool html = span_starts_nocase(span_trim(head), "<!doctype html") ||
                span_starts_nocase(span_trim(head), "<html");
    return html && span_find(head, 0, span_of("Factiva")) != SIZE_MAX &&
                   span_find(head, 0, span_of("global.factiva.com")) != SIZE_MAX
               ? 85
           : html && span_find(head, 0, span_of("<title>Factiva")) != SIZE_MAX
               ? 85
               : 0;
}

/* From one opening to the next. */
static enum status begin_factiva(void *state, struct source *source,
                                 const struct format_options *options,
                                 struct error *err)
{
    (void)state;
    (void)options;
    struct span before;
    enum status rc =
        source_until(source, span_of(opening), FORMAT_RECORD_MAX, &before, err);
    return rc == STATUS_END || rc == STATUS_TOO_BIG ? STATUS_OK : rc;
}

static enum status next_factiva(void *state, struct source *source,
                                struct raw_record *out, struct error *err)
{
    (void)state;
    return source_until(source, span_of(opening), FORMAT_RECORD_MAX,
                        &out->bytes, err);
}

/* "gvote : Elections | gpol : Domestic Politics" */
static void add_codes(struct article *out, enum article_field field,
                      struct span text)
{
    struct span rest = text, part;
    while (span_next(&rest, '|', &part)) {
        size_t colon = span_find(part, 0, span_of(" : "));
        if (colon != SIZE_MAX)
            article_add_copy(out, field,
                             span_slice(part, colon + 3, part.size));
    }
}

static void add_field(struct article *out, struct span tag,
                      const struct xml_node *cell)
{
    struct str text = STR_INIT;
    for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
        if (!span_is(tag, tags[i].tag))
            continue;
        str_clear(&text);
        (tags[i].kind == TEXT_OF ? xml_paragraphs : xml_line)(&text, cell);
        struct span value = span_trim(str_span(&text));
        if (tags[i].field == ARTICLE_ID && span_starts(value, "Document "))
            value = span_slice(value, strlen("Document "), value.size);
        if (tags[i].kind == CODES_OF)
            add_codes(out, tags[i].field, value);
        else
            article_add_copy(out, tags[i].field, value);
    }
    str_release(&text);
}

static void read_rows(struct article *out, const struct xml_node *root)
{
    const struct xml_node *node = root;
    struct str tag = STR_INIT;
    while ((node = xml_walk(root, node))) {
        const struct xml_node *cell = NULL;
        if (!strcmp(xml_name(node), "tr") && (cell = xml_child(node))) {
            str_clear(&tag);
            xml_line(&tag, cell);
            /* A no-break space stands behind the tag. */
            size_t size = 0;
            struct span text = span_trim(str_span(&tag));
            while (size < text.size && text.data[size] >= 'A' &&
                   text.data[size] <= 'Z')
                size++;
            if (xml_next(cell))
                add_field(out, span_slice(text, 0, size), xml_next(cell));
        }
    }
    str_release(&tag);
}

static enum status parse_factiva(const void *state,
                                 const struct raw_record *raw,
                                 const struct format_options *options,
                                 struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct str html = STR_INIT;
    str_add_text(&html, opening);
    str_add(&html, raw->bytes);
    struct xml_tree *tree;
    enum status rc = xml_read_html(&tree, str_span(&html), err);
    str_release(&html);
    if (rc)
        return rc;
    read_rows(out, xml_root(tree));
    xml_close(tree);
    return STATUS_OK;
}

const struct format format_factiva = {
    .name = "factiva",
    .summary = "Factiva exports in HTML",
    .signs = "a page whose title begins with Factiva",
    .fields = "id title author date body source section topic org place "
              "language",
    .suffixes = ".html .htm",
    .bid = bid_factiva,
    .state_size = 1,
    .begin = begin_factiva,
    .next = next_factiva,
    .parse = parse_factiva,
};

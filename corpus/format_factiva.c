/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Factiva exports in HTML: a <div class="article ..."> for each article, with a
 * table of two columns, Factiva's field tags (HD, SN, PD, LP, TD, ...) and
 * their values, or without tags and a <div> or <p> for each line.
 */
#include <string.h>

#include "corpus/factiva_plain.h"
#include "corpus/factiva_tags.h"
#include "corpus/format.h"
#include "corpus/xml_tree.h"

static const char opening[] = "<div class=\"article ";

static int bid_factiva(struct span head)
{
    bool html = span_starts_nocase(span_trim(head), "<!doctype html") ||
                span_starts_nocase(span_trim(head), "<html");
    bool named =
        span_find(head, 0, span_of("<title>Factiva")) != SIZE_MAX ||
        (span_find(head, 0, span_of("Factiva")) != SIZE_MAX &&
         span_find(head, 0, span_of("global.factiva.com")) != SIZE_MAX);
    bool shaped = span_find(head, 0, span_of(opening)) != SIZE_MAX &&
                  span_find(head, 0, span_of("Headline'")) != SIZE_MAX;
    return html && (named || shaped) ? 85 : 0;
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

static void add_field(struct article *out, struct span tag,
                      const struct xml_node *cell)
{
    struct str text = STR_INIT;
    (factiva_is_text(tag) ? xml_paragraphs : xml_line)(&text, cell);
    factiva_add(out, tag, span_trim(str_span(&text)));
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
            if (xml_next(cell) && factiva_is_tag(span_slice(text, 0, size)))
                add_field(out, span_slice(text, 0, size), xml_next(cell));
        }
    }
    str_release(&tag);
}

static void read_lines(struct article *out, const struct xml_node *root)
{
    struct str text = STR_INIT;
    xml_paragraphs(&text, root);
    struct span rest = str_span(&text), line;
    factiva_read_plain(out, rest);
    while (factiva_next_line(&rest, &line))
        article_add_copy(out, ARTICLE_ID, factiva_accession(line));
    str_release(&text);
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
    if (!out->values[ARTICLE_TITLE].count)
        read_lines(out, xml_root(tree));
    xml_close(tree);
    return STATUS_OK;
}

const struct format format_factiva = {
    .name = "factiva",
    .summary = "Factiva exports in HTML",
    .signs = "a page whose title begins with Factiva, or with its headlines",
    .fields = "id title author date body source section topic org place "
              "language",
    .suffixes = ".html .htm",
    .bid = bid_factiva,
    .state_size = 1,
    .begin = begin_factiva,
    .next = next_factiva,
    .parse = parse_factiva,
};

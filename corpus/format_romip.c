/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ROMIP, the collections of the Russian Information Retrieval Evaluation
 * Seminar: <document>s whose texts are in base64 (RFC 4648), often in
 * Windows-1251.
 */
#include "base/utf8.h"
#include "corpus/charset.h"
#include "corpus/html_article.h"
#include "corpus/repair.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

static int bid_romip(struct span head)
{
    struct span tag, root = xml_cut_root(head, &tag);
    bool documents = span_is(root, "document") || span_is(root, "documents") ||
                     span_is(root, "dataset") || span_is(root, "collection");
    return documents && span_find(head, 0, span_of("<docID>")) != SIZE_MAX ? 90
                                                                           : 0;
}

static enum status begin_romip(void *state, struct source *source,
                               const struct format_options *options,
                               struct error *err)
{
    (void)options;
    return xml_cut_begin(state, source, "document", err);
}

/* ---- base64 ----------------------------------------------------------- */

static int value_of(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* False, and something of it appended, where the text is no base64. */
static bool decode(struct str *out, struct span text)
{
    uint32_t bits = 0;
    int count = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        int value = value_of(c);
        if (c == '\n' || c == '\r' || c == '=')
            continue;
        if (value < 0)
            return false;
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            str_add_char(out, (char)(bits >> count));
        }
    }
    return true;
}

/* ---- A document ------------------------------------------------------- */

static const struct {
    const char *path;
    enum article_field field;
} rows[] = {
    { "docURL", ARTICLE_URL },
    { "subject", ARTICLE_TITLE },
    { "agency", ARTICLE_SOURCE },
    { "content", ARTICLE_BODY },
};

static void add_text(struct article *out, enum article_field field,
                     struct span charset, struct span text)
{
    struct str readable = STR_INIT;
    struct article page;
    charset_read_all(&readable, charset, text);
    article_begin(&page, out->memory, out->date_order);
    struct span plain = str_span(&readable);
    if (field == ARTICLE_BODY &&
        span_find(plain, 0, span_of("</")) != SIZE_MAX &&
        !html_article(&page, plain, NULL)) {
        article_add(out, ARTICLE_TITLE, article_text(&page, ARTICLE_TITLE));
        article_add(out, field, article_text(&page, ARTICLE_BODY));
    } else {
        article_add_copy(out, field, plain);
    }
    str_release(&readable);
}

/* All texts of a document are in base64, or none; short ones may be either.
 * The longest tells the character set of all. */
static bool is_encoded(const struct xml_node *document, struct arena *memory,
                       struct span *charset)
{
    struct str text = STR_INIT;
    bool encoded =
        decode(&text, xml_map_text(document, "content", memory)) && text.size;
    struct span bytes = str_span(&text);
    *charset = encoded && utf8_valid_prefix(bytes) != bytes.size
                   ? repair_charset(bytes)
                   : (struct span){ NULL, 0 };
    str_release(&text);
    return encoded;
}

static enum status parse_romip(const void *state, const struct raw_record *raw,
                               const struct format_options *options,
                               struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    const struct xml_node *document = xml_root(tree);
    struct span charset;
    bool encoded = is_encoded(document, out->memory, &charset);
    article_add(out, ARTICLE_ID, xml_map_text(document, "docID", out->memory));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct span value = xml_map_text(document, rows[i].path, out->memory);
        struct str text = STR_INIT;
        if (encoded && decode(&text, value))
            value = str_span(&text);
        add_text(out, rows[i].field, charset, value);
        str_release(&text);
    }
    struct str date = STR_INIT;
    str_add(&date, xml_map_text(document, "timestamp/date", out->memory));
    str_add_char(&date, ' ');
    str_add(&date, xml_map_text(document, "timestamp/daytime", out->memory));
    article_add_copy(out, ARTICLE_DATE, str_span(&date));
    str_release(&date);
    xml_close(tree);
    return STATUS_OK;
}

const struct format format_romip = {
    .name = "romip",
    .summary = "news collections of ROMIP",
    .signs = "the first element is <document> or a set of them, with <docID>",
    .fields = "id title date body source url",
    .suffixes = ".xml",
    .bid = bid_romip,
    .state_size = sizeof(struct xml_cut),
    .begin = begin_romip,
    .next = xml_cut_next,
    .parse = parse_romip,
};

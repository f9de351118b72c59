/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTML: one web page a file. */
#include "corpus/html_article.h"
#include "corpus/whole_file.h"
#include "corpus/xml_cut.h"

static int bid_html(struct span head)
{
    struct span tag, name = xml_cut_root(head, &tag);
    if (span_is_nocase(name, "html"))
        return 80;
    if (span_starts_nocase(span_trim(head), "<!doctype html"))
        return 75;
    static const char *const names[] = { "head", "body",  "div", "article",
                                         "meta", "title", "p",   "table" };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (span_is_nocase(name, names[i]))
            return 30;
    return 0;
}

static enum status next_html(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    (void)state;
    return whole_file_next(source, out, err);
}

static enum status parse_html(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    enum status rc = html_article(out, raw->bytes, err);
    article_add(out, ARTICLE_ID, raw->name);
    return rc;
}

const struct format format_html = {
    .name = "html",
    .summary = "HTML, one web page a file",
    .signs = "it begins with <!doctype html> or <html>",
    .fields = "title subtitle author date body summary url source section "
              "topic language; the id is the file's name",
    .suffixes = ".html .htm .xhtml",
    .bid = bid_html,
    .state_size = 1,
    .next = next_html,
    .parse = parse_html,
};

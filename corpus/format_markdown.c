/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Markdown (CommonMark) with front matter in YAML between two lines "---", as
 * Hugo, Jekyll and Pandoc have it.  One article a file.
 */
#include <string.h>

#include "corpus/field_names.h"
#include "corpus/markup.h"
#include "corpus/whole_file.h"
#include "corpus/yaml_read.h"

static struct span without_mark(struct span text)
{
    return span_starts(text, "\xEF\xBB\xBF") ? span_slice(text, 3, text.size)
                                             : text;
}

/* A first line "---" and a second one "name:". */
static int bid_markdown(struct span head)
{
    struct span rest = without_mark(head), line;
    if (!span_next(&rest, '\n', &line) || !span_is(span_trim(line), "---"))
        return 0;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (!line.size || line.data[0] == '#')
            continue;
        size_t colon = span_find_char(line, 0, ':');
        return colon != SIZE_MAX && colon &&
                       span_find_char(line, 0, ' ') > colon
                   ? 85
                   : 0;
    }
    return 0;
}

static enum status next_markdown(void *state, struct source *source,
                                 struct raw_record *out, struct error *err)
{
    (void)state;
    return whole_file_next(source, out, err);
}

/* ---- Text ------------------------------------------------------------- */

/* What is longer or deeper is no link and no shortcode: without bounds each
 * of many open brackets would be sought to the end of the line. */
enum {
    BRACKETS_MAX = 32,
    ADDRESS_MAX = 32 * 1024, /* pictures may stand in the address itself */
    SHORTCODE_MAX = 1000,
};

/* The end of "[text](address)" or "[text][name]" from the bracket on, and its
 * text; 0 where it is none. */
static size_t link_end(struct span line, size_t at, struct span *text)
{
    unsigned depth = 0;
    size_t i = at;
    for (; i < line.size && depth <= BRACKETS_MAX; i++) {
        depth += line.data[i] == '[';
        if (line.data[i] == ']' && !--depth)
            break;
    }
    if (i >= line.size || depth)
        return 0;
    *text = span_slice(line, at + 1, i);
    char open = i + 1 < line.size ? line.data[i + 1] : '\0';
    if (open != '(' && open != '[')
        return 0;
    size_t end = span_find_char(span_slice(line, 0, i + ADDRESS_MAX), i + 1,
                                open == '(' ? ')' : ']');
    return end == SIZE_MAX ? 0 : end + 1;
}

enum { LINK_DEPTH_MAX = 4 };

/* Emphasis, code marks, links, images and shortcodes of one line. */
static void add_inline(struct str *out, struct span line, unsigned depth)
{
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        bool image = c == '!' && i + 1 < line.size && line.data[i + 1] == '[';
        struct span text;
        size_t end;
        if (c == '\\' && i + 1 < line.size &&
            strchr("\\`*_{}[]()#+-.!<>|~", line.data[i + 1])) {
            str_add_char(out, line.data[++i]);
        } else if ((image || c == '[') && depth < LINK_DEPTH_MAX &&
                   (end = link_end(line, i + image, &text))) {
            if (!image)
                add_inline(out, text, depth + 1);
            i = end - 1;
        } else if (c == '{' && i + 1 < line.size && line.data[i + 1] == '{' &&
                   (end = span_find(span_slice(line, 0, i + SHORTCODE_MAX), i,
                                    span_of("}}"))) != SIZE_MAX) {
            i = end + 1;
        } else if (c == '`' ||
                   (c == '*' &&
                    (i + 1 == line.size || line.data[i + 1] != ' ' ||
                     (i && line.data[i - 1] != ' '))) ||
                   (c == '_' &&
                    (!i || line.data[i - 1] == ' ' || i + 1 == line.size ||
                     strchr(" .,;:!?_*", line.data[i + 1])))) {
            continue;
        } else {
            str_add_char(out, c);
        }
    }
}

/* Bytes of a list's mark, a quote's or a heading's at the front of a line. */
static size_t mark_size(struct span line, bool *block)
{
    size_t i = 0;
    *block = true;
    while (i < line.size && line.data[i] == '#')
        i++;
    if (i && i <= 6)
        return i;
    if (span_starts(line, "- ") || span_starts(line, "* ") ||
        span_starts(line, "+ "))
        return 2;
    for (i = 0; i < line.size && line.data[i] >= '0' && line.data[i] <= '9';)
        i++;
    if (i && i <= 3 && i + 1 < line.size &&
        (line.data[i] == '.' || line.data[i] == ')') && line.data[i + 1] == ' ')
        return i + 2;
    *block = false;
    return span_starts(line, ">") ? 1 : 0;
}

static bool is_rule(struct span line)
{
    size_t i = 0;
    while (i < line.size && strchr("-=*_ |:", line.data[i]))
        i++;
    return line.size && i == line.size;
}

static void add_markdown(struct str *out, struct span text)
{
    struct span rest = text, line;
    bool fenced = false;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (span_starts(line, "```") || span_starts(line, "~~~")) {
            fenced = !fenced;
            continue;
        }
        bool block;
        size_t mark = mark_size(line, &block);
        if (!line.size || block)
            str_add_text(out, "\n\n");
        if (is_rule(line))
            continue;
        add_inline(out, span_trim(span_slice(line, mark, line.size)), 0);
        str_add_text(out, block && line.data[0] == '#' ? "\n\n" : "\n");
    }
}

/* ---- The article ------------------------------------------------------ */

struct markdown_article {
    struct field_values values;
    const struct field_map *map;
};

static void on_value(void *payload, struct span path, struct span value)
{
    struct markdown_article *article = payload;
    struct field_name scratch;
    const struct field_name *row =
        field_names_find(article->map, path, &scratch);
    if (row)
        field_values_add(&article->values, row, value);
}

/* The end of the front matter: the line "---" or "..." behind it. */
static size_t front_end(struct span text, size_t *body)
{
    size_t at = 0;
    struct span rest = text, line;
    for (size_t i = 0; span_next(&rest, '\n', &line); i++) {
        struct span trimmed = span_trim(line);
        if (i && (span_is(trimmed, "---") || span_is(trimmed, "..."))) {
            *body = rest.data ? (size_t)(rest.data - text.data) : text.size;
            return at;
        }
        at += line.size + 1;
    }
    *body = text.size;
    return text.size;
}

static bool has_tags(struct span text)
{
    for (size_t i = 0; (i = span_find_char(text, i, '<')) != SIZE_MAX; i++)
        if (i + 1 < text.size &&
            (text.data[i + 1] == '/' ||
             (text.data[i + 1] >= 'a' && text.data[i + 1] <= 'z')))
            return true;
    return span_find_char(text, 0, '&') != SIZE_MAX;
}

static void add_body(struct article *out, struct span body)
{
    struct str text = STR_INIT, plain = STR_INIT;
    add_markdown(&text, body);
    if (has_tags(str_span(&text)))
        markup_text(&plain, str_span(&text));
    article_add_copy(out, ARTICLE_BODY, str_span(plain.size ? &plain : &text));
    str_release(&text);
    str_release(&plain);
}

static enum status parse_markdown(const void *state,
                                  const struct raw_record *raw,
                                  const struct format_options *options,
                                  struct article *out, struct error *err)
{
    (void)state;
    struct span text = without_mark(raw->bytes);
    size_t body, end = front_end(text, &body);
    struct markdown_article article = { .map = &options->map };
    field_values_begin(&article.values, out);
    enum status rc =
        yaml_read(span_slice(text, 0, end), on_value, &article, err);
    /* Front matter that breaks off half way has told what it could. */
    if (rc && !out->values[ARTICLE_TITLE].count)
        return rc;
    add_body(out, span_slice(text, body, text.size));
    out->values[ARTICLE_ID].count = 0; /* ids of front matter are page names */
    article_add(out, ARTICLE_ID, raw->name);
    return STATUS_OK;
}

const struct format format_markdown = {
    .name = "markdown",
    .summary = "Markdown with front matter in YAML, one article a file",
    .signs = "it begins with a line --- and names",
    .fields = "all, by the names of JSON's; the id is the file's name",
    .suffixes = ".md .markdown",
    .bid = bid_markdown,
    .state_size = 1,
    .next = next_markdown,
    .parse = parse_markdown,
};

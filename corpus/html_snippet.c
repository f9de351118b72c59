/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/html_snippet.h"

#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "corpus/markup.h"

/* Boxes hold boxes and blocks; blocks and inlines hold text and inlines. */
enum kind { KIND_NONE, KIND_BOX, KIND_BLOCK, KIND_INLINE, KIND_BREAK };

static enum kind kind_of(struct span name)
{
    static const struct {
        const char *name;
        enum kind kind;
    } rows[] = {
        { "p", KIND_BLOCK },       { "a", KIND_INLINE },
        { "br", KIND_BREAK },      { "b", KIND_INLINE },
        { "i", KIND_INLINE },      { "em", KIND_INLINE },
        { "strong", KIND_INLINE }, { "li", KIND_BLOCK },
        { "ul", KIND_BOX },        { "ol", KIND_BOX },
        { "div", KIND_BOX },       { "blockquote", KIND_BOX },
        { "h2", KIND_BLOCK },      { "h3", KIND_BLOCK },
        { "h4", KIND_BLOCK },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (span_is(name, rows[i].name))
            return rows[i].kind;
    return KIND_NONE;
}

/* A reference that all read the same: those of XML, and numbers of what is no
 * control.  The name is what stands between '&' and ';'. */
static bool is_plain_reference(struct span name)
{
    static const char *const names[] = { "amp",  "lt",  "gt",  "quot",
                                         "apos", "#39", "#x27" };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (span_is(name, names[i]))
            return true;
    uint64_t code;
    return span_starts(name, "#") &&
           number_parse(span_slice(name, 1, name.size), 0xD7FF, &code) &&
           code >= 0xA0;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '#';
}

/* What begins as a reference and has no ';' is text, but for numbers. */
static bool has_plain_references(struct span text)
{
    size_t at = 0;
    while ((at = span_find_char(text, at, '&')) != SIZE_MAX) {
        size_t end = ++at;
        while (end < text.size && is_name_char(text.data[end]))
            end++;
        struct span name = span_slice(text, at, end);
        bool closed = end < text.size && text.data[end] == ';';
        if (closed ? !is_plain_reference(name) : span_starts(name, "#"))
            return false;
    }
    return true;
}

/* Text between tags: in a block, or else blank. */
static bool add_text(struct str *out, struct span text, bool in_block)
{
    if (!in_block)
        return !span_trim(text).size;
    if (!has_plain_references(text))
        return false;
    size_t start = out->size;
    markup_decode(out, text);
    for (size_t i = start; i < out->size; i++) {
        unsigned char c = (unsigned char)out->data[i];
        if (c < ' ' && c != '\n' && c != '\t')
            return false;
        if (c == '\n')
            out->data[i] = ' ';
    }
    return true;
}

enum { DEPTH_MAX = 16 };

/* The elements that are open. */
struct elements {
    struct {
        struct span name;
        enum kind kind;
    } open[DEPTH_MAX];
    size_t count;
};

static bool holds_text(const struct elements *elements)
{
    return elements->count &&
           elements->open[elements->count - 1].kind != KIND_BOX;
}

/* Whether the tag may stand here; the elements become those behind it. */
static bool nests(struct elements *elements, struct span name, enum kind kind,
                  bool ends)
{
    if (kind == KIND_BREAK)
        return !ends && holds_text(elements);
    if (ends)
        return elements->count &&
               span_equal(elements->open[--elements->count].name, name);
    if (elements->count == DEPTH_MAX ||
        holds_text(elements) != (kind == KIND_INLINE))
        return false;
    elements->open[elements->count].name = name;
    elements->open[elements->count++].kind = kind;
    return true;
}

/* Whether nothing in the tag looks like the end of one, or like another. */
static bool is_whole(struct span tag)
{
    size_t quotes = 0, apostrophes = 0;
    for (size_t i = 1; i < tag.size; i++) {
        quotes += tag.data[i] == '"';
        apostrophes += tag.data[i] == '\'';
    }
    return quotes % 2 == 0 && apostrophes % 2 == 0 &&
           span_find_char(tag, 1, '<') == SIZE_MAX;
}

/* A tag from its '<' to its '>'. */
static bool take_tag(struct str *out, struct span tag,
                     struct elements *elements)
{
    struct span name = markup_tag_name(tag);
    enum kind kind = kind_of(name);
    if (kind == KIND_NONE || !is_whole(tag) ||
        (span_ends(tag, "/>") && kind != KIND_BREAK) ||
        !nests(elements, name, kind, span_starts(tag, "</")))
        return false;
    if (kind != KIND_INLINE)
        markup_end_paragraph(out);
    return true;
}

bool html_snippet(struct str *out, struct span html)
{
    struct elements elements = { .count = 0 };
    size_t start = out->size;
    if (utf8_valid_prefix(html) != html.size)
        return false;
    for (size_t at = 0;;) {
        size_t tag = span_find_char(html, at, '<');
        if (!add_text(out, span_slice(html, at, tag), holds_text(&elements)))
            break;
        if (tag == SIZE_MAX && !elements.count)
            return true;
        size_t end = span_find_char(html, tag, '>');
        if (end == SIZE_MAX ||
            !take_tag(out, span_slice(html, tag, end + 1), &elements))
            break;
        at = end + 1;
    }
    str_cut(out, start);
    return false;
}

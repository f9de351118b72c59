/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text with tags and character references in it, read without a parser: for
 * fields of JSON and CSV that hold a little HTML, and for SGML that no XML
 * parser takes.
 */
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "corpus/markup.h"

/* The named references of news texts (HTML 4 and the TREC collections). */
static const struct {
    const char *name;
    uint32_t code;
} references[] = {
    { "amp", '&' },      { "lt", '<' },        { "gt", '>' },
    { "quot", '"' },     { "apos", '\'' },     { "nbsp", 0xA0 },
    { "hyph", '-' },     { "blank", ' ' },     { "sp", ' ' },
    { "lsqb", '[' },     { "rsqb", ']' },      { "cir", 'o' },
    { "ndash", 0x2013 }, { "mdash", 0x2014 },  { "lsquo", 0x2018 },
    { "rsquo", 0x2019 }, { "ldquo", 0x201C },  { "rdquo", 0x201D },
    { "bull", 0x2022 },  { "hellip", 0x2026 }, { "euro", 0x20AC },
    { "pound", 0xA3 },   { "cent", 0xA2 },     { "yen", 0xA5 },
    { "sect", 0xA7 },    { "copy", 0xA9 },     { "reg", 0xAE },
    { "deg", 0xB0 },     { "middot", 0xB7 },   { "frac12", 0xBD },
    { "agrave", 0xE0 },  { "aacute", 0xE1 },   { "acirc", 0xE2 },
    { "atilde", 0xE3 },  { "auml", 0xE4 },     { "aring", 0xE5 },
    { "aelig", 0xE6 },   { "ccedil", 0xE7 },   { "egrave", 0xE8 },
    { "eacute", 0xE9 },  { "ecirc", 0xEA },    { "euml", 0xEB },
    { "igrave", 0xEC },  { "iacute", 0xED },   { "icirc", 0xEE },
    { "iuml", 0xEF },    { "ntilde", 0xF1 },   { "ograve", 0xF2 },
    { "oacute", 0xF3 },  { "ocirc", 0xF4 },    { "otilde", 0xF5 },
    { "ouml", 0xF6 },    { "oslash", 0xF8 },   { "ugrave", 0xF9 },
    { "uacute", 0xFA },  { "ucirc", 0xFB },    { "uuml", 0xFC },
    { "szlig", 0xDF },   { "Agrave", 0xC0 },   { "Aacute", 0xC1 },
    { "Auml", 0xC4 },    { "Eacute", 0xC9 },   { "Ouml", 0xD6 },
    { "Uuml", 0xDC },    { "Ccedil", 0xC7 },   { "Ntilde", 0xD1 },
};

enum { REFERENCE_MAX = 12 }; /* bytes between & and ; */

static bool decode_number(struct span digits, uint32_t *out)
{
    uint64_t code = 0;
    if (digits.size && (digits.data[0] | 0x20) == 'x') {
        for (size_t i = 1; i < digits.size; i++) {
            char c = (char)(digits.data[i] | 0x20);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
                return false;
            code = code * 16 + (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        if (digits.size < 2)
            return false;
    } else if (!number_parse(digits, 0x10FFFF, &code)) {
        return false;
    }
    /* Controls of the wire mean nothing to a reader; 128 to 159 are what
     * Windows-1252 makes of them (HTML, 13.2.5.80). */
    if (code >= 0x80 && code < 0xA0)
        code = utf8_from_cp1252((unsigned char)code);
    *out = (uint32_t)code;
    return code <= 0x10FFFF;
}

/* The reference that begins at text[at], an '&'; its length, or 0. */
static size_t decode_reference(struct span text, size_t at, uint32_t *out)
{
    struct span rest = span_slice(text, at + 1, at + 2 + REFERENCE_MAX);
    size_t end = span_find_char(rest, 0, ';');
    if (end == SIZE_MAX || !end)
        return 0;
    struct span name = span_slice(rest, 0, end);
    if (name.data[0] == '#')
        return decode_number(span_slice(name, 1, name.size), out) ? end + 2 : 0;
    for (size_t i = 0; i < sizeof(references) / sizeof(*references); i++)
        if (span_is(name, references[i].name)) {
            *out = references[i].code;
            return end + 2;
        }
    return 0;
}

void markup_decode(struct str *out, struct span text)
{
    for (size_t at = 0; at < text.size;) {
        size_t amp = span_find_char(text, at, '&');
        str_add(out, span_slice(text, at, amp));
        if (amp == SIZE_MAX)
            return;
        uint32_t code = '&';
        size_t size = decode_reference(text, amp, &code);
        if (!size || code >= 0x20 || code == '\n' || code == '\t')
            utf8_add(out, code);
        at = amp + (size ? size : 1);
    }
}

bool markup_has_references(struct span text)
{
    uint32_t code;
    for (size_t at = 0; (at = span_find_char(text, at, '&')) != SIZE_MAX; at++)
        if (decode_reference(text, at, &code))
            return true;
    return false;
}

void markup_end_paragraph(struct str *out)
{
    while (out->size && out->data[out->size - 1] == ' ')
        str_cut(out, out->size - 1);
    if (out->size && out->data[out->size - 1] != '\n')
        str_add_text(out, "\n\n");
}

/* ---- Tags ------------------------------------------------------------- */

static const char blocks[] =
    " p div br li ul ol h1 h2 h3 h4 h5 h6 tr table blockquote section article "
    "figure figcaption header footer dd dt dl pre hr ";

static const char inlines[] = " a b i u em strong span sup sub font script ";

static bool is_one_of(struct span name, const char *words)
{
    char lower[16];
    if (!name.size || name.size > sizeof(lower))
        return false;
    for (size_t i = 0; i < name.size; i++)
        lower[i] = (char)(name.data[i] | 0x20);
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] >= '0' && name.data[i] <= '9')
            lower[i] = name.data[i];
    struct span rest = span_of(words), one, wanted = { lower, name.size };
    while (span_next(&rest, ' ', &one))
        if (one.size && span_equal(one, wanted))
            return true;
    return false;
}

static bool begins_tag(struct span text, size_t at)
{
    if (at + 1 >= text.size)
        return false;
    char c = text.data[at + 1];
    return c == '/' || c == '!' || c == '?' || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

struct span markup_tag_name(struct span tag)
{
    size_t start = 1;
    if (start < tag.size && tag.data[start] == '/')
        start++;
    size_t end = start;
    while (end < tag.size && tag.data[end] != '>' && tag.data[end] != '/' &&
           tag.data[end] > ' ')
        end++;
    return span_slice(tag, start, end);
}

/* The end of what is no text; `at` where it is not closed. */
static size_t script_end(struct span text, size_t at)
{
    size_t end = span_find(text, at, span_of("</s"));
    return end == SIZE_MAX ? at : end;
}

void markup_text(struct str *out, struct span text)
{
    for (size_t at = 0; at < text.size;) {
        size_t open = span_find_char(text, at, '<');
        markup_decode(out, span_slice(text, at, open));
        if (open == SIZE_MAX)
            return;
        size_t close =
            begins_tag(text, open) ? span_find_char(text, open, '>') : SIZE_MAX;
        if (close == SIZE_MAX) {
            str_add_char(out, '<');
            at = open + 1;
            continue;
        }
        struct span name = markup_tag_name(span_slice(text, open, close + 1));
        if (is_one_of(name, blocks))
            str_add_text(out, "\n\n");
        at = close + 1;
        if (text.data[open + 1] != '/' && is_one_of(name, " script style "))
            at = script_end(text, at);
    }
}

enum { TAG_MAX = 20 }; /* bytes that the names of tags are sought in */

bool markup_has_tags(struct span text)
{
    for (size_t at = 0; (at = span_find_char(text, at, '<')) != SIZE_MAX;
         at++) {
        struct span name = markup_tag_name(span_slice(text, at, at + TAG_MAX));
        bool ends = at + 1 < text.size && text.data[at + 1] == '/';
        if (ends ? is_one_of(name, blocks) || is_one_of(name, inlines)
                 : is_one_of(name, " p br img "))
            return true;
    }
    return false;
}

/* ---- Elements --------------------------------------------------------- */

static bool same_name(struct span a, struct span b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++) {
        char x = a.data[i], y = b.data[i];
        if (x != y &&
            ((x | 0x20) != (y | 0x20) || (x | 0x20) < 'a' || (x | 0x20) > 'z'))
            return false;
    }
    return true;
}

/* The end tag of an element from `at` on; SIZE_MAX where there is none. */
static size_t find_end_tag(struct span text, size_t at, struct span name)
{
    static const struct span opening = SPAN_LITERAL("</");
    for (;;) {
        at = span_find(text, at, opening);
        if (at == SIZE_MAX)
            return SIZE_MAX;
        struct span tag =
            markup_tag_name(span_slice(text, at, at + name.size + 3));
        if (same_name(tag, name))
            return at;
        at += 2;
    }
}

struct markup markup_begin(struct span text)
{
    return (struct markup){ text, 0, 0 };
}

/* The element whose tag is text[open, close]; the walk moves behind it. */
static void take_element(struct markup *markup, size_t open, size_t close,
                         struct markup_element *out)
{
    struct span text = markup->text;
    struct span tag = span_slice(text, open, close + 1);
    out->name = markup_tag_name(tag);
    out->attributes = span_slice(tag, 1 + out->name.size, tag.size - 1);
    size_t end = markup->unclosed < MARKUP_UNCLOSED_MAX
                     ? find_end_tag(text, close + 1, out->name)
                     : SIZE_MAX;
    if (end != SIZE_MAX) {
        out->content = span_slice(text, close + 1, end);
        size_t behind = span_find_char(text, end, '>');
        markup->at = behind == SIZE_MAX ? text.size : behind + 1;
        return;
    }
    markup->unclosed++;
    size_t next = span_find_char(text, close + 1, '<');
    out->content = span_slice(text, close + 1, next);
    markup->at = next == SIZE_MAX ? text.size : next;
}

bool markup_next(struct markup *markup, struct markup_element *out)
{
    struct span text = markup->text;
    for (;;) {
        size_t open = span_find_char(text, markup->at, '<');
        if (open == SIZE_MAX)
            return false;
        markup->at = open + 1;
        if (!begins_tag(text, open) || strchr("/!?", text.data[open + 1]))
            continue;
        size_t close = span_find_char(text, open, '>');
        if (close == SIZE_MAX)
            return false;
        take_element(markup, open, close, out);
        return true;
    }
}

bool markup_find(struct markup *markup, const char *name,
                 struct markup_element *out)
{
    struct span wanted = span_of(name), text = markup->text;
    for (;;) {
        size_t open = span_find_char(text, markup->at, '<');
        if (open == SIZE_MAX)
            return false;
        markup->at = open + 1;
        struct span found =
            markup_tag_name(span_slice(text, open, open + wanted.size + 2));
        if (open + 1 >= text.size || text.data[open + 1] == '/' ||
            !same_name(found, wanted))
            continue;
        size_t close = span_find_char(text, open, '>');
        if (close == SIZE_MAX)
            return false;
        take_element(markup, open, close, out);
        return true;
    }
}

struct span markup_attribute(struct span attributes, const char *name)
{
    struct span wanted = span_of(name);
    for (size_t at = 0;; at++) {
        size_t equals = span_find_char(attributes, at, '=');
        if (equals == SIZE_MAX)
            return (struct span){ NULL, 0 };
        struct span before = span_trim(span_slice(attributes, at, equals));
        size_t start = equals + 1;
        while (start < attributes.size && attributes.data[start] == ' ')
            start++;
        char quote = start < attributes.size ? attributes.data[start] : 0;
        bool quoted = quote == '"' || quote == '\'';
        start += quoted;
        size_t end = start;
        while (end < attributes.size && (quoted ? attributes.data[end] != quote
                                                : attributes.data[end] > ' '))
            end++;
        if (before.size >= wanted.size &&
            same_name(
                span_slice(before, before.size - wanted.size, before.size),
                wanted) &&
            (before.size == wanted.size ||
             before.data[before.size - wanted.size - 1] <= ' '))
            return span_slice(attributes, start, end);
        at = end;
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/xml_mend.h"

#include <stdio.h>
#include <string.h>

#include "corpus/markup.h"

static size_t cdata_end(struct span text, size_t at)
{
    size_t end = span_find(text, at, span_of("]]>"));
    return end == SIZE_MAX ? text.size : end + 3;
}

/* ---- References ------------------------------------------------------- */

/* A character of markup by its number; NULL for others. */
static const char *numbered(char c)
{
    switch (c) {
    case '&': return "&#38;";
    case '<': return "&#60;";
    case '>': return "&#62;";
    case '"': return "&#34;";
    case '\'': return "&#39;";
    }
    return NULL;
}

/* Append the reference at `at` as libxml2 takes it in any state: by number. */
static size_t add_safe_reference(struct str *out, struct span text, size_t at,
                                 struct str *decoded)
{
    size_t end = at + 1;
    while (end < text.size && end < at + 12 && text.data[end] != ';' &&
           text.data[end] != '<' && text.data[end] != ' ')
        end++;
    str_clear(decoded);
    bool whole = end < text.size && text.data[end] == ';';
    if (whole)
        markup_decode(decoded, span_slice(text, at, end + 1));
    bool known =
        whole && !span_starts(str_span(decoded), "&#") && decoded->size <= 8;
    for (size_t i = 0; known && i < decoded->size; i++) {
        const char *number = numbered(decoded->data[i]);
        if (number)
            str_add_text(out, number);
        else
            str_add_char(out, decoded->data[i]);
    }
    if (known)
        return end + 1;
    str_add_text(out, numbered('&'));
    return at + 1;
}

/*
 * After the first thing that is not well-formed libxml2 drops all references
 * to entities, and records that were cut out of a file have lost the
 * declarations.  So the characters of HTML's entities are put in their place
 * beforehand; what is no reference stays as it is written.
 */
static void replace_references(struct str *out, struct span text)
{
    struct str decoded = STR_INIT;
    for (size_t at = 0; at < text.size;) {
        size_t amp = span_find_char(text, at, '&');
        size_t cdata =
            span_find(span_slice(text, 0, amp), at, span_of("<![CDATA["));
        size_t end = cdata == SIZE_MAX ? amp : cdata_end(text, cdata);
        str_add(out, span_slice(text, at, end));
        at = end;
        if (cdata == SIZE_MAX && at < text.size)
            at = add_safe_reference(out, text, at, &decoded);
    }
    str_release(&decoded);
}

/* ---- Prefixes --------------------------------------------------------- */

enum { PREFIXES_MAX = 8, PREFIX_SIZE_MAX = 32 };

/* The prefixes of the elements of a record that was cut out of a file. */
struct prefixes {
    struct span names[PREFIXES_MAX];
    size_t count;
    size_t root_end; /* behind the name of the first element */
};

static size_t name_end(struct span text, size_t at)
{
    static const char others[] = "-_.";
    while (at < text.size && ((text.data[at] >= 'a' && text.data[at] <= 'z') ||
                              (text.data[at] >= 'A' && text.data[at] <= 'Z') ||
                              (text.data[at] >= '0' && text.data[at] <= '9') ||
                              (text.data[at] && strchr(others, text.data[at]))))
        at++;
    return at;
}

/* Note the prefix of the tag that begins at text[open]. */
static void note_prefix(struct prefixes *prefixes, struct span text,
                        size_t open)
{
    size_t end = name_end(text, open + 1);
    struct span name = span_slice(text, open + 1, end);
    bool prefixed = name.size && end < text.size && text.data[end] == ':';
    if (!open)
        prefixes->root_end = prefixed ? name_end(text, end + 1) : end;
    if (!prefixed || name.size > PREFIX_SIZE_MAX ||
        prefixes->count == PREFIXES_MAX)
        return;
    for (size_t i = 0; i < prefixes->count; i++)
        if (span_equal(prefixes->names[i], name))
            return;
    prefixes->names[prefixes->count++] = name;
}

/* Append a declaration of each prefix that the text has none for: libxml2
 * words a message for every element without one. */
static void declare_prefixes(struct str *out, const struct prefixes *prefixes,
                             struct span text)
{
    char declaration[PREFIX_SIZE_MAX + 8];
    for (size_t i = 0; i < prefixes->count; i++) {
        snprintf(declaration, sizeof(declaration), "xmlns:%.*s",
                 SPAN_ARGS(prefixes->names[i]));
        if (span_find(text, 0, span_of(declaration)) == SIZE_MAX)
            str_addf(out, " %s=\"urn:x\"", declaration);
    }
}

void xml_mend(struct str *out, struct span text)
{
    struct prefixes prefixes = { .count = 0 };
    for (size_t at = 0; (at = span_find_char(text, at, '<')) != SIZE_MAX; at++)
        note_prefix(&prefixes, text, at);
    size_t root = prefixes.root_end;
    str_reserve(out, text.size + text.size / 8);
    str_add(out, span_slice(text, 0, root));
    if (root)
        declare_prefixes(out, &prefixes, text);
    replace_references(out, span_slice(text, root, text.size));
}

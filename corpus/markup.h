/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * markup.h - elements and character references of text that is SGML or nearly
 * XML, found without a parser.  Bytes need not be valid UTF-8.
 */
#ifndef NEWS_CORPUS_MARKUP_H
#define NEWS_CORPUS_MARKUP_H

#include "base/str.h"

/* Append `text` with its character references decoded, once.  Control
 * characters are dropped; what is no reference stays. */
void markup_decode(struct str *out, struct span text);

/* Append HTML or XML text: character references decoded once, tags dropped, the
 * ends of blocks as paragraphs. */
void markup_text(struct str *out, struct span text);

/* Whether a text that nobody calls HTML has its tags, such as "</p>" or "<br". */
bool markup_has_tags(struct span text);

/* Whether there are character references in it, such as "&amp;" or "&#8217;". */
bool markup_has_references(struct span text);

/* Make `out` end in "\n\n", without blanks before it, unless it is empty. */
void markup_end_paragraph(struct str *out);

/* "title" of "<title lang=en>" and of "</title>". */
struct span markup_tag_name(struct span tag);

/*
 * A walk over the elements of a text, one level deep.  An element that is not
 * closed reaches to the next tag; after MARKUP_UNCLOSED_MAX of them end tags
 * are no longer looked for, so that a walk takes linear time.
 */
enum { MARKUP_UNCLOSED_MAX = 64 };

struct markup {
    struct span text;
    size_t at;
    unsigned unclosed;
};

struct markup_element {
    struct span name, attributes, content; /* attributes: after the name */
};

struct markup markup_begin(struct span text);

/* The next element; false where there is none. */
bool markup_next(struct markup *markup, struct markup_element *out);

/* The next element of that name (compared without case) at any depth. */
bool markup_find(struct markup *markup, const char *name,
                 struct markup_element *out);

/* The value of an attribute, quoted or not; empty where there is none. */
struct span markup_attribute(struct span attributes, const char *name);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_map.h - from the elements of an XML format to the fields of an article,
 * by a table of paths.
 *
 * A path is a small subset of XPath 1.0: names with '/' between, from the
 * record's element down.  A name matches whatever its prefix, "dc:creator"
 * with that prefix only, ":title" without one only, "*" any element.  "//" in
 * front means at any depth.  "[@class=x]" or "[@class!=x]" behind a name looks
 * at an attribute; "/@name" at the end takes one.
 */
#ifndef NEWS_CORPUS_XML_MAP_H
#define NEWS_CORPUS_XML_MAP_H

#include "corpus/article.h"
#include "corpus/xml_tree.h"

enum xml_use {
    XML_LINE,       /* the text of the element, as a line */
    XML_PARAGRAPHS, /* its text as paragraphs */
    XML_MARKUP,     /* its text is HTML once more; or it is XHTML */
};

struct xml_rule {
    enum article_field field;
    const char *path;
    enum xml_use use;
    bool also; /* added though a rule above it found something */
};

/* Calls `visit` for each element that the path leads to, in document order,
 * with the value of the attribute that it ends in (else an empty span). */
void xml_map_each(const struct xml_node *top, const char *path,
                  void (*visit)(const struct xml_node *node,
                                struct span attribute, void *payload),
                  void *payload);

/* The first thing that a path leads to, copied into `memory`; or empty. */
struct span xml_map_text(const struct xml_node *top, const char *path,
                         struct arena *memory);

/* Apply rules, up to one with a NULL path, to the article. */
void xml_map(const struct xml_rule *rules, const struct xml_node *top,
             struct article *out);

/* Read a record as XML and apply the rules to its element. */
enum status xml_map_record(const struct xml_rule *rules, struct span bytes,
                           struct article *out, struct error *err);

#endif

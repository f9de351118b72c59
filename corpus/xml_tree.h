/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_tree.h - the one door to libxml2: XML and HTML as a tree of elements.
 *
 * Nothing is fetched: no network, no external entities or DTDs.  The entities
 * of HTML are known by name; those that a document declares itself are not
 * expanded but stay as they are written, so they cannot explode.
 * What is not well-formed is read as far as it makes sense.  Trees are not
 * shared between threads.
 */
#ifndef NEWS_CORPUS_XML_TREE_H
#define NEWS_CORPUS_XML_TREE_H

#include "base/error.h"
#include "base/str.h"

struct xml_tree;
struct xml_node; /* an element; lives as long as its tree */

enum {
    XML_TEXT_MAX = 64 * 1024 * 1024, /* bytes of text from one element */
    XML_TAGS_MAX = 2000000,          /* in one document: each takes memory */
};

/* `text` is UTF-8, whatever it declares, and need not outlive the call.
 * BAD_RECORD: nothing in it is an element. */
enum status xml_read(struct xml_tree **out, struct span text,
                     struct error *err);
enum status xml_read_html(struct xml_tree **out, struct span text,
                          struct error *err);
void xml_close(struct xml_tree *tree); /* NULL is fine */

const struct xml_node *xml_root(const struct xml_tree *tree);

/* The element's name without its prefix, and the prefix as written. */
const char *xml_name(const struct xml_node *node);
const char *xml_prefix(
    const struct xml_node *node); /* "" where there is none */

/* First child and next sibling among elements; NULL where there is none. */
const struct xml_node *xml_child(const struct xml_node *node);
const struct xml_node *xml_next(const struct xml_node *node);
const struct xml_node *xml_parent(const struct xml_node *node);

/* The next element in document order below `top`; begin with top itself. */
const struct xml_node *xml_walk(const struct xml_node *top,
                                const struct xml_node *node);

/* The same without going into `node`. */
const struct xml_node *xml_walk_past(const struct xml_node *top,
                                     const struct xml_node *node);

/* The first child of that name; NULL. */
const struct xml_node *xml_named(const struct xml_node *node, const char *name);

/* An attribute's value by its name without prefix; empty where there is none.
 * Valid as long as the tree. */
struct span xml_attribute(const struct xml_node *node, const char *name);

/*
 * Append the text of an element.  As a line, names such as <byttl> that do not
 * belong to it are left out; as paragraphs, the elements that are blocks in
 * HTML, NITF and NewsML end one ("\n\n"), and what is not read (scripts, media)
 * is left out.
 */
void xml_raw(struct str *out, const struct xml_node *node); /* all of it */
void xml_line(struct str *out, const struct xml_node *node);
void xml_paragraphs(struct str *out, const struct xml_node *node);
/* The same where line ends in the text mean nothing even if it has no blocks,
 * as in HTML. */
void xml_flowing(struct str *out, const struct xml_node *node);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/xml_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "corpus/markup.h"
#include "corpus/xml_mend.h"

struct xml_tree {
    xmlDoc *document;
};

/* ---- Reading ---------------------------------------------------------- */

static enum status make_tree(struct xml_tree **out, xmlDoc *document,
                             struct error *err)
{
    *out = NULL;
    if (!document || !xmlDocGetRootElement(document)) {
        xmlFreeDoc(document);
        return error_set(err, STATUS_BAD_RECORD, "there is no element in it");
    }
    *out = memory_new(1, sizeof(**out));
    (*out)->document = document;
    return STATUS_OK;
}

/* Call one of libxml2's two readers on valid UTF-8. */
static enum status read_with(struct xml_tree **out, struct span text, bool html,
                             struct error *err)
{
    struct str repaired = STR_INIT;
    *out = NULL;
    if (text.size > XML_TEXT_MAX)
        return error_set(err, STATUS_BAD_RECORD, "it is over %d bytes",
                         XML_TEXT_MAX);
    size_t tags = 0;
    for (size_t at = 0; (at = span_find_char(text, at, '<')) != SIZE_MAX; at++)
        if (++tags > XML_TAGS_MAX)
            return error_set(err, STATUS_BAD_RECORD, "it has over %d tags",
                             XML_TAGS_MAX);
    if (utf8_valid_prefix(text) != text.size) {
        utf8_repair(&repaired, text);
        text = str_span(&repaired);
    }
    struct str safe = STR_INIT;
    if (!html) {
        xml_mend(&safe, text);
        text = str_span(&safe);
    }
    const char *data = text.size ? text.data : "";
    xmlDoc *document =
        html ? htmlReadMemory(data, (int)text.size, NULL, "UTF-8",
                              HTML_PARSE_RECOVER | HTML_PARSE_NONET |
                                  HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                  HTML_PARSE_COMPACT)
             : xmlReadMemory(data, (int)text.size, NULL, "UTF-8",
                             XML_PARSE_RECOVER | XML_PARSE_NONET |
                                 XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                 XML_PARSE_COMPACT | XML_PARSE_NOCDATA);
    str_release(&safe);
    str_release(&repaired);
    return make_tree(out, document, err);
}

enum status xml_read(struct xml_tree **out, struct span text, struct error *err)
{
    return read_with(out, text, false, err);
}

enum status xml_read_html(struct xml_tree **out, struct span text,
                          struct error *err)
{
    return read_with(out, text, true, err);
}

void xml_close(struct xml_tree *tree)
{
    if (!tree)
        return;
    xmlFreeDoc(tree->document);
    free(tree);
}

/* ---- Walking ---------------------------------------------------------- */

static const xmlNode *of(const struct xml_node *node)
{
    return (const xmlNode *)node;
}

static const struct xml_node *element_from(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return (const struct xml_node *)node;
}

const struct xml_node *xml_root(const struct xml_tree *tree)
{
    return (const struct xml_node *)xmlDocGetRootElement(tree->document);
}

const char *xml_name(const struct xml_node *node)
{
    const char *name = (const char *)of(node)->name;
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/* A prefix that nobody declared stays in the name. */
const char *xml_prefix(const struct xml_node *node)
{
    const xmlNode *n = of(node);
    if (n->ns && n->ns->prefix)
        return (const char *)n->ns->prefix;
    return strchr((const char *)n->name, ':') ? (const char *)n->name : "";
}

const struct xml_node *xml_child(const struct xml_node *node)
{
    return element_from(of(node)->children);
}

const struct xml_node *xml_next(const struct xml_node *node)
{
    return element_from(of(node)->next);
}

const struct xml_node *xml_parent(const struct xml_node *node)
{
    const xmlNode *parent = of(node)->parent;
    return parent && parent->type == XML_ELEMENT_NODE
               ? (const struct xml_node *)parent
               : NULL;
}

const struct xml_node *xml_walk_past(const struct xml_node *top,
                                     const struct xml_node *node)
{
    const struct xml_node *next = NULL;
    while (!next && node && node != top) {
        next = xml_next(node);
        node = xml_parent(node);
    }
    return next;
}

const struct xml_node *xml_walk(const struct xml_node *top,
                                const struct xml_node *node)
{
    const struct xml_node *child = xml_child(node);
    return child ? child : xml_walk_past(top, node);
}

const struct xml_node *xml_named(const struct xml_node *node, const char *name)
{
    const struct xml_node *child = xml_child(node);
    while (child && strcmp(xml_name(child), name))
        child = xml_next(child);
    return child;
}

struct span xml_attribute(const struct xml_node *node, const char *name)
{
    for (const xmlAttr *a = of(node)->properties; a; a = a->next) {
        const char *own = (const char *)a->name;
        const char *colon = strrchr(own, ':');
        if (!strcmp(colon ? colon + 1 : own, name) && a->children)
            return span_of((const char *)a->children->content);
    }
    return (struct span){ NULL, 0 };
}

/* ---- Text ------------------------------------------------------------- */

static bool is_in(const char *name, const char *const *names)
{
    char first = (char)(name[0] | 0x20);
    for (; *names; names++)
        if (**names == first && !strcasecmp(name, *names))
            return true;
    return false;
}

static const char *const blocks[] = {
    "p",          "div",       "br",         "li",      "ul",
    "ol",         "tr",        "table",      "h1",      "h2",
    "h3",         "h4",        "h5",         "h6",      "hl1",
    "hl2",        "block",     "blockquote", "bq",      "section",
    "article",    "pre",       "dd",         "dt",      "hr",
    "figcaption", "caption",   "nitf-table", "tagline", "media-caption",
    "address",    "header",    "footer",     "center",  "form",
    "para",       "paragraph", NULL,
};

/* Not for readers. */
static const char *const left_out[] = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "media-reference",
    "media-metadata",
    "media-object",
    "media-producer",
    "iframe",
    "head",
    "object",
    "figure",
    "aside",
    "nav",
    "button",
    "select",
    "header",
    NULL,
};

static const char *const left_out_of_lines[] = {
    "byttl", "virtloc", "script", "style", "alt-code", NULL,
};

/* Parts that stand side by side without a blank in the file: the cells of a
 * table, the names of a person, the parts of a place. */
static const char *const parted[] = { "td",         "th",          "wd",
                                      "name.given", "name.family", NULL };
static const char *const listed[] = { "city",   "sublocation", "state",
                                      "region", "country",     NULL };

static void part(struct str *out, const xmlNode *node)
{
    const char *name = (const char *)node->name;
    char last = out->size ? out->data[out->size - 1] : ' ';
    bool apart = strchr(" \n\t(", last) != NULL;
    if (!apart && is_in(name, parted))
        str_add_char(out, ' ');
    else if (!apart && is_in(name, listed) && node->prev)
        str_add_text(out, last == ',' ? " " : ", ");
}

static void add_text(struct str *out, const xmlNode *node)
{
    if (out->size > XML_TEXT_MAX)
        return;
    if (node->content &&
        (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE))
        str_add_text(out, (const char *)node->content);
}

static bool is_kept(const xmlNode *node, bool lines)
{
    return !is_in((const char *)node->name,
                  lines ? left_out_of_lines : left_out);
}

/* In flowing text a line end is a blank. */
static void add_flowing(struct str *out, const xmlNode *node)
{
    size_t start = out->size;
    add_text(out, node);
    for (size_t i = start; i < out->size; i++)
        if (out->data[i] == '\n' || out->data[i] == '\r')
            out->data[i] = ' ';
}

static bool is_block(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE &&
           is_in((const char *)node->name, blocks);
}

/* It may stand in <code> within <pre>. */
static bool is_preformatted(const xmlNode *node)
{
    const xmlNode *parent = node->parent;
    for (int i = 0; i < 2 && parent && parent->name; i++) {
        if (!strcasecmp((const char *)parent->name, "pre"))
            return true;
        parent = parent->parent;
    }
    return false;
}

/* Walks without recursion: the depth is the document's. */
static void add_all(struct str *out, const xmlNode *top, bool lines,
                    bool flowing)
{
    const xmlNode *node = top->children;
    while (node) {
        if (node->type != XML_ELEMENT_NODE) {
            if (flowing && !is_preformatted(node))
                add_flowing(out, node);
            else
                add_text(out, node);
        } else if (!lines && is_block(node)) {
            markup_end_paragraph(out);
        } else {
            part(out, node);
        }
        if (node->type == XML_ELEMENT_NODE && node->children &&
            is_kept(node, lines)) {
            node = node->children;
            continue;
        }
        while (node && node != top && !node->next) {
            if (!lines && is_block(node))
                markup_end_paragraph(out);
            node = node->parent;
        }
        if (!node || node == top)
            return;
        if (!lines && is_block(node))
            markup_end_paragraph(out);
        node = node->next;
    }
}

static bool has_block(const struct xml_node *top)
{
    const struct xml_node *node = top;
    while ((node = xml_walk(top, node)))
        if (is_block(of(node)))
            return true;
    return false;
}

void xml_raw(struct str *out, const struct xml_node *node)
{
    for (const xmlNode *child = of(node)->children; child; child = child->next)
        add_text(out, child);
}

void xml_line(struct str *out, const struct xml_node *node)
{
    add_all(out, of(node), true, false);
}

void xml_paragraphs(struct str *out, const struct xml_node *node)
{
    add_all(out, of(node), false, has_block(node));
}

void xml_flowing(struct str *out, const struct xml_node *node)
{
    add_all(out, of(node), false, true);
}

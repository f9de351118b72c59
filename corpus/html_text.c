/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/html_text.h"

#include <string.h>
#include <strings.h>

#include "corpus/html_snippet.h"
#include "corpus/markup.h"

enum {
    TEXT_ENOUGH = 250, /* bytes that make an element a candidate */
    LINKS_MOST = 60,   /* per cent of a block's text that may be links */
    SHORT_LINKS = 120, /* bytes up to which a block of links is judged */
    CLASS_MAX = 256,
};

static bool is_named(const struct xml_node *node, const char *const *names)
{
    const char *name = xml_name(node);
    char first = (char)(name[0] | 0x20);
    for (; *names; names++)
        if (**names == first && !strcasecmp(name, *names))
            return true;
    return false;
}

/* Whether a class or id has one of the words, as a word or the front of one. */
static bool has_word(struct span text, const char *const *words)
{
    for (size_t i = 0; i < text.size && i < CLASS_MAX; i++) {
        char before = i ? text.data[i - 1] : ' ';
        if ((before >= 'a' && before <= 'z') ||
            (before >= 'A' && before <= 'Z'))
            continue;
        for (const char *const *word = words; *word; word++)
            if (span_starts_nocase(span_slice(text, i, text.size), *word))
                return true;
    }
    return false;
}

static bool is_furniture(const struct xml_node *node)
{
    static const char *const names[] = {
        "nav",      "footer", "aside",  "form",   "script", "style",
        "noscript", "h1",     "button", "select", "iframe", "svg",
        "template", "head",   "figure", "dialog", "menu",   "input",
        "label",    "header", "time",   NULL,
    };
    static const char *const words[] = {
        "nav",         "menu",
        "cookie",      "consent",
        "gdpr",        "banner",
        "comment",     "share",
        "sharing",     "social",
        "related",     "promo",
        "advert",      "ads",
        "ad-",         "sidebar",
        "footer",      "breadcrumb",
        "newsletter",  "subscribe",
        "signup",      "sign-up",
        "popup",       "modal",
        "recommend",   "widget",
        "disqus",      "sponsor",
        "toolbar",     "masthead",
        "more-",       "most-",
        "trending",    "paywall",
        "copyright",   "skip-",
        "tags",        "caption",
        "byline",      "timestamp",
        "dateline",    "print-",
        "pagination",  "hidden",
        "links-block", "article__status",
        NULL,
    };
    if (is_named(node, names))
        return true;
    struct span role = xml_attribute(node, "role");
    if (span_is(role, "navigation") || span_is(role, "complementary") ||
        span_is(role, "contentinfo") || span_is(role, "dialog") ||
        span_is(xml_attribute(node, "aria-hidden"), "true"))
        return true;
    static const char *const whole[] = { "body", "html", "article", "main",
                                         NULL };
    return !is_named(node, whole) &&
           (has_word(xml_attribute(node, "class"), words) ||
            has_word(xml_attribute(node, "id"), words) ||
            has_word(xml_attribute(node, "data-component"), words));
}

static const char *const block_names[] = {
    "p", "h2", "h3", "h4", "h5", "li", "blockquote", "pre", "dd", "td", NULL,
};

static bool is_block(const struct xml_node *node)
{
    return is_named(node, block_names);
}

static const char *const box_names[] = {
    "p",  "div", "section", "article", "main",       "ul",  "ol", "table",
    "h1", "h2",  "h3",      "h4",      "blockquote", "pre", "dl", NULL,
};

/* A block or box stands within it, so that its text is not one paragraph. */
static bool has_box(const struct xml_node *top)
{
    const struct xml_node *node = top;
    while ((node = xml_walk(top, node)))
        if (is_named(node, box_names))
            return true;
    return false;
}

static size_t link_bytes(const struct xml_node *top)
{
    static const char *const links[] = { "a", NULL };
    struct str text = STR_INIT;
    const struct xml_node *node = top;
    while ((node = xml_walk(top, node)))
        if (is_named(node, links))
            xml_line(&text, node);
    size_t size = text.size;
    str_release(&text);
    return size;
}

static bool is_notice(struct span paragraph)
{
    static const char *const notices[] = { "Advertisement",   "Anzeige",
                                           "Publicit\u00E9",  "Publicidad",
                                           "Pubblicit\u00E0", "Advertentie" };
    for (size_t i = 0; i < sizeof(notices) / sizeof(*notices); i++)
        if (span_is_nocase(paragraph, notices[i]))
            return true;
    return false;
}

/* The paragraphs below `top`, each a block or a box without one inside. */
static void add_paragraphs(struct str *out, const struct xml_node *top)
{
    const struct xml_node *node = xml_child(top);
    struct str text = STR_INIT;
    while (node) {
        bool leaf =
            (is_block(node) || is_named(node, box_names)) && !has_box(node);
        if (!is_furniture(node) && !leaf) {
            node = xml_walk(top, node);
            continue;
        }
        str_clear(&text);
        if (leaf && !is_furniture(node))
            xml_flowing(&text, node);
        struct span line = span_trim(str_span(&text));
        bool links =
            line.size && link_bytes(node) * 100 > line.size * LINKS_MOST;
        if (line.size && !links && !is_notice(line)) {
            str_add_text(out, "\n\n");
            str_add(out, line);
        }
        node = xml_walk_past(top, node);
    }
    str_release(&text);
}

/* Bytes in the paragraphs that are children, or children of children. */
static size_t text_of_children(const struct xml_node *top)
{
    static const char *const paragraphs[] = { "p", NULL };
    struct str text = STR_INIT;
    for (const struct xml_node *a = xml_child(top); a; a = xml_next(a)) {
        if (is_furniture(a))
            continue;
        if (is_named(a, paragraphs))
            xml_line(&text, a);
        for (const struct xml_node *b = xml_child(a); b; b = xml_next(b))
            if (is_named(b, paragraphs) && !is_furniture(b))
                xml_line(&text, b);
    }
    size_t size = text.size;
    str_release(&text);
    return size;
}

static bool claims_to_be_it(const struct xml_node *node)
{
    static const char *const words[] = { "article-body",
                                         "articlebody",
                                         "article__body",
                                         "article_body",
                                         "story-body",
                                         "storybody",
                                         "entry-content",
                                         "post-content",
                                         "article-content",
                                         "article-text",
                                         NULL };
    return span_is(xml_attribute(node, "itemprop"), "articleBody") ||
           has_word(xml_attribute(node, "class"), words) ||
           has_word(xml_attribute(node, "id"), words);
}

/* Try the candidates from the surest on; the first with enough text it is. */
static bool add_candidate(struct str *out, const struct xml_node *root,
                          bool (*is_candidate)(const struct xml_node *))
{
    struct str best = STR_INIT, text = STR_INIT;
    const struct xml_node *node = root;
    while (node) {
        if (!is_candidate(node)) {
            node = xml_walk(root, node);
            continue;
        }
        str_clear(&text);
        add_paragraphs(&text, node);
        if (text.size > best.size) {
            struct str other = best;
            best = text;
            text = other;
        }
        node = node == root ? xml_walk(root, node) : xml_walk_past(root, node);
    }
    bool enough = best.size >= TEXT_ENOUGH;
    if (enough)
        str_add(out, str_span(&best));
    str_release(&best);
    str_release(&text);
    return enough;
}

static bool is_article(const struct xml_node *node)
{
    static const char *const names[] = { "article", NULL };
    return is_named(node, names);
}

static bool is_main(const struct xml_node *node)
{
    static const char *const names[] = { "main", NULL };
    return is_named(node, names) ||
           span_is(xml_attribute(node, "role"), "main");
}

static void add_densest(struct str *out, const struct xml_node *root)
{
    const struct xml_node *best = root, *node = root;
    size_t most = 0;
    while ((node = xml_walk(root, node))) {
        size_t size = xml_child(node) ? text_of_children(node) : 0;
        if (size > most) {
            most = size;
            best = node;
        }
    }
    add_paragraphs(out, best);
}

void html_text(struct str *out, const struct xml_node *root)
{
    size_t before = out->size;
    if (add_candidate(out, root, claims_to_be_it) ||
        add_candidate(out, root, is_article) ||
        add_candidate(out, root, is_main))
        return;
    add_densest(out, root);
    if (out->size - before < TEXT_ENOUGH) {
        str_cut(out, before);
        add_paragraphs(out, root);
    }
}

void html_paragraphs(struct str *out, struct span markup)
{
    struct xml_tree *tree;
    if (html_snippet(out, markup))
        return;
    if (span_find_char(markup, 0, '<') == SIZE_MAX ||
        xml_read_html(&tree, markup, NULL)) {
        markup_text(out, markup);
        return;
    }
    xml_paragraphs(out, xml_root(tree));
    xml_close(tree);
}

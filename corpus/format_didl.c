/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Newspapers of Delpher (the National Library of the Netherlands): a DIDL file
 * (MPEG-21, ISO/IEC 21000-2) for each issue, with an <Item> and Dublin Core for
 * each article, and the articles' texts in files beside it, each a <text> with
 * its <title> and <p>s.
 *
 * A text without its issue is an article too, of which no more is known.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/beside.h"
#include "corpus/whole_file.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

enum { ARTICLES_MAX = 100000, PATH_SIZE = 4096 };

struct didl_article {
    const struct xml_node *item;
    char *path; /* of its text; NULL: none is named */
    struct span title, text;
};

struct didl_state {
    struct xml_tree *tree;
    struct arena *memory;
    struct didl_article *articles;
    size_t count, capacity, at;
    bool is_text; /* the file is one article's text */
    bool in_issue;
};

static bool is_text_root(struct span name, struct span tag)
{
    return span_is(name, "text") &&
           (span_find(tag, 0, span_of("ddd:")) != SIZE_MAX ||
            span_find(tag, 0, span_of(":ocr")) != SIZE_MAX);
}

static int bid_didl(struct span head)
{
    struct span tag, name = xml_cut_root(head, &tag);
    return span_is(name, "DIDL") || is_text_root(name, tag) ? 95 : 0;
}

/* ---- The issue -------------------------------------------------------- */

/* The Dublin Core of an item itself, not of the items in it. */
static const struct xml_node *core_of(const struct xml_node *item)
{
    const struct xml_node *node = xml_child(item);
    while (node) {
        if (xml_named(node, "recordIdentifier"))
            return node;
        node = !strcmp(xml_name(node), "Item") ? xml_walk_past(item, node)
                                               : xml_walk(item, node);
    }
    return NULL;
}

static bool is_article(const struct xml_node *node)
{
    const struct xml_node *core =
        strcmp(xml_name(node), "Item") ? NULL : core_of(node);
    return core && xml_named(core, "subject");
}

/* "DDD_010235312_0001_articletext.xml" among the resources of the item. */
static char *text_path(const struct xml_node *item, const char *didl_path)
{
    static const char *const names[] = { "filename", "ref" };
    char path[PATH_SIZE];
    for (const struct xml_node *node = item; node; node = xml_walk(item, node))
        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
            struct span name = xml_attribute(node, names[i]);
            if (span_find(name, 0, span_of("articletext")) != SIZE_MAX &&
                beside_path(path, sizeof(path), didl_path, name))
                return memory_string(path);
        }
    return NULL;
}

static void find_articles(struct didl_state *didl, const char *path)
{
    const struct xml_node *root = xml_root(didl->tree), *node = root;
    for (; node && didl->count < ARTICLES_MAX; node = xml_walk(root, node)) {
        if (!is_article(node))
            continue;
        MEMORY_GROW(didl->articles, didl->count, didl->capacity);
        didl->articles[didl->count++] =
            (struct didl_article){ .item = node,
                                   .path = text_path(node, path) };
    }
}

/* The title and the paragraphs of <text>. */
static void take_text(struct didl_article *article, struct arena *memory,
                      const struct xml_node *root)
{
    struct str text = STR_INIT;
    article->title = xml_map_text(root, "title", memory);
    for (const struct xml_node *p = xml_child(root); p; p = xml_next(p)) {
        if (!strcmp(xml_name(p), "title"))
            continue;
        str_add_text(&text, "\n\n");
        xml_flowing(&text, p);
    }
    article->text = arena_copy(memory, span_trim(str_span(&text)));
    str_release(&text);
}

/* The articles whose texts are read. */
struct texts {
    struct arena *memory;
    struct didl_article **articles;
};

/* A text that is missing or damaged leaves its articles with what DIDL says. */
static void read_text(void *payload, const size_t *indices, size_t count,
                      struct source *source)
{
    const struct texts *texts = payload;
    struct xml_tree *tree;
    if (whole_file_xml(&tree, source, NULL))
        return;
    struct didl_article *first = texts->articles[indices[0]];
    take_text(first, texts->memory, xml_root(tree));
    xml_close(tree);
    for (size_t i = 1; i < count; i++) {
        texts->articles[indices[i]]->title = first->title;
        texts->articles[indices[i]]->text = first->text;
    }
}

static enum status read_texts(struct didl_state *didl, struct source *source,
                              struct error *err)
{
    size_t room = didl->count ? didl->count : 1, count = 0;
    const char **paths = memory_new(room, sizeof(*paths));
    struct texts texts = {
        .memory = didl->memory,
        .articles = memory_new(room, sizeof(struct didl_article *)),
    };
    for (size_t i = 0; i < didl->count; i++)
        if (didl->articles[i].path) {
            paths[count] = didl->articles[i].path;
            texts.articles[count++] = &didl->articles[i];
        }
    enum status rc = beside_read(source_beside(source), paths, count, read_text,
                                 &texts, err);
    free(texts.articles);
    free(paths);
    return rc;
}

static enum status begin_didl(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct didl_state *didl = state;
    didl->memory = arena_new();
    enum status rc = whole_file_xml(&didl->tree, source, err);
    if (rc)
        return error_set(err, STATUS_BAD_FORMAT, "the DIDL file is no XML");
    const struct xml_node *root = xml_root(didl->tree);
    if (!strcmp(xml_name(root), "text")) {
        didl->is_text = true;
        didl->in_issue =
            beside_has_issue(source_beside(source), source_path(source));
        MEMORY_GROW(didl->articles, didl->count, didl->capacity);
        didl->articles[didl->count++] = (struct didl_article){ .item = root };
        take_text(didl->articles, didl->memory, root);
        return STATUS_OK;
    }
    find_articles(didl, source_path(source));
    return read_texts(didl, source, err);
}

static void end_didl(void *state)
{
    struct didl_state *didl = state;
    for (size_t i = 0; i < didl->count; i++)
        free(didl->articles[i].path);
    free(didl->articles);
    xml_close(didl->tree);
    arena_free(didl->memory);
}

static enum status next_didl(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    (void)source;
    (void)err;
    struct didl_state *didl = state;
    if (didl->at == didl->count)
        return STATUS_END;
    out->offset = didl->at++;
    out->bytes = (struct span){ "", 0 };
    return STATUS_OK;
}

/* ---- An article ------------------------------------------------------- */

static const struct xml_rule article_rules[] = {
    { ARTICLE_ID, "recordIdentifier", XML_LINE, false },
    { ARTICLE_TITLE, "dc:title", XML_LINE, false },
    { ARTICLE_SECTION, "subject", XML_LINE, false },
    { ARTICLE_AUTHOR, "creator", XML_LINE, false },
    { 0, NULL, 0, false },
};

static const struct xml_rule issue_rules[] = {
    { ARTICLE_SOURCE, "title", XML_LINE, false },
    { ARTICLE_DATE, "date", XML_LINE, false },
    { ARTICLE_LANGUAGE, "language", XML_LINE, false },
    { 0, NULL, 0, false },
};

static const struct xml_node *issue_core(const struct xml_node *root)
{
    const struct xml_node *item = xml_named(root, "Item");
    return item ? core_of(item) : NULL;
}

static enum status parse_didl(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    const struct didl_state *didl = state;
    if (didl->in_issue)
        return error_set(err, STATUS_SKIPPED,
                         "an article of an issue that a file beside it knows");
    if (raw->offset >= didl->count)
        return error_set(err, STATUS_BAD_RECORD, "there is no such article");
    const struct didl_article *article = &didl->articles[raw->offset];
    article_add(out, ARTICLE_TITLE, article->title);
    article_add(out, ARTICLE_BODY, article->text);
    if (didl->is_text) {
        article_add(out, ARTICLE_ID, raw->name);
        return STATUS_OK;
    }
    const struct xml_node *issue = issue_core(xml_root(didl->tree));
    xml_map(article_rules, core_of(article->item), out);
    if (issue)
        xml_map(issue_rules, issue, out);
    return STATUS_OK;
}

const struct format format_didl = {
    .name = "didl",
    .summary = "newspapers of Delpher: DIDL issues with their articles' texts",
    .signs = "the first element is <DIDL>; the texts lie beside it, on disk or "
             "in the same archive",
    .fields = "id title author date body source section language",
    .suffixes = ".xml",
    .bid = bid_didl,
    .state_size = sizeof(struct didl_state),
    .begin = begin_didl,
    .next = next_didl,
    .parse = parse_didl,
    .end = end_didl,
};

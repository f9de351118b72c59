/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/mets_issue.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/beside.h"
#include "corpus/whole_file.h"

enum {
    PAGES_MAX = 5000,
    SECTIONS_MAX = 100,
    PATH_MAX_SIZE = 4096,
    ISSUE_TEXT_MAX = 256 * 1024 * 1024,
};

static void add_block_of(struct mets_issue *issue, struct span file,
                         struct span id, const struct xml_node *page,
                         const struct xml_node *top)
{
    struct str text = STR_INIT;
    struct mets_block block = { .file = file,
                                .id = arena_copy(issue->memory, id) };
    alto_text(&text, top);
    alto_read_names(&block.names, issue->memory, page, top);
    block.text = arena_copy(issue->memory, span_trim(str_span(&text)));
    str_release(&text);
    MEMORY_GROW(issue->blocks, issue->block_count, issue->block_capacity);
    issue->blocks[issue->block_count++] = block;
}

static bool is_full(const struct mets_issue *issue)
{
    return issue->block_count > ISSUE_TEXT_MAX / 64;
}

static void add_blocks(struct mets_issue *issue, struct span file,
                       const struct xml_node *root)
{
    const struct xml_node *node = root;
    if (issue->by_page) {
        add_block_of(issue, file, (struct span){ NULL, 0 }, root, root);
        return;
    }
    while ((node = xml_walk(root, node))) {
        bool block = !strcmp(xml_name(node), "TextBlock") ||
                     !strcmp(xml_name(node), "ComposedBlock");
        struct span id = xml_attribute(node, "ID");
        if (block && id.size && !is_full(issue))
            add_block_of(issue, file, id, root, node);
    }
}

struct page {
    struct span file; /* its ID */
    char *path;
};

struct pages {
    struct mets_issue *issue;
    struct page *items;
    size_t count, capacity, good;
};

/* So many blocks from `first` on are those of another file as well. */
static void share_blocks(struct mets_issue *issue, size_t first, size_t count,
                         struct span file)
{
    for (size_t i = first; i < first + count && !is_full(issue); i++) {
        MEMORY_GROW(issue->blocks, issue->block_count, issue->block_capacity);
        struct mets_block block = issue->blocks[i];
        block.file = file;
        issue->blocks[issue->block_count++] = block;
    }
}

/* A page that is missing or damaged leaves its blocks out. */
static void read_page(void *payload, const size_t *indices, size_t count,
                      struct source *source)
{
    struct pages *pages = payload;
    struct mets_issue *issue = pages->issue;
    struct xml_tree *page;
    if (whole_file_xml(&page, source, NULL))
        return;
    size_t first = issue->block_count;
    add_blocks(issue, pages->items[indices[0]].file, xml_root(page));
    size_t own = issue->block_count - first;
    xml_close(page);
    for (size_t i = 1; i < count; i++)
        share_blocks(issue, first, own, pages->items[indices[i]].file);
    pages->good += count;
}

static int compare_blocks(const void *a, const void *b)
{
    const struct mets_block *x = a, *y = b;
    int order = span_compare(x->file, y->file);
    return order ? order : span_compare(x->id, y->id);
}

static bool is_text_page(struct span href)
{
    return span_ends(href, ".xml") || span_ends(href, ".xml.gz") ||
           span_ends(href, ".alto");
}

static void list_pages(struct pages *pages, const char *mets_path)
{
    const struct xml_node *root = xml_root(pages->issue->tree), *node = root;
    while ((node = xml_walk(root, node))) {
        const struct xml_node *place;
        char path[PATH_MAX_SIZE];
        if (strcmp(xml_name(node), "file") || pages->count >= PAGES_MAX ||
            !(place = xml_named(node, "FLocat")))
            continue;
        struct span href = xml_attribute(place, "href");
        if (!is_text_page(href) ||
            !beside_path(path, sizeof(path), mets_path, href))
            continue;
        MEMORY_GROW(pages->items, pages->count, pages->capacity);
        pages->items[pages->count++] =
            (struct page){ xml_attribute(node, "ID"), memory_string(path) };
    }
}

static enum status read_pages(struct mets_issue *issue, struct source *source,
                              struct error *err)
{
    struct pages pages = { .issue = issue };
    list_pages(&pages, source_path(source));
    const char **paths =
        memory_new(pages.count ? pages.count : 1, sizeof(*paths));
    for (size_t i = 0; i < pages.count; i++)
        paths[i] = pages.items[i].path;
    enum status rc = beside_read(source_beside(source), paths, pages.count,
                                 read_page, &pages, err);
    for (size_t i = 0; i < pages.count; i++)
        free(pages.items[i].path);
    free(pages.items);
    free(paths);
    if (issue->block_count)
        qsort(issue->blocks, issue->block_count, sizeof(*issue->blocks),
              compare_blocks);
    if (!rc && pages.count && !pages.good && issue->article_count)
        rc = error_set(err, STATUS_NOT_FOUND,
                       "none of the %zu pages that it names can be read; they "
                       "must lie beside it",
                       pages.count);
    return rc;
}

static bool is_article(const struct xml_node *div)
{
    static const char *const types[] = {
        "article",   "advertisement", "advert",        "obituary",    "letter",
        "editorial", "familynotice",  "family notice", "weather",     "poem",
        "serial",    "review",        "interview",     "newsarticle",
    };
    struct span type = xml_attribute(div, "TYPE");
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (span_is_nocase(type, types[i]))
            return true;
    return false;
}

static void find_articles(struct mets_issue *issue)
{
    const struct xml_node *root = xml_root(issue->tree), *node = root;
    while (node) {
        bool found = !strcmp(xml_name(node), "div") && is_article(node);
        if (found) {
            MEMORY_GROW(issue->articles, issue->article_count,
                        issue->article_capacity);
            issue->articles[issue->article_count++] = node;
        }
        node = found ? xml_walk_past(root, node) : xml_walk(root, node);
    }
}

/* "page", "np:page" of Chronicling America, with the files of the page. */
static bool is_page(const struct xml_node *div)
{
    struct span type = xml_attribute(div, "TYPE");
    size_t colon = span_find_char(type, 0, ':');
    if (colon != SIZE_MAX)
        type = span_slice(type, colon + 1, type.size);
    return span_is_nocase(type, "page") && xml_named(div, "fptr");
}

static void find_pages(struct mets_issue *issue)
{
    const struct xml_node *root = xml_root(issue->tree), *node = root;
    issue->by_page = true;
    while ((node = xml_walk(root, node)))
        if (!strcmp(xml_name(node), "div") && is_page(node)) {
            MEMORY_GROW(issue->articles, issue->article_count,
                        issue->article_capacity);
            issue->articles[issue->article_count++] = node;
        }
}

/* The IDs of the sections that are of some article. */
static void add_owned(const struct mets_issue *issue, struct xml_ids *owned)
{
    for (size_t i = 0; i < issue->article_count; i++) {
        struct span rest = xml_attribute(issue->articles[i], "DMDID"), id;
        while (span_next(&rest, ' ', &id))
            xml_ids_add(owned, id, issue->articles[i]);
    }
    xml_ids_sort(owned);
}

/* What is said of the issue, not of one of its articles. */
static void find_sections(struct mets_issue *issue)
{
    const struct xml_node *node = xml_child(xml_root(issue->tree));
    struct xml_ids owned = { NULL, 0, 0 };
    add_owned(issue, &owned);
    for (; node && issue->section_count < SECTIONS_MAX; node = xml_next(node)) {
        if (strcmp(xml_name(node), "dmdSec") ||
            xml_ids_find(&owned, xml_attribute(node, "ID")))
            continue;
        MEMORY_GROW(issue->sections, issue->section_count,
                    issue->section_capacity);
        issue->sections[issue->section_count++] = node;
    }
    xml_ids_release(&owned);
}

static void find_ids(struct mets_issue *issue)
{
    const struct xml_node *root = xml_root(issue->tree);
    xml_ids_add_all(&issue->ids, root, NULL, "ID");
    xml_ids_add_all(&issue->links, root, "smLink", "from");
    xml_ids_sort(&issue->ids);
    xml_ids_sort(&issue->links);
}

enum status mets_issue_read(struct mets_issue *issue, struct source *source,
                            struct error *err)
{
    issue->memory = arena_new();
    enum status rc = whole_file_xml(&issue->tree, source, err);
    if (rc)
        return error_set(err, STATUS_BAD_FORMAT, "the METS file is no XML");
    find_articles(issue);
    if (!issue->article_count)
        find_pages(issue);
    find_sections(issue);
    find_ids(issue);
    return read_pages(issue, source, err);
}

const struct mets_block *mets_issue_block(const struct mets_issue *issue,
                                          struct span file, struct span id)
{
    const struct mets_block wanted = { .file = file, .id = id };
    return issue->block_count
               ? bsearch(&wanted, issue->blocks, issue->block_count,
                         sizeof(*issue->blocks), compare_blocks)
               : NULL;
}

void mets_issue_release(struct mets_issue *issue)
{
    xml_close(issue->tree);
    arena_free(issue->memory);
    free(issue->blocks);
    free(issue->articles);
    free(issue->sections);
    xml_ids_release(&issue->ids);
    xml_ids_release(&issue->links);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digitised newspapers: a METS file (Library of Congress) for each issue, with
 * its articles in the logical structure map, what is known of them in MODS, and
 * their text in the ALTO files that it names.
 *
 * The issue is read as a whole when its file is opened, since its articles
 * share pages; a record is the number of an article in it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "corpus/alto.h"
#include "corpus/beside.h"
#include "corpus/whole_file.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_ids.h"
#include "corpus/xml_map.h"

enum {
    PAGES_MAX = 5000,
    SECTIONS_MAX = 100, /* of an issue, and of an article */
    LINKS_MAX = 1000,   /* of an article */
    PATH_MAX_SIZE = 4096,
    ISSUE_TEXT_MAX = 256 * 1024 * 1024,
};

/* A block of text on one of the pages. */
struct block {
    struct span file, id, text;
    struct alto_names names;
};

struct mets_state {
    struct xml_tree *tree;
    struct arena *memory;
    struct block *blocks; /* sorted by file and id */
    size_t block_count, block_capacity;
    const struct xml_node **articles;
    size_t article_count, article_capacity, at;
    const struct xml_node **sections; /* <dmdSec> that are no article's */
    size_t section_count, section_capacity;
    struct xml_ids ids;   /* every element that has one */
    struct xml_ids links; /* <smLink> by the ID they are from */
    bool by_page;         /* no article is told apart: pages are articles */
};

static int bid_mets(struct span head)
{
    struct span tag;
    return span_is_nocase(xml_cut_root(head, &tag), "mets") ? 95 : 0;
}

/* ---- The issue -------------------------------------------------------- */

static void add_block_of(struct mets_state *mets, struct span file,
                         struct span id, const struct xml_node *page,
                         const struct xml_node *top)
{
    struct str text = STR_INIT;
    struct block block = { .file = file, .id = arena_copy(mets->memory, id) };
    alto_text(&text, top);
    alto_read_names(&block.names, mets->memory, page, top);
    block.text = arena_copy(mets->memory, span_trim(str_span(&text)));
    str_release(&text);
    MEMORY_GROW(mets->blocks, mets->block_count, mets->block_capacity);
    mets->blocks[mets->block_count++] = block;
}

static bool is_full(const struct mets_state *mets)
{
    return mets->block_count > ISSUE_TEXT_MAX / 64;
}

static void add_blocks(struct mets_state *mets, struct span file,
                       const struct xml_node *root)
{
    const struct xml_node *node = root;
    if (mets->by_page) {
        add_block_of(mets, file, (struct span){ NULL, 0 }, root, root);
        return;
    }
    while ((node = xml_walk(root, node))) {
        bool block = !strcmp(xml_name(node), "TextBlock") ||
                     !strcmp(xml_name(node), "ComposedBlock");
        struct span id = xml_attribute(node, "ID");
        if (block && id.size && !is_full(mets))
            add_block_of(mets, file, id, root, node);
    }
}

struct page {
    struct span file; /* its ID */
    char *path;
};

struct pages {
    struct mets_state *mets;
    struct page *items;
    size_t count, capacity, good;
};

/* So many blocks from `first` on are those of another file as well. */
static void share_blocks(struct mets_state *mets, size_t first, size_t count,
                         struct span file)
{
    for (size_t i = first; i < first + count && !is_full(mets); i++) {
        MEMORY_GROW(mets->blocks, mets->block_count, mets->block_capacity);
        struct block block = mets->blocks[i];
        block.file = file;
        mets->blocks[mets->block_count++] = block;
    }
}

/* A page that is missing or damaged leaves its blocks out. */
static void read_page(void *payload, const size_t *indices, size_t count,
                      struct source *source)
{
    struct pages *pages = payload;
    struct mets_state *mets = pages->mets;
    struct xml_tree *page;
    if (whole_file_xml(&page, source, NULL))
        return;
    size_t first = mets->block_count;
    add_blocks(mets, pages->items[indices[0]].file, xml_root(page));
    size_t own = mets->block_count - first;
    xml_close(page);
    for (size_t i = 1; i < count; i++)
        share_blocks(mets, first, own, pages->items[indices[i]].file);
    pages->good += count;
}

static int compare_blocks(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
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
    const struct xml_node *root = xml_root(pages->mets->tree), *node = root;
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

static enum status read_pages(struct mets_state *mets, struct source *source,
                              struct error *err)
{
    struct pages pages = { .mets = mets };
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
    if (mets->block_count)
        qsort(mets->blocks, mets->block_count, sizeof(*mets->blocks),
              compare_blocks);
    if (!rc && pages.count && !pages.good && mets->article_count)
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

static void find_articles(struct mets_state *mets)
{
    const struct xml_node *root = xml_root(mets->tree), *node = root;
    while (node) {
        bool found = !strcmp(xml_name(node), "div") && is_article(node);
        if (found) {
            MEMORY_GROW(mets->articles, mets->article_count,
                        mets->article_capacity);
            mets->articles[mets->article_count++] = node;
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

static void find_pages(struct mets_state *mets)
{
    const struct xml_node *root = xml_root(mets->tree), *node = root;
    mets->by_page = true;
    while ((node = xml_walk(root, node)))
        if (!strcmp(xml_name(node), "div") && is_page(node)) {
            MEMORY_GROW(mets->articles, mets->article_count,
                        mets->article_capacity);
            mets->articles[mets->article_count++] = node;
        }
}

/* The IDs of the sections that are of some article. */
static void add_owned(const struct mets_state *mets, struct xml_ids *owned)
{
    for (size_t i = 0; i < mets->article_count; i++) {
        struct span rest = xml_attribute(mets->articles[i], "DMDID"), id;
        while (span_next(&rest, ' ', &id))
            xml_ids_add(owned, id, mets->articles[i]);
    }
    xml_ids_sort(owned);
}

/* What is said of the issue, not of one of its articles. */
static void find_sections(struct mets_state *mets)
{
    const struct xml_node *node = xml_child(xml_root(mets->tree));
    struct xml_ids owned = { NULL, 0, 0 };
    add_owned(mets, &owned);
    for (; node && mets->section_count < SECTIONS_MAX; node = xml_next(node)) {
        if (strcmp(xml_name(node), "dmdSec") ||
            xml_ids_find(&owned, xml_attribute(node, "ID")))
            continue;
        MEMORY_GROW(mets->sections, mets->section_count,
                    mets->section_capacity);
        mets->sections[mets->section_count++] = node;
    }
    xml_ids_release(&owned);
}

static void find_ids(struct mets_state *mets)
{
    const struct xml_node *root = xml_root(mets->tree);
    xml_ids_add_all(&mets->ids, root, NULL, "ID");
    xml_ids_add_all(&mets->links, root, "smLink", "from");
    xml_ids_sort(&mets->ids);
    xml_ids_sort(&mets->links);
}

static enum status begin_mets(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct mets_state *mets = state;
    mets->memory = arena_new();
    enum status rc = whole_file_xml(&mets->tree, source, err);
    if (rc)
        return error_set(err, STATUS_BAD_FORMAT, "the METS file is no XML");
    find_articles(mets);
    if (!mets->article_count)
        find_pages(mets);
    find_sections(mets);
    find_ids(mets);
    return read_pages(mets, source, err);
}

static void end_mets(void *state)
{
    struct mets_state *mets = state;
    xml_close(mets->tree);
    arena_free(mets->memory);
    free(mets->blocks);
    free(mets->articles);
    free(mets->sections);
    xml_ids_release(&mets->ids);
    xml_ids_release(&mets->links);
}

static enum status next_mets(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    (void)source;
    (void)err;
    struct mets_state *mets = state;
    if (mets->at == mets->article_count)
        return STATUS_END;
    out->offset = mets->at;
    out->bytes = xml_attribute(mets->articles[mets->at++], "ID");
    return STATUS_OK;
}

/* ---- An article ------------------------------------------------------- */

static void add_block(const struct mets_state *mets, struct article *out,
                      struct span file, struct span id)
{
    const struct block wanted = { .file = file, .id = id };
    const struct block *found =
        mets->block_count ? bsearch(&wanted, mets->blocks, mets->block_count,
                                    sizeof(*mets->blocks), compare_blocks)
                          : NULL;
    if (!found)
        return;
    article_add(out, ARTICLE_BODY, found->text);
    alto_add_names(out, &found->names);
}

static bool is_heading(const struct xml_node *div)
{
    static const char *const types[] = { "heading", "headline", "title",
                                         "title_section" };
    struct span type = xml_attribute(div, "TYPE");
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        if (span_is_nocase(type, types[i]))
            return true;
    return false;
}

/* The blocks that the areas below a div name, in their order. */
static void add_areas(const struct mets_state *mets, struct article *out,
                      const struct xml_node *div)
{
    const struct xml_node *node = div;
    while ((node = xml_walk(div, node)))
        if (!strcmp(xml_name(node), "area"))
            add_block(mets, out, xml_attribute(node, "FILEID"),
                      xml_attribute(node, "BEGIN"));
}

/* The whole text of the files that belong to a page. */
static void add_page(const struct mets_state *mets, struct article *out,
                     const struct xml_node *div)
{
    for (const struct xml_node *file = xml_child(div); file;
         file = xml_next(file))
        if (!strcmp(xml_name(file), "fptr"))
            add_block(mets, out, xml_attribute(file, "FILEID"),
                      (struct span){ NULL, 0 });
}

/* The British Library's way: the logical div is linked to physical ones. */
static void add_linked(const struct mets_state *mets, struct article *out,
                       struct span id)
{
    const struct xml_id *link = xml_ids_find(&mets->links, id);
    for (size_t i = 0; link && i < LINKS_MAX; i++) {
        const struct xml_id *target =
            xml_ids_find(&mets->ids, xml_attribute(link->node, "to"));
        if (target)
            add_areas(mets, out, target->node);
        link = xml_ids_next(&mets->links, link);
    }
}

static void add_title(const struct mets_state *mets, struct article *out,
                      const struct xml_node *div)
{
    const struct xml_node *node = div;
    while ((node = xml_walk(div, node))) {
        struct article heading;
        if (strcmp(xml_name(node), "div") || !is_heading(node))
            continue;
        article_begin(&heading, out->memory, out->date_order);
        add_areas(mets, &heading, node);
        article_add(out, ARTICLE_TITLE, article_text(&heading, ARTICLE_BODY));
        return;
    }
}

static const struct xml_rule article_rules[] = {
    { ARTICLE_SUBTITLE, "//titleInfo/subTitle", XML_LINE, false },
    { ARTICLE_AUTHOR, "//name/displayForm", XML_LINE, false },
    { ARTICLE_LANGUAGE, "//language/languageTerm", XML_LINE, false },
    { ARTICLE_SECTION, "//genre", XML_LINE, false },
    { 0, NULL, 0, false },
};

static const struct xml_rule page_rules[] = {
    { ARTICLE_SECTION, "//detail[@type=section label]/number", XML_LINE,
      false },
    { ARTICLE_LANGUAGE, "//language/languageTerm", XML_LINE, false },
    { 0, NULL, 0, false },
};

static const struct xml_rule issue_rules[] = {
    { ARTICLE_DATE, "//originInfo/dateIssued", XML_LINE, false },
    { ARTICLE_DATE, "//dc:date", XML_LINE, false },
    { ARTICLE_SOURCE, "//relatedItem[@type=host]/titleInfo/title", XML_LINE,
      false },
    { ARTICLE_SOURCE, "//titleInfo/title", XML_LINE, false },
    { ARTICLE_SOURCE, "//dc:title", XML_LINE, false },
    { ARTICLE_LANGUAGE, "//language/languageTerm", XML_LINE, false },
    { ARTICLE_LANGUAGE, "//dc:language", XML_LINE, false },
    { 0, NULL, 0, false },
};

/* A name in one part, or "Jane" and "Doe" in two. */
static void add_name(const struct xml_node *name, struct span attribute,
                     void *payload)
{
    struct article *out = payload;
    struct str whole = STR_INIT;
    (void)attribute;
    for (const struct xml_node *part = xml_child(name); part;
         part = xml_next(part)) {
        struct span type = xml_attribute(part, "type");
        if (strcmp(xml_name(part), "namePart") || span_is(type, "date") ||
            span_is(type, "termsOfAddress"))
            continue;
        if (whole.size)
            str_add_text(&whole, span_is(type, "given") ? ", " : " ");
        xml_line(&whole, part);
    }
    article_add_copy(out, ARTICLE_AUTHOR, str_span(&whole));
    str_release(&whole);
}

/* "Le" and "bac reprend": the article stands apart for sorting. */
static void add_title_info(const struct xml_node *section, struct article *out)
{
    struct str title = STR_INIT;
    struct span front =
        xml_map_text(section, "//titleInfo/nonSort", out->memory);
    struct span rest = xml_map_text(section, "//titleInfo/title", out->memory);
    str_addf(&title, "%.*s%s%.*s", SPAN_ARGS(front), front.size ? " " : "",
             SPAN_ARGS(rest));
    article_add_copy(out, ARTICLE_TITLE, str_span(&title));
    str_release(&title);
}

static void read_mods(const struct mets_state *mets, const struct xml_node *div,
                      struct article *out)
{
    struct span rest = xml_attribute(div, "DMDID"), name;
    for (size_t i = 0; i < SECTIONS_MAX && span_next(&rest, ' ', &name); i++) {
        const struct xml_id *id = xml_ids_find(&mets->ids, name);
        if (!id)
            continue;
        xml_map(mets->by_page ? page_rules : article_rules, id->node, out);
        if (mets->by_page)
            continue;
        add_title_info(id->node, out);
        if (!out->values[ARTICLE_AUTHOR].count)
            xml_map_each(id->node, "//name", add_name, out);
    }
}

/* The label of a section that the article stands in. */
static void add_section(const struct xml_node *div, struct article *out)
{
    const struct xml_node *above = div;
    while ((above = xml_parent(above)))
        if (span_is_nocase(xml_attribute(above, "TYPE"), "section"))
            article_add_copy(out, ARTICLE_SECTION,
                             xml_attribute(above, "LABEL"));
}

/* The name of the file and that of the article in it. */
static void add_id(struct article *out, const struct raw_record *raw,
                   const struct xml_node *div)
{
    struct str id = STR_INIT;
    struct span own = xml_attribute(div, "ID");
    str_addf(&id, "%.*s#", SPAN_ARGS(raw->name));
    if (!own.size)
        own = xml_attribute(div, "DMDID");
    if (own.size)
        str_add(&id, own);
    else
        str_addf(&id, "%" PRIu64, raw->offset + 1);
    article_add_copy(out, ARTICLE_ID, str_span(&id));
    str_release(&id);
}

/* What is the issue's.  A label is "The Courier, 1891-05-02". */
static void add_issue(const struct mets_state *mets, struct article *out)
{
    const struct xml_node *root = xml_root(mets->tree);
    struct span label = xml_attribute(root, "LABEL");
    struct date date;
    for (size_t i = 0; i < mets->section_count; i++)
        xml_map(issue_rules, mets->sections[i], out);
    size_t comma = label.size;
    while (comma && label.data[comma - 1] != ',')
        comma--;
    if (comma && date_parse(&date, span_slice(label, comma, label.size),
                            out->date_order)) {
        article_add_copy(out, ARTICLE_DATE,
                         span_slice(label, comma, label.size));
        label = span_slice(label, 0, comma - 1);
    }
    article_add_copy(out, ARTICLE_SOURCE, label);
}

static enum status parse_mets(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    const struct mets_state *mets = state;
    if (raw->offset >= mets->article_count)
        return error_set(err, STATUS_BAD_RECORD, "there is no such article");
    const struct xml_node *div = mets->articles[raw->offset];
    add_id(out, raw, div);
    add_section(div, out);
    read_mods(mets, div, out);
    if (mets->by_page) {
        add_page(mets, out, div);
        add_issue(mets, out);
        return STATUS_OK;
    }
    article_add_copy(out, ARTICLE_TITLE, xml_attribute(div, "LABEL"));
    add_title(mets, out, div);
    add_areas(mets, out, div);
    if (!out->values[ARTICLE_BODY].count)
        add_linked(mets, out, xml_attribute(div, "ID"));
    add_issue(mets, out);
    return STATUS_OK;
}

const struct format format_mets = {
    .name = "mets",
    .summary = "digitised newspapers: METS issues with their ALTO pages",
    .signs = "the first element is <mets>; the pages lie beside it, on "
             "disk or in the same archive",
    .fields = "id title subtitle author date body source section language",
    .suffixes = ".xml",
    .bid = bid_mets,
    .state_size = sizeof(struct mets_state),
    .begin = begin_mets,
    .next = next_mets,
    .parse = parse_mets,
    .end = end_mets,
};

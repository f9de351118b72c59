/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Digitised newspapers: an article out of a METS issue (mets_issue.h), with
 * what is known of it in MODS; a record is its number in the issue.
 */
#include <inttypes.h>
#include <string.h>

#include "corpus/mets_issue.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

enum {
    SECTIONS_MAX = 100, /* of an article */
    LINKS_MAX = 1000,
};

struct mets_state {
    struct mets_issue issue;
    size_t at;
};

static int bid_mets(struct span head)
{
    struct span tag;
    return span_is_nocase(xml_cut_root(head, &tag), "mets") ? 95 : 0;
}

static enum status begin_mets(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct mets_state *mets = state;
    return mets_issue_read(&mets->issue, source, err);
}

static void end_mets(void *state)
{
    struct mets_state *mets = state;
    mets_issue_release(&mets->issue);
}

static enum status next_mets(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    (void)source;
    (void)err;
    struct mets_state *mets = state;
    if (mets->at == mets->issue.article_count)
        return STATUS_END;
    out->offset = mets->at;
    out->bytes = xml_attribute(mets->issue.articles[mets->at++], "ID");
    return STATUS_OK;
}

/* ---- An article ------------------------------------------------------- */

static void add_block(const struct mets_issue *issue, struct article *out,
                      struct span file, struct span id)
{
    const struct mets_block *found = mets_issue_block(issue, file, id);
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
static void add_areas(const struct mets_issue *issue, struct article *out,
                      const struct xml_node *div)
{
    const struct xml_node *node = div;
    while ((node = xml_walk(div, node)))
        if (!strcmp(xml_name(node), "area"))
            add_block(issue, out, xml_attribute(node, "FILEID"),
                      xml_attribute(node, "BEGIN"));
}

/* The whole text of the files that belong to a page. */
static void add_page(const struct mets_issue *issue, struct article *out,
                     const struct xml_node *div)
{
    for (const struct xml_node *file = xml_child(div); file;
         file = xml_next(file))
        if (!strcmp(xml_name(file), "fptr"))
            add_block(issue, out, xml_attribute(file, "FILEID"),
                      (struct span){ NULL, 0 });
}

/* The British Library's way: the logical div is linked to physical ones. */
static void add_linked(const struct mets_issue *issue, struct article *out,
                       struct span id)
{
    const struct xml_id *link = xml_ids_find(&issue->links, id);
    for (size_t i = 0; link && i < LINKS_MAX; i++) {
        const struct xml_id *target =
            xml_ids_find(&issue->ids, xml_attribute(link->node, "to"));
        if (target)
            add_areas(issue, out, target->node);
        link = xml_ids_next(&issue->links, link);
    }
}

static void add_title(const struct mets_issue *issue, struct article *out,
                      const struct xml_node *div)
{
    const struct xml_node *node = div;
    while ((node = xml_walk(div, node))) {
        struct article heading;
        if (strcmp(xml_name(node), "div") || !is_heading(node))
            continue;
        article_begin(&heading, out->memory, out->date_order);
        add_areas(issue, &heading, node);
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

static void read_mods(const struct mets_issue *issue,
                      const struct xml_node *div, struct article *out)
{
    struct span rest = xml_attribute(div, "DMDID"), name;
    for (size_t i = 0; i < SECTIONS_MAX && span_next(&rest, ' ', &name); i++) {
        const struct xml_id *id = xml_ids_find(&issue->ids, name);
        if (!id)
            continue;
        xml_map(issue->by_page ? page_rules : article_rules, id->node, out);
        if (issue->by_page)
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
static void add_issue(const struct mets_issue *issue, struct article *out)
{
    const struct xml_node *root = xml_root(issue->tree);
    struct span label = xml_attribute(root, "LABEL");
    struct date date;
    for (size_t i = 0; i < issue->section_count; i++)
        xml_map(issue_rules, issue->sections[i], out);
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
    const struct mets_issue *issue = &((const struct mets_state *)state)->issue;
    if (raw->offset >= issue->article_count)
        return error_set(err, STATUS_BAD_RECORD, "there is no such article");
    const struct xml_node *div = issue->articles[raw->offset];
    add_id(out, raw, div);
    add_section(div, out);
    read_mods(issue, div, out);
    if (issue->by_page) {
        add_page(issue, out, div);
        add_issue(issue, out);
        return STATUS_OK;
    }
    article_add_copy(out, ARTICLE_TITLE, xml_attribute(div, "LABEL"));
    add_title(issue, out, div);
    add_areas(issue, out, div);
    if (!out->values[ARTICLE_BODY].count)
        add_linked(issue, out, xml_attribute(div, "ID"));
    add_issue(issue, out);
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NewsML-G2 (IPTC, namespace http://iptc.org/std/nar/2006-10-01/): news items,
 * on their own or in a <newsMessage>.  Packages, concepts, plans and pictures
 * are no articles.
 */
#include <string.h>

#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

static const struct xml_rule rules[] = {
    { ARTICLE_ID, "@guid", XML_LINE, false },
    { ARTICLE_VERSION, "@version", XML_LINE, false },
    { ARTICLE_TITLE, "contentMeta/headline[@role=]", XML_LINE, false },
    { ARTICLE_TITLE, "contentMeta/headline[@role=hld:main]", XML_LINE, false },
    { ARTICLE_TITLE, "contentMeta/headline[@role!=hld:subHeadline]", XML_LINE,
      false },
    { ARTICLE_TITLE, "//hl1", XML_LINE, false },
    { ARTICLE_TITLE, "contentSet/inlineXML/html/head/title", XML_LINE, false },
    { ARTICLE_TITLE, "itemMeta/title", XML_LINE, false },
    { ARTICLE_SUBTITLE, "contentMeta/headline[@role=hld:subHeadline]", XML_LINE,
      false },
    { ARTICLE_AUTHOR, "contentMeta/by", XML_LINE, false },
    { ARTICLE_AUTHOR, "contentMeta/creator/name", XML_LINE, false },
    { ARTICLE_AUTHOR, "//byline", XML_LINE, false },
    { ARTICLE_DATELINE, "contentMeta/dateline", XML_LINE, false },
    { ARTICLE_DATELINE, "//dateline", XML_LINE, false },
    { ARTICLE_DATELINE, "contentMeta/located/name", XML_LINE, false },
    { ARTICLE_DATELINE, "contentMeta/located/@literal", XML_LINE, false },
    { ARTICLE_DATE, "contentMeta/contentCreated", XML_LINE, false },
    { ARTICLE_DATE, "itemMeta/firstCreated", XML_LINE, false },
    { ARTICLE_DATE, "contentMeta/contentModified", XML_LINE, false },
    { ARTICLE_DATE, "itemMeta/versionCreated", XML_LINE, false },
    { ARTICLE_BODY, "contentSet/inlineXML/nitf/body/body.content",
      XML_PARAGRAPHS, false },
    { ARTICLE_BODY, "contentSet/inlineXML/html/body", XML_PARAGRAPHS, false },
    { ARTICLE_BODY, "contentSet/inlineXML", XML_PARAGRAPHS, false },
    { ARTICLE_BODY, "contentSet/inlineData", XML_MARKUP, false },
    { ARTICLE_SUMMARY, "contentMeta/description", XML_LINE, false },
    { ARTICLE_SECTION, "itemMeta/service/name", XML_LINE, false },
    { ARTICLE_SECTION, "itemMeta/memberOf/name", XML_LINE, false },
    { ARTICLE_SECTION, "contentMeta/genre/name", XML_LINE, false },
    { ARTICLE_TOPIC, "contentMeta/subject[@type=cpnat:abstract]/name", XML_LINE,
      false },
    { ARTICLE_TOPIC, "contentMeta/subject[@type=]/name", XML_LINE, true },
    { ARTICLE_TOPIC, "contentMeta/keyword", XML_LINE, true },
    { ARTICLE_PERSON, "contentMeta/subject[@type=cpnat:person]/name", XML_LINE,
      false },
    { ARTICLE_PERSON,
      "contentMeta/subject[@typeuri=http://cv.iptc.org/newscodes/cpnature/"
      "person]/name",
      XML_LINE, true },
    { ARTICLE_ORG, "contentMeta/subject[@type=cpnat:organisation]/name",
      XML_LINE, false },
    { ARTICLE_ORG,
      "contentMeta/subject[@typeuri=http://cv.iptc.org/newscodes/cpnature/"
      "organisation]/name",
      XML_LINE, true },
    { ARTICLE_PLACE, "contentMeta/subject[@type=cpnat:geoArea]/name", XML_LINE,
      false },
    { ARTICLE_PLACE,
      "contentMeta/subject[@typeuri=http://cv.iptc.org/newscodes/cpnature/"
      "geoArea]/name",
      XML_LINE, true },
    { ARTICLE_PLACE, "contentMeta/subject[@type=cpnat:poi]/name", XML_LINE,
      true },
    { ARTICLE_PLACE, "contentMeta/subject[@type=cptType:5]/name", XML_LINE,
      true },
    { ARTICLE_SOURCE, "contentMeta/infoSource[@role=cRole:source]/@literal",
      XML_LINE, false },
    { ARTICLE_SOURCE, "contentMeta/infoSource/name", XML_LINE, false },
    { ARTICLE_SOURCE, "itemMeta/provider/name", XML_LINE, false },
    { ARTICLE_SOURCE, "itemMeta/provider/@literal", XML_LINE, false },
    { ARTICLE_SOURCE, "contentMeta/creditline", XML_LINE, false },
    { ARTICLE_SOURCE, "rightsInfo/copyrightHolder/name", XML_LINE, false },
    { ARTICLE_SOURCE, "itemMeta/provider/@qcode", XML_LINE, false },
    { ARTICLE_LANGUAGE, "contentMeta/language/@tag", XML_LINE, false },
    { ARTICLE_LANGUAGE, "@lang", XML_LINE, false },
    { ARTICLE_STATUS, "itemMeta/pubStatus/@qcode", XML_LINE, false },
    { ARTICLE_EMBARGO, "itemMeta/embargoed", XML_LINE, false },
    { 0, NULL, 0, false },
};

struct g2_state {
    struct xml_cut cut;
};

static const char *const roots[] = {
    "newsItem",      "packageItem",  "conceptItem",
    "knowledgeItem", "planningItem", "catalogItem",
};

static bool is_root(struct span name)
{
    for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
        if (span_is(name, roots[i]))
            return true;
    return false;
}

static int bid_g2(struct span head)
{
    struct span tag, name = xml_cut_root(head, &tag);
    if (span_is(name, "newsMessage") || is_root(name))
        return 95;
    return 0;
}

static enum status begin_g2(void *state, struct source *source,
                            const struct format_options *options,
                            struct error *err)
{
    (void)options;
    struct g2_state *g2 = state;
    struct span head, tag;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    if (rc)
        return rc;
    struct span root = xml_cut_root(head, &tag);
    const char *name = roots[0];
    for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
        if (span_is(root, roots[i]))
            name = roots[i];
    return xml_cut_begin(&g2->cut, source, name, err);
}

static enum status next_g2(void *state, struct source *source,
                           struct raw_record *out, struct error *err)
{
    struct g2_state *g2 = state;
    return xml_cut_next(&g2->cut, source, out, err);
}

/* Subjects that only give a code: their names stand in <assert>. */
struct resolving {
    const struct xml_node *item;
    enum article_field field;
    struct article *out;
};

static void resolve(const struct xml_node *node, struct span code,
                    void *payload)
{
    const struct resolving *resolving = payload;
    if (!code.size || xml_named(node, "name"))
        return;
    for (const struct xml_node *a = xml_child(resolving->item); a;
         a = xml_next(a)) {
        const struct xml_node *name;
        if (strcmp(xml_name(a), "assert") ||
            !span_equal(xml_attribute(a, "qcode"), code) ||
            !(name = xml_named(a, "name")))
            continue;
        struct str text = STR_INIT;
        xml_line(&text, name);
        article_add_copy(resolving->out, resolving->field, str_span(&text));
        str_release(&text);
    }
}

static void resolve_codes(const struct xml_node *item, struct article *out)
{
    static const struct {
        const char *path;
        enum article_field field;
    } codes[] = {
        { "contentMeta/subject[@type=cpnat:person]/@qcode", ARTICLE_PERSON },
        { "contentMeta/subject[@type=cpnat:organisation]/@qcode", ARTICLE_ORG },
        { "contentMeta/subject[@type=cpnat:geoArea]/@qcode", ARTICLE_PLACE },
    };
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        struct resolving resolving = { item, codes[i].field, out };
        xml_map_each(item, codes[i].path, resolve, &resolving);
    }
}

/* "ninat:text", "icls:text", or an item that does not say. */
static bool is_text(const struct xml_node *item, struct article *out)
{
    struct span class =
        xml_map_text(item, "itemMeta/itemClass/@qcode", out->memory);
    return !strcmp(xml_name(item), "newsItem") &&
           (!class.size || span_ends(class, ":text") ||
            span_ends(class, ":composite"));
}

static enum status parse_g2(const void *state, const struct raw_record *raw,
                            const struct format_options *options,
                            struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    const struct xml_node *item = xml_root(tree);
    if (!is_text(item, out)) {
        rc = error_set(err, STATUS_SKIPPED, "a %s that is no text",
                       xml_name(item));
    } else {
        xml_map(rules, item, out);
        resolve_codes(item, out);
        article_add(out, ARTICLE_ID, raw->name);
    }
    xml_close(tree);
    return rc;
}

const struct format format_newsml_g2 = {
    .name = "newsml-g2",
    .summary = "NewsML-G2 news items and news messages",
    .signs = "the first element is <newsMessage>, <newsItem> or another item",
    .fields = "all, as far as the file states them",
    .suffixes = ".xml",
    .bid = bid_g2,
    .state_size = sizeof(struct g2_state),
    .begin = begin_g2,
    .next = next_g2,
    .parse = parse_g2,
};

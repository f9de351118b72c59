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
    { ARTICLE_AUTHOR, "itemMeta/edNote[@role=dpaednoterole:dpacontacts]",
      XML_LINE, false },
    { ARTICLE_AUTHOR, "contentMeta/creator/name", XML_LINE, false },
    { ARTICLE_AUTHOR, "//byline", XML_LINE, false },
    { ARTICLE_AUTHOR, "contentMeta/creator/@literal", XML_LINE, false },
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
    { ARTICLE_SUMMARY, "contentMeta/description[@role!=descRole:caption]",
      XML_LINE, false },
    { ARTICLE_SECTION, "itemMeta/service/name", XML_LINE, false },
    { ARTICLE_SECTION, "itemMeta/memberOf/name", XML_LINE, false },
    { ARTICLE_SECTION, "contentMeta/genre/name", XML_LINE, false },
    { ARTICLE_TOPIC, "contentMeta/keyword", XML_LINE, true },
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

/* What a subject is, by the end of its type (a code or a URI of the IPTC) or by
 * the scheme of its code. */
static const struct {
    const char *type, *scheme;
    enum article_field field;
} kinds[] = {
    { "person", NULL, ARTICLE_PERSON },
    { "organisation", NULL, ARTICLE_ORG },
    { NULL, "R:", ARTICLE_ORG }, /* Reuters: by the code of its shares */
    { "geoArea", NULL, ARTICLE_PLACE },
    { "poi", NULL, ARTICLE_PLACE },
    { "cptType:5", NULL, ARTICLE_PLACE },
    { ":category", NULL, ARTICLE_SECTION },
};

static enum article_field field_of(const struct xml_node *subject)
{
    struct span type = xml_attribute(subject, "type");
    struct span code = xml_attribute(subject, "qcode");
    if (!type.size)
        type = xml_attribute(subject, "typeuri");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (kinds[i].type ? span_ends(type, kinds[i].type)
                          : span_starts(code, kinds[i].scheme))
            return kinds[i].field;
    return ARTICLE_TOPIC;
}

/* The name that is shown, of the names in several forms and languages. */
static const struct xml_node *name_of(const struct xml_node *concept)
{
    const struct xml_node *first = xml_named(concept, "name");
    for (const struct xml_node *name = first; name; name = xml_next(name))
        if (!strcmp(xml_name(name), "name") &&
            span_ends(xml_attribute(name, "role"), ":display"))
            return name;
    return first;
}

enum { SUBJECTS_MAX = 10000, ASSERTS_MAX = 1000 }; /* of one item */

/* Subjects that only give a code have their names in <assert>. */
static const struct xml_node *asserted_name(const struct xml_node *item,
                                            struct span code)
{
    const struct xml_node *a = code.size ? xml_child(item) : NULL;
    for (size_t i = 0; a && i < ASSERTS_MAX; i++, a = xml_next(a))
        if (!strcmp(xml_name(a), "assert") &&
            span_equal(xml_attribute(a, "qcode"), code))
            return name_of(a);
    return NULL;
}

struct concepts {
    const struct xml_node *item;
    struct article *out;
    size_t count;
};

static void add_concept(const struct xml_node *subject, struct span attribute,
                        void *payload)
{
    (void)attribute;
    struct concepts *concepts = payload;
    const struct xml_node *name = name_of(subject);
    if (concepts->count++ >= SUBJECTS_MAX)
        return;
    if (!name)
        name = asserted_name(concepts->item, xml_attribute(subject, "qcode"));
    if (!name)
        return;
    struct str text = STR_INIT;
    xml_line(&text, name);
    article_add_copy(concepts->out, field_of(subject), str_span(&text));
    str_release(&text);
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

/* "nprov:ANSA": where there is no name, the code without its scheme. */
static void shorten_source(struct article *out)
{
    struct article_values *source = &out->values[ARTICLE_SOURCE];
    struct span code = article_text(out, ARTICLE_SOURCE);
    size_t colon = span_find_char(code, 0, ':');
    if (colon != SIZE_MAX && span_find_char(code, 0, ' ') == SIZE_MAX &&
        span_find(code, colon, span_of("://")) == SIZE_MAX)
        source->items[0] = span_slice(code, colon + 1, code.size);
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
        struct concepts concepts = { item, out, 0 };
        xml_map_each(item, "contentMeta/subject", add_concept, &concepts);
        xml_map(rules, item, out);
        shorten_source(out);
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

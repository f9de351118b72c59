/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * NITF 3.x (IPTC, nitf-3-6.xsd and the DTDs before it), with the conventions
 * of the New York Times Annotated Corpus (LDC2008T19).
 */
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

static const struct xml_rule rules[] = {
    { ARTICLE_ID, "head/docdata/doc-id/@id-string", XML_LINE, false },
    { ARTICLE_ID, "head/docdata/du-key/@key", XML_LINE, false },
    { ARTICLE_ID, "@uno", XML_LINE, false },
    { ARTICLE_TITLE, "body/body.head/hedline/hl1", XML_LINE, false },
    { ARTICLE_TITLE, "body/body.head/hedline", XML_LINE, false },
    { ARTICLE_TITLE, "head/title", XML_LINE, false },
    { ARTICLE_SUBTITLE, "body/body.head/hedline/hl2", XML_LINE, false },
    { ARTICLE_AUTHOR, "body/body.head/byline[@class=normalized_byline]",
      XML_LINE, false },
    { ARTICLE_AUTHOR, "body/body.head/byline/person", XML_LINE, false },
    { ARTICLE_AUTHOR, "body/body.head/byline", XML_LINE, false },
    { ARTICLE_DATE, "head/docdata/date.issue/@norm", XML_LINE, false },
    { ARTICLE_DATE, "head/pubdata/@date.publication", XML_LINE, false },
    { ARTICLE_DATE, "head/docdata/date.release/@norm", XML_LINE, false },
    { ARTICLE_DATE, "body/body.head/dateline/story.date/@norm", XML_LINE,
      false },
    { ARTICLE_DATELINE, "body/body.head/dateline", XML_LINE, false },
    { ARTICLE_BODY, "body/body.content/block[@class=full_text]", XML_PARAGRAPHS,
      false },
    { ARTICLE_BODY, "body/body.content", XML_PARAGRAPHS, false },
    { ARTICLE_SUMMARY, "body/body.head/abstract", XML_LINE, false },
    { ARTICLE_SECTION, "head/meta[@name=print_section]/@content", XML_LINE,
      false },
    { ARTICLE_SECTION, "head/pubdata/@position.section", XML_LINE, false },
    { ARTICLE_SECTION, "head/meta[@name=dsk]/@content", XML_LINE, false },
    { ARTICLE_SECTION, "head/docdata/doc-scope/@scope", XML_LINE, false },
    { ARTICLE_SECTION, "head/tobject/@tobject.type", XML_LINE, false },
    { ARTICLE_PERSON, "head/docdata/identified-content/person", XML_LINE,
      false },
    { ARTICLE_PERSON, "head/docdata/identified-content/person/@value", XML_LINE,
      false },
    { ARTICLE_PERSON, "body/body.content//person", XML_LINE, true },
    { ARTICLE_ORG, "head/docdata/identified-content/org", XML_LINE, false },
    { ARTICLE_ORG, "head/docdata/identified-content/org/@value", XML_LINE,
      false },
    { ARTICLE_ORG, "body/body.content//org", XML_LINE, true },
    { ARTICLE_PLACE, "head/docdata/identified-content/location", XML_LINE,
      false },
    { ARTICLE_PLACE, "head/docdata/evloc/@city", XML_LINE, true },
    { ARTICLE_PLACE, "head/docdata/evloc/@state-prov", XML_LINE, true },
    { ARTICLE_PLACE, "head/docdata/evloc/@county-dist", XML_LINE, true },
    { ARTICLE_PLACE, "body/body.content//location", XML_LINE, true },
    { ARTICLE_TOPIC,
      "head/docdata/identified-content/"
      "classifier[@type=descriptor]",
      XML_LINE, false },
    { ARTICLE_TOPIC, "head/tobject/tobject.subject/@tobject.subject.type",
      XML_LINE, true },
    { ARTICLE_TOPIC, "head/tobject/tobject.subject/@tobject.subject.matter",
      XML_LINE, true },
    { ARTICLE_TOPIC, "head/tobject/tobject.subject/@tobject.subject.detail",
      XML_LINE, true },
    { ARTICLE_TOPIC, "head/docdata/key-list/keyword/@key", XML_LINE, true },
    { ARTICLE_TOPIC, "head/docdata/key-list/@key", XML_LINE, true },
    { ARTICLE_URL, "head/pubdata/@ex-ref", XML_LINE, false },
    { ARTICLE_SOURCE, "head/pubdata/@name", XML_LINE, false },
    { ARTICLE_SOURCE, "body/body.head/distributor", XML_LINE, false },
    { ARTICLE_SOURCE, "head/docdata/doc.copyright/@holder", XML_LINE, false },
    { ARTICLE_SOURCE, "body/body.head/rights/rights.owner", XML_LINE, false },
    { ARTICLE_LANGUAGE, "@lang", XML_LINE, false },
    { ARTICLE_LANGUAGE, "@baselang", XML_LINE, false },
    { ARTICLE_VERSION, "head/docdata/du-key/@version", XML_LINE, false },
    { ARTICLE_STATUS, "head/docdata/@management-status", XML_LINE, false },
    { ARTICLE_EMBARGO, "head/docdata/date.release/@norm", XML_LINE, false },
    { 0, NULL, 0, false },
};

static int bid_nitf(struct span head)
{
    struct span tag;
    return span_is(xml_cut_root(head, &tag), "nitf") ? 95 : 0;
}

static enum status begin_nitf(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    return xml_cut_begin(state, source, "nitf", err);
}

/* The corpus of the New York Times has the day in three meta elements where
 * <pubdata> is missing. */
static void date_of_meta(const struct xml_node *nitf, struct article *out)
{
    static const char *const paths[] = {
        "head/meta[@name=publication_year]/@content",
        "head/meta[@name=publication_month]/@content",
        "head/meta[@name=publication_day_of_month]/@content",
    };
    struct str date = STR_INIT;
    for (size_t i = 0; i < 3; i++) {
        struct span part = xml_map_text(nitf, paths[i], out->memory);
        if (part.size && i)
            str_addf(&date, "-%s%.*s", part.size == 1 ? "0" : "",
                     SPAN_ARGS(part));
        else
            str_add(&date, part);
    }
    article_add_copy(out, ARTICLE_DATE, str_span(&date));
    str_release(&date);
}

static enum status parse_nitf(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    xml_map(rules, xml_root(tree), out);
    if (!out->values[ARTICLE_DATE].count)
        date_of_meta(xml_root(tree), out);
    xml_close(tree);
    article_add(out, ARTICLE_ID, raw->name);
    return STATUS_OK;
}

const struct format format_nitf = {
    .name = "nitf",
    .summary = "NITF 3.x, New York Times Annotated Corpus",
    .signs = "the first element is <nitf>",
    .fields = "all; people, organisations and places as far as the file "
              "states them",
    .suffixes = ".xml .nitf",
    .bid = bid_nitf,
    .state_size = sizeof(struct xml_cut),
    .begin = begin_nitf,
    .next = xml_cut_next,
    .parse = parse_nitf,
};

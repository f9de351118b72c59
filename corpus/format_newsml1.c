/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NewsML 1.x (IPTC, NewsML 1.2 DTD): the <NewsItem>s of a <NewsML> file. */
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

static const struct xml_rule rules[] = {
    { ARTICLE_ID, "Identification/NewsIdentifier/PublicIdentifier", XML_LINE,
      false },
    { ARTICLE_ID, "Identification/NewsIdentifier/NewsItemId", XML_LINE, false },
    { ARTICLE_VERSION, "Identification/NewsIdentifier/RevisionId", XML_LINE,
      false },
    { ARTICLE_TITLE, "//NewsLines/HeadLine", XML_LINE, false },
    { ARTICLE_SUBTITLE, "//NewsLines/SubHeadLine", XML_LINE, false },
    { ARTICLE_AUTHOR, "//NewsLines/ByLine", XML_LINE, false },
    { ARTICLE_DATELINE, "//NewsLines/DateLine", XML_LINE, false },
    { ARTICLE_DATE, "NewsManagement/FirstCreated", XML_LINE, false },
    { ARTICLE_DATE, "NewsManagement/ThisRevisionCreated", XML_LINE, false },
    { ARTICLE_DATE, "Identification/NewsIdentifier/DateId", XML_LINE, false },
    { ARTICLE_STATUS, "NewsManagement/Status/@FormalName", XML_LINE, false },
    { ARTICLE_BODY, "//DataContent/nitf/body/body.content", XML_PARAGRAPHS,
      false },
    { ARTICLE_BODY, "//DataContent/html/body", XML_PARAGRAPHS, false },
    { ARTICLE_BODY, "//DataContent", XML_MARKUP, false },
    { ARTICLE_SOURCE, "//AdministrativeMetadata/Provider/Party/@FormalName",
      XML_LINE, false },
    { ARTICLE_SOURCE, "//AdministrativeMetadata/Source/Party/@FormalName",
      XML_LINE, false },
    { ARTICLE_SOURCE, "Identification/NewsIdentifier/ProviderId", XML_LINE,
      false },
    { ARTICLE_LANGUAGE, "//DescriptiveMetadata/Language/@FormalName", XML_LINE,
      false },
    { ARTICLE_TOPIC, "//NewsLines/KeywordLine", XML_LINE, false },
    { ARTICLE_TOPIC,
      "//DescriptiveMetadata/Property[@FormalName=Keyword]/@Value", XML_LINE,
      true },
    { ARTICLE_SECTION, "//DescriptiveMetadata/Genre/@FormalName", XML_LINE,
      false },
    { ARTICLE_PLACE,
      "//DescriptiveMetadata/Location/Property[@FormalName=City]/@Value",
      XML_LINE, false },
    { ARTICLE_SUMMARY, "//DataContent//abstract", XML_LINE, false },
    { 0, NULL, 0, false },
};

static int bid_newsml(struct span head)
{
    struct span tag;
    return span_is(xml_cut_root(head, &tag), "NewsML") ? 95 : 0;
}

static enum status begin_newsml(void *state, struct source *source,
                                const struct format_options *options,
                                struct error *err)
{
    (void)options;
    return xml_cut_begin(state, source, "NewsItem", err);
}

static enum status parse_newsml(const void *state, const struct raw_record *raw,
                                const struct format_options *options,
                                struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    enum status rc = xml_map_record(rules, raw->bytes, out, err);
    article_add(out, ARTICLE_ID, raw->name);
    return rc;
}

const struct format format_newsml1 = {
    .name = "newsml1",
    .summary = "NewsML 1.x",
    .signs = "the first element is <NewsML>",
    .fields = "id title subtitle author date body dateline source section "
              "topic language status",
    .suffixes = ".xml",
    .bid = bid_newsml,
    .state_size = sizeof(struct xml_cut),
    .begin = begin_newsml,
    .next = xml_cut_next,
    .parse = parse_newsml,
};

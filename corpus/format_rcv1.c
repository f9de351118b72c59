/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reuters Corpora RCV1 and RCV2: one <newsitem> a file (Lewis et al., 2004). */
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

static const struct xml_rule rules[] = {
    { ARTICLE_ID, "@itemid", XML_LINE, false },
    { ARTICLE_TITLE, "headline", XML_LINE, false },
    { ARTICLE_TITLE, "title", XML_LINE, false },
    { ARTICLE_AUTHOR, "byline", XML_LINE, false },
    { ARTICLE_DATELINE, "dateline", XML_LINE, false },
    { ARTICLE_DATE, "@date", XML_LINE, false },
    { ARTICLE_DATE, "metadata/dc[@element=dc.date.published]/@value", XML_LINE,
      false },
    { ARTICLE_BODY, "text", XML_PARAGRAPHS, false },
    { ARTICLE_SOURCE, "metadata/dc[@element=dc.source]/@value", XML_LINE,
      false },
    { ARTICLE_SOURCE, "metadata/dc[@element=dc.publisher]/@value", XML_LINE,
      false },
    { ARTICLE_PLACE, "metadata/dc[@element=dc.creator.location]/@value",
      XML_LINE, false },
    { ARTICLE_PLACE,
      "metadata/dc[@element=dc.creator.location.country.name]/@value", XML_LINE,
      true },
    { ARTICLE_PLACE, "metadata/codes[@class=bip:countries:1.0]/code/@code",
      XML_LINE, true },
    { ARTICLE_TOPIC, "metadata/codes[@class=bip:topics:1.0]/code/@code",
      XML_LINE, false },
    { ARTICLE_TOPIC, "metadata/codes[@class=bip:industries:1.0]/code/@code",
      XML_LINE, true },
    { ARTICLE_LANGUAGE, "@lang", XML_LINE, false },
    { 0, NULL, 0, false },
};

static int bid_rcv1(struct span head)
{
    struct span tag;
    return span_is(xml_cut_root(head, &tag), "newsitem") ? 95 : 0;
}

static enum status begin_rcv1(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    return xml_cut_begin(state, source, "newsitem", err);
}

static enum status parse_rcv1(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    enum status rc = xml_map_record(rules, raw->bytes, out, err);
    article_add(out, ARTICLE_ID, raw->name);
    return rc;
}

const struct format format_rcv1 = {
    .name = "rcv1",
    .summary = "Reuters Corpora RCV1 and RCV2",
    .signs = "the first element is <newsitem>",
    .fields = "id title author date body dateline source place topic language",
    .suffixes = ".xml",
    .bid = bid_rcv1,
    .state_size = sizeof(struct xml_cut),
    .begin = begin_rcv1,
    .next = xml_cut_next,
    .parse = parse_rcv1,
};

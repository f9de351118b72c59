/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * XML of databases and libraries, where a table of paths is all there is to
 * say: Factiva's <article>, ProQuest's <Record>, the pages of ALTO.
 */
#include <string.h>

#include "corpus/alto.h"
#include "corpus/beside.h"
#include "corpus/hyphen.h"
#include "corpus/xml_cut.h"
#include "corpus/xml_map.h"

static const struct xml_rule factiva_rules[] = {
    { ARTICLE_ID, "accessionNo", XML_LINE, false },
    { ARTICLE_TITLE, "headline", XML_LINE, false },
    { ARTICLE_AUTHOR, "byline", XML_LINE, false },
    { ARTICLE_DATE, "publicationDate/dateTime", XML_LINE, false },
    { ARTICLE_DATE, "publicationDate/date", XML_LINE, false },
    { ARTICLE_BODY, "leadParagraph", XML_PARAGRAPHS, false },
    { ARTICLE_BODY, "tailParagraphs", XML_PARAGRAPHS, true },
    { ARTICLE_SOURCE, "sourceName", XML_LINE, false },
    { ARTICLE_SECTION, "sectionName", XML_LINE, false },
    { ARTICLE_SECTION, "columnName", XML_LINE, false },
    { ARTICLE_TOPIC, "newsSubject/name", XML_LINE, false },
    { ARTICLE_TOPIC, "industry/name", XML_LINE, true },
    { ARTICLE_ORG, "company/name", XML_LINE, false },
    { ARTICLE_PLACE, "region/name", XML_LINE, false },
    { ARTICLE_LANGUAGE, "baseLanguage", XML_LINE, false },
    { 0, NULL, 0, false },
};

/* Of the historical newspapers, and of TDM Studio ("Obj/"). */
static const struct xml_rule proquest_rules[] = {
    { ARTICLE_ID, "RecordID", XML_LINE, false },
    { ARTICLE_ID, "GOID", XML_LINE, false },
    { ARTICLE_TITLE, "RecordTitle", XML_LINE, false },
    { ARTICLE_TITLE, "Obj/TitleAtt/Title", XML_LINE, false },
    { ARTICLE_TITLE, "Title", XML_LINE, false },
    { ARTICLE_AUTHOR, "Contributor/OriginalForm", XML_LINE, false },
    { ARTICLE_AUTHOR, "Contributor/PersonName", XML_LINE, false },
    { ARTICLE_AUTHOR, "Obj/Contributors/Contributor/OriginalForm", XML_LINE,
      false },
    { ARTICLE_AUTHOR, "Obj/Contributors/Contributor/NormalizedDisplayForm",
      XML_LINE, false },
    { ARTICLE_DATE, "NumericPubDate", XML_LINE, false },
    { ARTICLE_DATE, "NumericDate", XML_LINE, false },
    { ARTICLE_DATE, "Obj/NumericDate", XML_LINE, false },
    { ARTICLE_DATE, "AlphaPubDate", XML_LINE, false },
    { ARTICLE_DATE, "Obj/AlphaDate", XML_LINE, false },
    { ARTICLE_BODY, "FullText", XML_MARKUP, false },
    { ARTICLE_BODY, "TextInfo/Text", XML_MARKUP, false },
    { ARTICLE_BODY, "Abstract", XML_MARKUP, false },
    { ARTICLE_SUMMARY, "Abstract", XML_MARKUP, false },
    { ARTICLE_SUMMARY, "Obj/Abstract/AbsText", XML_MARKUP, false },
    { ARTICLE_SOURCE, "Publication/Title", XML_LINE, false },
    { ARTICLE_SOURCE, "PublicationTitle", XML_LINE, false },
    { ARTICLE_SOURCE, "DFS/PubFrosting/Title", XML_LINE, false },
    { ARTICLE_SECTION, "ObjectType", XML_LINE, false },
    { ARTICLE_SECTION, "Obj/ObjectTypes/mstar", XML_LINE, false },
    { ARTICLE_ORG, "//CompanyTerm/CompanyName", XML_LINE, false },
    { ARTICLE_ORG, "Terms/CompanyName", XML_LINE, true },
    { ARTICLE_PERSON, "//PersonalTerm/PersTitle", XML_LINE, false },
    { ARTICLE_PLACE, "//GeographicTerm/GeoName", XML_LINE, false },
    { ARTICLE_TOPIC, "//GenSubjTerm/GenSubjValue", XML_LINE, false },
    { ARTICLE_LANGUAGE, "LanguageCode", XML_LINE, false },
    { ARTICLE_LANGUAGE, "Language/RawLang", XML_LINE, false },
    { ARTICLE_LANGUAGE, "Obj/Language/RawLang", XML_LINE, false },
    { ARTICLE_URL, "URLDocView", XML_LINE, false },
    { 0, NULL, 0, false },
};

/* ---- Cutting, the same for all ---------------------------------------- */

static int bid_root(struct span head, const char *const *names)
{
    struct span tag, root = xml_cut_root(head, &tag);
    for (; *names; names++)
        if (span_is(root, *names))
            return 90;
    return 0;
}

/* ---- Factiva ---------------------------------------------------------- */

static int bid_factiva_xml(struct span head)
{
    static const char *const names[] = { "PPSResponse", "ppsArticleResponse",
                                         "ppsarticle", NULL };
    return bid_root(head, names);
}

static enum status begin_factiva_xml(void *state, struct source *source,
                                     const struct format_options *options,
                                     struct error *err)
{
    (void)options;
    return xml_cut_begin(state, source, "article", err);
}

static enum status parse_factiva_xml(const void *state,
                                     const struct raw_record *raw,
                                     const struct format_options *options,
                                     struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    return xml_map_record(factiva_rules, raw->bytes, out, err);
}

const struct format format_factiva_xml = {
    .name = "factiva-xml",
    .summary = "Factiva exports in XML",
    .signs = "the first element is <PPSResponse>",
    .fields = "id title author date body source section topic org place "
              "language",
    .suffixes = ".xml",
    .bid = bid_factiva_xml,
    .state_size = sizeof(struct xml_cut),
    .begin = begin_factiva_xml,
    .next = xml_cut_next,
    .parse = parse_factiva_xml,
};

/* ---- ProQuest --------------------------------------------------------- */

static int bid_proquest(struct span head)
{
    static const char *const names[] = { "Record", "RECORD", NULL };
    return bid_root(head, names);
}

static enum status begin_proquest(void *state, struct source *source,
                                  const struct format_options *options,
                                  struct error *err)
{
    (void)options;
    struct span head, tag;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    bool capitals = !rc && span_is(xml_cut_root(head, &tag), "RECORD");
    return rc ? rc
              : xml_cut_begin(state, source, capitals ? "RECORD" : "Record",
                              err);
}

/* A term whose name says what it is: "Personal", "Location", "Company/Org". */
static void add_flex_term(const struct xml_node *term, struct span attribute,
                          void *payload)
{
    static const struct {
        const char *name;
        enum article_field field;
    } kinds[] = { { "person", ARTICLE_PERSON },
                  { "location", ARTICLE_PLACE },
                  { "geographic", ARTICLE_PLACE },
                  { "company", ARTICLE_ORG },
                  { "organization", ARTICLE_ORG } };
    struct article *out = payload;
    (void)attribute;
    struct span name = xml_map_text(term, "FlexTermName", out->memory);
    enum article_field field = ARTICLE_TOPIC;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (span_starts_nocase(name, kinds[i].name))
            field = kinds[i].field;
    article_add(out, field, xml_map_text(term, "FlexTermValue", out->memory));
}

/* The text of a scan has lost its line ends. */
static void join_divided(struct article *out)
{
    struct article_values *bodies = &out->values[ARTICLE_BODY];
    struct str text = STR_INIT;
    if (!bodies->count)
        return;
    hyphen_undo(&text, bodies->items[0]);
    bodies->items[0] = arena_copy(out->memory, str_span(&text));
    str_release(&text);
}

static enum status parse_proquest(const void *state,
                                  const struct raw_record *raw,
                                  const struct format_options *options,
                                  struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    xml_map(proquest_rules, xml_root(tree), out);
    xml_map_each(xml_root(tree), "//FlexTerm", add_flex_term, out);
    if (xml_named(xml_root(tree), "FullText"))
        join_divided(out);
    xml_close(tree);
    if (span_equal(article_text(out, ARTICLE_SUMMARY),
                   article_text(out, ARTICLE_BODY)))
        out->values[ARTICLE_SUMMARY].count = 0;
    article_add(out, ARTICLE_ID, raw->name);
    return rc;
}

const struct format format_proquest = {
    .name = "proquest",
    .summary = "ProQuest historical newspapers and TDM Studio XML",
    .signs = "the first element is <Record>",
    .fields = "id title author date body summary source section topic org "
              "language url",
    .suffixes = ".xml",
    .bid = bid_proquest,
    .state_size = sizeof(struct xml_cut),
    .begin = begin_proquest,
    .next = xml_cut_next,
    .parse = parse_proquest,
};

/* ---- ALTO ------------------------------------------------------------- */

static int bid_alto(struct span head)
{
    static const char *const names[] = { "alto", NULL };
    return bid_root(head, names);
}

struct alto_state {
    struct xml_cut cut;
    bool in_issue; /* a file beside it knows its articles */
};

static enum status begin_alto(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct alto_state *alto = state;
    alto->in_issue =
        beside_has_issue(source_beside(source), source_path(source));
    return xml_cut_begin(&alto->cut, source, "alto", err);
}

static enum status next_alto(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    struct alto_state *alto = state;
    return xml_cut_next(&alto->cut, source, out, err);
}

static enum status parse_alto(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    const struct alto_state *alto = state;
    if (alto->in_issue)
        return error_set(err, STATUS_SKIPPED,
                         "a page of an issue that a file beside it knows");
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, raw->bytes, err);
    if (rc)
        return rc;
    struct str text = STR_INIT;
    struct alto_names names = { 0 };
    alto_text(&text, xml_root(tree));
    alto_read_names(&names, out->memory, xml_root(tree), xml_root(tree));
    alto_add_names(out, &names);
    article_add_copy(out, ARTICLE_BODY, str_span(&text));
    str_release(&text);
    xml_close(tree);
    article_add(out, ARTICLE_ID, raw->name);
    return STATUS_OK;
}

const struct format format_alto = {
    .name = "alto",
    .summary = "scanned pages in ALTO XML, one article a page",
    .signs = "the first element is <alto>",
    .fields = "body; the id is the file's name",
    .suffixes = ".xml",
    .bid = bid_alto,
    .state_size = sizeof(struct alto_state),
    .begin = begin_alto,
    .next = next_alto,
    .parse = parse_alto,
};

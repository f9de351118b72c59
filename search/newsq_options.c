/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/newsq_options.h"

#include <string.h>

#include "base/number.h"
#include "search/query_dates.h"

#define AT(member) offsetof(struct newsq_options, member)

const struct option_spec newsq_specs[] = {
    { OPTION_HEADING, '\0', "What to search", NULL, NULL, 0 },
    { OPTION_LIST, 'a', "archive", "PLACE",
      "an archive: a directory or tcp:HOST:PORT; several are asked as one "
      "(else $NEWS_ARCHIVE, else the user's own)",
      AT(archive) },
    { OPTION_SWITCH, '\0', "partial", NULL,
      "answer without machines that do not answer", AT(partial) },
    { OPTION_COUNT, '\0', "timeout", "SECONDS",
      "wait so long for another machine (10)", AT(timeout) },
    { OPTION_TEXT, '\0', "from", "DATE", "published on that day or later",
      AT(from) },
    { OPTION_TEXT, '\0', "to", "DATE", "published on that day or before",
      AT(to) },
    { OPTION_TEXT, '\0', "on", "DATE", "published in that day, month or year",
      AT(on) },
    { OPTION_LIST, 'p', "person", "NAME", "speaks of this person", AT(person) },
    { OPTION_LIST, '\0', "org", "NAME", "speaks of this organisation",
      AT(org) },
    { OPTION_LIST, '\0', "place", "NAME", "speaks of this place", AT(place) },
    { OPTION_LIST, '\0', "author", "NAME", "written by", AT(author) },
    { OPTION_LIST, 's', "source", "NAME", "published by", AT(source) },
    { OPTION_LIST, '\0', "section", "NAME", "in this section", AT(section) },
    { OPTION_LIST, '\0', "topic", "NAME", "filed under this subject",
      AT(topic) },
    { OPTION_LIST, '\0', "lang", "NAME",
      "in this language, such as en, deu or french", AT(lang) },
    { OPTION_LIST, 'c', "collection", "NAME", "from this collection",
      AT(collection) },
    { OPTION_TEXT, '\0', "like", "ID",
      "articles like this one, where the query and the other options hold",
      AT(like) },
    { OPTION_TEXT, '\0', "like-file", "FILE", "articles like this text",
      AT(like_file) },
    { OPTION_SWITCH, '\0', "all", NULL,
      "only articles with all the words, never with some", AT(all) },
    { OPTION_SWITCH, '\0', "strict", NULL,
      "open quotations and brackets are errors, on a terminal too",
      AT(strict) },
    { OPTION_TEXT, '\0', "today", "DATE",
      "the day that 'yesterday' and '7d' start from", AT(today) },
    { OPTION_HEADING, '\0', "What to show", NULL, NULL, 0 },
    { OPTION_TEXT, '\0', "sort", "ORDER", "relevance, newest or oldest",
      AT(sort) },
    { OPTION_TEXT, '\0', "fresh", "SPAN",
      "newer articles rank higher: half of the bonus is left after SPAN, such "
      "as 30d",
      AT(fresh) },
    { OPTION_COUNT, 'n', "limit", "N", "so many hits (10)", AT(limit) },
    { OPTION_COUNT, '\0', "offset", "N", "pass over so many hits", AT(offset) },
    { OPTION_SWITCH, '\0', "fold", NULL,
      "a story once: articles that are nearly the same behind the first",
      AT(fold) },
    { OPTION_TEXT, '\0', "passages", "N",
      "so many passages of each article, or all, with their paragraphs",
      AT(passages) },
    { OPTION_TEXT, '\0', "context", "UNIT",
      "around what matched: words, the sentence or the paragraph",
      AT(context) },
    { OPTION_SWITCH, '\0', "count", NULL, "print only how many there are",
      AT(count) },
    { OPTION_TEXT, '\0', "facets", "FIELD[:N],...",
      "how often the values of these fields occur in the answers", AT(facets) },
    { OPTION_TEXT, '\0', "timeline", "UNIT",
      "count answers by year, month, day, or auto", AT(timeline) },
    { OPTION_SWITCH, '\0', "who", NULL,
      "the people that matter most in the answers", AT(who) },
    { OPTION_SWITCH, '\0', "orgs", NULL, "the organisations that do",
      AT(orgs) },
    { OPTION_SWITCH, '\0', "places", NULL, "the places that do", AT(places) },
    { OPTION_TEXT, '\0', "show", "ID", "print this article whole", AT(show) },
    { OPTION_TEXT, 'f', "format", "NAME", "text, json, jsonl, tsv or ids",
      AT(format) },
    { OPTION_TEXT, '\0', "color", "WHEN", "auto, always or never", AT(colour) },
    { OPTION_TEXT, '\0', "links", "WHEN",
      "titles as hyperlinks: auto, always or never", AT(links) },
    { OPTION_SWITCH, '\0', "no-pager", NULL,
      "print long answers at once, on a terminal too", AT(no_pager) },
    { OPTION_TEXT, '\0', "export", "NAME",
      "print all articles found as csv, jsonl, bibtex or ris", AT(export) },
    { OPTION_TEXT, '\0', "terms", "PREFIX",
      "list words or values of a field (person:ki) in the archive", AT(terms) },
    { OPTION_SWITCH, '\0', "explain", NULL,
      "tell how the question is understood", AT(explain) },
    { OPTION_SWITCH, '\0', "fields", NULL,
      "list the fields that a question can name", AT(fields) },
    { OPTION_SWITCH, 'h', "help", NULL, "print this help and end", AT(help) },
    { OPTION_SWITCH, '\0', "version", NULL, "print the version and end",
      AT(version) },
    OPTION_TABLE_END,
};

void newsq_help(struct str *out)
{
    str_add_text(out,
                 "usage: newsq [OPTION]... QUERY...\n\n"
                 "newsq searches an archive of news articles that newsidx "
                 "made.\n\n"
                 "  newsq pentagon pakistan\n"
                 "  newsq '\"shared interests\" person:kirby date:2022-04'\n"
                 "  newsq '(flood* OR drought) NOT insurance' --sort newest\n");
    options_help(newsq_specs, out);
    str_add_text(out, "\nnewsq(1) tells everything, the query language "
                      "too.\n");
}

static enum status any_value(struct query_node **out, enum field_id field,
                             const struct option_list *list,
                             const struct query_settings *settings,
                             struct arena *memory, struct error *err)
{
    struct query_node **parts =
        arena_alloc(memory, (list->count + 1) * sizeof(*parts));
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < list->count; i++)
        rc = query_value(&parts[i], field, span_of(list->items[i]), settings,
                         memory, err);
    *out = rc ? NULL : query_any_of(parts, list->count, memory);
    return rc ? error_context(err, "--%s", schema_fields[field].name) : rc;
}

static enum status date_value(struct query_node **out, const char *option,
                              const char *format, const char *value,
                              const struct query_settings *settings,
                              struct arena *memory, struct error *err)
{
    *out = NULL;
    if (!value)
        return STATUS_OK;
    struct str text = STR_INIT;
    str_add_text(&text, format);
    str_add_text(&text, value);
    enum status rc =
        query_value(out, FIELD_DATE, str_span(&text), settings, memory, err);
    str_release(&text);
    return rc ? error_set(err, rc,
                          "--%s is a date such as 2022-04-12, 2022-04, 2022, "
                          "yesterday or 7d, not '%s'",
                          option, value)
              : STATUS_OK;
}

enum status newsq_filter(struct query_node **out,
                         const struct newsq_options *options,
                         const struct query_settings *settings,
                         struct arena *memory, struct error *err)
{
    const struct {
        enum field_id field;
        const struct option_list *list;
    } lists[] = {
        { FIELD_PERSON, &options->person },
        { FIELD_ORG, &options->org },
        { FIELD_PLACE, &options->place },
        { FIELD_AUTHOR, &options->author },
        { FIELD_SOURCE, &options->source },
        { FIELD_SECTION, &options->section },
        { FIELD_TOPIC, &options->topic },
        { FIELD_LANGUAGE, &options->lang },
        { FIELD_COLLECTION, &options->collection },
    };
    enum { LISTS = sizeof(lists) / sizeof(*lists), PARTS = LISTS + 3 };
    struct query_node *parts[PARTS] = { NULL };
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < LISTS; i++)
        rc = any_value(&parts[i], lists[i].field, lists[i].list, settings,
                       memory, err);
    if (!rc)
        rc = date_value(&parts[LISTS], "from", ">=", options->from, settings,
                        memory, err);
    if (!rc)
        rc = date_value(&parts[LISTS + 1], "to", "<=", options->to, settings,
                        memory, err);
    if (!rc)
        rc = date_value(&parts[LISTS + 2], "on", "", options->on, settings,
                        memory, err);
    const struct query_node *from = parts[LISTS], *to = parts[LISTS + 1];
    if (!rc && from && to && from->first_day > to->last_day)
        rc = error_set(err, STATUS_BAD_QUERY, "--from %s is after --to %s",
                       options->from, options->to);
    *out = rc ? NULL : query_all_of(parts, PARTS, memory);
    return rc;
}

static void add_names(struct facets_request *out, enum field_id field,
                      bool wanted, uint64_t limit)
{
    if (wanted && out->count < FACETS_MAX)
        out->items[out->count++] =
            (struct facet_request){ field, (uint32_t)limit, true };
}

enum status newsq_facets(struct facets_request *out,
                         const struct newsq_options *options, struct error *err)
{
    *out = (struct facets_request){ .timeline = TIMELINE_NONE };
    enum status rc = STATUS_OK;
    if (options->facets)
        rc = facets_parse(out, span_of(options->facets), err);
    if (!rc && options->timeline)
        rc = timeline_parse(&out->timeline, options->timeline, err);
    add_names(out, FIELD_PERSON, options->who, options->limit);
    add_names(out, FIELD_ORG, options->orgs, options->limit);
    add_names(out, FIELD_PLACE, options->places, options->limit);
    return rc;
}

enum status newsq_freshness(struct freshness *out,
                            const struct newsq_options *options, int32_t today,
                            struct error *err)
{
    *out = (struct freshness){ .today = today };
    if (!options->fresh)
        return STATUS_OK;
    int32_t first, last;
    if (query_dates(&first, &last, span_of(options->fresh), today, NULL) ||
        last != today || first > today)
        return error_set(err, STATUS_USAGE,
                         "--fresh is a span such as 7d, 3w, 6m or 2y, not '%s'",
                         options->fresh);
    out->days = today - first + 1;
    return STATUS_OK;
}

enum status newsq_snippet(struct snippet_options *out,
                          const struct newsq_options *options,
                          struct error *err)
{
    static const char *const contexts[] = {
        [PASSAGE_BY_WORDS] = "words",
        [PASSAGE_SENTENCE] = "sentence",
        [PASSAGE_PARAGRAPH] = "paragraph",
    };
    *out = (struct snippet_options){ .context = PASSAGE_FITTING };
    uint64_t count = 0;
    if (options->passages && !strcmp(options->passages, "all"))
        out->passages = SNIPPET_ALL;
    else if (options->passages &&
             (!number_parse(span_of(options->passages), SNIPPET_PASSAGES_MAX,
                            &count) ||
              !count))
        return error_set(err, STATUS_USAGE,
                         "--passages is 1 to %d, or all, not '%s'",
                         SNIPPET_PASSAGES_MAX, options->passages);
    else
        out->passages = (uint32_t)count;
    if (!options->context)
        return STATUS_OK;
    for (int i = PASSAGE_BY_WORDS; i <= PASSAGE_PARAGRAPH; i++)
        if (!strcmp(options->context, contexts[i]))
            out->context = (enum passage_context)i;
    return out->context
               ? STATUS_OK
               : error_set(err, STATUS_USAGE,
                           "--context is words, sentence or paragraph, not "
                           "'%s'",
                           options->context);
}

enum status newsq_order(enum results_order *out, const char *name,
                        struct error *err)
{
    *out = ORDER_RELEVANCE;
    if (!name || !strcmp(name, "relevance"))
        return STATUS_OK;
    if (!strcmp(name, "newest"))
        *out = ORDER_NEWEST;
    else if (!strcmp(name, "oldest"))
        *out = ORDER_OLDEST;
    else
        return error_set(err, STATUS_USAGE,
                         "--sort is relevance, newest or oldest, not '%s'",
                         name);
    return STATUS_OK;
}

void newsq_options_release(struct newsq_options *options)
{
    option_list_release(&options->archive);
    option_list_release(&options->person);
    option_list_release(&options->org);
    option_list_release(&options->place);
    option_list_release(&options->author);
    option_list_release(&options->source);
    option_list_release(&options->section);
    option_list_release(&options->topic);
    option_list_release(&options->lang);
    option_list_release(&options->collection);
}

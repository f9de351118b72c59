/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/field_names.h"

#include <string.h>

#include "corpus/clean.h"

enum { NAME_MAX_SIZE = 64 }; /* bytes of a name that can mean something */

static const struct field_name names[] = {
    { "id", ARTICLE_ID, 1, false },
    { "guid", ARTICLE_ID, 2, false },
    { "uuid", ARTICLE_ID, 2, false },
    { "uri", ARTICLE_ID, 3, false },
    { "article_id", ARTICLE_ID, 3, false },
    { "docid", ARTICLE_ID, 3, false },
    { "doc_id", ARTICLE_ID, 3, false },
    { "_id", ARTICLE_ID, 4, false },
    { "collection", ARTICLE_COLLECTION, 1, false },

    { "title", ARTICLE_TITLE, 1, false },
    { "headline", ARTICLE_TITLE, 2, false },
    { "headline.main", ARTICLE_TITLE, 2, false },
    { "headlines.value", ARTICLE_TITLE, 2, false },
    { "webtitle", ARTICLE_TITLE, 3, false },
    { "title_page", ARTICLE_TITLE, 8, false },
    { "title_rss", ARTICLE_TITLE, 9, false },
    { "subtitle", ARTICLE_SUBTITLE, 1, false },
    { "subhead", ARTICLE_SUBTITLE, 2, false },
    { "deck", ARTICLE_SUBTITLE, 3, false },

    { "authors", ARTICLE_AUTHOR, 1, false },
    { "author", ARTICLE_AUTHOR, 2, false },
    { "byline", ARTICLE_AUTHOR, 3, false },
    { "byline.original", ARTICLE_AUTHOR, 3, false },
    { "by", ARTICLE_AUTHOR, 4, false },
    { "authors.name", ARTICLE_AUTHOR, 4, false },
    { "creator", ARTICLE_AUTHOR, 5, false },

    { "date", ARTICLE_DATE, 1, false },
    { "date_publish", ARTICLE_DATE, 2, false },
    { "published", ARTICLE_DATE, 2, false },
    { "publish_date", ARTICLE_DATE, 2, false },
    { "published_date", ARTICLE_DATE, 2, false },
    { "publication_date", ARTICLE_DATE, 2, false },
    { "published_at", ARTICLE_DATE, 2, false },
    { "publishedat", ARTICLE_DATE, 2, false },
    { "pub_date", ARTICLE_DATE, 2, false },
    { "pubdate", ARTICLE_DATE, 2, false },
    { "webpublicationdate", ARTICLE_DATE, 3, false },
    { "datepublished", ARTICLE_DATE, 3, false },
    { "firstcreated", ARTICLE_DATE, 4, false },
    { "versioncreated", ARTICLE_DATE, 5, false },
    { "contentcreated", ARTICLE_DATE, 6, false },
    { "timestamp", ARTICLE_DATE, 7, false },
    { "created_at", ARTICLE_DATE, 8, false },

    { "text", ARTICLE_BODY, 2, false },
    { "body", ARTICLE_BODY, 2, false },
    { "maintext", ARTICLE_BODY, 1, false },
    { "article", ARTICLE_BODY, 3, false },
    { "content", ARTICLE_BODY, 3, false },
    { "body_text", ARTICLE_BODY, 1, false },
    { "bodytext", ARTICLE_BODY, 1, false },
    { "article_text", ARTICLE_BODY, 2, false },
    { "full_text", ARTICLE_BODY, 2, false },
    { "fulltext", ARTICLE_BODY, 2, false },
    { "article_body", ARTICLE_BODY, 2, false },
    { "articlebody", ARTICLE_BODY, 2, false },
    { "story", ARTICLE_BODY, 4, false },
    { "body_xhtml", ARTICLE_BODY, 5, true },
    { "body_html", ARTICLE_BODY, 5, true },
    { "bodies.value", ARTICLE_BODY, 6, true },
    { "fields.bodytext", ARTICLE_BODY, 2, false },
    { "fields.body", ARTICLE_BODY, 3, true },

    { "summary", ARTICLE_SUMMARY, 1, false },
    { "description", ARTICLE_SUMMARY, 2, false },
    { "description_text", ARTICLE_SUMMARY, 2, false },
    { "abstract", ARTICLE_SUMMARY, 3, false },
    { "lead", ARTICLE_SUMMARY, 4, false },
    { "dateline", ARTICLE_DATELINE, 1, false },
    { "located", ARTICLE_DATELINE, 2, false },

    { "url", ARTICLE_URL, 1, false },
    { "link", ARTICLE_URL, 2, false },
    { "article_url", ARTICLE_URL, 2, false },
    { "weburl", ARTICLE_URL, 2, false },
    { "web_url", ARTICLE_URL, 2, false },
    { "canonical_url", ARTICLE_URL, 3, false },

    { "source", ARTICLE_SOURCE, 1, false },
    { "publication", ARTICLE_SOURCE, 1, false },
    { "publisher", ARTICLE_SOURCE, 2, false },
    { "source_domain", ARTICLE_SOURCE, 2, false },
    { "source.name", ARTICLE_SOURCE, 2, false },
    { "outlet", ARTICLE_SOURCE, 2, false },
    { "newspaper", ARTICLE_SOURCE, 2, false },
    { "infosource.name", ARTICLE_SOURCE, 3, false },
    { "infosources.name", ARTICLE_SOURCE, 3, false },
    { "thread.site", ARTICLE_SOURCE, 3, false },
    { "domain", ARTICLE_SOURCE, 4, false },
    { "site", ARTICLE_SOURCE, 5, false },

    { "section", ARTICLE_SECTION, 1, false },
    { "sectionname", ARTICLE_SECTION, 2, false },
    { "section_name", ARTICLE_SECTION, 2, false },
    { "category", ARTICLE_SECTION, 3, false },
    { "news_desk", ARTICLE_SECTION, 4, false },

    { "topics", ARTICLE_TOPIC, 1, false },
    { "topic", ARTICLE_TOPIC, 2, false },
    { "tags", ARTICLE_TOPIC, 3, false },
    { "subject.name", ARTICLE_TOPIC, 3, false },
    { "subjects.name", ARTICLE_TOPIC, 3, false },
    { "categories", ARTICLE_TOPIC, 4, false },
    { "keywords", ARTICLE_TOPIC, 5, false },

    { "people", ARTICLE_PERSON, 1, false },
    { "persons", ARTICLE_PERSON, 1, false },
    { "person.name", ARTICLE_PERSON, 2, false },
    { "people.name", ARTICLE_PERSON, 2, false },
    { "persons.name", ARTICLE_PERSON, 2, false },
    { "entities.persons.name", ARTICLE_PERSON, 3, false },
    { "organisations", ARTICLE_ORG, 1, false },
    { "organizations", ARTICLE_ORG, 1, false },
    { "orgs", ARTICLE_ORG, 1, false },
    { "organisation.name", ARTICLE_ORG, 2, false },
    { "organisations.name", ARTICLE_ORG, 2, false },
    { "organizations.name", ARTICLE_ORG, 2, false },
    { "entities.organizations.name", ARTICLE_ORG, 3, false },
    { "places", ARTICLE_PLACE, 1, false },
    { "locations", ARTICLE_PLACE, 1, false },
    { "place.name", ARTICLE_PLACE, 2, false },
    { "places.name", ARTICLE_PLACE, 2, false },
    { "locations.name", ARTICLE_PLACE, 2, false },
    { "entities.locations.name", ARTICLE_PLACE, 3, false },

    { "language", ARTICLE_LANGUAGE, 1, false },
    { "lang", ARTICLE_LANGUAGE, 2, false },
    { "version", ARTICLE_VERSION, 1, false },
    { "pubstatus", ARTICLE_STATUS, 1, false },
};

static size_t normalize(char *out, struct span name)
{
    if (!name.size || name.size > NAME_MAX_SIZE)
        return 0;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        out[i] = c >= 'A' && c <= 'Z'   ? (char)(c + 32)
                 : c == '-' || c == ' ' ? '_'
                                        : c;
    }
    return name.size;
}

const struct field_name *field_names_find(const struct field_map *map,
                                          struct span name,
                                          struct field_name *scratch)
{
    for (size_t i = 0; i < map->count; i++)
        if (span_equal(map->entries[i].theirs, name)) {
            *scratch = (struct field_name){ "", map->entries[i].ours,
                                            FIELD_NAMES_RANK_MAP, false };
            return scratch;
        }
    char lower[NAME_MAX_SIZE];
    struct span wanted = { lower, normalize(lower, name) };
    if (!wanted.size)
        return NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (span_is(wanted, names[i].name))
            return &names[i];
    return NULL;
}

bool field_names_is_nothing(struct span value)
{
    static const char *const nothing[] = { "none", "null", "nan",
                                           "n/a",  "nat",  "undefined" };
    for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++)
        if (span_is_nocase(value, nothing[i]))
            return true;
    return !value.size;
}

void field_values_begin(struct field_values *values, struct article *article)
{
    values->article = article;
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        values->ranks[i] = FIELD_NAMES_RANK_MAX;
}

void field_values_add(struct field_values *values, const struct field_name *row,
                      struct span value)
{
    value = span_trim(value);
    int *rank = &values->ranks[row->field];
    if (row->rank > *rank || field_names_is_nothing(value))
        return;
    if (row->rank < *rank)
        values->article->values[row->field].count = 0;
    *rank = row->rank;
    if (!row->markup) {
        article_add_copy(values->article, row->field, value);
        return;
    }
    struct str text = STR_INIT;
    clean_markup(&text, value);
    article_add_copy(values->article, row->field, str_span(&text));
    str_release(&text);
}

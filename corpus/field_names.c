/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/field_names.h"

#include <string.h>

#include "corpus/markup.h"

enum { NAME_MAX_SIZE = 64 }; /* bytes of a name that can mean something */

#define ROW(name, field, rank, markup)                 \
    {                                                  \
        SPAN_LITERAL(name), field, rank, markup, false \
    }
/* The same text in several forms. */
#define ROW_OF_FORMS(name, field, rank)             \
    {                                               \
        SPAN_LITERAL(name), field, rank, true, true \
    }

static const struct field_name names[] = {
    ROW("id", ARTICLE_ID, 1, false),
    ROW("guid", ARTICLE_ID, 2, false),
    ROW("uuid", ARTICLE_ID, 2, false),
    ROW("uri", ARTICLE_ID, 3, false),
    ROW("article_id", ARTICLE_ID, 3, false),
    ROW("docid", ARTICLE_ID, 3, false),
    ROW("doc_id", ARTICLE_ID, 3, false),
    ROW("_id", ARTICLE_ID, 4, false),
    ROW("collection", ARTICLE_COLLECTION, 1, false),

    ROW("headline", ARTICLE_TITLE, 1, false),
    ROW("fields.headline", ARTICLE_TITLE, 1, false),
    ROW("headline.main", ARTICLE_TITLE, 1, false),
    ROW("headlines.value", ARTICLE_TITLE, 1, false),
    ROW("title", ARTICLE_TITLE, 2, false),
    ROW("webtitle", ARTICLE_TITLE, 3, false),
    ROW("title.rendered", ARTICLE_TITLE, 3, true),
    ROW("title_page", ARTICLE_TITLE, 8, false),
    ROW("title_rss", ARTICLE_TITLE, 9, false),
    ROW("t", ARTICLE_TITLE, 9, false),
    ROW("subtitle", ARTICLE_SUBTITLE, 1, false),
    ROW("subhead", ARTICLE_SUBTITLE, 2, false),
    ROW("deck", ARTICLE_SUBTITLE, 3, false),

    ROW("authors", ARTICLE_AUTHOR, 1, false),
    ROW("author", ARTICLE_AUTHOR, 2, false),
    ROW("byline", ARTICLE_AUTHOR, 3, false),
    ROW("fields.byline", ARTICLE_AUTHOR, 3, false),
    ROW("byline.original", ARTICLE_AUTHOR, 3, false),
    ROW("by", ARTICLE_AUTHOR, 4, false),
    ROW("authors.name", ARTICLE_AUTHOR, 2, false),
    ROW("bylines.by", ARTICLE_AUTHOR, 4, false),
    ROW("creator", ARTICLE_AUTHOR, 5, false),
    ROW("author.name", ARTICLE_AUTHOR, 5, false),

    ROW("date", ARTICLE_DATE, 1, false),
    ROW("date_publish", ARTICLE_DATE, 2, false),
    ROW("published", ARTICLE_DATE, 2, false),
    ROW("publish_date", ARTICLE_DATE, 2, false),
    ROW("published_date", ARTICLE_DATE, 2, false),
    ROW("publication_date", ARTICLE_DATE, 2, false),
    ROW("published_at", ARTICLE_DATE, 2, false),
    ROW("publishedat", ARTICLE_DATE, 2, false),
    ROW("pub_date", ARTICLE_DATE, 2, false),
    ROW("pubdate", ARTICLE_DATE, 2, false),
    ROW("webpublicationdate", ARTICLE_DATE, 3, false),
    ROW("date_published", ARTICLE_DATE, 2, false),
    ROW("datepublished", ARTICLE_DATE, 3, false),
    ROW("firstcreated", ARTICLE_DATE, 4, false),
    ROW("versioncreated", ARTICLE_DATE, 5, false),
    ROW("contentcreated", ARTICLE_DATE, 6, false),
    ROW("timestamp", ARTICLE_DATE, 7, false),
    ROW("created_at", ARTICLE_DATE, 8, false),
    ROW("d", ARTICLE_DATE, 9, false),

    ROW("text", ARTICLE_BODY, 2, false),
    ROW("body", ARTICLE_BODY, 2, false),
    ROW("maintext", ARTICLE_BODY, 1, false),
    ROW("article", ARTICLE_BODY, 3, false),
    ROW("content", ARTICLE_BODY, 3, false),
    ROW("contents", ARTICLE_BODY, 3, false),
    ROW("body_text", ARTICLE_BODY, 1, false),
    ROW("bodytext", ARTICLE_BODY, 1, false),
    ROW("content_text", ARTICLE_BODY, 1, false),
    ROW("content_html", ARTICLE_BODY, 5, true),
    ROW("article_text", ARTICLE_BODY, 2, false),
    ROW("full_text", ARTICLE_BODY, 2, false),
    ROW("fulltext", ARTICLE_BODY, 2, false),
    ROW("ft", ARTICLE_BODY, 6, false), /* impresso's rebuilt pages */
    ROW("article_body", ARTICLE_BODY, 2, false),
    ROW("articlebody", ARTICLE_BODY, 2, false),
    ROW("story", ARTICLE_BODY, 4, false),
    ROW("body_xhtml", ARTICLE_BODY, 5, true),
    ROW("body_html", ARTICLE_BODY, 5, true),
    ROW("content.rendered", ARTICLE_BODY, 5, true),
    ROW_OF_FORMS("bodies.value", ARTICLE_BODY, 6),
    ROW("fields.bodytext", ARTICLE_BODY, 2, false),
    ROW("fields.body", ARTICLE_BODY, 3, true),
    ROW("lead_paragraph", ARTICLE_BODY, 9, false),

    ROW("summary", ARTICLE_SUMMARY, 1, false),
    ROW("description", ARTICLE_SUMMARY, 2, false),
    ROW("description_text", ARTICLE_SUMMARY, 2, false),
    ROW("description_summary", ARTICLE_SUMMARY, 2, false),
    ROW("description_html", ARTICLE_SUMMARY, 3, true),
    ROW_OF_FORMS("descriptions.value", ARTICLE_SUMMARY, 2),
    ROW("abstract", ARTICLE_SUMMARY, 3, false),
    ROW("lead", ARTICLE_SUMMARY, 4, false),
    ROW("excerpt", ARTICLE_SUMMARY, 4, false),
    ROW("excerpt.rendered", ARTICLE_SUMMARY, 4, true),
    ROW("dateline", ARTICLE_DATELINE, 1, false),
    ROW("located", ARTICLE_DATELINE, 2, false),

    ROW("url", ARTICLE_URL, 1, false),
    ROW("link", ARTICLE_URL, 2, false),
    ROW("article_url", ARTICLE_URL, 2, false),
    ROW("weburl", ARTICLE_URL, 2, false),
    ROW("web_url", ARTICLE_URL, 2, false),
    ROW("canonical_url", ARTICLE_URL, 3, false),

    ROW("source", ARTICLE_SOURCE, 1, false),
    ROW("publication", ARTICLE_SOURCE, 1, false),
    ROW("publisher", ARTICLE_SOURCE, 2, false),
    ROW("source_domain", ARTICLE_SOURCE, 2, false),
    ROW("source.name", ARTICLE_SOURCE, 2, false),
    ROW("outlet", ARTICLE_SOURCE, 2, false),
    ROW("newspaper", ARTICLE_SOURCE, 2, false),
    ROW("infosource.name", ARTICLE_SOURCE, 3, false),
    ROW("infosources.name", ARTICLE_SOURCE, 3, false),
    ROW("thread.site", ARTICLE_SOURCE, 3, false),
    ROW("provider", ARTICLE_SOURCE, 4, false),
    ROW("provider.name", ARTICLE_SOURCE, 4, false),
    ROW("publisher.name", ARTICLE_SOURCE, 4, false),
    ROW("publication.name", ARTICLE_SOURCE, 4, false),
    ROW("domain", ARTICLE_SOURCE, 4, false),
    ROW("site", ARTICLE_SOURCE, 5, false),

    ROW("section", ARTICLE_SECTION, 1, false),
    ROW("sectionname", ARTICLE_SECTION, 2, false),
    ROW("section_name", ARTICLE_SECTION, 2, false),
    ROW("category", ARTICLE_SECTION, 3, false),
    ROW("news_desk", ARTICLE_SECTION, 4, false),
    ROW("service.name", ARTICLE_SECTION, 5, false),

    ROW("topics", ARTICLE_TOPIC, 1, false),
    ROW("topic", ARTICLE_TOPIC, 2, false),
    ROW("tags", ARTICLE_TOPIC, 3, false),
    ROW("subject.name", ARTICLE_TOPIC, 3, false),
    ROW("subjects.name", ARTICLE_TOPIC, 3, false),
    ROW("categories", ARTICLE_TOPIC, 4, false),
    ROW("keywords", ARTICLE_TOPIC, 5, false),

    ROW("people", ARTICLE_PERSON, 1, false),
    ROW("persons", ARTICLE_PERSON, 1, false),
    ROW("person.name", ARTICLE_PERSON, 2, false),
    ROW("people.name", ARTICLE_PERSON, 2, false),
    ROW("persons.name", ARTICLE_PERSON, 2, false),
    ROW("entities.persons.name", ARTICLE_PERSON, 3, false),
    ROW("organisations", ARTICLE_ORG, 1, false),
    ROW("organizations", ARTICLE_ORG, 1, false),
    ROW("orgs", ARTICLE_ORG, 1, false),
    ROW("organisation.name", ARTICLE_ORG, 2, false),
    ROW("organisations.name", ARTICLE_ORG, 2, false),
    ROW("organizations.name", ARTICLE_ORG, 2, false),
    ROW("entities.organizations.name", ARTICLE_ORG, 3, false),
    ROW("places", ARTICLE_PLACE, 1, false),
    ROW("locations", ARTICLE_PLACE, 1, false),
    ROW("place.name", ARTICLE_PLACE, 2, false),
    ROW("places.name", ARTICLE_PLACE, 2, false),
    ROW("locations.name", ARTICLE_PLACE, 2, false),
    ROW("entities.locations.name", ARTICLE_PLACE, 3, false),

    ROW("language", ARTICLE_LANGUAGE, 1, false),
    ROW("lang", ARTICLE_LANGUAGE, 2, false),
    ROW("lg", ARTICLE_LANGUAGE, 9, false),
    ROW("version", ARTICLE_VERSION, 1, false),
    ROW("pubstatus", ARTICLE_STATUS, 1, false),
    ROW("embargoed", ARTICLE_EMBARGO, 1, false),
    ROW("embargoeduntil", ARTICLE_EMBARGO, 1, false),

    /* Other languages. */
    ROW("titel", ARTICLE_TITLE, 7, false),
    ROW("titre", ARTICLE_TITLE, 7, false),
    ROW("t\u00EDtulo", ARTICLE_TITLE, 7, false),
    ROW("titulo", ARTICLE_TITLE, 7, false),
    ROW("titular", ARTICLE_TITLE, 7, false),
    ROW("titolo", ARTICLE_TITLE, 7, false),
    ROW("\u00FCberschrift", ARTICLE_TITLE, 7, false),
    ROW("\u00DCberschrift", ARTICLE_TITLE, 7, false),
    ROW("ueberschrift", ARTICLE_TITLE, 7, false),
    ROW("schlagzeile", ARTICLE_TITLE, 7, false),
    ROW("untertitel", ARTICLE_SUBTITLE, 7, false),
    ROW("sous_titre", ARTICLE_SUBTITLE, 7, false),
    ROW("subt\u00EDtulo", ARTICLE_SUBTITLE, 7, false),
    ROW("subtitulo", ARTICLE_SUBTITLE, 7, false),
    ROW("sottotitolo", ARTICLE_SUBTITLE, 7, false),
    ROW("ondertitel", ARTICLE_SUBTITLE, 7, false),
    ROW("autor", ARTICLE_AUTHOR, 7, false),
    ROW("autoren", ARTICLE_AUTHOR, 7, false),
    ROW("verfasser", ARTICLE_AUTHOR, 7, false),
    ROW("auteur", ARTICLE_AUTHOR, 7, false),
    ROW("auteurs", ARTICLE_AUTHOR, 7, false),
    ROW("autores", ARTICLE_AUTHOR, 7, false),
    ROW("autore", ARTICLE_AUTHOR, 7, false),
    ROW("datum", ARTICLE_DATE, 7, false),
    ROW("erscheinungsdatum", ARTICLE_DATE, 7, false),
    ROW("ver\u00F6ffentlicht", ARTICLE_DATE, 7, false),
    ROW("fecha", ARTICLE_DATE, 7, false),
    ROW("date_de_publication", ARTICLE_DATE, 7, false),
    ROW("data", ARTICLE_DATE, 7, false),
    ROW("inhalt", ARTICLE_BODY, 7, false),
    ROW("volltext", ARTICLE_BODY, 7, false),
    ROW("artikeltext", ARTICLE_BODY, 7, false),
    ROW("texte", ARTICLE_BODY, 7, false),
    ROW("contenu", ARTICLE_BODY, 7, false),
    ROW("texto", ARTICLE_BODY, 7, false),
    ROW("contenido", ARTICLE_BODY, 7, false),
    ROW("cuerpo", ARTICLE_BODY, 7, false),
    ROW("testo", ARTICLE_BODY, 7, false),
    ROW("tekst", ARTICLE_BODY, 7, false),
    ROW("zusammenfassung", ARTICLE_SUMMARY, 7, false),
    ROW("vorspann", ARTICLE_SUMMARY, 7, false),
    ROW("r\u00E9sum\u00E9", ARTICLE_SUMMARY, 7, false),
    ROW("resume", ARTICLE_SUMMARY, 7, false),
    ROW("chap\u00F4", ARTICLE_SUMMARY, 7, false),
    ROW("resumen", ARTICLE_SUMMARY, 7, false),
    ROW("samenvatting", ARTICLE_SUMMARY, 7, false),
    ROW("quelle", ARTICLE_SOURCE, 7, false),
    ROW("zeitung", ARTICLE_SOURCE, 7, false),
    ROW("journal", ARTICLE_SOURCE, 7, false),
    ROW("fuente", ARTICLE_SOURCE, 7, false),
    ROW("peri\u00F3dico", ARTICLE_SOURCE, 7, false),
    ROW("periodico", ARTICLE_SOURCE, 7, false),
    ROW("fonte", ARTICLE_SOURCE, 7, false),
    ROW("bron", ARTICLE_SOURCE, 7, false),
    ROW("krant", ARTICLE_SOURCE, 7, false),
    ROW("ressort", ARTICLE_SECTION, 7, false),
    ROW("rubrik", ARTICLE_SECTION, 7, false),
    ROW("rubrique", ARTICLE_SECTION, 7, false),
    ROW("secci\u00F3n", ARTICLE_SECTION, 7, false),
    ROW("seccion", ARTICLE_SECTION, 7, false),
    ROW("sezione", ARTICLE_SECTION, 7, false),
    ROW("rubriek", ARTICLE_SECTION, 7, false),
    ROW("schlagworte", ARTICLE_TOPIC, 7, false),
    ROW("themen", ARTICLE_TOPIC, 7, false),
    ROW("mots_cl\u00E9s", ARTICLE_TOPIC, 7, false),
    ROW("etiquetas", ARTICLE_TOPIC, 7, false),
    ROW("sprache", ARTICLE_LANGUAGE, 7, false),
    ROW("langue", ARTICLE_LANGUAGE, 7, false),
    ROW("idioma", ARTICLE_LANGUAGE, 7, false),
    ROW("lingua", ARTICLE_LANGUAGE, 7, false),
    ROW("taal", ARTICLE_LANGUAGE, 7, false),
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
            *scratch = (struct field_name){ .field = map->entries[i].ours,
                                            .rank = FIELD_NAMES_RANK_MAP };
            return scratch;
        }
    char lower[NAME_MAX_SIZE];
    struct span wanted = { lower, normalize(lower, name) };
    if (!wanted.size)
        return NULL;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (span_equal(names[i].name, wanted))
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

void field_values_drop(struct field_values *values)
{
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        values->article->values[i].count = 0;
    field_values_begin(values, values->article);
}

static bool may_be_list(enum article_field field)
{
    return field == ARTICLE_AUTHOR || field == ARTICLE_TOPIC ||
           field == ARTICLE_PERSON || field == ARTICLE_ORG ||
           field == ARTICLE_PLACE;
}

/* "['one', 'two']", as Python writes a list into a table. */
static bool add_python_list(struct article *out, enum article_field field,
                            struct span value)
{
    if (value.size < 2 || value.data[0] != '[' ||
        value.data[value.size - 1] != ']')
        return false;
    struct span rest = span_trim(span_slice(value, 1, value.size - 1));
    while (rest.size) {
        char quote = rest.data[0];
        size_t end = span_find_char(rest, 1, quote);
        if ((quote != '\'' && quote != '"') || end == SIZE_MAX)
            return false;
        article_add_copy(out, field, span_slice(rest, 1, end));
        rest = span_trim(span_slice(rest, end + 1, rest.size));
        if (span_starts(rest, ","))
            rest = span_trim(span_slice(rest, 1, rest.size));
    }
    return true;
}

/* Several values may stand in one: tags and keywords in any fashion. */
static void add_values(struct article *out, const struct field_name *row,
                       struct span value)
{
    if (may_be_list(row->field) && add_python_list(out, row->field, value))
        return;
    bool tags = span_is(row->name, "tags") || span_is(row->name, "keywords");
    char mark = row->field != ARTICLE_TOPIC                         ? '\0'
                : span_find_char(value, 0, '|') != SIZE_MAX         ? '|'
                : tags && span_find_char(value, 0, ';') != SIZE_MAX ? ';'
                : tags                                              ? ','
                                                                    : '\0';
    struct span rest = value, one;
    if (!mark)
        article_add_copy(out, row->field, value);
    else
        while (span_next(&rest, mark, &one))
            article_add_copy(out, row->field, one);
}

static bool is_prose(enum article_field field)
{
    return field == ARTICLE_TITLE || field == ARTICLE_SUBTITLE ||
           field == ARTICLE_BODY || field == ARTICLE_SUMMARY;
}

void field_values_add(struct field_values *values, const struct field_name *row,
                      struct span value)
{
    value = span_trim(value);
    int *rank = &values->ranks[row->field];
    if (row->rank > *rank || field_names_is_nothing(value) ||
        (row->rank == *rank && row->forms))
        return;
    if (row->rank < *rank)
        values->article->values[row->field].count = 0;
    *rank = row->rank;
    bool prose = is_prose(row->field);
    bool tags = row->markup || (prose && markup_has_tags(value));
    if (!tags && !(prose && markup_has_references(value))) {
        add_values(values->article, row, value);
        return;
    }
    struct str text = STR_INIT;
    if (tags)
        markup_text(&text, value);
    else
        markup_decode(&text, value);
    /* In HTML without blocks line ends mean nothing. */
    bool html = tags && span_find_char(value, 0, '<') != SIZE_MAX &&
                span_find(str_span(&text), 0, span_of("\n\n")) == SIZE_MAX;
    for (size_t i = 0; html && i < text.size; i++)
        if (text.data[i] == '\n' || text.data[i] == '\r')
            text.data[i] = ' ';
    article_add_copy(values->article, row->field, str_span(&text));
    str_release(&text);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/nexis_labels.h"

#include <string.h>

#define UNUSED ARTICLE_FIELD_COUNT

static const struct nexis_label labels[] = {
    { "BYLINE", ARTICLE_AUTHOR, false },
    { "AUTOR", ARTICLE_AUTHOR, false },
    { "SECTION", ARTICLE_SECTION, false },
    { "RUBRIK", ARTICLE_SECTION, false },
    { "RUBRIQUE", ARTICLE_SECTION, false },
    { "DATELINE", ARTICLE_DATELINE, false },
    { "HIGHLIGHT", ARTICLE_SUBTITLE, false },
    { "ENCART", ARTICLE_SUBTITLE, false },
    { "ORIGINE", ARTICLE_DATELINE, false },
    { "SECCI\u00D3N", ARTICLE_SECTION, false },
    { "SECTIE", ARTICLE_SECTION, false },
    { "SEZIONE", ARTICLE_SECTION, false },
    { "RUBRIEK", ARTICLE_SECTION, false },
    { "AUTEUR", ARTICLE_AUTHOR, false },
    { "AUTORE", ARTICLE_AUTHOR, false },
    { "LENGTH", UNUSED, false },
    { "L\u00C4NGE", UNUSED, false },
    { "L\u00E4nge", UNUSED, false },
    { "LONGUEUR", UNUSED, false },
    { "LONGITUD", UNUSED, false },
    { "LENGTE", UNUSED, false },
    { "LUNGHEZZA", UNUSED, false },
    { "SERIES", UNUSED, false },
    { "CORRECTION-DATE", UNUSED, false },
    { "GRAPHIC", UNUSED, true },
    { "LOAD-DATE", UNUSED, true },
    { "UPDATE", UNUSED, true },
    { "DATE-CHARGEMENT", UNUSED, true },
    { "FECHA-DE-CARGA", UNUSED, true },
    { "LAAD-DATUM", UNUSED, true },
    { "GRAFIK", UNUSED, true },
    { "GRAPHIQUE", UNUSED, true },
    { "LINGUA", ARTICLE_LANGUAGE, true },
    { "TYPE-PUBLICATION", UNUSED, true },
    { "TIPO-PUBLICACI\u00D3N", UNUSED, true },
    { "LANGUAGE", ARTICLE_LANGUAGE, true },
    { "SPRACHE", ARTICLE_LANGUAGE, true },
    { "LANGUE", ARTICLE_LANGUAGE, true },
    { "IDIOMA", ARTICLE_LANGUAGE, true },
    { "TAAL", ARTICLE_LANGUAGE, true },
    { "URL", ARTICLE_URL, true },
    { "SUBJECT", ARTICLE_TOPIC, true },
    { "INDUSTRY", ARTICLE_TOPIC, true },
    { "PERSON", ARTICLE_PERSON, true },
    { "COMPANY", ARTICLE_ORG, true },
    { "ORGANIZATION", ARTICLE_ORG, true },
    { "GEOGRAPHIC", ARTICLE_PLACE, true },
    { "CITY", ARTICLE_PLACE, true },
    { "COUNTRY", ARTICLE_PLACE, true },
    { "STATE", ARTICLE_PLACE, true },
    { "PUBLICATION-TYPE", UNUSED, true },
    { "PUBLICATIONTYPE", UNUSED, true },
    { "DOCUMENT-TYPE", UNUSED, true },
    { "JOURNAL-CODE", UNUSED, true },
    { "JOURNAL CODE", UNUSED, true },
    { "ACC-NO", UNUSED, true },
    { "TICKER", UNUSED, true },
    { "TYPE", UNUSED, true },
    { "NOTES", UNUSED, true },
};

bool nexis_is_length(const struct nexis_label *label)
{
    static const char *const names[] = {
        "LENGTH",   "L\u00C4NGE", "L\u00E4nge", "LONGUEUR",
        "LONGITUD", "LENGTE",     "LUNGHEZZA",
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (!strcmp(label->name, names[i]))
            return true;
    return false;
}

const struct nexis_label *nexis_label_of(struct span line, bool capitals,
                                         struct span *value)
{
    size_t colon = span_find_char(line, 0, ':');
    struct span name = span_slice(line, 0, colon);
    if (colon == SIZE_MAX)
        return NULL;
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        if (capitals ? !span_is(name, labels[i].name)
                     : !span_is_nocase(name, labels[i].name))
            continue;
        *value = span_trim(span_slice(line, colon + 1, line.size));
        return &labels[i];
    }
    return NULL;
}

/* "FERRIES (92%); HARBOURS (81%)" */
static void add_scored(struct article *out, enum article_field field,
                       struct span text)
{
    struct span rest = text, part;
    while (span_next(&rest, ';', &part)) {
        size_t open = span_find(part, 0, span_of(" ("));
        article_add_copy(out, field, span_slice(part, 0, open));
    }
}

/* "LOKALES; S. 3", "NEWS; Pg. 4; Version:2": the page is no section. */
static struct span without_page(struct span section)
{
    static const char *const pages[] = { "pg", "page",     "s.",  "seite",
                                         "p.", "p\u00E1g", "blz", "version" };
    size_t at = span_find_char(section, 0, ';');
    struct span rest = span_trim(
        span_slice(section, at == SIZE_MAX ? at : at + 1, section.size));
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
        if (span_starts_nocase(rest, pages[i]))
            return span_slice(section, 0, at);
    return section;
}

void nexis_add(struct article *out, const struct nexis_label *label,
               struct span value)
{
    enum article_field field = label->field;
    bool scored = field == ARTICLE_TOPIC || field == ARTICLE_PERSON ||
                  field == ARTICLE_ORG || field == ARTICLE_PLACE;
    if (field == ARTICLE_SECTION)
        value = without_page(value);
    if (scored)
        add_scored(out, field, value);
    else if (field != ARTICLE_FIELD_COUNT)
        article_add_copy(out, field, value);
}

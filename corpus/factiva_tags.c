/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/factiva_tags.h"

enum kind { LINE_OF, TEXT_OF, CODES_OF, TIME_OF, UNUSED };

static const struct tag {
    const char *name;
    enum article_field field;
    enum kind kind;
} tags[] = {
    { "HD", ARTICLE_TITLE, LINE_OF },
    { "BY", ARTICLE_AUTHOR, LINE_OF },
    { "PD", ARTICLE_DATE, LINE_OF },
    { "SN", ARTICLE_SOURCE, LINE_OF },
    { "SE", ARTICLE_SECTION, LINE_OF },
    { "LA", ARTICLE_LANGUAGE, LINE_OF },
    { "LP", ARTICLE_BODY, TEXT_OF },
    { "TD", ARTICLE_BODY, TEXT_OF },
    { "NS", ARTICLE_TOPIC, CODES_OF },
    { "IN", ARTICLE_TOPIC, CODES_OF },
    { "CO", ARTICLE_ORG, CODES_OF },
    { "RE", ARTICLE_PLACE, CODES_OF },
    { "AN", ARTICLE_ID, LINE_OF },
    { "ART", ARTICLE_SUMMARY, LINE_OF },
    { "WC", 0, UNUSED },
    { "ET", ARTICLE_DATE, TIME_OF },
    { "SC", 0, UNUSED },
    { "ED", 0, UNUSED },
    { "PG", 0, UNUSED },
    { "VOL", 0, UNUSED },
    { "CY", 0, UNUSED },
    { "CX", 0, UNUSED },
    { "CR", 0, UNUSED },
    { "CT", 0, UNUSED },
    { "RF", 0, UNUSED },
    { "CLM", 0, UNUSED },
    { "IPC", 0, UNUSED },
    { "IPD", 0, UNUSED },
    { "PUB", 0, UNUSED },
    { "RST", 0, UNUSED },
    { "HLP", 0, UNUSED },
};

static const struct tag *find(struct span name)
{
    for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
        if (span_is(name, tags[i].name))
            return &tags[i];
    return NULL;
}

bool factiva_is_tag(struct span tag)
{
    return find(tag) != NULL;
}

bool factiva_is_text(struct span tag)
{
    const struct tag *found = find(tag);
    return found && found->kind == TEXT_OF;
}

/* "gvote : Elections | gpol : Domestic Politics" */
static void add_codes(struct article *out, enum article_field field,
                      struct span text)
{
    struct span rest = text, part;
    while (span_next(&rest, '|', &part)) {
        size_t colon = span_find(part, 0, span_of(" : "));
        if (colon != SIZE_MAX)
            article_add_copy(out, field,
                             span_slice(part, colon + 3, part.size));
    }
}

void factiva_add_time(struct article *out, struct span time)
{
    struct str when = STR_INIT;
    struct date date;
    struct span day = article_text(out, ARTICLE_DATE);
    str_addf(&when, "%.*s %.*s", SPAN_ARGS(day), SPAN_ARGS(time));
    if (day.size && date_parse(&date, str_span(&when), DATE_ORDER_DMY)) {
        out->values[ARTICLE_DATE].count = 0;
        article_add_copy(out, ARTICLE_DATE, str_span(&when));
    }
    str_release(&when);
}

void factiva_add(struct article *out, struct span tag, struct span value)
{
    const struct tag *found = find(tag);
    if (!found || found->kind == UNUSED)
        return;
    if (found->field == ARTICLE_ID && span_starts(value, "Document "))
        value = span_slice(value, 9, value.size);
    if (found->kind == TIME_OF)
        factiva_add_time(out, value);
    else if (found->kind == CODES_OF)
        add_codes(out, found->field, value);
    else
        article_add_copy(out, found->field, value);
}

bool factiva_language(struct span line)
{
    static const char *const names[] = {
        "English",
        "German",
        "French",
        "Spanish",
        "Italian",
        "Dutch",
        "Portuguese",
        "Russian",
        "Chinese",
        "Japanese",
        "Arabic",
        "Swedish",
        "Danish",
        "Norwegian",
        "Finnish",
        "Polish",
        "Czech",
        "Turkish",
        "Hungarian",
        "Korean",
        "Deutsch",
        "Fran\u00E7ais",
        "Espa\u00F1ol",
        "Italiano",
        "Nederlands",
        "Chinese - Simplified",
        "Chinese - Traditional",
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (span_is_nocase(line, names[i]))
            return true;
    return false;
}

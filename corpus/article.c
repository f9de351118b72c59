/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/article.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/utf8.h"
#include "corpus/body_edges.h"
#include "corpus/byline.h"
#include "corpus/charset.h"
#include "corpus/clean.h"
#include "corpus/clean_value.h"
#include "corpus/repair.h"
#include "text/language.h"

enum kind {
    KIND_LINE, /* one line, single blanks */
    KIND_TEXT, /* paragraphs */
    KIND_LIST, /* one line each, may repeat, each value once */
};

static const struct {
    const char *name;
    enum kind kind;
    void (*clean)(struct str *out, struct span value); /* after the line */
} rows[ARTICLE_FIELD_COUNT] = {
    [ARTICLE_ID] = { "id", KIND_LINE, NULL },
    [ARTICLE_TITLE] = { "title", KIND_LINE, NULL },
    [ARTICLE_SUBTITLE] = { "subtitle", KIND_LINE, NULL },
    [ARTICLE_AUTHOR] = { "author", KIND_LIST, NULL },
    [ARTICLE_DATE] = { "date", KIND_LINE, NULL },
    [ARTICLE_BODY] = { "body", KIND_TEXT, NULL },
    [ARTICLE_SUMMARY] = { "summary", KIND_LINE, NULL },
    [ARTICLE_DATELINE] = { "dateline", KIND_LINE, clean_dateline },
    [ARTICLE_URL] = { "url", KIND_LINE, NULL },
    [ARTICLE_SOURCE] = { "source", KIND_LINE, NULL },
    [ARTICLE_SECTION] = { "section", KIND_LINE, NULL },
    [ARTICLE_TOPIC] = { "topic", KIND_LIST, NULL },
    [ARTICLE_PERSON] = { "person", KIND_LIST, clean_person },
    [ARTICLE_ORG] = { "org", KIND_LIST, clean_org },
    [ARTICLE_PLACE] = { "place", KIND_LIST, clean_place },
    [ARTICLE_LANGUAGE] = { "language", KIND_LINE, clean_language },
    [ARTICLE_VERSION] = { "version", KIND_LINE, NULL },
    [ARTICLE_STATUS] = { "status", KIND_LINE, NULL },
    [ARTICLE_EMBARGO] = { "embargo", KIND_LINE, NULL },
    [ARTICLE_COLLECTION] = { "collection", KIND_LINE, NULL },
};

const char *article_field_name(enum article_field field)
{
    return rows[field].name;
}

bool article_field_find(struct span name, enum article_field *out)
{
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        if (span_is(name, rows[i].name)) {
            *out = (enum article_field)i;
            return true;
        }
    return false;
}

void article_begin(struct article *article, struct arena *memory,
                   enum date_order order)
{
    *article = (struct article){
        .memory = memory,
        .date = DATE_INIT,
        .date_order = order,
    };
}

void article_add(struct article *article, enum article_field field,
                 struct span value)
{
    struct article_values *values = &article->values[field];
    value = span_trim(value);
    if (!value.size || (rows[field].kind == KIND_LINE && values->count) ||
        values->count == ARTICLE_VALUES_MAX)
        return;
    values->items = arena_grow(article->memory, values->items, values->count,
                               &values->capacity, sizeof(*values->items));
    values->items[values->count++] = value;
}

void article_add_copy(struct article *article, enum article_field field,
                      struct span value)
{
    value = span_trim(value);
    if (value.size)
        article_add(article, field, arena_copy(article->memory, value));
}

struct span article_text(const struct article *article,
                         enum article_field field)
{
    const struct article_values *values = &article->values[field];
    return values->count ? values->items[0] : (struct span){ NULL, 0 };
}

/* ---- Status ----------------------------------------------------------- */

static bool mentions(struct span text, const char *word)
{
    for (size_t i = 0; i < text.size; i++)
        if (span_starts_nocase(span_slice(text, i, text.size), word))
            return true;
    return false;
}

enum article_state article_state(const struct article *article, int64_t now)
{
    static const char *const withdrawn[] = { "cancel", "withheld", "withdrawn",
                                             "kill",   "deleted",  "spiked" };
    struct span status = article_text(article, ARTICLE_STATUS);
    struct span until = article_text(article, ARTICLE_EMBARGO);
    struct date date, today;
    for (size_t i = 0; i < sizeof(withdrawn) / sizeof(*withdrawn); i++)
        if (mentions(status, withdrawn[i]))
            return ARTICLE_WITHDRAWN;
    if (date_parse(&date, until, article->date_order))
        return date_of_epoch(&today, now) && date_compare(date, today) > 0
                   ? ARTICLE_EMBARGOED
                   : ARTICLE_USABLE;
    return mentions(status, "embargo") ? ARTICLE_EMBARGOED : ARTICLE_USABLE;
}

bool article_is_ahead(const struct article *article, int64_t now)
{
    struct date today;
    return article->date.precision != DATE_NONE && date_of_epoch(&today, now) &&
           article->date.day > today.day + ARTICLE_AHEAD_DAYS;
}

uint64_t article_version(const struct article *article)
{
    uint64_t version;
    return number_parse(article_text(article, ARTICLE_VERSION), UINT64_MAX,
                        &version)
               ? version
               : 0;
}

/* ---- Finishing -------------------------------------------------------- */

/* The text as it was meant, in valid UTF-8; what had to be done is counted. */
static struct span repair(struct article *article, struct span value)
{
    bool valid = utf8_valid_prefix(value) == value.size;
    if (valid && !repair_may_have_mojibake(value))
        return value;
    struct str text = STR_INIT;
    if (valid) {
        article->repaired += repair_mojibake(&text, value);
    } else if (article->charset.size) {
        charset_read_all(&text, article->charset, value);
        article->repaired++;
    } else {
        article->repaired += utf8_repair(&text, value);
    }
    struct span copy = arena_copy(article->memory, str_span(&text));
    str_release(&text);
    return copy;
}

/* All fields of a record are in the character set of its text. */
static void guess_charset(struct article *article)
{
    struct span text = article_text(article, ARTICLE_BODY);
    if (!text.size)
        text = article_text(article, ARTICLE_TITLE);
    if (utf8_valid_prefix(text) != text.size)
        article->charset = repair_charset(text);
}

/* What the corpus says, else what the text looks like. */
static void finish_language(struct article *article)
{
    struct article_values *values = &article->values[ARTICLE_LANGUAGE];
    struct span said = article_text(article, ARTICLE_LANGUAGE);
    if (span_is(said, "mul") || span_is(said, "und") || span_is(said, "zxx"))
        values->count = 0;
    if (values->count)
        return;
    struct span text = article_text(article, ARTICLE_BODY);
    if (!text.size)
        text = article_text(article, ARTICLE_TITLE);
    article_add(article, ARTICLE_LANGUAGE, language_detect(text));
}

static struct span clean_with(struct article *article,
                              void (*clean)(struct str *, struct span),
                              struct span value)
{
    struct str text = STR_INIT;
    clean(&text, value);
    struct span copy = arena_copy(article->memory, str_span(&text));
    str_release(&text);
    return copy;
}

static bool has_value(const struct article_values *values, size_t count,
                      struct span value)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(values->items[i], value))
            return true;
    return false;
}

static void finish_lines(struct article *article, enum article_field field)
{
    struct article_values *values = &article->values[field];
    size_t kept = 0;
    for (size_t i = 0; i < values->count; i++) {
        struct span value = repair(article, values->items[i]);
        if (!clean_is_line(value))
            value = clean_with(article, clean_line, value);
        if (rows[field].clean)
            value = clean_with(article, rows[field].clean, value);
        if (value.size && !has_value(values, kept, value))
            values->items[kept++] = value;
    }
    values->count = kept;
}

/* The body's parts as one text of paragraphs. */
static void finish_body(struct article *article)
{
    struct article_values *values = &article->values[ARTICLE_BODY];
    if (!values->count)
        return;
    if (values->count == 1) {
        values->items[0] = repair(article, values->items[0]);
        if (clean_is_paragraphs(values->items[0]))
            return;
    }
    struct str text = STR_INIT;
    for (size_t i = 0; i < values->count; i++)
        clean_paragraphs(&text, repair(article, values->items[i]));
    values->items[0] = arena_copy(article->memory, str_span(&text));
    values->count = text.size ? 1 : 0;
    str_release(&text);
}

/* The story alone; a byline in front of it counts where there is no other. */
static void finish_edges(struct article *article)
{
    struct article_values *values = &article->values[ARTICLE_BODY];
    struct span byline;
    if (!values->count)
        return;
    values->items[0] = body_without_end(body_without_head(
        values->items[0], article_text(article, ARTICLE_TITLE), &byline));
    if (!article->values[ARTICLE_AUTHOR].count)
        article_add(article, ARTICLE_AUTHOR, byline);
}

/* A subtitle or summary that says the headline once more. */
static void drop_repeated(struct article *article)
{
    static const enum article_field fields[] = { ARTICLE_SUBTITLE,
                                                 ARTICLE_SUMMARY };
    struct span title = article_text(article, ARTICLE_TITLE);
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++)
        if (title.size && span_equal(article_text(article, fields[i]), title))
            article->values[fields[i]].count = 0;
}

/* "Ferry reopens - The Courier", where The Courier is the source. */
static void drop_source(struct article *article)
{
    static const char *const marks[] = { " - ", " | ", " \u2013 ", " \u2014 " };
    struct span source = article_text(article, ARTICLE_SOURCE);
    struct span title = article_text(article, ARTICLE_TITLE);
    if (!source.size || title.size <= source.size ||
        !span_equal(source,
                    span_slice(title, title.size - source.size, title.size)))
        return;
    title.size -= source.size;
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (span_ends(title, marks[i]) && title.size > strlen(marks[i]))
            article->values[ARTICLE_TITLE].items[0] =
                span_slice(title, 0, title.size - strlen(marks[i]));
}

/* A byline may name several people, and an agency: the source where nothing
 * else is, or the author where nobody else is. */
static void finish_authors(struct article *article)
{
    struct article_values given = article->values[ARTICLE_AUTHOR];
    struct str agency = STR_INIT;
    article->values[ARTICLE_AUTHOR] = (struct article_values){ NULL, 0, 0 };
    for (size_t i = 0; i < given.count; i++) {
        struct str people = STR_INIT;
        byline_read(&people, &agency, given.items[i]);
        struct span rest = str_span(&people), one;
        while (span_next(&rest, '\n', &one))
            article_add_copy(article, ARTICLE_AUTHOR, one);
        str_release(&people);
    }
    if (!article->values[ARTICLE_SOURCE].count)
        article_add_copy(article, ARTICLE_SOURCE, str_span(&agency));
    else if (!article->values[ARTICLE_AUTHOR].count &&
             !span_equal(article_text(article, ARTICLE_SOURCE),
                         str_span(&agency)))
        article_add_copy(article, ARTICLE_AUTHOR, str_span(&agency));
    str_release(&agency);
}

static void finish_id(struct article *article)
{
    if (article->values[ARTICLE_ID].count)
        return;
    uint64_t low = 0, high = 1;
    static const enum article_field parts[] = { ARTICLE_TITLE, ARTICLE_DATE,
                                                ARTICLE_SOURCE, ARTICLE_BODY };
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        low = span_hash(article_text(article, parts[i]), low);
        high = span_hash(article_text(article, parts[i]), high);
    }
    char id[33];
    snprintf(id, sizeof(id), "%016llx%016llx", (unsigned long long)high,
             (unsigned long long)low);
    article_add_copy(article, ARTICLE_ID, span_of(id));
    article->id_made_up = true;
}

enum status article_finish(struct article *article, struct error *err)
{
    guess_charset(article);
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        if (rows[i].kind != KIND_TEXT)
            finish_lines(article, (enum article_field)i);
    drop_source(article);
    finish_body(article);
    finish_edges(article);
    drop_repeated(article);
    finish_language(article);
    finish_authors(article);
    if (!article->may_be_empty &&
        article_state(article, 0) != ARTICLE_WITHDRAWN &&
        !article->values[ARTICLE_TITLE].count &&
        !article->values[ARTICLE_BODY].count)
        return error_set(err, STATUS_BAD_RECORD,
                         "the record has neither title nor text");
    if (article->date.precision == DATE_NONE)
        date_parse(&article->date, article_text(article, ARTICLE_DATE),
                   article->date_order);
    finish_id(article);
    return STATUS_OK;
}

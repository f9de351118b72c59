/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/schema.h"

#include <assert.h>
#include <string.h>

#include "base/number.h"
#include "base/pack.h"
#include "text/folding.h"
#include "text/name_key.h"

enum {
    WORDS = FIELD_WORDS,
    EXACT = FIELD_EXACT,
    FACET = FIELD_FACET,
    HASH_SIZE = 17, /* "~" and 16 hexadecimal digits */
};

const struct field schema_fields[FIELD_COUNT] = {
    [FIELD_TEXT] = { "text", "body", "", SCHEMA_NO_SLOT, 1, WORDS | FIELD_STEMS,
                     "the words of the article", "text:pakistan" },
    [FIELD_TITLE] = { "title", "headline", "S", SCHEMA_NO_SLOT, 3,
                      WORDS | FIELD_STEMS, "the words of the headline",
                      "title:pakistan" },
    [FIELD_PERSON] = { "person", "people who", "XP", 2, 0,
                       WORDS | EXACT | FACET, "a person it speaks of",
                       "person:kirby" },
    [FIELD_ORG] = { "org", "orgs organisation organization company", "XO", 3, 0,
                    WORDS | EXACT | FACET, "an organisation it speaks of",
                    "org:pentagon" },
    [FIELD_PLACE] = { "place", "places location", "XL", 4, 0,
                      WORDS | EXACT | FACET, "a place it speaks of",
                      "place:sukkur" },
    [FIELD_DATE] = { "date", "published", "D", 0, 0, EXACT | FIELD_RANGE,
                     "when it was published", "date:2022-04" },
    [FIELD_ABOUT] = { "about", "", "XD", SCHEMA_NO_SLOT, 0, EXACT | FIELD_RANGE,
                      "a date that its text speaks of", "about:2022-04" },
    [FIELD_AUTHOR] = { "author", "authors by byline", "A", 5, 0,
                       WORDS | EXACT | FACET, "who wrote it",
                       "author:whitlock" },
    [FIELD_SOURCE] = { "source", "sources outlet", "XS", 6, 0,
                       WORDS | EXACT | FACET, "the outlet or agency",
                       "source:meridian" },
    [FIELD_SECTION] = { "section", "sections desk", "XN", 7, 0,
                        WORDS | EXACT | FACET, "the section of the outlet",
                        "section:world" },
    [FIELD_TOPIC] = { "topic", "topics subject keyword", "XT", 8, 0,
                      WORDS | EXACT | FACET, "a subject it is filed under",
                      "topic:grain" },
    [FIELD_LANGUAGE] = { "lang", "language", "L", 9, 0, EXACT | FACET,
                         "its language, by code or name", "lang:fr" },
    [FIELD_COLLECTION] = { "collection", "coll", "XC", 10, 0, EXACT | FACET,
                           "the collection it came with", "collection:sample" },
    [FIELD_ID] = { "id", "", "Q", SCHEMA_NO_SLOT, 0, EXACT,
                   "its id, as collection/id", "id:sample/briefing.txt" },
};

static bool has_word(const char *words, struct span word)
{
    struct span rest = span_of(words), one;
    while (span_next(&rest, ' ', &one))
        if (one.size && span_equal(one, word))
            return true;
    return false;
}

enum field_id schema_find(struct span name)
{
    char lower[32];
    if (!name.size || name.size > sizeof(lower))
        return FIELD_COUNT;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    struct span wanted = { lower, name.size };
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (span_is(wanted, schema_fields[i].name) ||
            has_word(schema_fields[i].aliases, wanted))
            return (enum field_id)i;
    return FIELD_COUNT;
}

void schema_word(struct str *out, enum field_id field, struct span word)
{
    str_add_text(out, schema_fields[field].prefix);
    str_add(out, word);
}

void schema_stem(struct str *out, enum field_id field, struct span stem)
{
    assert(stem.size && stem.data[0] == 'Z');
    str_add_char(out, 'Z');
    str_add_text(out, schema_fields[field].prefix);
    str_add(out, span_slice(stem, 1, stem.size));
}

/* Cut a term that began at `start` to the limit, with a hash of all of it so
 * that different values stay different. */
static void limit_term(struct str *out, size_t start)
{
    struct span whole = span_slice(str_span(out), start, out->size);
    if (whole.size <= SCHEMA_TERM_MAX)
        return;
    uint64_t hash = span_hash(whole, 0);
    str_cut(out, start + SCHEMA_TERM_MAX - HASH_SIZE);
    str_addf(out, "~%016llx", (unsigned long long)hash);
}

/* A zero byte would count two in a term; no value has a use for one. */
static void add_without_zeros(struct str *out, struct span value)
{
    struct span part;
    while (span_next(&value, '\0', &part))
        str_add(out, part);
}

/* What the term of a whole value begins with. */
static size_t begin_value(struct str *out, enum field_id field)
{
    size_t start = out->size;
    str_add_text(out, schema_fields[field].prefix);
    if (schema_fields[field].flags & FIELD_WORDS)
        str_add_char(out, ':');
    return start;
}

void schema_value(struct str *out, enum field_id field, struct span value)
{
    size_t start = begin_value(out, field);
    if (field == FIELD_ID || field == FIELD_COLLECTION)
        add_without_zeros(out, value);
    else
        text_fold(out, value);
    limit_term(out, start);
}

/* The last `width` digits of a number that is not negative: each article has
 * many dates, and printf() is slow. */
static void add_digits(struct str *out, int number, unsigned width)
{
    char digits[8];
    assert(number >= 0 && width <= sizeof(digits));
    for (unsigned i = width; i; i--, number /= 10)
        digits[i - 1] = (char)('0' + number % 10);
    str_add(out, (struct span){ digits, width });
}

/* The term of a day, month or year: its prefix and as many digits of YYYYMMDD
 * as it has. */
static void add_date_term(struct str *out, const char *prefix, int number,
                          unsigned width)
{
    str_add_text(out, prefix);
    add_digits(out, number, width);
    str_add_char(out, '\0');
}

/* The prefixes of days, months and years: XD XM XY for mentioned dates. */
void schema_date(struct str *out, enum field_id field, struct date date)
{
    if (date.precision == DATE_NONE)
        return;
    bool about = field == FIELD_ABOUT;
    int year, month, day;
    date_civil(date.day, &year, &month, &day);
    month += 100 * year;
    day += 100 * month;
    if (date.precision >= DATE_DAY)
        add_date_term(out, about ? "XD" : "D", day, 8);
    if (date.precision >= DATE_MONTH)
        add_date_term(out, about ? "XM" : "M", month, 6);
    add_date_term(out, about ? "XY" : "Y", year, 4);
}

void schema_date_value(struct str *out, struct date date)
{
    if (date.precision == DATE_NONE)
        return;
    int year, month, day;
    date_civil(date.day, &year, &month, &day);
    int32_t second = date.precision == DATE_TIME ? date.second : 0;
    add_digits(out, (year * 100 + month) * 100 + day, 8);
    add_digits(out,
               (second / 3600 * 100 + second / 60 % 60) * 100 + second % 60, 6);
}

bool schema_value_day(struct span value, int32_t *day)
{
    uint64_t number;
    struct date date;
    if (value.size < 8 ||
        !number_parse(span_slice(value, 0, 8), 99999999, &number) ||
        !date_of_day(&date, (int)(number / 10000), (int)(number / 100 % 100),
                     (int)(number % 100)))
        return false;
    *day = date.day;
    return true;
}

static enum name_kind kind_of(enum field_id field)
{
    return field == FIELD_PERSON  ? NAME_PERSON
           : field == FIELD_ORG   ? NAME_ORG
           : field == FIELD_PLACE ? NAME_PLACE
                                  : NAME_KIND_COUNT;
}

void schema_pack_value(struct str *out, enum field_id field, struct span form,
                       struct span key)
{
    enum name_kind kind = kind_of(field);
    struct str own = STR_INIT;
    if (kind != NAME_KIND_COUNT)
        name_key(&own, kind, form);
    bool same = kind == NAME_KIND_COUNT || span_equal(str_span(&own), key);
    str_clear(&own);
    str_add(&own, form);
    if (!same) {
        str_add_char(&own, '\0');
        str_add(&own, key);
    }
    pack_string(out, str_span(&own));
    str_release(&own);
}

bool schema_unpack_value(struct span *from, struct span *out)
{
    return unpack_string(from, out);
}

static size_t form_size(struct span value)
{
    const char *zero = value.size ? memchr(value.data, 0, value.size) : NULL;
    return zero ? (size_t)(zero - value.data) : value.size;
}

struct span schema_facet_form(struct span value)
{
    return span_slice(value, 0, form_size(value));
}

void schema_facet_term(struct str *out, enum field_id field, struct span value)
{
    enum name_kind kind = kind_of(field);
    size_t form = form_size(value), start;
    if (kind == NAME_KIND_COUNT || form < value.size) {
        schema_value(
            out, field,
            span_slice(value, form < value.size ? form + 1 : 0, value.size));
        return;
    }
    start = begin_value(out, field);
    name_key(out, kind, value); /* is folded */
    limit_term(out, start);
}

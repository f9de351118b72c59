/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The SGML of the TREC and LDC newswire collections: concatenated <DOC>
 * elements, not well-formed, each newspaper with element names of its own.
 * (TIPSTER, TREC disks 1 to 5, CLEF, AQUAINT, Gigaword; their readmes.)
 */
#include <string.h>

#include "base/number.h"
#include "base/str.h"
#include "corpus/format.h"
#include "corpus/markup.h"
#include "corpus/sgml_cut.h"

static int bid_trec(struct span head)
{
    struct span start = span_trim(head);
    if (span_starts(start, "<?xml") || !span_starts(start, "<DOC"))
        return span_starts(start, "<DOCSTREAM") ? 80 : 0;
    char next = start.size > 4 ? start.data[4] : '\0';
    if (next != '>' && next != ' ')
        return 0;
    struct span look = span_slice(start, 0, 2000);
    return span_find(look, 0, span_of("<DOCNO")) != SIZE_MAX ||
                   span_find(look, 0, span_of("<DOCID")) != SIZE_MAX ||
                   next == ' '
               ? 90
               : 40;
}

static enum status next_trec(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    static const struct sgml_tags tags = SGML_TAGS("DOC");
    return sgml_cut_next(state, &tags, source, out, err);
}

/* ---- Cleaning --------------------------------------------------------- */

/* "FT  14 MAY 91 / Headline". */
static struct span clean_ft(struct span text)
{
    if (!span_starts(text, "FT "))
        return text;
    size_t slash = span_find(text, 0, span_of(" / "));
    return slash != SIZE_MAX && slash < 30
               ? span_slice(text, slash + 3, text.size)
               : text;
}

/* "TV Times; Page 3; Television Desk". */
static struct span clean_section(struct span text)
{
    return span_slice(text, 0, span_find_char(text, 0, ';'));
}

/* "@  Headline" of the Wall Street Journal of 1987 to 1989. */
static struct span clean_at(struct span text)
{
    text = span_trim(text);
    while (text.size && (text.data[0] == '@' || text.data[0] == '='))
        text = span_trim(span_slice(text, 1, text.size));
    return text;
}

static bool two_digits(struct span text, size_t at, int *out)
{
    uint64_t value;
    if (!number_parse(span_slice(text, at, at + 2), 99, &value) ||
        at + 2 > text.size)
        return false;
    *out = (int)value;
    return true;
}

/* yymmdd, and mmddyy where that is the only reading that is a date. */
static bool six_digits(struct date *out, struct span text, bool month_first)
{
    int a, b, c;
    if (!two_digits(text, 0, &a) || !two_digits(text, 2, &b) ||
        !two_digits(text, 4, &c))
        return false;
    int year = month_first ? c : a;
    int month = month_first ? a : b;
    int day = month_first ? b : c;
    return date_of_day(out, (year < 69 ? 2000 : 1900) + year, month, day);
}

/* "AP-NR-02-12-88 1637EST". */
static bool date_of_file_id(struct date *out, struct span text)
{
    for (size_t i = 0; i + 8 <= text.size; i++) {
        int month, day, year;
        if (text.data[i + 2] == '-' && text.data[i + 5] == '-' &&
            two_digits(text, i, &month) && two_digits(text, i + 3, &day) &&
            two_digits(text, i + 6, &year) &&
            date_of_day(out, (year < 69 ? 2000 : 1900) + year, month, day))
            return true;
    }
    return false;
}

/* The date in a document's number: AFP_ENG_20041001.0001, AP880212-0004,
 * LA042990-0001 (month first). */
static bool date_of_number(struct date *out, struct span id)
{
    for (size_t i = 0; i < id.size; i++) {
        size_t digits = 0;
        while (i + digits < id.size && id.data[i + digits] >= '0' &&
               id.data[i + digits] <= '9')
            digits++;
        struct span run = span_slice(id, i, i + digits);
        if (digits == 8 && date_parse(out, run, DATE_ORDER_ONE))
            return true;
        bool la = span_starts(id, "LA") || span_starts(id, "WG");
        if (digits == 6 &&
            (six_digits(out, run, la) || six_digits(out, run, !la)))
            return true;
        if (digits)
            i += digits - 1;
    }
    return false;
}

static void set_date(struct article *out, struct span text)
{
    if (out->date.precision != DATE_NONE)
        return;
    text = clean_at(text);
    struct span digits = span_slice(text, 0, 6);
    if (text.size == 6 && six_digits(&out->date, digits, false))
        return;
    /* American collections write the month first. */
    date_parse(&out->date, text, DATE_ORDER_MDY);
}

/* ---- Elements --------------------------------------------------------- */

enum use { USE_FIELD, USE_DATE, USE_FILE_ID, USE_INNER };

static const struct row {
    const char *name;
    enum use use;
    enum article_field field;
    struct span (*clean)(struct span text);
} rows[] = {
    { "DOCNO", USE_FIELD, ARTICLE_ID, NULL },
    { "DATE", USE_DATE, 0, NULL },
    { "DATE1", USE_DATE, 0, NULL },
    { "DD", USE_DATE, 0, NULL },
    { "DATE_TIME", USE_DATE, 0, NULL },
    { "PUBDATE", USE_DATE, 0, NULL },
    { "FILEID", USE_FILE_ID, 0, NULL },
    { "HEADLINE", USE_FIELD, ARTICLE_TITLE, clean_ft },
    { "HEAD", USE_FIELD, ARTICLE_TITLE, NULL },
    { "HL", USE_FIELD, ARTICLE_TITLE, clean_at },
    { "TI", USE_FIELD, ARTICLE_TITLE, NULL },
    { "TITLE", USE_FIELD, ARTICLE_TITLE, NULL },
    { "TTL", USE_FIELD, ARTICLE_TITLE, NULL },
    { "BYLINE", USE_FIELD, ARTICLE_AUTHOR, NULL },
    { "AUTHOR", USE_FIELD, ARTICLE_AUTHOR, NULL },
    { "DATELINE", USE_FIELD, ARTICLE_DATELINE, clean_at },
    { "SO", USE_FIELD, ARTICLE_SOURCE, clean_at },
    { "SOURCE", USE_FIELD, ARTICLE_SOURCE, NULL },
    { "PUB", USE_FIELD, ARTICLE_SOURCE, NULL },
    { "SECTION", USE_FIELD, ARTICLE_SECTION, clean_section },
    { "SUBJECT", USE_FIELD, ARTICLE_TOPIC, NULL },
    { "DESCRIPT", USE_FIELD, ARTICLE_TOPIC, NULL },
    { "SUMMARY", USE_FIELD, ARTICLE_SUMMARY, NULL },
    { "TEXT", USE_FIELD, ARTICLE_BODY, NULL },
    { "LP", USE_FIELD, ARTICLE_BODY, NULL },
    { "LEADPARA", USE_FIELD, ARTICLE_BODY, NULL },
    { "HEADER", USE_INNER, 0, NULL },
    { "BODY", USE_INNER, 0, NULL },
    { "H3", USE_INNER, 0, NULL },
};

static const struct row *find_row(struct span name)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (span_is_nocase(name, rows[i].name))
            return &rows[i];
    return NULL;
}

/* "Language: <F P=105> Spanish </F>" begins the texts of FBIS. */
static struct span take_language(struct article *out, struct span text)
{
    struct span start = span_trim(text);
    if (!span_starts(start, "Language:"))
        return text;
    struct markup markup = markup_begin(start);
    struct markup_element element;
    if (markup_find(&markup, "F", &element) && markup.at < 200) {
        article_add(out, ARTICLE_LANGUAGE, element.content);
        return span_slice(start, markup.at, start.size);
    }
    return text;
}

/* "@" begins the further lines of such a headline. */
static void blank_marks(struct str *text)
{
    for (size_t i = 0; i < text->size; i++)
        if (text->data[i] == '@' && (!i || text->data[i - 1] == '\n'))
            text->data[i] = ' ';
}

static void add_field(struct article *out, const struct row *row,
                      struct span raw)
{
    if (row->field == ARTICLE_BODY)
        raw = take_language(out, raw);
    struct str text = STR_INIT;
    markup_text(&text, raw);
    if (row->clean == clean_at)
        blank_marks(&text);
    struct span value = span_trim(str_span(&text));
    if (row->clean)
        value = row->clean(value);
    article_add_copy(out, row->field, value);
    str_release(&text);
}

enum { INNER_DEPTH_MAX = 3 };

static void add_elements(struct article *out, struct span text, int depth)
{
    struct markup markup = markup_begin(text);
    struct markup_element element;
    while (markup_next(&markup, &element)) {
        const struct row *row = find_row(element.name);
        if (!row)
            continue;
        struct str date = STR_INIT;
        switch (row->use) {
        case USE_FIELD: add_field(out, row, element.content); break;
        case USE_DATE:
            markup_text(&date, element.content);
            set_date(out, span_trim(str_span(&date)));
            break;
        case USE_FILE_ID:
            if (out->date.precision == DATE_NONE)
                date_of_file_id(&out->date, element.content);
            break;
        case USE_INNER:
            if (depth < INNER_DEPTH_MAX)
                add_elements(out, element.content, depth + 1);
            break;
        }
        str_release(&date);
    }
}

static enum status parse_trec(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct markup markup = markup_begin(raw->bytes);
    struct markup_element doc;
    if (!markup_find(&markup, "DOC", &doc))
        return error_set(err, STATUS_BAD_RECORD, "no DOC element");
    add_elements(out, doc.content, 0);
    article_add(out, ARTICLE_ID, markup_attribute(doc.attributes, "id"));
    if (out->date.precision == DATE_NONE)
        date_of_number(&out->date, article_text(out, ARTICLE_ID));
    return STATUS_OK;
}

const struct format format_trec = {
    .name = "trec",
    .summary = "TREC and LDC newswire SGML (AP, WSJ, FT, LA Times, FBIS, ...)",
    .signs = "it begins with <DOC> and has a <DOCNO> or an id",
    .fields = "id title author date body dateline source section topic "
              "language",
    .suffixes = ".trec .sgml .sgm .txt",
    .bid = bid_trec,
    .state_size = sizeof(struct sgml_cut),
    .next = next_trec,
    .parse = parse_trec,
};

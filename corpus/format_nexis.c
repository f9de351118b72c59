/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * LexisNexis exports as text: "1 of 10 DOCUMENTS" in front of each article, the
 * source and the date centred, the headline, then labels (BYLINE:, LENGTH:,
 * SECTION:, ...), the text and more labels behind it.
 */
#include <string.h>

#include "corpus/clean.h"
#include "corpus/format.h"

static const struct {
    const char *label;
    enum article_field field;
} labels[] = {
    { "BYLINE:", ARTICLE_AUTHOR },
    { "SECTION:", ARTICLE_SECTION },
    { "DATELINE:", ARTICLE_DATELINE },
    { "HIGHLIGHT:", ARTICLE_SUBTITLE },
    { "LANGUAGE:", ARTICLE_LANGUAGE },
    { "URL:", ARTICLE_URL },
    { "SUBJECT:", ARTICLE_TOPIC },
    { "PERSON:", ARTICLE_PERSON },
    { "COMPANY:", ARTICLE_ORG },
    { "ORGANIZATION:", ARTICLE_ORG },
    { "GEOGRAPHIC:", ARTICLE_PLACE },
    { "CITY:", ARTICLE_PLACE },
    { "COUNTRY:", ARTICLE_PLACE },
    { "STATE:", ARTICLE_PLACE },
    { "INDUSTRY:", ARTICLE_TOPIC },
    { "LENGTH:", ARTICLE_FIELD_COUNT },
    { "LOAD-DATE:", ARTICLE_FIELD_COUNT },
    { "GRAPHIC:", ARTICLE_FIELD_COUNT },
    { "PUBLICATION-TYPE:", ARTICLE_FIELD_COUNT },
    { "DOCUMENT-TYPE:", ARTICLE_FIELD_COUNT },
    { "JOURNAL-CODE:", ARTICLE_FIELD_COUNT },
    { "ACC-NO:", ARTICLE_FIELD_COUNT },
    { "TICKER:", ARTICLE_FIELD_COUNT },
    { "TYPE:", ARTICLE_FIELD_COUNT },
    { "SERIES:", ARTICLE_FIELD_COUNT },
    { "CORRECTION-DATE:", ARTICLE_FIELD_COUNT },
};

static const char count_mark[] = " DOCUMENTS";

/* "  12 of 500 DOCUMENTS" */
static bool is_count_line(struct span line)
{
    line = span_trim(line);
    if (!span_ends(line, count_mark) || line.size > 60)
        return false;
    size_t digits = 0;
    while (digits < line.size && line.data[digits] >= '0' &&
           line.data[digits] <= '9')
        digits++;
    return digits && span_starts(span_slice(line, digits, line.size), " of ");
}

static int bid_nexis(struct span head)
{
    struct span rest = head, line;
    while (span_next(&rest, '\n', &line))
        if (is_count_line(line))
            return 90;
    return 0;
}

/* What stands before the first count is about the request. */
static enum status begin_nexis(void *state, struct source *source,
                               const struct format_options *options,
                               struct error *err)
{
    (void)state;
    (void)options;
    struct span before;
    enum status rc = source_until(source, span_of(count_mark),
                                  FORMAT_RECORD_MAX, &before, err);
    return rc == STATUS_END || rc == STATUS_TOO_BIG ? STATUS_OK : rc;
}

static enum status next_nexis(void *state, struct source *source,
                              struct raw_record *out, struct error *err)
{
    (void)state;
    return source_until(source, span_of(count_mark), FORMAT_RECORD_MAX,
                        &out->bytes, err);
}

/* ---- One article ------------------------------------------------------ */

struct nexis {
    struct article *out;
    struct str body, label_text;
    int label; /* row whose value goes on, or -1 */
    bool in_body;
    int blocks; /* found before the labels: source, date, headline */
};

static int label_of(struct span line)
{
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
        if (span_starts(line, labels[i].label))
            return (int)i;
    return -1;
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

static void end_label(struct nexis *nexis)
{
    if (nexis->label < 0)
        return;
    enum article_field field = labels[nexis->label].field;
    struct span value = span_trim(str_span(&nexis->label_text));
    bool scored = field == ARTICLE_TOPIC || field == ARTICLE_PERSON ||
                  field == ARTICLE_ORG || field == ARTICLE_PLACE;
    if (scored)
        add_scored(nexis->out, field, value);
    else if (field != ARTICLE_FIELD_COUNT)
        article_add_copy(nexis->out, field, value);
    nexis->label = -1;
    str_clear(&nexis->label_text);
}

static void read_label(struct nexis *nexis, int label, struct span line)
{
    const char *name = labels[label].label;
    end_label(nexis);
    nexis->label = label;
    str_add(&nexis->label_text, span_slice(line, strlen(name), line.size));
    if (!strcmp(name, "LENGTH:"))
        nexis->in_body = true;
    else if (nexis->body.size)
        nexis->in_body = false;
}

/* Source, date and headline, each a block of lines before the labels. */
static void read_front(struct nexis *nexis, struct span line, bool new_block)
{
    static const enum article_field fields[] = { ARTICLE_SOURCE, ARTICLE_DATE,
                                                 ARTICLE_TITLE };
    struct date date;
    nexis->blocks += new_block;
    if (nexis->blocks < 1 || nexis->blocks > 3)
        return;
    enum article_field field = fields[nexis->blocks - 1];
    /* "The Daily (London)" may be followed by more lines before the date. */
    if (field == ARTICLE_DATE &&
        !date_parse(&date, line, nexis->out->date_order))
        nexis->blocks--;
    else if (field == ARTICLE_TITLE) {
        if (nexis->label_text.size)
            str_add_char(&nexis->label_text, ' ');
        str_add(&nexis->label_text, line);
    } else
        article_add_copy(nexis->out, field, line);
}

static void end_title(struct nexis *nexis)
{
    if (nexis->blocks < 0)
        return;
    article_add_copy(nexis->out, ARTICLE_TITLE, str_span(&nexis->label_text));
    str_clear(&nexis->label_text);
    nexis->blocks = -1;
}

static void read_line(struct nexis *nexis, struct span line, bool new_block)
{
    int label = label_of(line);
    if (label >= 0) {
        end_title(nexis);
        read_label(nexis, label, line);
    } else if (nexis->blocks >= 0 && nexis->blocks < 4) {
        read_front(nexis, line, new_block);
    } else if (nexis->label >= 0 && !new_block) {
        str_add_char(&nexis->label_text, ' ');
        str_add(&nexis->label_text, line);
    } else {
        end_label(nexis);
        if (nexis->in_body) {
            str_add_text(&nexis->body, new_block ? "\n\n" : " ");
            str_add(&nexis->body, line);
        }
    }
}

static enum status parse_nexis(const void *state, const struct raw_record *raw,
                               const struct format_options *options,
                               struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    (void)err;
    struct nexis nexis = { out, STR_INIT, STR_INIT, -1, false, 0 };
    struct span rest = raw->bytes, line;
    bool blank = true;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        /* The next article's count, cut off behind its number. */
        if (line.size && !(span_ends(line, count_mark) && line.size < 60))
            read_line(&nexis, line, blank);
        blank = !line.size;
    }
    end_title(&nexis);
    end_label(&nexis);
    article_add_copy(out, ARTICLE_BODY, str_span(&nexis.body));
    str_release(&nexis.body);
    str_release(&nexis.label_text);
    return STATUS_OK;
}

const struct format format_nexis = {
    .name = "nexis",
    .summary = "LexisNexis exports as text",
    .signs = "a line like \"1 of 10 DOCUMENTS\"",
    .fields = "title subtitle author date body dateline source section topic "
              "person org place language url",
    .suffixes = ".txt",
    .bid = bid_nexis,
    .state_size = 1,
    .begin = begin_nexis,
    .next = next_nexis,
    .parse = parse_nexis,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comma-separated values (RFC 4180) and its kin: the separator is one of
 * , ; tab |, fields are quoted with " or ', quotes inside are doubled, and a
 * quoted field may hold line ends.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/str.h"
#include "corpus/field_names.h"

enum {
    COLUMNS_MAX = 256,
    HEADER_MAX = 64 * 1024,    /* bytes of the first row */
    ROW_MAX = 8 * 1024 * 1024, /* bytes of a row */
    LOOKED_AT_MAX = 64 * 1024, /* bytes of what may be one */
};

struct csv_state {
    char separator, quote;
    struct field_name columns[COLUMNS_MAX]; /* rank < 0: means nothing */
    size_t column_count;
};

/* ---- Rows ------------------------------------------------------------- */

/* A walk over the fields of a row. */
struct fields {
    struct span rest;
    char separator, quote;
    bool ended;
};

/* The next field; one that is quoted is unquoted into `scratch`. */
static bool next_field(struct fields *fields, struct str *scratch,
                       struct span *out)
{
    if (fields->ended)
        return false;
    struct span s = fields->rest;
    size_t end;
    if (s.size && s.data[0] == fields->quote) {
        str_clear(scratch);
        size_t at = 1;
        for (;;) {
            size_t quote = span_find_char(s, at, fields->quote);
            str_add(scratch, span_slice(s, at, quote));
            if (quote == SIZE_MAX) {
                at = s.size;
                break;
            }
            at = quote + 1;
            if (at >= s.size || s.data[at] != fields->quote)
                break;
            str_add_char(scratch, fields->quote);
            at++;
        }
        end = span_find_char(s, at, fields->separator);
        str_add(scratch, span_slice(s, at, end));
        *out = str_span(scratch);
    } else {
        end = span_find_char(s, 0, fields->separator);
        *out = span_slice(s, 0, end);
    }
    fields->ended = end == SIZE_MAX;
    fields->rest = fields->ended ? (struct span){ NULL, 0 }
                                 : span_slice(s, end + 1, s.size);
    if (!fields->ended && !fields->rest.data)
        fields->rest = (struct span){ "", 0 };
    return true;
}

/* Where the row at the front of `s` ends, behind its line end; 0 where it is
 * not whole within `s`.  `*at` and `*quoted` keep the place for a longer look.
 */
static size_t row_end(const struct csv_state *csv, struct span s, size_t *at,
                      bool *quoted)
{
    size_t i = *at, line = 0; /* line: where it ends, once i was before it */
    while (i < s.size) {
        if (!*quoted && line <= i)
            line = span_find_char(s, i, '\n');
        size_t end = *quoted ? SIZE_MAX : line;
        size_t quote = span_find_char(span_slice(s, 0, end), i, csv->quote);
        if (quote == SIZE_MAX && end != SIZE_MAX)
            return end + 1;
        if (quote == SIZE_MAX)
            break;
        /* A quote opens a field only at its front, or reopens it. */
        char before = quote ? s.data[quote - 1] : csv->separator;
        *quoted = !*quoted && (before == csv->separator || before == '\n' ||
                               before == csv->quote);
        i = quote + 1;
    }
    *at = s.size;
    return 0;
}

/* ---- The header ------------------------------------------------------- */

static size_t count_char(struct span s, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < s.size; i++)
        count += s.data[i] == c;
    return count;
}

static const char separators[] = ",;\t|";

/* The separator that the first line has most of; how many there are. */
static size_t guess_separator(struct csv_state *csv, struct span line)
{
    size_t most = 0;
    csv->separator = ',';
    for (const char *p = separators; *p; p++) {
        size_t count = count_char(line, *p);
        if (count > most) {
            most = count;
            csv->separator = *p;
        }
    }
    return most;
}

/* Single quotes where fields begin with them and no double ones are to be
 * seen. */
static void guess_quote(struct csv_state *csv, struct span head)
{
    char opening[3] = { csv->separator, '\'', '\0' };
    bool single = span_find_char(head, 0, '"') == SIZE_MAX &&
                  (span_find(head, 0, span_of("\n'")) != SIZE_MAX ||
                   span_find(head, 0, span_of(opening)) != SIZE_MAX);
    csv->quote = single ? '\'' : '"';
}

/* --map may name a column by its number, "#1". */
static const struct field_name *find_column(const struct field_map *map,
                                            struct span name, size_t number,
                                            struct field_name *scratch)
{
    char text[24];
    size_t size = (size_t)snprintf(text, sizeof(text), "#%zu", number);
    for (size_t i = 0; i < map->count; i++)
        if (span_equal(map->entries[i].theirs, (struct span){ text, size })) {
            *scratch = (struct field_name){ .field = map->entries[i].ours,
                                            .rank = FIELD_NAMES_RANK_MAP };
            return scratch;
        }
    return field_names_find(map, span_trim(name), scratch);
}

/* How many of the row's fields are names that mean something. */
static size_t read_columns(struct csv_state *csv, const struct field_map *map,
                           struct span row, struct str *seen)
{
    struct fields fields = { row, csv->separator, csv->quote, false };
    struct str scratch = STR_INIT;
    struct span name;
    size_t known = 0;
    csv->column_count = 0;
    while (csv->column_count < COLUMNS_MAX &&
           next_field(&fields, &scratch, &name)) {
        struct field_name found;
        const struct field_name *column =
            find_column(map, name, csv->column_count + 1, &found);
        csv->columns[csv->column_count++] =
            column ? *column : (struct field_name){ .rank = -1 };
        known += column != NULL;
        if (csv->column_count <= 12)
            str_addf(seen, "%s%.*s", csv->column_count > 1 ? ", " : "",
                     SPAN_ARGS(span_slice(span_trim(name), 0, 40)));
    }
    str_release(&scratch);
    return known;
}

static bool uses_numbers(const struct field_map *map)
{
    for (size_t i = 0; i < map->count; i++)
        if (span_starts(map->entries[i].theirs, "#"))
            return true;
    return false;
}

static bool has_field(const struct csv_state *csv, enum article_field field)
{
    for (size_t i = 0; i < csv->column_count; i++)
        if (csv->columns[i].rank >= 0 && csv->columns[i].field == field)
            return true;
    return false;
}

/* ---- Without a header ------------------------------------------------- */

enum {
    ROWS_LOOKED_AT = 50,
    ROWS_WANTED = 3,
    TEXT_SIZE_WANTED = 80, /* bytes of one, on average */
    LABEL_SIZE_MAX = 40,
};

/* What the first rows show of a column. */
struct column_look {
    size_t bytes, blanks;
    size_t dates, labels, quoted; /* rows */
};

/* A few letters, such as the name of a section. */
static bool is_label(struct span field)
{
    if (!field.size || field.size > LABEL_SIZE_MAX ||
        count_char(field, ' ') > 2)
        return false;
    for (size_t i = 0; i < field.size; i++)
        if (field.data[i] >= '0' && field.data[i] <= '9')
            return false;
    return true;
}

/* Column by column through the first lines; how many lines, 0 where they do not
 * have the same number of columns, or one, as running text has of most
 * separators. */
static size_t look_at_columns(const struct csv_state *csv, struct span head,
                              struct column_look *columns, size_t *count)
{
    struct span rest = head, line;
    size_t rows = 0;
    *count = 0;
    while (rows < ROWS_LOOKED_AT && span_next(&rest, '\n', &line) &&
           rest.data) {
        struct fields fields = { span_trim(line), csv->separator, csv->quote,
                                 false };
        struct str scratch = STR_INIT;
        struct span field;
        size_t at = 0;
        for (; at < COLUMNS_MAX; at++) {
            bool quoted = fields.rest.size && fields.rest.data[0] == csv->quote;
            if (!next_field(&fields, &scratch, &field))
                break;
            struct date date;
            columns[at].quoted += quoted;
            columns[at].labels += is_label(field);
            columns[at].bytes += field.size;
            columns[at].blanks += count_char(field, ' ');
            /* One that is no date says all. */
            columns[at].dates += columns[at].dates == rows && field.size >= 8 &&
                                 date_parse(&date, field, DATE_ORDER_ONE) &&
                                 date.precision >= DATE_DAY;
        }
        str_release(&scratch);
        if (at < 2 || (rows && at != *count))
            return 0;
        *count = at;
        rows++;
    }
    return rows;
}

/* The column of the most bytes among those with words, apart from one. */
static size_t widest(const struct column_look *columns, size_t count,
                     size_t rows, size_t without)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        if (i != without && columns[i].blanks >= 2 * rows &&
            (best == SIZE_MAX || columns[i].bytes > columns[best].bytes))
            best = i;
    return best;
}

/* Texts of one length or another, which commas alone do not divide: running
 * text has commas too. */
static bool has_texts(const struct csv_state *csv,
                      const struct column_look *body, size_t rows)
{
    return body->bytes >= TEXT_SIZE_WANTED * rows &&
           (csv->separator != ',' || body->quoted == rows);
}

/* A file without a header whose columns speak for themselves: one of long
 * texts, a label of each beside it, or one of dates and two of words; the
 * shorter of two is the title. */
static bool guess_columns(struct csv_state *csv, struct span head)
{
    struct column_look columns[COLUMNS_MAX] = { { 0, 0, 0, 0, 0 } };
    size_t count, date = SIZE_MAX, section = SIZE_MAX;
    size_t rows = look_at_columns(csv, head, columns, &count);
    if (rows < ROWS_WANTED)
        return false;
    for (size_t i = count; i-- > 0;) {
        date = columns[i].dates == rows ? i : date;
        section = columns[i].labels == rows ? i : section;
    }
    size_t body = widest(columns, count, rows, SIZE_MAX);
    size_t title = widest(columns, count, rows, body);
    bool dated = date != SIZE_MAX && title != SIZE_MAX;
    if (body == SIZE_MAX || (!dated && !has_texts(csv, &columns[body], rows)))
        return false;
    /* Beside dates and titles a label may be anything, such as a ticker. */
    if (dated)
        section = SIZE_MAX;
    const struct {
        size_t column;
        enum article_field field;
    } found[] = { { section, ARTICLE_SECTION },
                  { date, ARTICLE_DATE },
                  { body, ARTICLE_BODY },
                  { title, ARTICLE_TITLE } };
    for (size_t i = 0; i < count; i++)
        csv->columns[i] = (struct field_name){ .rank = -1 };
    csv->column_count = count;
    for (size_t i = 0; i < sizeof(found) / sizeof(*found); i++)
        if (found[i].column != SIZE_MAX)
            csv->columns[found[i].column] =
                (struct field_name){ .field = found[i].field, .rank = 1 };
    return true;
}

/* The same with each separator and quote, first those at hand: long texts have
 * more commas than a line has columns, and quote in their own way. */
static bool guess_headless(struct csv_state *csv, struct span head)
{
    static const char quotes[] = "\"'";
    const char separator = csv->separator, quote = csv->quote;
    if (guess_columns(csv, head))
        return true;
    for (const char *s = separators; *s; s++)
        for (const char *q = quotes; *q; q++) {
            csv->separator = *s;
            csv->quote = *q;
            if (guess_columns(csv, head))
                return true;
        }
    csv->separator = separator;
    csv->quote = quote;
    return false;
}

static enum status begin_csv(void *state, struct source *source,
                             const struct format_options *options,
                             struct error *err)
{
    struct csv_state *csv = state;
    struct span head;
    enum status rc = source_peek(source, HEADER_MAX, &head, err);
    if (rc)
        return rc;
    if (span_starts(head, "\xEF\xBB\xBF")) {
        source_skip(source, 3);
        head = span_slice(head, 3, head.size);
    }
    head = span_slice(head, 0, HEADER_MAX);
    guess_separator(csv, span_slice(head, 0, span_find_char(head, 0, '\n')));
    guess_quote(csv, head);
    size_t at = 0;
    bool quoted = false;
    size_t end = row_end(csv, head, &at, &quoted);
    struct span row = span_trim(span_slice(head, 0, end ? end : head.size));
    struct str seen = STR_INIT;
    read_columns(csv, &options->map, row, &seen);
    bool headless =
        uses_numbers(&options->map) ||
        (!has_field(csv, ARTICLE_TITLE) && !has_field(csv, ARTICLE_BODY) &&
         guess_headless(csv, head));
    if (!has_field(csv, ARTICLE_TITLE) && !has_field(csv, ARTICLE_BODY))
        rc = error_set(err, STATUS_BAD_FORMAT,
                       "no column is known as title or text among: %s; name "
                       "them with --map title=NAME,body=NAME, or by number "
                       "with --map title=#1 where the file has no header",
                       seen.data);
    str_release(&seen);
    /* Without a header the first row is an article already. */
    if (!rc && !headless)
        source_skip(source, end ? end : head.size);
    return rc;
}

enum { HEADER_LINE_MAX = 2000 };

/* The first line of a CSV file names a few columns, two of which we know; or
 * there is none, and the columns speak for themselves. */
static int bid_csv(struct span head)
{
    if (span_starts(head, "\xEF\xBB\xBF"))
        head = span_slice(head, 3, head.size);
    if (span_find_char(head, 0, '\0') != SIZE_MAX)
        return 0;
    struct span line = span_slice(head, 0, span_find_char(head, 0, '\n'));
    struct csv_state csv;
    if (!guess_separator(&csv, line) || line.data[0] == '<' ||
        line.data[0] == '{')
        return 0;
    guess_quote(&csv, head);
    if (line.size > HEADER_LINE_MAX)
        return guess_headless(&csv, head) ? 40 : 0;
    struct str seen = STR_INIT;
    static const struct field_map none = { NULL, 0 };
    size_t known = read_columns(&csv, &none, span_trim(line), &seen);
    str_release(&seen);
    bool useful =
        has_field(&csv, ARTICLE_TITLE) || has_field(&csv, ARTICLE_BODY);
    if (known >= 2 && useful)
        return 55;
    return guess_headless(&csv, head) ? 40 : 0;
}

/* ---- Records ---------------------------------------------------------- */

/* A field for each column, and a date where dates stand. */
static bool may_be_row(const struct csv_state *csv, struct span row)
{
    struct fields fields = { span_trim(row), csv->separator, csv->quote,
                             false };
    struct str scratch = STR_INIT;
    struct span value;
    size_t column = 0;
    bool dated = true;
    for (; column < csv->column_count && next_field(&fields, &scratch, &value);
         column++) {
        struct date date;
        if (csv->columns[column].rank >= 0 &&
            csv->columns[column].field == ARTICLE_DATE)
            dated = date_parse(&date, value, DATE_ORDER_DMY) ||
                    date_parse(&date, value, DATE_ORDER_MDY);
    }
    str_release(&scratch);
    return dated && column == csv->column_count;
}

/* A quote that is never closed must not swallow the rest of the file, nor make
 * rows of the lines of a text that is cut off: the row ends where the next line
 * is one. */
static enum status give_up_row(const struct csv_state *csv,
                               struct source *source, struct span held,
                               struct raw_record *out, struct error *err)
{
    size_t size = 0;
    do {
        size_t line = span_find_char(held, size, '\n');
        size = line == SIZE_MAX ? held.size : line + 1;
        struct span rest = span_slice(held, size, size + LOOKED_AT_MAX);
        size_t at = 0;
        bool quoted = false;
        size_t end = row_end(csv, rest, &at, &quoted);
        if (!quoted && may_be_row(csv, span_slice(rest, 0, end ? end : at)))
            break;
    } while (size < held.size);
    out->bytes = span_slice(held, 0, size < 4096 ? size : 4096);
    source_skip(source, size);
    return error_set(err, STATUS_BAD_RECORD, "a quoted field is not closed");
}

static enum status next_csv(void *state, struct source *source,
                            struct raw_record *out, struct error *err)
{
    const struct csv_state *csv = state;
    struct span held;
    size_t at = 0, want = 4096;
    bool quoted = false;
    out->offset = source_offset(source);
    for (;;) {
        enum status rc = source_peek(source, want, &held, err);
        if (rc)
            return rc;
        if (!held.size)
            return STATUS_END;
        size_t end = row_end(csv, held, &at, &quoted);
        bool last = held.size < want;
        if (!end && !last && held.size < ROW_MAX) {
            want = held.size * 2;
            continue;
        }
        if (!end && (quoted || held.size >= ROW_MAX))
            return give_up_row(csv, source, held, out, err);
        size_t size = end ? end : held.size;
        out->bytes = span_slice(held, 0, size);
        source_skip(source, size);
        if (span_trim(out->bytes).size)
            return STATUS_OK;
        at = 0; /* an empty line */
        out->offset = source_offset(source);
    }
}

static struct span without_line_end(struct span row)
{
    while (row.size &&
           (row.data[row.size - 1] == '\n' || row.data[row.size - 1] == '\r'))
        row.size--;
    return row;
}

/* Rows that have more fields than columns come from files without quoting:
 * what is too much belongs to the last column. */
static enum status parse_csv(const void *state, const struct raw_record *raw,
                             const struct format_options *options,
                             struct article *out, struct error *err)
{
    (void)options;
    const struct csv_state *csv = state;
    struct fields fields = { without_line_end(raw->bytes), csv->separator,
                             csv->quote, false };
    struct field_values values;
    struct str scratch = STR_INIT;
    struct span value;
    size_t column = 0;
    field_values_begin(&values, out);
    for (;; column++) {
        struct span rest = fields.rest;
        if (!next_field(&fields, &scratch, &value))
            break;
        bool last = column + 1 == csv->column_count;
        bool plain = !rest.size || rest.data[0] != csv->quote;
        if (last && !fields.ended && plain) {
            value = rest;
            fields.ended = true;
        }
        if (column < csv->column_count && csv->columns[column].rank >= 0)
            field_values_add(&values, &csv->columns[column], value);
    }
    str_release(&scratch);
    if (column < 2 && csv->column_count > 2)
        return error_set(err, STATUS_BAD_RECORD,
                         "the row has %zu field%s, the header %zu", column,
                         column == 1 ? "" : "s", csv->column_count);
    return STATUS_OK;
}

const struct format format_csv = {
    .name = "csv",
    .summary = "comma-separated values with a header (RFC 4180)",
    .signs = "its first line names columns we know, such as title and text; "
             "or its columns hold dates and texts",
    .fields = "all, by the same names as json, or --map (by name or #number)",
    .suffixes = ".csv .tsv",
    .bid = bid_csv,
    .state_size = sizeof(struct csv_state),
    .begin = begin_csv,
    .next = next_csv,
    .parse = parse_csv,
};

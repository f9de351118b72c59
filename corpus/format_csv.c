/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comma-separated values (RFC 4180) and its kin: the separator is one of
 * , ; tab |, and fields are quoted with " or '.
 */
#include "corpus/csv_columns.h"

enum {
    HEADER_MAX = 64 * 1024,    /* bytes of the first row */
    ROW_MAX = 8 * 1024 * 1024, /* bytes of a row */
    LOOKED_AT_MAX = 64 * 1024, /* bytes of what may be one */
};

static bool uses_numbers(const struct field_map *map)
{
    for (size_t i = 0; i < map->count; i++)
        if (span_starts(map->entries[i].theirs, "#"))
            return true;
    return false;
}

/* Bytes in front of the header: a byte order mark, and Excel's "sep=;". */
static size_t preface_size(struct span head)
{
    size_t mark = span_starts(head, "\xEF\xBB\xBF") ? 3 : 0;
    struct span rest = span_slice(head, mark, head.size);
    size_t end = span_find_char(rest, 0, '\n');
    bool told = span_starts_nocase(rest, "sep=") && end != SIZE_MAX &&
                span_trim(span_slice(rest, 4, end)).size <= 1;
    return mark + (told ? end + 1 : 0);
}

static enum status begin_csv(void *state, struct source *source,
                             const struct format_options *options,
                             struct error *err)
{
    struct csv_table *csv = state;
    struct span head;
    enum status rc = source_peek(source, HEADER_MAX, &head, err);
    if (rc)
        return rc;
    size_t preface = preface_size(head);
    source_skip(source, preface);
    head = span_slice(head, preface, HEADER_MAX);
    csv_guess_dialect(csv, head);
    size_t at = 0;
    bool quoted = false;
    size_t end = csv_row_end(&csv->dialect, head, &at, &quoted);
    struct span row = span_trim(span_slice(head, 0, end ? end : head.size));
    struct str seen = STR_INIT;
    csv_read_header(csv, &options->map, row, &seen);
    bool headless =
        uses_numbers(&options->map) ||
        (!csv_has_field(csv, ARTICLE_TITLE) &&
         !csv_has_field(csv, ARTICLE_BODY) && csv_guess_columns(csv, head));
    if (!csv_has_field(csv, ARTICLE_TITLE) && !csv_has_field(csv, ARTICLE_BODY))
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
    head = span_slice(head, preface_size(head), head.size);
    if (span_find_char(head, 0, '\0') != SIZE_MAX)
        return 0;
    struct span line = span_slice(head, 0, span_find_char(head, 0, '\n'));
    struct csv_table csv;
    if (!csv_guess_dialect(&csv, head) || line.data[0] == '<' ||
        line.data[0] == '{')
        return 0;
    if (line.size > HEADER_LINE_MAX)
        return csv_guess_columns(&csv, head) ? 40 : 0;
    struct str seen = STR_INIT;
    static const struct field_map none = { NULL, 0 };
    size_t known = csv_read_header(&csv, &none, span_trim(line), &seen);
    str_release(&seen);
    bool useful =
        csv_has_field(&csv, ARTICLE_TITLE) || csv_has_field(&csv, ARTICLE_BODY);
    if (known >= 2 && useful)
        return 55;
    return csv_guess_columns(&csv, head) ? 40 : 0;
}

/* ---- Records ---------------------------------------------------------- */

/* A field for each column, and a date where dates stand. */
static bool may_be_row(const struct csv_table *csv, struct span row)
{
    struct csv_fields fields = csv_fields_of(&csv->dialect, span_trim(row));
    struct str scratch = STR_INIT;
    struct span value;
    size_t column = 0;
    bool dated = true;
    for (; column < csv->column_count &&
           csv_next_field(&fields, &scratch, &value);
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
static enum status give_up_row(const struct csv_table *csv,
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
        size_t end = csv_row_end(&csv->dialect, rest, &at, &quoted);
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
    const struct csv_table *csv = state;
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
        size_t end = csv_row_end(&csv->dialect, held, &at, &quoted);
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
    const struct csv_table *csv = state;
    struct csv_fields fields =
        csv_fields_of(&csv->dialect, without_line_end(raw->bytes));
    struct field_values values;
    struct str scratch = STR_INIT;
    struct span value;
    size_t column = 0;
    field_values_begin(&values, out);
    for (;; column++) {
        struct span rest = fields.rest;
        if (!csv_next_field(&fields, &scratch, &value))
            break;
        bool last = column + 1 == csv->column_count;
        bool plain = !rest.size || rest.data[0] != csv->dialect.quote;
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
    .state_size = sizeof(struct csv_table),
    .begin = begin_csv,
    .next = next_csv,
    .parse = parse_csv,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/csv_columns.h"

#include <stdio.h>

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
static size_t guess_separator(struct csv_table *csv, struct span line)
{
    size_t most = 0;
    csv->dialect.separator = ',';
    for (const char *p = separators; *p; p++) {
        size_t count = count_char(line, *p);
        if (count > most) {
            most = count;
            csv->dialect.separator = *p;
        }
    }
    return most;
}

/* Single quotes where fields begin with them and no double ones are to be
 * seen. */
static void guess_quote(struct csv_table *csv, struct span head)
{
    char opening[3] = { csv->dialect.separator, '\'', '\0' };
    bool single = span_find_char(head, 0, '"') == SIZE_MAX &&
                  (span_find(head, 0, span_of("\n'")) != SIZE_MAX ||
                   span_find(head, 0, span_of(opening)) != SIZE_MAX);
    csv->dialect.quote = single ? '\'' : '"';
}

bool csv_guess_dialect(struct csv_table *csv, struct span head)
{
    struct span line = span_slice(head, 0, span_find_char(head, 0, '\n'));
    size_t most = guess_separator(csv, line);
    guess_quote(csv, head);
    return most;
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

size_t csv_read_header(struct csv_table *csv, const struct field_map *map,
                       struct span row, struct str *seen)
{
    struct csv_fields fields = csv_fields_of(&csv->dialect, row);
    struct str scratch = STR_INIT;
    struct span name;
    size_t known = 0;
    csv->column_count = 0;
    while (csv->column_count < CSV_COLUMNS_MAX &&
           csv_next_field(&fields, &scratch, &name)) {
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

bool csv_has_field(const struct csv_table *csv, enum article_field field)
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
static size_t look_at_columns(const struct csv_table *csv, struct span head,
                              struct column_look *columns, size_t *count)
{
    struct span rest = head, line;
    size_t rows = 0;
    *count = 0;
    while (rows < ROWS_LOOKED_AT && span_next(&rest, '\n', &line) &&
           rest.data) {
        struct csv_fields fields =
            csv_fields_of(&csv->dialect, span_trim(line));
        struct str scratch = STR_INIT;
        struct span field;
        size_t at = 0;
        for (; at < CSV_COLUMNS_MAX; at++) {
            bool quoted =
                fields.rest.size && fields.rest.data[0] == csv->dialect.quote;
            if (!csv_next_field(&fields, &scratch, &field))
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
static bool has_texts(const struct csv_table *csv,
                      const struct column_look *body, size_t rows)
{
    return body->bytes >= TEXT_SIZE_WANTED * rows &&
           (csv->dialect.separator != ',' || body->quoted == rows);
}

/* A file without a header whose columns speak for themselves: one of long
 * texts, a label of each beside it, or one of dates and two of words; the
 * shorter of two is the title. */
static bool guess_columns(struct csv_table *csv, struct span head)
{
    struct column_look columns[CSV_COLUMNS_MAX] = { { 0, 0, 0, 0, 0 } };
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

bool csv_guess_columns(struct csv_table *csv, struct span head)
{
    static const char quotes[] = "\"'";
    const struct csv_dialect dialect = csv->dialect;
    if (guess_columns(csv, head))
        return true;
    for (const char *s = separators; *s; s++)
        for (const char *q = quotes; *q; q++) {
            csv->dialect.separator = *s;
            csv->dialect.quote = *q;
            if (guess_columns(csv, head))
                return true;
        }
    csv->dialect = dialect;
    return false;
}

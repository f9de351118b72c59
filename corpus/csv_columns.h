/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * csv_columns.h - what the columns of a file of comma-separated values mean.
 *
 * A header names them, in words that are known (field_names.h) or mapped.  A
 * file without one may speak for itself: by a column of long texts with a label
 * of each beside it, or one of dates and two of words.
 */
#ifndef NEWS_CORPUS_CSV_COLUMNS_H
#define NEWS_CORPUS_CSV_COLUMNS_H

#include "corpus/csv_rows.h"
#include "corpus/field_names.h"

enum { CSV_COLUMNS_MAX = 256 };

struct csv_table {
    struct csv_dialect dialect;
    struct field_name columns[CSV_COLUMNS_MAX]; /* rank < 0: means nothing */
    size_t column_count;
};

/* The separator that the first line of `head` has most of, and the quotes that
 * are to be seen; false where the line has no separator. */
bool csv_guess_dialect(struct csv_table *csv, struct span head);

/* Take the columns from a header; returns how many mean something.  The first
 * few names are appended to `seen`. */
size_t csv_read_header(struct csv_table *csv, const struct field_map *map,
                       struct span row, struct str *seen);

/* Take the columns from what the first rows show of them, in the dialect at
 * hand, else in another, which it is from then on: long texts have more commas
 * than a line has columns, and quote in their own way. */
bool csv_guess_columns(struct csv_table *csv, struct span head);

bool csv_has_field(const struct csv_table *csv, enum article_field field);

#endif

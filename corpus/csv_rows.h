/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * csv_rows.h - the rows of comma-separated values (RFC 4180) and their fields.
 *
 * Quotes inside a quoted field are doubled, and it may hold separators and line
 * ends; a quote that stands elsewhere is a character like others.
 */
#ifndef NEWS_CORPUS_CSV_ROWS_H
#define NEWS_CORPUS_CSV_ROWS_H

#include "base/str.h"

struct csv_dialect {
    char separator, quote;
};

/* Where the row at the front of `s` ends, behind its line end; 0 where it is
 * not whole within `s`.  `*at` (0 at first) and `*quoted` keep the place for a
 * longer look. */
size_t csv_row_end(const struct csv_dialect *dialect, struct span s, size_t *at,
                   bool *quoted);

/* A walk over the fields of a row without its line end, which must outlive it.
 */
struct csv_fields {
    struct span rest; /* what is not read yet */
    struct csv_dialect dialect;
    bool ended;
};

struct csv_fields csv_fields_of(const struct csv_dialect *dialect,
                                struct span row);

/* The next field, of the row or, where it is quoted, unquoted in `scratch`;
 * false at the end of the row. */
bool csv_next_field(struct csv_fields *fields, struct str *scratch,
                    struct span *out);

#endif

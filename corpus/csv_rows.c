/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/csv_rows.h"

struct csv_fields csv_fields_of(const struct csv_dialect *dialect,
                                struct span row)
{
    return (struct csv_fields){ row, *dialect, false };
}

bool csv_next_field(struct csv_fields *fields, struct str *scratch,
                    struct span *out)
{
    if (fields->ended)
        return false;
    struct span s = fields->rest;
    size_t end;
    if (s.size && s.data[0] == fields->dialect.quote) {
        str_clear(scratch);
        size_t at = 1;
        for (;;) {
            size_t quote = span_find_char(s, at, fields->dialect.quote);
            str_add(scratch, span_slice(s, at, quote));
            if (quote == SIZE_MAX) {
                at = s.size;
                break;
            }
            at = quote + 1;
            if (at >= s.size || s.data[at] != fields->dialect.quote)
                break;
            str_add_char(scratch, fields->dialect.quote);
            at++;
        }
        end = span_find_char(s, at, fields->dialect.separator);
        str_add(scratch, span_slice(s, at, end));
        *out = str_span(scratch);
    } else {
        end = span_find_char(s, 0, fields->dialect.separator);
        *out = span_slice(s, 0, end);
    }
    fields->ended = end == SIZE_MAX;
    fields->rest = fields->ended ? (struct span){ NULL, 0 }
                                 : span_slice(s, end + 1, s.size);
    if (!fields->ended && !fields->rest.data)
        fields->rest = (struct span){ "", 0 };
    return true;
}

size_t csv_row_end(const struct csv_dialect *dialect, struct span s, size_t *at,
                   bool *quoted)
{
    size_t i = *at, line = 0; /* line: where it ends, once i was before it */
    while (i < s.size) {
        if (!*quoted && line <= i)
            line = span_find_char(s, i, '\n');
        size_t end = *quoted ? SIZE_MAX : line;
        size_t quote = span_find_char(span_slice(s, 0, end), i, dialect->quote);
        if (quote == SIZE_MAX && end != SIZE_MAX)
            return end + 1;
        if (quote == SIZE_MAX)
            break;
        /* A quote opens a field only at its front, or reopens it. */
        char before = quote ? s.data[quote - 1] : dialect->separator;
        *quoted = !*quoted && (before == dialect->separator || before == '\n' ||
                               before == dialect->quote);
        i = quote + 1;
    }
    *at = s.size;
    return 0;
}

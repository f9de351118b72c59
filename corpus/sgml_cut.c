/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/sgml_cut.h"

/* The next "<DOC>" or "<DOC ", or SIZE_MAX; it may be all that there is. */
static size_t find_start(struct span s, size_t from, struct span opening)
{
    for (size_t at = span_find(s, from, opening); at != SIZE_MAX;
         at = span_find(s, at + opening.size, opening)) {
        char next =
            at + opening.size < s.size ? s.data[at + opening.size] : '>';
        if (next == '>' || next == ' ')
            return at;
    }
    return SIZE_MAX;
}

enum status sgml_cut_next(struct sgml_cut *cut, const struct sgml_tags *tags,
                          struct source *source, struct raw_record *out,
                          struct error *err)
{
    if (!cut->rest.size) {
        cut->offset = source_offset(source);
        enum status rc = source_until(source, tags->closing, FORMAT_RECORD_MAX,
                                      &cut->rest, err);
        if (rc) {
            cut->rest = (struct span){ NULL, 0 };
            return rc;
        }
    }
    struct span read = cut->rest;
    cut->rest = (struct span){ NULL, 0 };
    out->bytes = read;
    out->offset = cut->offset;
    bool closed = span_ends(read, tags->closing.data);
    size_t at = find_start(read, 0, tags->opening);
    if (at == SIZE_MAX && !closed)
        return STATUS_END; /* what stands behind the last article */
    if (at == SIZE_MAX)
        return error_set(err, STATUS_BAD_RECORD, "%s without %s>",
                         tags->closing.data, tags->opening.data);
    size_t second = find_start(read, at + tags->opening.size, tags->opening);
    size_t end = second == SIZE_MAX ? read.size : second;
    out->offset += at;
    out->bytes = span_slice(read, at, end);
    cut->rest = span_slice(read, end, read.size);
    cut->offset += end;
    if (second == SIZE_MAX && closed)
        return STATUS_OK;
    return error_set(err, STATUS_BAD_RECORD, "%s> without %s",
                     tags->opening.data, tags->closing.data);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ARC 1.0 and 2.0, the Internet Archive's format before WARC: a line "URL IP
 * date type length" (with five more fields in 2.0) in front of each answer.
 */
#include <string.h>

#include "base/number.h"
#include "corpus/format.h"
#include "corpus/http_page.h"

enum {
    LINE_MAX = 32 * 1024, /* bytes of the line in front of an answer */
    ARC_FIELDS_1 = 5,
    ARC_FIELDS_2 = 10,
};

struct arc_line {
    struct span url, date, type;
    uint64_t size;
};

static int bid_arc(struct span head)
{
    return span_starts(head, "filedesc://") ? 95 : 0;
}

/* The last field of what is left of a line, whose fields are parted by one
 * blank. */
static struct span take_last(struct span *rest)
{
    size_t at = rest->size;
    while (at && rest->data[at - 1] != ' ')
        at--;
    struct span field = span_slice(*rest, at, rest->size);
    *rest = span_slice(*rest, 0, at ? at - 1 : 0);
    return field;
}

static bool is_date(struct span field)
{
    if (field.size < 8 || field.size > 17)
        return false;
    for (size_t i = 0; i < field.size; i++)
        if (field.data[i] < '0' || field.data[i] > '9')
            return false;
    return true;
}

/* Fields are counted from the end: addresses may have blanks. */
static bool read_fields(struct arc_line *out, struct span line, int fields)
{
    struct span size = take_last(&line);
    for (int i = ARC_FIELDS_1; i < fields; i++)
        take_last(&line);
    out->type = take_last(&line);
    out->date = take_last(&line);
    struct span address = take_last(&line);
    out->url = line;
    return address.size && is_date(out->date) &&
           span_find_char(line, 0, ':') != SIZE_MAX &&
           number_parse(size, UINT64_MAX / 2, &out->size);
}

static bool read_line(struct arc_line *out, struct span line)
{
    line = span_trim(line);
    return read_fields(out, line, ARC_FIELDS_1) ||
           read_fields(out, line, ARC_FIELDS_2);
}

/* The line at the front of the source, with its end; empty at the end. */
static enum status peek_line(struct source *source, struct span *out,
                             struct error *err)
{
    enum status rc = source_peek(source, LINE_MAX, out, err);
    *out = span_slice(*out, 0, LINE_MAX);
    size_t end = span_find_char(*out, 0, '\n');
    if (end != SIZE_MAX)
        *out = span_slice(*out, 0, end + 1);
    return rc;
}

/* Pass over lines that begin no record. */
static enum status find_record(struct source *source, struct arc_line *out,
                               struct span *line, bool *lost, struct error *err)
{
    *lost = false;
    for (;;) {
        enum status rc = peek_line(source, line, err);
        if (rc || !line->size)
            return rc ? rc : STATUS_END;
        if (read_line(out, *line))
            return STATUS_OK;
        *lost = *lost || span_trim(*line).size;
        source_skip(source, line->size);
    }
}

static enum status skip_bytes(struct source *source, uint64_t count,
                              struct error *err)
{
    while (count) {
        struct span held;
        enum status rc = source_peek(source, 1, &held, err);
        if (rc || !held.size)
            return rc;
        size_t part = held.size < count ? held.size : (size_t)count;
        source_skip(source, part);
        count -= part;
    }
    return STATUS_OK;
}

/* Only answers with pages are worth a record. */
static bool is_page(const struct arc_line *line)
{
    return span_starts(line->url, "http") &&
           (span_starts_nocase(line->type, "text/html") ||
            span_starts_nocase(line->type, "application/xhtml"));
}

static enum status next_arc(void *state, struct source *source,
                            struct raw_record *out, struct error *err)
{
    (void)state;
    for (;;) {
        struct arc_line line;
        struct span text, held;
        bool lost;
        enum status rc = find_record(source, &line, &text, &lost, err);
        if (lost && (!rc || rc == STATUS_END))
            return error_set(err, STATUS_BAD_RECORD,
                             "bytes that belong to no record of the archive");
        if (rc)
            return rc;
        out->offset = source_offset(source);
        if (!is_page(&line) || line.size > HTTP_PAGE_MAX) {
            bool big = is_page(&line);
            rc = skip_bytes(source, text.size + line.size, err);
            if (big && !rc)
                rc = error_set(err, STATUS_TOO_BIG, "a page over %d bytes",
                               HTTP_PAGE_MAX);
            if (rc)
                return rc;
            continue;
        }
        size_t size = text.size + (size_t)line.size;
        rc = source_peek(source, size, &held, err);
        if (rc)
            return rc;
        out->bytes = span_slice(held, 0, size);
        source_skip(source, out->bytes.size);
        return out->bytes.size == size
                   ? STATUS_OK
                   : error_set(err, STATUS_BAD_RECORD, "the record is cut off");
    }
}

static enum status parse_arc(const void *state, const struct raw_record *raw,
                             const struct format_options *options,
                             struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct arc_line line;
    size_t end = span_find_char(raw->bytes, 0, '\n');
    if (end == SIZE_MAX || !read_line(&line, span_slice(raw->bytes, 0, end)))
        return error_set(err, STATUS_BAD_RECORD, "no record of an archive");
    struct http_page page = { .url = line.url, .date = line.date };
    if (!http_answer(&page, span_slice(raw->bytes, end + 1, raw->bytes.size)))
        return error_set(err, STATUS_SKIPPED, "no answer of HTTP");
    return http_page_read(out, &page, err);
}

const struct format format_arc = {
    .name = "arc",
    .summary = "ARC web archives, the Internet Archive's format before WARC",
    .signs = "it begins with filedesc://",
    .fields = "as warc",
    .suffixes = ".arc",
    .bid = bid_arc,
    .state_size = 1,
    .next = next_arc,
    .parse = parse_arc,
};

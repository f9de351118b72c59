/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * WARC 1.0 and 1.1 (ISO 28500): the web pages of a crawl, as in CC-NEWS.
 * Responses of HTTP/1.x with HTML are articles; what else is answered is passed
 * over, requests and records about the crawl are not even counted.
 */
#include <string.h>

#include "base/number.h"
#include "corpus/format.h"
#include "corpus/http_page.h"

enum { HEADERS_MAX = 64 * 1024 }; /* bytes of a record's headers */

static int bid_warc(struct span head)
{
    return span_starts(head, "WARC/1.") ? 100 : 0;
}

/* Pass over what stands before the next "WARC/1.". */
static enum status find_record(struct source *source, bool *lost,
                               struct error *err)
{
    *lost = false;
    for (;;) {
        struct span held;
        enum status rc = source_peek(source, 7, &held, err);
        if (rc)
            return rc;
        if (!held.size)
            return STATUS_END;
        if (span_starts(held, "WARC/1."))
            return STATUS_OK;
        size_t at = span_find(held, 1, span_of("WARC/1."));
        size_t passed = at != SIZE_MAX  ? at
                        : held.size > 7 ? held.size - 6
                                        : held.size;
        for (size_t i = 0; i < passed; i++)
            *lost = *lost || !strchr("\r\n \t", held.data[i]);
        source_skip(source, passed);
    }
}

static enum status skip_bytes(struct source *source, uint64_t count,
                              struct error *err)
{
    while (count) {
        struct span held;
        enum status rc = source_peek(source, 1, &held, err);
        if (rc)
            return rc;
        if (!held.size)
            return STATUS_OK;
        size_t part = held.size < count ? held.size : (size_t)count;
        source_skip(source, part);
        count -= part;
    }
    return STATUS_OK;
}

static bool is_answer(struct span headers)
{
    struct span type = http_header(headers, "WARC-Type");
    return span_is_nocase(type, "response") || span_is_nocase(type, "resource");
}

static enum status next_warc(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    (void)state;
    for (;;) {
        bool lost;
        struct span held;
        enum status rc = find_record(source, &lost, err);
        if (lost && !rc)
            return error_set(err, STATUS_BAD_RECORD,
                             "bytes between two records are no WARC record");
        if (!rc)
            rc = source_peek(source, HEADERS_MAX, &held, err);
        if (rc)
            return rc;
        out->offset = source_offset(source);
        size_t end = http_headers_end(span_slice(held, 0, HEADERS_MAX));
        struct span headers = span_slice(held, 0, end);
        uint64_t size = 0;
        if (!end || !number_parse(http_header(headers, "Content-Length"),
                                  UINT64_MAX / 2, &size)) {
            source_skip(source, 7);
            return error_set(err, STATUS_BAD_RECORD,
                             "the record's headers are cut off or give no "
                             "length");
        }
        if (!is_answer(headers) || size > HTTP_PAGE_MAX) {
            bool big = is_answer(headers);
            rc = skip_bytes(source, end + size, err);
            if (big && !rc)
                return error_set(err, STATUS_TOO_BIG, "a page over %d bytes",
                                 HTTP_PAGE_MAX);
            if (rc)
                return rc;
            continue;
        }
        rc = source_peek(source, end + (size_t)size, &held, err);
        if (rc)
            return rc;
        out->bytes = span_slice(held, 0, end + (size_t)size);
        source_skip(source, out->bytes.size);
        if (out->bytes.size < end + size)
            return error_set(err, STATUS_BAD_RECORD, "the record is cut off");
        return STATUS_OK;
    }
}

/* ---- Pages ------------------------------------------------------------ */

static struct span target_of(struct span headers)
{
    struct span url = http_header(headers, "WARC-Target-URI");
    if (url.size > 2 && url.data[0] == '<' && span_ends(url, ">"))
        url = span_slice(url, 1, url.size - 1);
    return url;
}

static enum status parse_warc(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    size_t end = http_headers_end(raw->bytes);
    struct span warc = span_slice(raw->bytes, 0, end);
    struct span body = span_slice(raw->bytes, end, raw->bytes.size);
    struct http_page page = { target_of(warc), http_header(warc, "WARC-Date"),
                              warc, body };
    if (!span_is_nocase(http_header(warc, "WARC-Type"), "resource") &&
        !http_answer(&page, body))
        return error_set(err, STATUS_SKIPPED, "no answer of HTTP");
    return http_page_read(out, &page, err);
}

const struct format format_warc = {
    .name = "warc",
    .summary = "WARC 1.x web archives, such as CC-NEWS",
    .signs = "it begins with WARC/1.",
    .fields = "those of html; id and url are the page's address, the date is "
              "that of the crawl where the page gives none",
    .suffixes = ".warc",
    .bid = bid_warc,
    .state_size = 1,
    .next = next_warc,
    .parse = parse_warc,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * WARC 1.0 and 1.1 (ISO 28500): the web pages of a crawl, as in CC-NEWS.
 * Responses of HTTP/1.x with HTML are articles; what else is answered is passed
 * over, requests and records about the crawl are not even counted.
 */
#include <string.h>

#include "base/number.h"
#include "corpus/charset.h"
#include "corpus/format.h"
#include "corpus/html_article.h"

enum {
    HEADERS_MAX = 64 * 1024, /* bytes of a record's headers */
    PAGE_MAX = 16 * 1024 * 1024,
};

static int bid_warc(struct span head)
{
    return span_starts(head, "WARC/1.") ? 100 : 0;
}

/* The value of a header among lines "Name: value". */
static struct span header(struct span headers, const char *name)
{
    struct span rest = headers, line;
    while (span_next(&rest, '\n', &line)) {
        size_t colon = span_find_char(line, 0, ':');
        if (colon != SIZE_MAX &&
            span_is_nocase(span_slice(line, 0, colon), name))
            return span_trim(span_slice(line, colon + 1, line.size));
    }
    return (struct span){ NULL, 0 };
}

/* Behind the blank line that ends the headers at the front; 0: not there. */
static size_t headers_end(struct span text)
{
    size_t crlf = span_find(text, 0, span_of("\r\n\r\n"));
    size_t lf = span_find(text, 0, span_of("\n\n"));
    if (crlf == SIZE_MAX && lf == SIZE_MAX)
        return 0;
    return crlf < lf ? crlf + 4 : lf + 2;
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
    struct span type = header(headers, "WARC-Type");
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
        size_t end = headers_end(span_slice(held, 0, HEADERS_MAX));
        struct span headers = span_slice(held, 0, end);
        uint64_t size = 0;
        if (!end || !number_parse(header(headers, "Content-Length"),
                                  UINT64_MAX / 2, &size)) {
            source_skip(source, 7);
            return error_set(err, STATUS_BAD_RECORD,
                             "the record's headers are cut off or give no "
                             "length");
        }
        if (!is_answer(headers) || size > PAGE_MAX) {
            bool big = is_answer(headers);
            rc = skip_bytes(source, end + size, err);
            if (big && !rc)
                return error_set(err, STATUS_TOO_BIG, "a page over %d bytes",
                                 PAGE_MAX);
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

/* ---- HTTP ------------------------------------------------------------- */

static unsigned hex_value(char c)
{
    return c >= '0' && c <= '9'   ? (unsigned)(c - '0')
           : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
           : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                  : 16;
}

/* RFC 9112, section 7.1.  False where the text is not chunked after all, as
 * crawlers that decoded it themselves leave it. */
static bool join_chunks(struct str *out, struct span text)
{
    while (text.size) {
        size_t i = 0;
        uint64_t size = 0;
        for (; i < text.size && i < 8 && hex_value(text.data[i]) < 16; i++)
            size = size * 16 + hex_value(text.data[i]);
        size_t line = span_find_char(text, i, '\n');
        if (!i || line == SIZE_MAX)
            return false;
        text = span_slice(text, line + 1, text.size);
        if (!size)
            return true;
        str_add(out, span_slice(text, 0, (size_t)size));
        text = span_slice(text, (size_t)size, text.size);
        if (span_starts(text, "\r\n"))
            text = span_slice(text, 2, text.size);
    }
    return true;
}

/* The body of an answer as the server meant it, in UTF-8 where it says so. */
static enum status decode_body(struct str *out, struct span headers,
                               struct span body, struct error *err)
{
    struct str joined = STR_INIT;
    if (span_is_nocase(header(headers, "Transfer-Encoding"), "chunked") &&
        join_chunks(&joined, body))
        body = str_span(&joined);
    struct source *source = source_of_bytes(body);
    struct span held;
    enum status rc = source_peek(source, PAGE_MAX, &held, err);
    if (!rc) {
        struct span type = header(headers, "Content-Type");
        size_t at = span_find(type, 0, span_of("charset="));
        struct span set = { NULL, 0 };
        if (at != SIZE_MAX) {
            set = span_slice(type, at + strlen("charset="), type.size);
            set = span_slice(set, 0, span_find_char(set, 0, ';'));
            if (set.size > 2 && set.data[0] == '"')
                set = span_slice(set, 1, set.size - 1);
        }
        charset_read_all(out, set, span_slice(held, 0, PAGE_MAX));
    }
    source_close(source);
    str_release(&joined);
    return rc;
}

static bool is_html(struct span type)
{
    return span_starts_nocase(type, "text/html") ||
           span_starts_nocase(type, "application/xhtml");
}

/* "https://www.example.org/a" into "example.org". */
static struct span host_of(struct span url)
{
    size_t at = span_find(url, 0, span_of("://"));
    struct span host = span_slice(url, at == SIZE_MAX ? 0 : at + 3, url.size);
    host = span_slice(host, 0, span_find_char(host, 0, '/'));
    host = span_slice(host, 0, span_find_char(host, 0, ':'));
    return span_starts(host, "www.") ? span_slice(host, 4, host.size) : host;
}

static struct span target_of(struct span headers)
{
    struct span url = header(headers, "WARC-Target-URI");
    if (url.size > 2 && url.data[0] == '<' && span_ends(url, ">"))
        url = span_slice(url, 1, url.size - 1);
    return url;
}

static enum status read_page(struct article *out, struct span warc,
                             struct span http, struct span body,
                             struct error *err)
{
    struct span encoding = header(http, "Content-Encoding");
    if ((span_is_nocase(encoding, "br") ||
         span_is_nocase(encoding, "deflate")) &&
        span_find_char(span_slice(body, 0, 1000), 0, '<') == SIZE_MAX)
        return error_set(err, STATUS_SKIPPED, "a page compressed with %.*s",
                         SPAN_ARGS(encoding));
    struct str page = STR_INIT;
    enum status rc = decode_body(&page, http, body, err);
    if (!rc)
        rc = html_article(out, str_span(&page), err);
    str_release(&page);
    if (rc)
        return rc;
    struct span url = target_of(warc);
    out->values[ARTICLE_ID].count = 0;
    article_add(out, ARTICLE_ID, url);
    article_add(out, ARTICLE_URL, url);
    article_add(out, ARTICLE_SOURCE, host_of(url));
    article_add(out, ARTICLE_DATE, header(warc, "WARC-Date"));
    return STATUS_OK;
}

static enum status parse_warc(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    size_t end = headers_end(raw->bytes);
    struct span warc = span_slice(raw->bytes, 0, end);
    struct span body = span_slice(raw->bytes, end, raw->bytes.size);
    if (span_is_nocase(header(warc, "WARC-Type"), "resource")) {
        if (!is_html(header(warc, "Content-Type")))
            return error_set(err, STATUS_SKIPPED, "no web page");
        return read_page(out, warc, warc, body, err);
    }
    size_t behind = headers_end(body);
    struct span http = span_slice(body, 0, behind);
    if (!behind || !span_starts(http, "HTTP/"))
        return error_set(err, STATUS_SKIPPED, "no answer of HTTP");
    size_t blank = span_find_char(http, 0, ' ');
    if (!span_starts(span_slice(http, blank, http.size), " 2") ||
        !is_html(header(http, "Content-Type")))
        return error_set(err, STATUS_SKIPPED, "no web page");
    return read_page(out, warc, http, span_slice(body, behind, body.size), err);
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

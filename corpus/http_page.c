/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/http_page.h"

#include <string.h>

#include "corpus/charset.h"
#include "corpus/html_article.h"
#include "corpus/inflate.h"
#include "corpus/source.h"
#include "corpus/unbrotli.h"

struct span http_header(struct span headers, const char *name)
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

size_t http_headers_end(struct span text)
{
    size_t crlf = span_find(text, 0, span_of("\r\n\r\n"));
    size_t lf = span_find(text, 0, span_of("\n\n"));
    if (crlf == SIZE_MAX && lf == SIZE_MAX)
        return 0;
    return crlf < lf ? crlf + 4 : lf + 2;
}

bool http_answer(struct http_page *out, struct span answer)
{
    size_t end = http_headers_end(answer);
    if (!end || !span_starts(answer, "HTTP/"))
        return false;
    out->headers = span_slice(answer, 0, end);
    out->body = span_slice(answer, end, answer.size);
    return true;
}

/* ---- The body --------------------------------------------------------- */

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

/* The character set that a Content-Type names; empty. */
static struct span charset_of(struct span type)
{
    size_t at = span_find(type, 0, span_of("charset="));
    if (at == SIZE_MAX)
        return (struct span){ NULL, 0 };
    struct span set = span_slice(type, at + strlen("charset="), type.size);
    set = span_trim(span_slice(set, 0, span_find_char(set, 0, ';')));
    bool quoted = set.size > 2 && (set.data[0] == '"' || set.data[0] == '\'');
    return quoted ? span_slice(set, 1, set.size - 1) : set;
}

/* Undo Content-Encoding, where it was not undone by the crawler.  What can be
 * read of a damaged page is kept. */
static void unpack_body(struct str *out, struct span encoding, struct span body)
{
    bool plain = span_find_char(span_slice(body, 0, 1000), 0, '<') != SIZE_MAX;
    if (span_is_nocase(encoding, "br") && !plain)
        unbrotli(out, body, HTTP_PAGE_MAX);
    else if (span_is_nocase(encoding, "deflate") && !plain)
        inflate_all(out, body, HTTP_PAGE_MAX);
    else { /* gzip and zstd are seen by their magic bytes */
        struct source *source = source_of_bytes(body);
        struct span held;
        if (!source_peek(source, HTTP_PAGE_MAX, &held, NULL))
            str_add(out, span_slice(held, 0, HTTP_PAGE_MAX));
        source_close(source);
    }
}

/* The body as the server meant it, in UTF-8 where it says so. */
static void decode_body(struct str *out, struct span headers, struct span body)
{
    struct str joined = STR_INIT, unpacked = STR_INIT;
    if (span_is_nocase(http_header(headers, "Transfer-Encoding"), "chunked") &&
        join_chunks(&joined, body))
        body = str_span(&joined);
    unpack_body(&unpacked, http_header(headers, "Content-Encoding"), body);
    charset_read_all(out, charset_of(http_header(headers, "Content-Type")),
                     str_span(&unpacked));
    str_release(&unpacked);
    str_release(&joined);
}

/* ---- The page --------------------------------------------------------- */

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

static bool is_success(struct span headers)
{
    struct span line = span_slice(headers, 0, span_find_char(headers, 0, '\n'));
    size_t blank = span_find_char(line, 0, ' ');
    return !span_starts(line, "HTTP/") ||
           span_starts(span_slice(line, blank, line.size), " 2");
}

enum status http_page_read(struct article *out, const struct http_page *page,
                           struct error *err)
{
    if (!is_success(page->headers) ||
        !is_html(http_header(page->headers, "Content-Type")))
        return error_set(err, STATUS_SKIPPED, "no web page");
    struct str html = STR_INIT;
    decode_body(&html, page->headers, page->body);
    enum status rc = html_article(out, str_span(&html), err);
    str_release(&html);
    if (rc)
        return rc;
    out->values[ARTICLE_ID].count = 0;
    article_add(out, ARTICLE_ID, page->url);
    article_add(out, ARTICLE_URL, page->url);
    article_add(out, ARTICLE_SOURCE, host_of(page->url));
    article_add(out, ARTICLE_DATE, page->date);
    return STATUS_OK;
}

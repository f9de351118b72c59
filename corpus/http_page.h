/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * http_page.h - the article in a web server's answer, as crawls keep it.
 */
#ifndef NEWS_CORPUS_HTTP_PAGE_H
#define NEWS_CORPUS_HTTP_PAGE_H

#include "corpus/article.h"

enum { HTTP_PAGE_MAX = 16 * 1024 * 1024 }; /* bytes of a page, packed or not */

/* The value of a header among lines "Name: value"; empty. */
struct span http_header(struct span headers, const char *name);

/* Behind the blank line that ends the headers at the front; 0: not there. */
size_t http_headers_end(struct span text);

struct http_page {
    struct span url, date; /* of the crawl */
    struct span headers;   /* the page's own: Content-Type, ... */
    struct span body;      /* chunked and packed as the headers say */
};

/* Split an answer of HTTP/1.x at its headers.  False where it is none. */
bool http_answer(struct http_page *out, struct span answer);

/* SKIPPED: no web page, or not what was asked for; BAD_RECORD. */
enum status http_page_read(struct article *out, const struct http_page *page,
                           struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_article.h - the article of a web page.
 *
 * What the page says of itself comes first: JSON-LD (schema.org NewsArticle),
 * OpenGraph, article:*, Dublin Core and the usual <meta> names, microdata,
 * <time>.  The text is that of the element which claims to be the article, else
 * of the one with the most text in paragraphs; navigation, forms, notices about
 * cookies, lists of links and comments are left out.
 */
#ifndef NEWS_CORPUS_HTML_ARTICLE_H
#define NEWS_CORPUS_HTML_ARTICLE_H

#include "corpus/article.h"

/* `page` is UTF-8 or declares what it is.  BAD_RECORD: there is no element. */
enum status html_article(struct article *out, struct span page,
                         struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * known_items.h - a set for relevance made of a corpus that nobody judged.
 *
 * Somebody remembers an article by its headline or summary: that is the
 * question, and the article is the one answer. What is searched has bodies
 * alone. The question is what was written, in lower case (ASCII) and without
 * the signs that some program might take for its syntax.
 *
 * Passed over as questions, though searched: articles with under
 * KNOWN_BODY_WORDS words, with under KNOWN_QUERY_WORDS in the question, with
 * one that another article has too, and those whose body begins with it.
 */
#ifndef NEWS_BENCH_KNOWN_ITEMS_H
#define NEWS_BENCH_KNOWN_ITEMS_H

#include "corpus/article.h"

enum {
    KNOWN_BODY_WORDS = 40,
    KNOWN_QUERY_WORDS = 3,
    KNOWN_QUERY_SIZE_MAX = 2000, /* bytes of a question, without what follows */
};

/* Append `text` as the words of a question; how many. */
size_t known_words(struct str *out, struct span text);

struct known_items;

/* `field` of an article is the question. */
struct known_items *known_items_new(enum article_field field);
void known_items_free(struct known_items *items);

/* Append the article to `out` as a line of JSON, and remember its question. */
void known_items_add(struct known_items *items, const struct article *article,
                     struct str *out);

/* Append up to `limit` topics and their qrels, chosen and ordered by hash, so
 * that the same corpus gives the same set. `half` 0 gives the topics to choose
 * parameters with, 1 those to report; none is in both. How many. */
size_t known_items_write(const struct known_items *items, unsigned half,
                         size_t limit, struct str *topics, struct str *qrels);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hits.h - the answers on a page: articles, what they lack of the question,
 * the articles that are like them, and their passages.
 */
#ifndef NEWS_SEARCH_HITS_H
#define NEWS_SEARCH_HITS_H

#include "newsdb/record.h"
#include "search/snippet.h"

struct compiled;
struct xap_matches;

struct hit {
    uint32_t rank; /* from 1 */
    double score;
    struct record record;
    struct span *lacks; /* words of the question that it does not have */
    size_t lack_count;
    struct found_list found;
    struct snippet snippet;
    struct hit *alike; /* that stand behind it, without passages */
    size_t alike_count;
};

/* The i-th of the matches, ranked behind `rank_base` others, and the number of
 * its document.  What is read lives in `memory`, here and below. */
enum status hit_load(struct hit *out, const struct xap_matches *matches,
                     size_t i, uint32_t rank_base, uint32_t *document,
                     struct arena *memory, struct error *err);

/* Which words of the question the same match does not have. */
enum status hit_find_lacks(struct hit *hit, const struct xap_matches *matches,
                           size_t i, const struct compiled *compiled,
                           struct arena *memory, struct error *err);

/* Put articles that are alike behind the first of them (fold.h).  `limit` hits
 * are kept: the page ends before the one that it has no room for.  Returns how
 * many of the `*count` hits it is made of. */
uint32_t hits_fold(struct hit *hits, size_t *count, uint32_t limit,
                   struct arena *memory);

/* Find what answers the question in each text, and make the passages. */
void hits_make_snippets(struct hit *hits, size_t count,
                        const struct query_node *tree,
                        const struct query_node *filter,
                        const struct snippet_options *options,
                        struct arena *memory);

#endif

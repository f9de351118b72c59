/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ranking.h - every parameter of the ranking, in one place.
 *
 * BM25 as Robertson and Walker give it (SIGIR 1994), with libxapian's names.
 * How much more a word of the title or of the lead counts is decided when an
 * article is indexed (newsdb/schema.c, indexer/document.h).
 *
 * Chosen on the tune halves of bench/relevance.
 */
#ifndef NEWS_SEARCH_RANKING_H
#define NEWS_SEARCH_RANKING_H

#include "xapian-c/xapian-c.h"

/* A question of more words than these is a description rather than a demand: an
 * article that lacks one of them may be the better answer. */
enum { RANKING_ALL_FIRST_MAX = 4 };

static const struct xap_bm25 ranking_bm25 = {
    .k1 = 1.6,        /* how soon more of the same word counts less */
    .k2 = 0,          /* no extra for short articles as such */
    .k3 = 1,          /* words asked for twice count a little more */
    .b = 0.75,        /* how far length is held against an article */
    .min_normlen = 0, /* as published: libxapian would have a floor */
};

#endif

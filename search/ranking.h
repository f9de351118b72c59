/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ranking.h - every parameter of the ranking, in one place.
 *
 * BM25 as Robertson and Walker give it (SIGIR 1994), with libxapian's names.
 * How much more a word of the title counts is the schema's to say
 * (newsdb/schema.c), since it is decided when an article is indexed.
 */
#ifndef NEWS_SEARCH_RANKING_H
#define NEWS_SEARCH_RANKING_H

#include "xapian-c/xapian-c.h"

static const struct xap_bm25 ranking_bm25 = {
    .k1 = 1.2, /* how soon more of the same word counts less */
    .k2 = 0,   /* no extra for short articles as such */
    .k3 = 1,   /* words asked for twice count a little more */
    .b = 0.75, /* how far length is held against an article */
    .min_normlen = 0.5,
};

#endif

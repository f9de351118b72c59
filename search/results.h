/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * results.h - a question asked of an archive, and the page of its answers.
 *
 * Of up to RANKING_ALL_FIRST_MAX words (ranking.h) articles with all come
 * first; where they do not fill the page, those with some follow.  Of more
 * words those with all and those with some are ranked together.  Each tells
 * what it lacks; the total and the facets are of those with all, where there
 * are any.  Where the archive moves meanwhile, it is asked again
 * (archive_ask()).
 */
#ifndef NEWS_SEARCH_RESULTS_H
#define NEWS_SEARCH_RESULTS_H

#include "newsdb/archive.h"
#include "newsdb/record.h"
#include "search/facets.h"
#include "search/fresh.h"
#include "search/hits.h"
#include "search/query.h"

enum {
    RESULTS_SURE = 1000, /* up to so many articles with words near each other
                            are counted; more, where only that is asked for or
                            their values are counted */
    RESULTS_LIMIT_MAX = 2000, /* hits of one page, which is held in memory */
    RESULTS_FOLD_LIMIT_MAX = 100, /* where articles that are alike are folded */
    RESULTS_FOLD_FACTOR = 4, /* so many articles are folded to fill a page */
};

enum results_order { ORDER_RELEVANCE, ORDER_NEWEST, ORDER_OLDEST };

struct question {
    struct span text;                /* as typed, for messages */
    const struct query_node *tree;   /* NULL: every article */
    const struct query_node *filter; /* from the options; may be NULL */
    enum results_order order;
    struct freshness freshness; /* in the order of relevance */
    uint32_t offset, limit;
    bool insist; /* all the words or nothing */
    bool fold;   /* articles that are alike behind the first (fold.h) */
    bool count_only;
    struct facets_request facets;
    struct snippet_options snippet;
};

struct results {
    uint32_t total; /* articles with all the words; or where there are
                       none, with some */
    bool some;      /* the total is of articles with some */
    bool estimated; /* it is an estimate of two digits, over RESULTS_SURE */
    struct hit *hits;
    size_t count;
    uint32_t seen; /* articles that the page is made of: more than hits where
                      some are folded */
    struct span suggestion; /* another question, where little is found */
    struct facets facets;   /* of the articles that `total` counts */
    struct span notes;      /* limits that were met, a line each */
    struct span *missing;   /* "HOST:PORT" of machines that are left out */
    size_t missing_count;
};

/* Everything lives in `memory`.  BAD_QUERY with `*column`. */
enum status results_run(struct results *out, struct archive *archive,
                        const struct question *question, struct arena *memory,
                        uint32_t *column, struct error *err);

/* The one article of an id, "collection/id" or the id alone where it is one
 * article's; its record in `out`.  NOT_FOUND; BAD_QUERY where several have
 * it. */
enum status results_show(struct record *out, struct archive *archive,
                         struct span id, struct arena *memory,
                         struct error *err);

#endif

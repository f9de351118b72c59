/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * match_dates.h - where a text speaks of the days that a question asks for
 * (about:2022-04).
 */
#ifndef NEWS_SEARCH_MATCH_DATES_H
#define NEWS_SEARCH_MATCH_DATES_H

#include "newsdb/record.h"
#include "search/found.h"
#include "search/query.h"

/* Add these places to those that were found; the trees may be NULL.  What is
 * added lives in `memory`. */
void match_dates(struct found_list *found, const struct query_node *tree,
                 const struct query_node *filter, const struct record *record,
                 struct arena *memory);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query_dates.h - the days that a date in a question means.
 *
 *     2022-04-12  2022-04  2022  12/4/2022 where it has one reading
 *     2022-04-01..2022-04-30  ..2021  2022-03..  >2022-04  <=2021
 *     today  yesterday  7d  3w  6m  2y  "last week"  "last month"  "last year"
 *     "this week"  "this month"  "this year"  unknown
 */
#ifndef NEWS_SEARCH_QUERY_DATES_H
#define NEWS_SEARCH_QUERY_DATES_H

#include "base/error.h"
#include "search/query.h"

/* BAD_QUERY where it is no date.  "unknown" gives first > last. */
enum status query_dates(int32_t *first, int32_t *last, struct span text,
                        int32_t today, struct error *err);

#endif

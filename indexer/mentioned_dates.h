/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mentioned_dates.h - the dates that an English text speaks of, resolved
 * against the day it was published.
 *
 *     April 13, 2022    13th of April 2022    2022-04-13    the day
 *     April 13, 13 April     the closest year, the past preferred; "of last
 *                            year" behind it says which
 *     April 2022             the month
 *     in April, last April   the month, not after publication
 *     in 2019, 2019 budget   the year
 *     on Tuesday, Tuesday's  the nearest before or on the day of publication
 *     next Tuesday           the one after it
 *     yesterday, today, tomorrow, last night, this morning, three days ago
 *     last week (its Monday), last month, this year, next year
 *
 * Where the sentence says that something is to come ("will open on Tuesday"),
 * the coming day or month is meant.
 * Without a day of publication only those that name their year are found.
 */
#ifndef NEWS_INDEXER_MENTIONED_DATES_H
#define NEWS_INDEXER_MENTIONED_DATES_H

#include "base/arena.h"
#include "base/name.h"

enum { MENTIONED_DATES_MAX = 1000 }; /* of one article */

/* In text order; the list lives in `memory`. */
void mentioned_dates_find(struct mentioned_date **out, size_t *count,
                          struct span text, struct date published,
                          struct arena *memory);

#endif

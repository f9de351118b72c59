/* SPDX-License-Identifier: GPL-2.0-or-later */
/* timeline.h - counts by year, month or day (facets.h is the door). */
#ifndef NEWS_SEARCH_TIMELINE_H
#define NEWS_SEARCH_TIMELINE_H

#include "search/facet_run.h"
#include "search/facets.h"

enum {
    TIMELINE_POINTS_MAX = 40000, /* a century of days */
    TIMELINE_DAYS_MAX = 92,
    TIMELINE_MONTHS_MAX = 3 * 366,
};

/*
 * The timeline of `total` answers, of which so many have each day: the numbers
 * in the run are those of dates (newsdb/column.h).
 *
 * TIMELINE_AUTO becomes days, or months or years where the answers span over
 * TIMELINE_DAYS_MAX or TIMELINE_MONTHS_MAX days.  Where more than
 * TIMELINE_POINTS_MAX lie between the first and the last, those without
 * articles are left out.
 */
void timeline_find(struct timeline *out, const struct facet_run *days,
                   enum timeline_unit unit, uint64_t total,
                   struct arena *memory);

/* Append "2022", "2022-04" or "2022-04-13". */
void timeline_point_name(struct str *out, const struct timeline_point *point);

#endif

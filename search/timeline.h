/* SPDX-License-Identifier: GPL-2.0-or-later */
/* timeline.h - counts by year, month or day (facets.h is the door). */
#ifndef NEWS_SEARCH_TIMELINE_H
#define NEWS_SEARCH_TIMELINE_H

#include "search/facets.h"

enum {
    TIMELINE_POINTS_MAX = 40000, /* a century of days */
    TIMELINE_DAYS_MAX = 92,
    TIMELINE_MONTHS_MAX = 3 * 366,
};

struct timeline_counts;

struct timeline_counts *timeline_counts_new(enum timeline_unit unit);
void timeline_counts_free(struct timeline_counts *counts); /* NULL is fine */
void timeline_counts_clear(struct timeline_counts *counts);

/* `count` articles of the date that stands in the slot (schema_date_value). */
void timeline_counts_add(struct timeline_counts *counts, struct span value,
                         uint32_t count);

/* TIMELINE_AUTO becomes days, or months or years where the answers span over
 * TIMELINE_DAYS_MAX or TIMELINE_MONTHS_MAX days.  Where more than
 * TIMELINE_POINTS_MAX lie between the first and the last, those without
 * articles are left out. */
void timeline_counts_finish(struct timeline *out,
                            const struct timeline_counts *counts,
                            uint64_t total, struct arena *memory);

/* Append "2022", "2022-04" or "2022-04-13". */
void timeline_point_name(struct str *out, const struct timeline_point *point);

#endif

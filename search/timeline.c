/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "newsdb/column.h"

enum status timeline_parse(enum timeline_unit *out, const char *text,
                           struct error *err)
{
    static const char *const names[] = { NULL, "year", "month", "day", "auto" };
    *out = TIMELINE_NONE;
    for (int i = TIMELINE_YEAR; i <= TIMELINE_AUTO; i++)
        if (!strcmp(text, names[i]))
            *out = (enum timeline_unit)i;
    if (*out == TIMELINE_NONE)
        return error_set(err, STATUS_USAGE,
                         "--timeline is year, month, day or auto, not '%s'",
                         text);
    return STATUS_OK;
}

/* ---- Points ----------------------------------------------------------- */

static struct timeline_point point_of(const struct facet_spelling *day)
{
    uint64_t number = day->number >> COLUMN_SPELLING_BITS;
    return (struct timeline_point){ .year = (int32_t)(number / 10000),
                                    .month = (int32_t)(number / 100 % 100),
                                    .day = (int32_t)(number % 100),
                                    .count = day->count };
}

/* The number of the point since year 0, in its unit. */
static int64_t number_of(enum timeline_unit unit,
                         const struct timeline_point *point)
{
    struct date date;
    if (unit == TIMELINE_YEAR)
        return point->year;
    if (unit == TIMELINE_MONTH)
        return (int64_t)point->year * 12 + point->month - 1;
    return date_of_day(&date, point->year, point->month, point->day) ? date.day
                                                                     : 0;
}

static struct timeline_point point_at(enum timeline_unit unit, int64_t number)
{
    int year = 0, month = 0, day = 0;
    if (unit == TIMELINE_YEAR)
        return (struct timeline_point){ .year = (int32_t)number };
    if (unit == TIMELINE_MONTH)
        return (struct timeline_point){ .year = (int32_t)(number / 12),
                                        .month = (int32_t)(number % 12) + 1 };
    date_civil((int32_t)number, &year, &month, &day);
    return (struct timeline_point){ year, month, day, 0 };
}

static int by_time(const void *a, const void *b)
{
    const struct timeline_point *x = a, *y = b;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    if (x->month != y->month)
        return x->month < y->month ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

static enum timeline_unit choose_unit(const struct timeline_point *seen,
                                      size_t count)
{
    if (!count)
        return TIMELINE_DAY;
    int64_t days = number_of(TIMELINE_DAY, &seen[count - 1]) -
                   number_of(TIMELINE_DAY, &seen[0]);
    return days > TIMELINE_MONTHS_MAX ? TIMELINE_YEAR
           : days > TIMELINE_DAYS_MAX ? TIMELINE_MONTH
                                      : TIMELINE_DAY;
}

/* Days, ascending, become months or years. */
static size_t join_days(struct timeline_point *seen, size_t count,
                        enum timeline_unit unit)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct timeline_point point = seen[i];
        point.day = unit == TIMELINE_DAY ? point.day : 0;
        point.month = unit == TIMELINE_YEAR ? 0 : point.month;
        if (kept && !by_time(&seen[kept - 1], &point))
            seen[kept - 1].count += point.count;
        else
            seen[kept++] = point;
    }
    return kept;
}

static void fill_gaps(struct timeline *out, const struct timeline_point *seen,
                      size_t count, struct arena *memory)
{
    int64_t first = count ? number_of(out->unit, &seen[0]) : 0;
    int64_t last = count ? number_of(out->unit, &seen[count - 1]) : -1;
    bool whole = last - first < TIMELINE_POINTS_MAX;
    size_t most = whole ? (size_t)(last - first + 1) : count;
    out->points = arena_alloc(memory, (most + 1) * sizeof(*out->points));
    for (size_t i = 0; i < count; i++) {
        int64_t number = number_of(out->unit, &seen[i]);
        while (whole && (int64_t)out->count < number - first) {
            out->points[out->count] =
                point_at(out->unit, first + (int64_t)out->count);
            out->count++;
        }
        out->points[out->count++] = seen[i];
    }
}

void timeline_find(struct timeline *out, const struct facet_run *days,
                   enum timeline_unit unit, uint64_t total,
                   struct arena *memory)
{
    *out = (struct timeline){ .unit = unit, .undated = total };
    struct timeline_point *seen = memory_new(days->count, sizeof(*seen));
    for (size_t i = 0; i < days->count; i++) {
        seen[i] = point_of(&days->items[i]);
        out->undated -= seen[i].count;
    }
    if (unit == TIMELINE_AUTO)
        out->unit = choose_unit(seen, days->count);
    fill_gaps(out, seen, join_days(seen, days->count, out->unit), memory);
    free(seen);
}

void timeline_point_name(struct str *out, const struct timeline_point *point)
{
    str_addf(out, "%04d", (int)point->year);
    if (point->month)
        str_addf(out, "-%02d", (int)point->month);
    if (point->day)
        str_addf(out, "-%02d", (int)point->day);
}

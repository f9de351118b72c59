/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_clock.h - times of day and zones, for date_parse.c alone.
 */
#ifndef NEWS_BASE_DATE_CLOCK_H
#define NEWS_BASE_DATE_CLOCK_H

#include "base/date_scan.h"

struct date_clock {
    bool known;
    int second, zone; /* as in struct date */
};

/* False where there is no such time. */
bool clock_set(struct date_clock *out, int hour, int minute, int second);

/* A time of day and its zone: 15:01, 15:01:01.79 +0200, 1501 GMT, T150101Z,
 * 3 p.m. EST, 15h01, 15.01.  Where there is none, nothing changes. */
bool clock_take(struct date_scan *s, struct date_clock *out);

/* Digits and colons that are no time, "605:12:19.12", with their zone. */
bool clock_skip_broken(struct date_scan *s);

/* +02:00, -0500, +5; out of range: DATE_ZONE_NONE. */
bool clock_take_offset(struct date_scan *s, int *minutes);

/* What stands behind a time, if it is a zone; else DATE_ZONE_NONE. */
void clock_take_zone(struct date_scan *s, int *minutes);

#endif

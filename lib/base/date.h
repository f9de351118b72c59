/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date.h - calendar dates of any precision, and the forms that news writes
 * them in.
 *
 * A date is a day on the publisher's calendar, or a month or year where no
 * more is known, with the time of day and the zone where they are known.  Days
 * are numbered from 1970-01-01 in the proleptic Gregorian calendar; the
 * machine's time zone is never asked.
 */
#ifndef NEWS_BASE_DATE_H
#define NEWS_BASE_DATE_H

#include "base/str.h"

enum date_precision {
    DATE_NONE, /* no date: legal, and visible in the archive's counts */
    DATE_YEAR,
    DATE_MONTH,
    DATE_DAY,
    DATE_TIME, /* to the second */
};

enum {
    DATE_YEAR_MIN = 1400, /* older or later years are not dates of news */
    DATE_YEAR_MAX = 2999,
    DATE_ZONE_NONE = INT16_MAX,
};

struct date {
    enum date_precision precision;
    int32_t day;    /* the day, or the first day of the month or year */
    int32_t second; /* of the local day, 0..86399; with DATE_TIME */
    int16_t zone;   /* minutes east of UTC, or DATE_ZONE_NONE; with DATE_TIME */
};

#define DATE_INIT                       \
    {                                   \
        DATE_NONE, 0, 0, DATE_ZONE_NONE \
    }

/* How 4/5/2022 is read: DATE_ORDER_ONE accepts only what has one reading.
 * With dots (4.5.2022) the day comes first unless an order is asked for. */
enum date_order { DATE_ORDER_ONE, DATE_ORDER_DMY, DATE_ORDER_MDY };

/* The day number of a calendar day (Howard Hinnant, "chrono-compatible
 * low-level date algorithms"), and back. */
int32_t date_day(int year, int month, int day);
void date_civil(int32_t day, int *year, int *month, int *day_of_month);

/* False where there is no such day, month or year. */
bool date_of_day(struct date *out, int year, int month, int day);
bool date_of_month(struct date *out, int year, int month);
bool date_of_year(struct date *out, int year);

/* From seconds since 1970-01-01T00:00:00Z; the zone is UTC. */
bool date_of_epoch(struct date *out, int64_t seconds);

/* The last day that the date may mean: the day itself, or the end of its
 * month or year.  Not for DATE_NONE. */
int32_t date_last_day(struct date date);

/* 0 Sunday .. 6 Saturday. */
int date_weekday(int32_t day);

/*
 * Read a date in any form that formats and people give one: ISO 8601 basic and
 * extended, RFC 822/1123/850, asctime, "26-FEB-1987 15:01:01.79", 13 April
 * 2022, April 13th, 2022, 13-Apr-22, 20220413, 20220413T120000Z, seconds or
 * milliseconds since 1970, 2022-04, 2022, 4/13/2022; months in English,
 * German, French, Spanish, Italian, Portuguese and Dutch, and the numbers of
 * Chinese and Japanese dates.  Weekday names, "at", zone names and trailing
 * words such as "Home Edition" are understood or passed over; any other word
 * makes it running text and no date.  A time that is broken leaves the day
 * good.  Years of two digits are 1969 to 2068.  False, and `*out` as it was,
 * where no date is found.
 */
bool date_parse(struct date *out, struct span text, enum date_order order);

/* Find a day that begins at the very front of `text` and is written with the
 * name of its month ("Wednesday, April 13, 2022") or year first; a time is
 * read only where ISO 8601 hangs it on with a T.  `*used` is set to its length
 * in bytes. */
bool date_parse_front(struct date *out, struct span text, size_t *used);

/* ISO 8601 to the date's precision: "2022", "2022-04", "2022-04-13",
 * "2022-04-13T15:01:01+02:00" (no zone where none is known); nothing for
 * DATE_NONE. */
void date_add(struct str *out, struct date date);

/* -1, 0, 1: by day, then by time; DATE_NONE comes first. */
int date_compare(struct date a, struct date b);

#endif

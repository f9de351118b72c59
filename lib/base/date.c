/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/date.h"

int32_t date_day(int year, int month, int day)
{
    /* Years that begin in March, in eras of 400. */
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

void date_civil(int32_t day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year =
        of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int m = (5 * of_year + 2) / 153;
    *day_of_month = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

static int days_in_month(int year, int month)
{
    return (int)(date_day(month == 12 ? year + 1 : year, month % 12 + 1, 1) -
                 date_day(year, month, 1));
}

bool date_of_year(struct date *out, int year)
{
    if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
        return false;
    *out = (struct date){ DATE_YEAR, date_day(year, 1, 1), 0, DATE_ZONE_NONE };
    return true;
}

bool date_of_month(struct date *out, int year, int month)
{
    if (month < 1 || month > 12 || !date_of_year(out, year))
        return false;
    out->precision = DATE_MONTH;
    out->day = date_day(year, month, 1);
    return true;
}

bool date_of_day(struct date *out, int year, int month, int day)
{
    struct date date;
    if (!date_of_month(&date, year, month) || day < 1 ||
        day > days_in_month(year, month))
        return false;
    date.precision = DATE_DAY;
    date.day += day - 1;
    *out = date;
    return true;
}

bool date_of_epoch(struct date *out, int64_t seconds)
{
    int64_t day = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        day--;
    }
    if (day < date_day(DATE_YEAR_MIN, 1, 1) ||
        day > date_day(DATE_YEAR_MAX, 12, 31))
        return false;
    *out = (struct date){ DATE_TIME, (int32_t)day, (int32_t)rest, 0 };
    return true;
}

int32_t date_last_day(struct date date)
{
    int year, month, day;
    date_civil(date.day, &year, &month, &day);
    switch (date.precision) {
    case DATE_YEAR: return date_day(year, 12, 31);
    case DATE_MONTH: return date.day + days_in_month(year, month) - 1;
    default: return date.day;
    }
}

int date_weekday(int32_t day)
{
    int weekday = (day + 4) % 7;
    return weekday < 0 ? weekday + 7 : weekday;
}

static void add_zone(struct str *out, int zone)
{
    if (zone == DATE_ZONE_NONE)
        return;
    int minutes = zone < 0 ? -zone : zone;
    if (!zone)
        str_add_char(out, 'Z');
    else
        str_addf(out, "%c%02d:%02d", zone < 0 ? '-' : '+', minutes / 60,
                 minutes % 60);
}

void date_add(struct str *out, struct date date)
{
    if (date.precision == DATE_NONE)
        return;
    int year, month, day;
    date_civil(date.day, &year, &month, &day);
    str_addf(out, "%04d", year);
    if (date.precision >= DATE_MONTH)
        str_addf(out, "-%02d", month);
    if (date.precision >= DATE_DAY)
        str_addf(out, "-%02d", day);
    if (date.precision < DATE_TIME)
        return;
    str_addf(out, "T%02d:%02d:%02d", (int)(date.second / 3600),
             (int)(date.second / 60 % 60), (int)(date.second % 60));
    add_zone(out, date.zone);
}

int date_compare(struct date a, struct date b)
{
    if (a.precision == DATE_NONE || b.precision == DATE_NONE)
        return (a.precision != DATE_NONE) - (b.precision != DATE_NONE);
    if (a.day != b.day)
        return a.day < b.day ? -1 : 1;
    int32_t x = a.precision == DATE_TIME ? a.second : 0;
    int32_t y = b.precision == DATE_TIME ? b.second : 0;
    return (x > y) - (x < y);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query_dates.h"

#include <string.h>

#include "base/number.h"

static enum status no_date(struct span text, struct error *err)
{
    return error_set(err, STATUS_BAD_QUERY,
                     "'%.*s' is no date; write 2022-04-12, 2022-04, 2022, "
                     "2021..2022, >2022-04, yesterday, 7d or \"last month\"",
                     SPAN_ARGS(text));
}

static void month_of(int32_t *first, int32_t *last, int32_t day, int back)
{
    int year, month, of_month;
    date_civil(day, &year, &month, &of_month);
    int index = year * 12 + month - 1 - back;
    struct date date;
    if (!date_of_month(&date, index / 12, index % 12 + 1))
        return;
    *first = date.day;
    *last = date_last_day(date);
}

static void year_of(int32_t *first, int32_t *last, int32_t day, int back)
{
    int year, month, of_month;
    date_civil(day, &year, &month, &of_month);
    *first = date_day(year - back, 1, 1);
    *last = date_day(year - back, 12, 31);
}

/* Weeks begin on Monday (ISO 8601). */
static void week_of(int32_t *first, int32_t *last, int32_t day, int back)
{
    *first = day - (date_weekday(day) + 6) % 7 - 7 * back;
    *last = *first + 6;
}

static bool relative_words(int32_t *first, int32_t *last, struct span text,
                           int32_t today)
{
    *first = *last = today;
    if (span_is_nocase(text, "today"))
        return true;
    if (span_is_nocase(text, "yesterday")) {
        *first = *last = today - 1;
        return true;
    }
    int back = span_starts_nocase(text, "last ") ? 1 : 0;
    if (!back && !span_starts_nocase(text, "this "))
        return false;
    struct span unit = span_trim(span_slice(text, 5, text.size));
    if (span_is_nocase(unit, "week"))
        week_of(first, last, today, back);
    else if (span_is_nocase(unit, "month"))
        month_of(first, last, today, back);
    else if (span_is_nocase(unit, "year"))
        year_of(first, last, today, back);
    else
        return false;
    return true;
}

/* "7d": the last seven days, today among them. */
static bool relative_span(int32_t *first, int32_t *last, struct span text,
                          int32_t today)
{
    struct span rest = text;
    uint64_t count;
    if (!number_take(&rest, 9999, &count) || rest.size != 1)
        return false;
    int32_t ignored;
    *last = today;
    switch (rest.data[0]) {
    case 'd': *first = today - (int32_t)count + 1; return true;
    case 'w': *first = today - 7 * (int32_t)count + 1; return true;
    case 'm': month_of(first, &ignored, today, (int)count); return true;
    case 'y': year_of(first, &ignored, today, (int)count); return true;
    default: return false;
    }
}

static bool one_date(int32_t *first, int32_t *last, struct span text,
                     int32_t today)
{
    struct date date;
    text = span_trim(text);
    if (relative_words(first, last, text, today) ||
        relative_span(first, last, text, today))
        return true;
    if (!date_parse(&date, text, DATE_ORDER_ONE))
        return false;
    *first = date.day;
    *last = date_last_day(date);
    return true;
}

static bool range(int32_t *first, int32_t *last, struct span text, size_t dots,
                  int32_t today)
{
    struct span from = span_trim(span_slice(text, 0, dots));
    struct span to = span_slice(text, dots + 2, text.size);
    while (to.size && to.data[0] == '.')
        to = span_slice(to, 1, to.size);
    to = span_trim(to);
    int32_t other;
    *first = QUERY_DAY_FIRST;
    *last = QUERY_DAY_LAST;
    if (!from.size && !to.size)
        return false;
    if (from.size && !one_date(first, &other, from, today))
        return false;
    return !to.size || one_date(&other, last, to, today);
}

static bool comparison(int32_t *first, int32_t *last, struct span text,
                       int32_t today)
{
    bool less = text.data[0] == '<';
    bool equal = text.size > 1 && text.data[1] == '=';
    struct span date = span_slice(text, equal ? 2 : 1, text.size);
    int32_t from, to;
    if (!one_date(&from, &to, date, today))
        return false;
    *first = less ? QUERY_DAY_FIRST : equal ? from : to + 1;
    *last = less ? (equal ? to : from - 1) : QUERY_DAY_LAST;
    return true;
}

enum status query_dates(int32_t *first, int32_t *last, struct span text,
                        int32_t today, struct error *err)
{
    text = span_trim(text);
    if (span_is_nocase(text, "unknown") || span_is_nocase(text, "none")) {
        *first = 1;
        *last = 0;
        return STATUS_OK;
    }
    size_t dots = span_find(text, 0, span_of(".."));
    bool known = false;
    if (dots != SIZE_MAX)
        known = range(first, last, text, dots, today);
    else if (text.size && strchr("<>", text.data[0]))
        known = comparison(first, last, text, today);
    else
        known = text.size && one_date(first, last, text, today);
    if (!known)
        return no_date(text, err);
    if (*first > *last)
        return error_set(err, STATUS_BAD_QUERY, "'%.*s' ends before it begins",
                         SPAN_ARGS(text));
    return STATUS_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever date is read from any bytes is a date, and reads back from the form
 * in which it is written. */
#include <stdlib.h>

#include "base/date.h"
#include "tests/fuzz/fuzz.h"

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool is_equal(struct date a, struct date b)
{
    return a.precision == b.precision && a.day == b.day &&
           a.second == b.second && a.zone == b.zone;
}

static void check(struct date date)
{
    int year, month, day;
    require(date.precision > DATE_NONE && date.precision <= DATE_TIME);
    date_civil(date.day, &year, &month, &day);
    require(year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX);
    require(date_day(year, month, day) == date.day);
    require(date.second >= 0 && date.second < 86400);
    require(date.zone == DATE_ZONE_NONE || abs(date.zone) <= 14 * 60);
    require(date_last_day(date) >= date.day);
    struct str text = STR_INIT;
    struct date again = DATE_INIT;
    date_add(&text, date);
    require(date_parse(&again, str_span(&text), DATE_ORDER_ONE));
    require(is_equal(date, again));
    str_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = { (const char *)data, size };
    struct date date = DATE_INIT;
    for (int order = DATE_ORDER_ONE; order <= DATE_ORDER_MDY; order++)
        if (date_parse(&date, text, (enum date_order)order))
            check(date);
    size_t used = 0;
    if (date_parse_front(&date, text, &used)) {
        require(used && used <= size);
        check(date);
    }
    return 0;
}

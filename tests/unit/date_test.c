/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/date.h"

#include "tests/unit/test.h"

TEST(date_days_and_back)
{
    CHECK_NUMBER(date_day(1970, 1, 1), 0);
    CHECK_NUMBER(date_day(2000, 3, 1), 11017);
    CHECK_NUMBER(date_day(1600, 2, 29), -135081);
    CHECK_NUMBER(date_weekday(date_day(2022, 4, 13)), 3);
    for (int32_t day = -200000; day < 200000; day += 17) {
        int year, month, of_month;
        date_civil(day, &year, &month, &of_month);
        CHECK_NUMBER(date_day(year, month, of_month), day);
    }
}

TEST(date_last_day_of_partial_dates)
{
    struct date date;
    CHECK(date_of_month(&date, 2024, 2));
    CHECK_NUMBER(date_last_day(date), date_day(2024, 2, 29));
    CHECK(date_of_year(&date, 1987));
    CHECK_NUMBER(date_last_day(date), date_day(1987, 12, 31));
    CHECK(!date_of_day(&date, 2023, 2, 29));
    CHECK(!date_of_year(&date, 1200));
}

static const struct {
    const char *text, *expected;
    enum date_order order;
} cases[] = {
    /* machines */
    { "2022-04-13", "2022-04-13", 0 },
    { "2022-04-13T12:00:00.123+05:30", "2022-04-13T12:00:00+05:30", 0 },
    { "2020-09-07T14:45:26", "2020-09-07T14:45:26", 0 },
    { "2022-04-13 08:15:00", "2022-04-13T08:15:00", 0 },
    { "20151210T191044Z", "2015-12-10T19:10:44Z", 0 },
    { "20170102T222800+0000", "2017-01-02T22:28:00Z", 0 },
    { "20220413", "2022-04-13", 0 },
    { "2022-04", "2022-04", 0 },
    { "2022", "2022", 0 },
    { "2022/04/13", "2022-04-13", 0 },
    { "1649851200", "2022-04-13T12:00:00Z", 0 },
    { "1356999181000", "2013-01-01T00:13:01Z", 0 },
    /* mail and the web */
    { "Wed, 13 Apr 2022 10:00:00 +0200", "2022-04-13T10:00:00+02:00", 0 },
    { "Wednesday, 13-Apr-22 10:00:00 GMT", "2022-04-13T10:00:00Z", 0 },
    { "Wed Apr 13 10:00:00 2022", "2022-04-13T10:00:00", 0 },
    { "6 Apr 93 03:59:12 GMT", "1993-04-06T03:59:12Z", 0 },
    { "Thu, 15 Apr 1993 14:08:21 EST", "1993-04-15T14:08:21-05:00", 0 },
    /* Reuters-21578 */
    { "26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01", 0 },
    { " 2-MAR-1987 09:07:22.30", "1987-03-02T09:07:22", 0 },
    { "31-MAR-1987 605:12:19.12", "1987-03-31", 0 },
    /* people */
    { "13 April 2022", "2022-04-13", 0 },
    { "April 13th, 2022", "2022-04-13", 0 },
    { "Apr. 13, 2022", "2022-04-13", 0 },
    { "13th of April 2022", "2022-04-13", 0 },
    { "Sept. 5, 2001", "2001-09-05", 0 },
    { "April 2022", "2022-04", 0 },
    { "April 29, 1990, Sunday, Home Edition", "1990-04-29", 0 },
    { "January 11, 2010 Monday", "2010-01-11", 0 },
    { "Monday, January 11, 2010 10:30 PM EST", "2010-01-11T22:30:00-05:00", 0 },
    { "May 4, 2021 at 12:05 a.m.", "2021-05-04T00:05:00", 0 },
    { "13. April 2022", "2022-04-13", 0 },
    { "13 avril 2022", "2022-04-13", 0 },
    { "4 de mayo de 2021", "2021-05-04", 0 },
    { "1. M\xC3\xA4rz 2020", "2020-03-01", 0 },
    /* numbers with one reading, or by order */
    { "04/27/2021", "2021-04-27", 0 },
    { "13/4/2022", "2022-04-13", 0 },
    { "13.04.2022", "2022-04-13", 0 },
    { "3.4.2022", "2022-04-03", 0 },
    { "4/4/2022", "2022-04-04", 0 },
    { "4/5/2022", "", DATE_ORDER_ONE },
    { "4/5/2022", "2022-05-04", DATE_ORDER_DMY },
    { "4/5/2022", "2022-04-05", DATE_ORDER_MDY },
    { "04/27/2021 10:15", "2021-04-27T10:15:00", 0 },
    /* no dates */
    { "", "", 0 },
    { "None", "", 0 },
    { "In 2019 the company said", "", 0 },
    { "May I come in", "", 0 },
    { "2022-13-45", "", 0 },
    { "910514", "", 0 },
    { "31 February 2022", "", 0 },
    { "13 April 2022 was the day the army said no", "", 0 },
    { "99999999999999999999999999", "", 0 },
};

TEST(date_parse_reads_what_news_writes)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct date date = DATE_INIT;
        struct str text = STR_INIT, line = STR_INIT;
        bool found = date_parse(&date, span_of(cases[i].text), cases[i].order);
        date_add(&text, date);
        CHECK_NUMBER(found, *cases[i].expected != '\0');
        str_addf(&line, "%s -> %s", cases[i].text, text.data);
        struct str expected = STR_INIT;
        str_addf(&expected, "%s -> %s", cases[i].text, cases[i].expected);
        CHECK_STR(line.data, expected.data);
        str_release(&expected);
        str_release(&text);
        str_release(&line);
    }
}

TEST(date_parse_front_stops_after_the_date)
{
    struct date date = DATE_INIT;
    size_t used = 0;
    CHECK(date_parse_front(&date, span_of("April 13, 2022 The Pentagon has"),
                           &used));
    CHECK_NUMBER(used, 14);
    CHECK_NUMBER(date.day, date_day(2022, 4, 13));
    CHECK(date_parse_front(&date, span_of("2021-03-02 and more"), &used));
    CHECK_NUMBER(used, 10);
    CHECK(!date_parse_front(&date, span_of("2019 was a year"), &used));
    CHECK(!date_parse_front(&date, span_of("May 2019 was"), &used));
}

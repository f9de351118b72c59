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
    { "2022-04-13T12:00:00.123456789Z", "2022-04-13T12:00:00Z", 0 },
    { "2022-04-13T12:00:00-0330", "2022-04-13T12:00:00-03:30", 0 },
    { "2022-04-13T12:00+02", "2022-04-13T12:00:00+02:00", 0 },
    { "2020-09-07T14:45:26", "2020-09-07T14:45:26", 0 },
    { "2020-09-07t14:45:26z", "2020-09-07T14:45:26Z", 0 },
    { "2022-04-13 08:15:00", "2022-04-13T08:15:00", 0 },
    { "2022-04-13 08:15:00 UTC", "2022-04-13T08:15:00Z", 0 },
    { "2022-04-13 08:15:00+00:00", "2022-04-13T08:15:00Z", 0 },
    { "2022-4-3 8:15", "2022-04-03T08:15:00", 0 },
    { "2022-04-13Z", "2022-04-13", 0 },
    { "2022-04-13-05:00", "2022-04-13", 0 },
    { "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", 0 },
    { "20151210T191044Z", "2015-12-10T19:10:44Z", 0 },
    { "20151210T1910", "2015-12-10T19:10:00", 0 },
    { "20170102T222800+0000", "2017-01-02T22:28:00Z", 0 },
    { "20220413 101500", "2022-04-13T10:15:00", 0 },
    { "20220413", "2022-04-13", 0 },
    { "20220413101500", "2022-04-13T10:15:00", 0 },
    { "202204131015", "2022-04-13T10:15:00", 0 },
    { "20220413996099", "2022-04-13", 0 },
    { "2022-04", "2022-04", 0 },
    { "2022/04", "2022-04", 0 },
    { "2022", "2022", 0 },
    { "2022/04/13", "2022-04-13", 0 },
    { "2022.04.13", "2022-04-13", 0 },
    { "2022-Apr-13", "2022-04-13", 0 },
    { "2022 April 13", "2022-04-13", 0 },
    { "1649851200", "2022-04-13T12:00:00Z", 0 },
    { "1649851200.5", "2022-04-13T12:00:00Z", 0 },
    { "946684800", "2000-01-01T00:00:00Z", 0 },
    { "1356999181000", "2013-01-01T00:13:01Z", 0 },
    { "946684800000", "2000-01-01T00:00:00Z", 0 },
    /* mail and the web */
    { "Wed, 13 Apr 2022 10:00:00 +0200", "2022-04-13T10:00:00+02:00", 0 },
    { "Wed, 13 Apr 2022 10:00:00 +0200 (CEST)", "2022-04-13T10:00:00+02:00",
      0 },
    { "Wednesday, 13-Apr-22 10:00:00 GMT", "2022-04-13T10:00:00Z", 0 },
    { "Wed Apr 13 10:00:00 2022", "2022-04-13T10:00:00", 0 },
    { "Wed Apr  3 10:00:00 2022", "2022-04-03T10:00:00", 0 },
    { "Wed Apr 13 10:00:00 EDT 2022", "2022-04-13T10:00:00-04:00", 0 },
    { "Wed Apr 13 10:00:00 +0000 2022", "2022-04-13T10:00:00Z", 0 },
    { "Wed Apr 13 2022 10:00:00 GMT+0200 (Central European Summer Time)",
      "2022-04-13T10:00:00+02:00", 0 },
    { "6 Apr 93 03:59:12 GMT", "1993-04-06T03:59:12Z", 0 },
    { "Thu, 15 Apr 1993 14:08:21 EST", "1993-04-15T14:08:21-05:00", 0 },
    { "13 Apr 2022 10:00 IST", "2022-04-13T10:00:00", 0 },
    { "13 Apr 2022 10:00 XKCD", "2022-04-13T10:00:00", 0 },
    { "13 Apr 2022 10:00 (JST)", "2022-04-13T10:00:00+09:00", 0 },
    { "13 Apr 2022 10:00 MSK", "2022-04-13T10:00:00+03:00", 0 },
    { "13 Apr 2022 10:00 +9900", "2022-04-13T10:00:00", 0 },
    /* years of two digits */
    { "13-Apr-68", "2068-04-13", 0 },
    { "13-Apr-69", "1969-04-13", 0 },
    { "14 MAY 91", "1991-05-14", 0 },
    { "13 April '22", "2022-04-13", 0 },
    /* wires and their archives */
    { "26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01", 0 },
    { "26-FEB-1987 15:01:01.79\t\t\tF", "1987-02-26T15:01:01", 0 },
    { "20-OCT-1987  10:00:00.0\t\t\tRM", "1987-10-20T10:00:00", 0 },
    { "27-MAR-1987 00:02:59.13RM", "1987-03-27T00:02:59", 0 },
    { "27-MAR-1987 08:45:34.42C G T M", "1987-03-27T08:45:34", 0 },
    { "9-APR-1987 00:00:00.00    # a guess", "1987-04-09T00:00:00", 0 },
    { " 2-MAR-1987 09:07:22.30", "1987-03-02T09:07:22", 0 },
    { "31-MAR-1987 605:12:19.12", "1987-03-31", 0 },
    { "02-12-88 1637EST", "1988-12-02T16:37:00-05:00", DATE_ORDER_DMY },
    { "02-12-88 1637EST", "1988-02-12T16:37:00-05:00", DATE_ORDER_MDY },
    { "1 March 1994", "1994-03-01", 0 },
    { "02/13/1998 14:26:00", "1998-02-13T14:26:00", 0 },
    /* a broken time leaves the day good */
    { "2022-04-13T25:00:00Z", "2022-04-13", 0 },
    { "2022-04-13 10:61", "2022-04-13", 0 },
    { "13 April 2022 99:99:99 GMT", "2022-04-13", 0 },
    /* people */
    { "13 April 2022", "2022-04-13", 0 },
    { "13 april 2022,", "2022-04-13", 0 },
    { "13Apr2022", "2022-04-13", 0 },
    { "April 13th, 2022", "2022-04-13", 0 },
    { "April 13 2022", "2022-04-13", 0 },
    { "Apr. 13, 2022", "2022-04-13", 0 },
    { "APRIL 13, 2022", "2022-04-13", 0 },
    { "13th of April 2022", "2022-04-13", 0 },
    { "the 13th of April, 2022", "2022-04-13", 0 },
    { "on April 1st, 2022", "2022-04-01", 0 },
    { "Sept. 5, 2001", "2001-09-05", 0 },
    { "April 2022", "2022-04", 0 },
    { "Apr. 2022", "2022-04", 0 },
    { "late May 2022", "2022-05", 0 },
    { "May 2022", "2022-05", 0 },
    { "April 29, 1990, Sunday, Home Edition", "1990-04-29", 0 },
    { "April 29, 1990, Sunday, Orange County Edition", "1990-04-29", 0 },
    { "April 29, 1990, Sunday, 2nd Edition", "1990-04-29", 0 },
    { "April 29, 1990, Sunday, Late Edition - Final", "1990-04-29", 0 },
    { "January 11, 2010 Monday", "2010-01-11", 0 },
    { "Monday, January 11, 2010 10:30 AM EST", "2010-01-11T10:30:00-05:00", 0 },
    { "Monday, January 11, 2010 10:30 PM EST", "2010-01-11T22:30:00-05:00", 0 },
    { "Monday January 11 2010 Correction Appended", "2010-01-11", 0 },
    { "Updated April 13, 2022", "2022-04-13", 0 },
    { "May 4, 2021 at 12:05 a.m.", "2021-05-04T00:05:00", 0 },
    { "May 4, 2021, 12:05 p.m. ET", "2021-05-04T12:05:00", 0 },
    { "May 4, 2021 | 3pm", "2021-05-04T15:00:00", 0 },
    { "May 4, 2021 8:00 PM - 10:00 PM", "2021-05-04T20:00:00", 0 },
    { "10:30 AM, May 4, 2021", "2021-05-04T10:30:00", 0 },
    { "10:30 a.m. EDT May 4, 2021", "2021-05-04T10:30:00-04:00", 0 },
    { "May 4, 2021 1400 GMT", "2021-05-04T14:00:00Z", 0 },
    { "May 4, 2021 10:30 Eastern Time", "2021-05-04T10:30:00", 0 },
    { "\u00A0May\u00A04,\u00A02021\u00A0", "2021-05-04", 0 },
    { "4\u2013May\u20132021", "2021-05-04", 0 },
    /* in other languages */
    { "13. April 2022", "2022-04-13", 0 },
    { "Mittwoch, 13. April 2022, 10.30 Uhr", "2022-04-13T10:30:00", 0 },
    { "Mi., 13. Apr. 2022 um 10:30 Uhr", "2022-04-13T10:30:00", 0 },
    { "1. M\u00E4rz 2020", "2020-03-01", 0 },
    { "1. M\u00C4RZ 2020", "2020-03-01", 0 },
    { "1. Ma\u0308rz 2020", "2020-03-01", 0 },
    { "13 avril 2022", "2022-04-13", 0 },
    { "mar. 13 avril 2022", "2022-04-13", 0 },
    { "le 1er ao\u00FBt 2022 \u00E0 10h30", "2022-08-01T10:30:00", 0 },
    { "3 F\u00C9VRIER 2021", "2021-02-03", 0 },
    { "D\u00E9cembre 2021", "2021-12", 0 },
    { "4 de mayo de 2021", "2021-05-04", 0 },
    { "mi\u00E9rcoles, 4 de mayo de 2021 a las 18:30", "2021-05-04T18:30:00",
      0 },
    { "abril de 2022", "2022-04", 0 },
    { "luned\u00EC 4 luglio 2022, ore 9.15", "2022-07-04T09:15:00", 0 },
    { "1\u00BA de mar\u00E7o de 2022", "2022-03-01", 0 },
    { "segunda-feira, 13 de setembro de 2021", "2021-09-13", 0 },
    { "woensdag 13 maart 2022 om 10:30", "2022-03-13T10:30:00", 0 },
    { "2022\u5E744\u670813\u65E5", "2022-04-13", 0 },
    { "\uFF12\uFF10\uFF12\uFF12\u5E744\u670813\u65E5 10:30",
      "2022-04-13T10:30:00", 0 },
    /* numbers with one reading, or by order */
    { "04/27/2021", "2021-04-27", 0 },
    { "13/4/2022", "2022-04-13", 0 },
    { "13/4/2022", "2022-04-13", DATE_ORDER_MDY },
    { "03/24/87", "1987-03-24", 0 },
    { "87/03/24", "1987-03-24", 0 },
    { "13.04.2022", "2022-04-13", 0 },
    { "13. 4. 2022", "2022-04-13", 0 },
    { "3.4.2022", "2022-04-03", 0 },
    { "3.4.2022", "2022-03-04", DATE_ORDER_MDY },
    { "4/4/2022", "2022-04-04", 0 },
    { "4/5/2022", "", DATE_ORDER_ONE },
    { "4/5/2022", "2022-05-04", DATE_ORDER_DMY },
    { "4/5/2022", "2022-04-05", DATE_ORDER_MDY },
    { "04-05-2022", "", DATE_ORDER_ONE },
    { "04/27/2021 10:15", "2021-04-27T10:15:00", 0 },
    { "Sun 04/27/2021 10:15 PM", "2021-04-27T22:15:00", 0 },
    /* no dates */
    { "", "", 0 },
    { " \t\n", "", 0 },
    { "None", "", 0 },
    { "null", "", 0 },
    { "0", "", 0 },
    { "In 2019 the company said", "", 0 },
    { "May I come in", "", 0 },
    { "May I", "", 0 },
    { "May", "", 0 },
    { "Sunday", "", 0 },
    { "May 4", "", 0 },
    { "March 10-12, 2022", "", 0 },
    { "2022-13-45", "", 0 },
    { "2022-02-29", "", 0 },
    { "2021-2022", "", 0 },
    { "2022/23", "", 0 },
    { "45/03/2022", "", 0 },
    { "910514", "", 0 },
    { "12345", "", 0 },
    { "13042022", "", 0 },
    { "31 February 2022", "", 0 },
    { "1.2.3", "", 0 },
    { "192.168.10.22", "", 0 },
    { "10:30", "", 0 },
    { "13 April 2022 was the day the army said no", "", 0 },
    { "13 April 2022 Reuters", "", 0 },
    { "13 April 2022 17", "", 0 },
    { "13 April 2022 17.5", "", 0 },
    { "April 2022 10:30 said", "", 0 },
    { "Published April 13, 2022", "", 0 },
    { "year 0999", "", 0 },
    { "0999-01-01", "", 0 },
    { "3022-01-01", "", 0 },
    { "9999999999", "", 0 },
    { "99999999999999999999999999", "", 0 },
    { "\xFF\xFE 13 April 2022", "", 0 },
    { "\u0661\u0663 April 2022", "", 0 },
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

TEST(date_parse_refuses_long_text_at_once)
{
    struct date date = DATE_INIT;
    struct str text = STR_INIT;
    str_add_text(&text, "13 April 2022");
    for (int i = 0; i < 1000 * 1000; i++)
        str_add_char(&text, i % 2 ? ' ' : ',');
    str_add_char(&text, '.');
    CHECK(!date_parse(&date, str_span(&text), DATE_ORDER_ONE));
    CHECK_NUMBER(date.precision, DATE_NONE);
    str_release(&text);
}

TEST(date_parse_front_stops_after_the_date)
{
    static const struct {
        const char *text, *expected;
        size_t used;
    } rows[] = {
        { "April 13, 2022 The Pentagon has", "2022-04-13", 14 },
        { "Wednesday, April 13, 2022: the", "2022-04-13", 25 },
        { "13 April 2022", "2022-04-13", 13 },
        { "13-Apr-22 x", "2022-04-13", 9 },
        { "2021-03-02 and more", "2021-03-02", 10 },
        { "2021-03-02T10:15:00Z and more", "2021-03-02T10:15:00Z", 20 },
        { "3 f\u00E9vrier 2021 \u2014 Paris", "2021-02-03", 15 },
        { "May 4, 2021 10:15", "2021-05-04", 11 },
        { "2019 was a year", "", 0 },
        { "May 2019 was", "", 0 },
        { "May 5, 20 people died", "", 0 },
        { "5 May 20 people", "", 0 },
        { "May 5, 2021st", "", 0 },
        { "in April 13, 2022", "", 0 },
        { "12/13/2022", "", 0 },
        { "", "", 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct date date = DATE_INIT;
        struct str text = STR_INIT;
        size_t used = 0;
        bool found = date_parse_front(&date, span_of(rows[i].text), &used);
        date_add(&text, date);
        CHECK_NUMBER(found, *rows[i].expected != '\0');
        CHECK_STR(text.data, rows[i].expected);
        CHECK_NUMBER(used, rows[i].used);
        str_release(&text);
    }
}

TEST(date_add_to_the_precision)
{
    static const struct {
        struct date date;
        const char *expected;
    } rows[] = {
        { DATE_INIT, "" },
        { { DATE_YEAR, 0, 0, DATE_ZONE_NONE }, "1970" },
        { { DATE_MONTH, 31, 0, DATE_ZONE_NONE }, "1970-02" },
        { { DATE_DAY, -1, 0, DATE_ZONE_NONE }, "1969-12-31" },
        { { DATE_TIME, 0, 86399, DATE_ZONE_NONE }, "1970-01-01T23:59:59" },
        { { DATE_TIME, 0, 0, 0 }, "1970-01-01T00:00:00Z" },
        { { DATE_TIME, 0, 60, -570 }, "1970-01-01T00:01:00-09:30" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str text = STR_INIT;
        date_add(&text, rows[i].date);
        CHECK_STR(text.data, rows[i].expected);
        str_release(&text);
    }
}

TEST(date_compare_by_day_then_time)
{
    static const struct date ascending[] = {
        DATE_INIT,
        { DATE_DAY, -5, 0, DATE_ZONE_NONE },
        { DATE_DAY, 3, 0, DATE_ZONE_NONE },
        { DATE_TIME, 3, 10, DATE_ZONE_NONE },
        { DATE_TIME, 3, 20, 0 },
        { DATE_YEAR, 365, 0, DATE_ZONE_NONE },
    };
    const int count = sizeof(ascending) / sizeof(ascending[0]);
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++)
            CHECK_NUMBER(date_compare(ascending[i], ascending[j]),
                         (i > j) - (i < j));
}

TEST(date_of_epoch_is_in_utc)
{
    struct date date = DATE_INIT;
    CHECK(date_of_epoch(&date, -1));
    CHECK_NUMBER(date.day, -1);
    CHECK_NUMBER(date.second, 86399);
    CHECK_NUMBER(date.zone, 0);
    CHECK(!date_of_epoch(&date, INT64_MAX));
    CHECK(!date_of_epoch(&date, INT64_MIN));
    CHECK_NUMBER(date.day, -1);
}

TEST(date_of_day_knows_the_calendar)
{
    static const struct {
        int year, month, day;
        bool good;
    } rows[] = {
        { 2000, 2, 29, true },
        { 1900, 2, 29, false },
        { 2024, 2, 29, true },
        { 2023, 4, 31, false },
        { 2023, 12, 31, true },
        { 2023, 13, 1, false },
        { 2023, 0, 1, false },
        { 2023, 1, 0, false },
        { 2023, 1, -5, false },
        { 1400, 1, 1, true },
        { 1399, 12, 31, false },
        { 2999, 12, 31, true },
        { 3000, 1, 1, false },
        { INT32_MAX, INT32_MAX, INT32_MAX, false },
        { INT32_MIN, INT32_MIN, INT32_MIN, false },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct date date = DATE_INIT;
        bool good =
            date_of_day(&date, rows[i].year, rows[i].month, rows[i].day);
        CHECK_NUMBER(good, rows[i].good);
        CHECK_NUMBER(date.precision, good ? DATE_DAY : DATE_NONE);
    }
}

TEST(date_weekday_through_1970)
{
    CHECK_NUMBER(date_weekday(0), 4);
    CHECK_NUMBER(date_weekday(-4), 0);
    CHECK_NUMBER(date_weekday(-5), 6);
    CHECK_NUMBER(date_weekday(date_day(2022, 4, 13)), 3);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/date_clock.h"

#include "base/date.h"

enum { ZONE_MINUTES_MAX = 14 * 60 };

bool clock_set(struct date_clock *out, int hour, int minute, int second)
{
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    if (second == 60) /* a leap second */
        second = 59;
    out->second = (hour * 60 + minute) * 60 + second;
    return true;
}

/* "am", "p.m.", "P. M.": whether it is one, and its hours. */
static bool take_half_day(struct date_scan *s, int *hours)
{
    char c = (char)(scan_peek(s, 0) | 0x20);
    if (c != 'a' && c != 'p')
        return false;
    size_t ahead = 1;
    if (scan_peek(s, ahead) == '.')
        ahead++;
    if (ahead == 2 && scan_peek(s, ahead) == ' ')
        ahead++;
    if ((scan_peek(s, ahead) | 0x20) != 'm' ||
        scan_is_letter(scan_peek(s, ahead + 1)))
        return false;
    s->at += ahead + 1;
    scan_take(s, '.');
    *hours = c == 'p' ? 12 : 0;
    return true;
}

/* +02:00, -0500, +5; the sign is here. */
bool clock_take_offset(struct date_scan *s, int *minutes)
{
    struct date_scan mine = *s;
    int sign = scan_peek(s, 0) == '-' ? -1 : 1, hours, rest = 0;
    if (!scan_take(&mine, '+') && !scan_take(&mine, '-'))
        return false;
    if (scan_digits(&mine) == 4 && scan_number(&mine, 4, 4, &hours)) {
        rest = hours % 100;
        hours /= 100;
    } else if (!scan_number(&mine, 1, 2, &hours)) {
        return false;
    } else if (scan_peek(&mine, 0) == ':') {
        mine.at++;
        if (!scan_number(&mine, 2, 2, &rest))
            return false;
    }
    *s = mine;
    *minutes = rest < 60 && hours * 60 + rest <= ZONE_MINUTES_MAX
                   ? sign * (hours * 60 + rest)
                   : DATE_ZONE_NONE;
    return true;
}

/* "(CEST)" or "(Central European Summer Time)" behind the zone. */
static void skip_comment(struct date_scan *s)
{
    struct date_scan mine = *s;
    scan_skip(&mine, " ");
    if (!scan_take(&mine, '('))
        return;
    while (scan_peek(&mine, 0) && scan_peek(&mine, 0) != ')')
        mine.at++;
    if (scan_take(&mine, ')'))
        *s = mine;
}

/* What stands behind a time, if it is a zone. */
void clock_take_zone(struct date_scan *s, int *minutes)
{
    struct date_scan mine = *s;
    *minutes = DATE_ZONE_NONE;
    scan_skip(&mine, " (");
    struct span word = scan_word(&mine);
    int offset;
    bool capitals = word.size > 1 && word.size <= 5;
    for (size_t i = 0; i < word.size; i++)
        capitals = capitals && scan_is_upper(word.data[i]);
    if (scan_take_word(&mine, WORD_ZONE, minutes)) {
        if (scan_is_one_of(scan_peek(&mine, 0), "+-") &&
            clock_take_offset(&mine, &offset))
            *minutes = offset;
    } else if (capitals && !date_word_is(word, WORD_WEEKDAY, NULL) &&
               !date_word_is(word, WORD_MONTH, NULL) &&
               !date_word_is(word, WORD_EDITION, NULL)) {
        mine.at += word.size; /* a zone that we do not know */
    } else if (!clock_take_offset(&mine, minutes)) {
        return;
    }
    scan_take(&mine, ')');
    *s = mine;
    skip_comment(s);
}

/* The letters that Reuters hung on the hundredths: "15:01:01.79RM", "C G". */
static void skip_wire_codes(struct date_scan *s)
{
    for (;;) {
        struct date_scan mine = *s;
        scan_skip(&mine, " ");
        struct span word = scan_word(&mine);
        if (!word.size || word.size > 2 || !scan_is_upper(word.data[0]) ||
            date_word_is(word, WORD_ZONE, NULL))
            return;
        s->at = mine.at + word.size;
    }
}

/* The minutes and seconds behind an hour and its mark. */
static bool take_minutes(struct date_scan *s, int *minute, int *second)
{
    if (!scan_number(s, 2, 2, minute))
        return false;
    if (!scan_take(s, ':'))
        return true;
    if (!scan_number(s, 2, 2, second))
        return false;
    if (scan_is_one_of(scan_peek(s, 0), ".,:") &&
        scan_is_digit(scan_peek(s, 1))) {
        s->at++;
        s->at += scan_digits(s);
        skip_wire_codes(s);
    }
    return true;
}

/* Whether "Uhr", "hrs", "p.m." or, if `zones`, the name of a zone follows, so
 * that bare digits are a time. */
static bool clock_word_follows(struct date_scan s, bool zones)
{
    int hours;
    scan_skip(&s, " ");
    return take_half_day(&s, &hours) || scan_take_word(&s, WORD_HOUR, NULL) ||
           (zones && scan_take_word(&s, WORD_ZONE, NULL));
}

/* 150101, 1501 GMT, T1501. */
static bool take_bare(struct date_scan *s, struct date_clock *out, bool after_t)
{
    size_t count = scan_digits(s);
    int value;
    if (count == 6 && scan_number(s, 6, 6, &value))
        return clock_set(out, value / 10000, value / 100 % 100, value % 100);
    if (count != 4 || !scan_number(s, 4, 4, &value) ||
        (!after_t && !clock_word_follows(*s, true)))
        return false;
    return clock_set(out, value / 100, value % 100, 0);
}

/* 15:01, 15:01:01.79, 15h01, 15.01, 3 p.m., 15 Uhr. */
static bool take_marked(struct date_scan *s, struct date_clock *out)
{
    int hour, minute = 0, second = 0, half;
    if (!scan_number(s, 1, 2, &hour))
        return false;
    bool marked = scan_take(s, ':');
    if (marked && !take_minutes(s, &minute, &second))
        return false;
    bool spelled = (scan_peek(s, 0) | 0x20) == 'h' || scan_peek(s, 0) == '.';
    if (!marked && spelled && scan_is_digit(scan_peek(s, 1))) {
        s->at++;
        marked = scan_number(s, 2, 2, &minute);
    }
    if (!marked && !clock_word_follows(*s, false))
        return false;
    struct date_scan mine = *s;
    scan_skip(&mine, " ");
    if (take_half_day(&mine, &half)) {
        hour = hour <= 12 ? hour % 12 + half : hour;
        *s = mine;
    }
    return clock_set(out, hour, minute, second);
}

bool clock_take(struct date_scan *s, struct date_clock *out)
{
    struct date_scan mine = *s;
    struct date_clock clock;
    bool after_t =
        (scan_peek(s, 0) | 0x20) == 't' && scan_is_digit(scan_peek(s, 1));
    mine.at += after_t;
    bool read = scan_digits(&mine) >= 4 ? take_bare(&mine, &clock, after_t)
                                        : take_marked(&mine, &clock);
    if (!read)
        return false;
    struct date_scan behind = mine;
    scan_skip(&behind, " ");
    if (scan_take_word(&behind, WORD_HOUR, NULL))
        mine = behind;
    clock_take_zone(&mine, &clock.zone);
    if (!scan_may_end(&mine))
        return false;
    clock.known = true;
    *out = clock;
    *s = mine;
    return true;
}

bool clock_skip_broken(struct date_scan *s)
{
    size_t size = 0, colons = 0;
    while (scan_is_digit(scan_peek(s, size)) ||
           scan_is_one_of(scan_peek(s, size), ":.,"))
        colons += scan_peek(s, size++) == ':';
    if (!colons)
        return false;
    s->at += size;
    int zone;
    clock_take_zone(s, &zone);
    return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dates as people and programs write them.  Each form reads one way of writing
 * the day; the time and the zone are looked for in what is left, and all of
 * the rest must be words that may stand beside a date.  So running text is no
 * date, though it may hold one.
 */
#include "base/date.h"
#include "base/date_clock.h"
#include "base/date_scan.h"
#include "base/number.h"

/* How the text is read, and the time of day that was found. */
struct reading {
    enum date_order order;
    bool whole; /* all of the text is the date: "April 13, 22" can be one */
    struct date_clock clock;
};

/* ---- Forms of the day ------------------------------------------------- */

/* Years of two digits as POSIX reads them: 69-99 are 1969-1999. */
static int full_year(int year)
{
    return year < 69 ? 2000 + year : 1900 + year;
}

static bool take_year(struct date_scan *s, bool short_too, int *out)
{
    if (scan_number(s, 4, 4, out))
        return scan_may_end(s);
    bool cut = scan_peek(s, 0) == '\'' && scan_is_digit(scan_peek(s, 1));
    s->at += cut;
    if (!(cut || short_too) || !scan_number(s, 2, 2, out))
        return false;
    *out = full_year(*out);
    return scan_may_end(s) && scan_peek(s, 0) != ':'; /* "10:00" */
}

/* 20220413, 202204131501, 20220413150101. */
static bool form_compact(struct date_scan *s, struct date *out,
                         struct reading *r)
{
    size_t count = scan_digits(s);
    if (count != 8 && count != 12 && count != 14)
        return false;
    int part[6] = { 0 }; /* YYYYMMDD hh mm ss */
    for (size_t i = 0; i < count; i++) {
        size_t field = i < 4 ? 0 : (i - 2) / 2;
        part[field] = part[field] * 10 + (scan_peek(s, i) - '0');
    }
    if (!date_of_day(out, part[0], part[1], part[2]))
        return false;
    bool timed = count > 8 && clock_set(&r->clock, part[3], part[4], part[5]);
    if (count == 12 && !timed) /* milliseconds, then */
        return false;
    s->at += count;
    if (timed)
        clock_take_zone(s, &r->clock.zone);
    r->clock.known = timed;
    return scan_may_end(s);
}

/* Seconds or milliseconds since 1970, and nothing else. */
static bool form_epoch(struct date_scan *s, struct date *out, struct reading *r)
{
    static const uint64_t first = 100000000, last = 4102444800; /* 1973, 2100 */
    size_t count = scan_digits(s);
    bool seconds = count == 9 || count == 10;
    uint64_t value;
    struct span digits = { s->text->data + s->at, count };
    if (s->at || (!seconds && count != 12 && count != 13) ||
        !number_parse(digits, INT64_MAX, &value))
        return false;
    value /= seconds ? 1 : 1000;
    s->at += count;
    if (seconds && scan_take(s, '.'))
        s->at += scan_digits(s);
    (void)r;
    return value >= first && value <= last && s->at == s->text->size &&
           date_of_epoch(out, (int64_t)value);
}

/* 2022-04-13, 2022/4/13, 2022.04.13, 2022-Apr-13, 2022 April 13, 2022-04. */
static bool form_year_first(struct date_scan *s, struct date *out,
                            struct reading *r)
{
    int year, month, day;
    (void)r;
    if (!scan_number(s, 4, 4, &year) ||
        !scan_is_one_of(scan_peek(s, 0), "-/. "))
        return false;
    char mark = scan_peek(s, 0);
    scan_skip(s, mark == ' ' ? " " : "-/.");
    bool named = scan_take_word(s, WORD_MONTH, &month);
    if (!named && (mark == ' ' || !scan_number(s, 1, 2, &month)))
        return false;
    if (!scan_take(s, mark) || !scan_is_digit(scan_peek(s, 0))) {
        bool marked = mark == '-' || mark == '/';
        return !named && marked && scan_may_end(s) &&
               date_of_month(out, year, month);
    }
    if (!scan_number(s, 1, 2, &day) || !scan_may_end(s) ||
        !date_of_day(out, year, month, day))
        return false;
    /* The zone that XML Schema allows behind a day: nothing to us. */
    struct date_scan behind = *s;
    int zone;
    bool zoned = mark == '-' && clock_take_offset(&behind, &zone);
    if (zoned && behind.at == s->text->size)
        *s = behind;
    return true;
}

/* 4/13/2022, 13.4.2022, 13-4-22, 87/03/24: the one reading that there is, or
 * the one asked for; with dots the day comes first unless it cannot. */
static bool form_numeric(struct date_scan *s, struct date *out,
                         struct reading *r)
{
    int a, b, year;
    if (!scan_number(s, 1, 2, &a) || !scan_is_one_of(scan_peek(s, 0), "/-."))
        return false;
    char mark = scan_peek(s, 0);
    const char *blanks = mark == '.' ? " " : "";
    s->at++;
    scan_skip(s, blanks);
    if (!scan_number(s, 1, 2, &b) || !scan_take(s, mark))
        return false;
    scan_skip(s, blanks);
    bool short_year = scan_digits(s) == 2;
    if (!take_year(s, true, &year))
        return false;
    if (a > 31)
        return short_year && mark != '.' &&
               date_of_day(out, full_year(a), b, year % 100);
    struct date day_first, month_first;
    bool dmy = date_of_day(&day_first, year, b, a);
    bool mdy = date_of_day(&month_first, year, a, b);
    enum date_order order = r->order;
    if (order == DATE_ORDER_ONE && (mark == '.' || a == b))
        order = DATE_ORDER_DMY;
    if ((!dmy && !mdy) || (dmy && mdy && order == DATE_ORDER_ONE))
        return false;
    *out = dmy && (!mdy || order == DATE_ORDER_DMY) ? day_first : month_first;
    return true;
}

/* What stands between the parts of a date in words. */
static void skip_between(struct date_scan *s)
{
    scan_skip(s, " .,-/");
    if (scan_take_word(s, WORD_LINK, NULL))
        scan_skip(s, " '");
}

static void skip_ordinal(struct date_scan *s)
{
    scan_take_word(s, WORD_ORDINAL, NULL);
}

/* 13 April 2022, 13-APR-22, 13th of April, 2022, 13 de abril de 2022. */
static bool form_day_month(struct date_scan *s, struct date *out,
                           struct reading *r)
{
    int day, month, year;
    if (!scan_number(s, 1, 2, &day))
        return false;
    skip_ordinal(s);
    skip_between(s);
    if (!scan_take_word(s, WORD_MONTH, &month))
        return false;
    bool hyphen = scan_peek(s, 0) == '-';
    skip_between(s);
    return take_year(s, r->whole || hyphen, &year) &&
           date_of_day(out, year, month, day);
}

/* April 13, 2022, Apr. 13th 2022, Apr 13 10:00:00 EST 2022. */
static bool form_month_day(struct date_scan *s, struct date *out,
                           struct reading *r)
{
    int day, month, year;
    if (!scan_take_word(s, WORD_MONTH, &month))
        return false;
    scan_skip(s, " .,-/");
    if (!scan_number(s, 1, 2, &day))
        return false;
    skip_ordinal(s);
    skip_between(s);
    struct date_scan year_here = *s;
    bool has_year = take_year(&year_here, r->whole, &year);
    if (has_year) {
        *s = year_here;
    } else if (r->whole && !r->clock.known && clock_take(s, &r->clock)) {
        scan_skip(s, " ,");
        has_year = take_year(s, false, &year);
    }
    return has_year && date_of_day(out, year, month, day);
}

/* April 2022, Apr. 2022, abril de 2022. */
static bool form_month_year(struct date_scan *s, struct date *out,
                            struct reading *r)
{
    int month, year;
    (void)r;
    if (!scan_take_word(s, WORD_MONTH, &month))
        return false;
    skip_between(s);
    return scan_number(s, 4, 4, &year) && scan_may_end(s) &&
           date_of_month(out, year, month);
}

/* 2022, and nothing else. */
static bool form_year(struct date_scan *s, struct date *out, struct reading *r)
{
    int year;
    (void)r;
    return !s->at && scan_number(s, 4, 4, &year) && s->at == s->text->size &&
           date_of_year(out, year);
}

typedef bool form(struct date_scan *s, struct date *out, struct reading *r);

static form *const forms[] = {
    form_year_first, form_compact,   form_epoch,      form_numeric,
    form_day_month,  form_month_day, form_month_year, form_year,
};

/* ---- What stands around ----------------------------------------------- */

/* "Orange County Edition", "2nd Edition": up to five words, each with a
 * capital or a number in front, and the last says what they are. */
static bool skip_edition(struct date_scan *s)
{
    enum { WORDS_MAX = 5 };
    struct date_scan mine = *s;
    for (int words = 0; words < WORDS_MAX; words++) {
        size_t digits = scan_digits(&mine);
        mine.at += digits;
        bool named = digits || scan_is_upper(scan_peek(&mine, 0));
        struct span word = scan_word(&mine);
        if (!word.size || !named)
            return false;
        mine.at += word.size;
        if (span_is_nocase(word, "edition")) {
            *s = mine;
            return true;
        }
        scan_skip(&mine, " ");
    }
    return false;
}

static bool skip_at(struct date_scan *s)
{
    struct date_scan mine = *s;
    if (!scan_take_word(&mine, WORD_AT, NULL))
        return false;
    scan_skip(&mine, " .");
    if (scan_take_word(&mine, WORD_AT, NULL)) /* "a las", "alle ore" */
        scan_skip(&mine, " ");
    if (!scan_is_digit(scan_peek(&mine, 0)))
        return false;
    *s = mine;
    return true;
}

/* The time behind a day; what cannot be read as one leaves the day good.  Of
 * two ("8:00 - 10:00") the first counts. */
static bool take_time(struct date_scan *s, struct reading *r)
{
    struct date_clock clock;
    if (!clock_take(s, &clock))
        return clock_skip_broken(s);
    if (!r->clock.known)
        r->clock = clock;
    return true;
}

/* Whether all that follows the day may stand there. */
static bool take_rest(struct date_scan *s, const struct date *date,
                      struct reading *r)
{
    bool dated = date->precision >= DATE_DAY;
    for (;;) {
        scan_skip(s, " ,;|()-./:");
        if (s->at >= s->text->size || scan_peek(s, 0) == '#') /* a comment */
            return true;
        bool taken = (dated && take_time(s, r)) ||
                     scan_take_word(s, WORD_WEEKDAY, NULL) ||
                     scan_take_word(s, WORD_EDITION, NULL) ||
                     (dated && scan_take_word(s, WORD_ZONE, NULL)) ||
                     skip_edition(s);
        if (taken && !scan_may_end(s))
            return false;
        if (!taken && !(dated && skip_at(s)))
            return false;
    }
}

/* The day in any form, from here to the end of the text. */
static bool read_whole(struct date_scan start, struct reading *r,
                       struct date *out)
{
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct date_scan s = start;
        struct reading reading = *r;
        struct date date = DATE_INIT;
        if (!forms[i](&s, &date, &reading) || !take_rest(&s, &date, &reading))
            continue;
        *r = reading;
        *out = date;
        return true;
    }
    return false;
}

static void add_clock(struct date *date, const struct date_clock *clock)
{
    if (!clock->known || date->precision != DATE_DAY)
        return;
    date->precision = DATE_TIME;
    date->second = clock->second;
    date->zone = (int16_t)clock->zone;
}

/* Pass one thing that may stand before a date. */
static bool skip_lead(struct date_scan *s, struct reading *r)
{
    if (scan_take_word(s, WORD_WEEKDAY, NULL) ||
        scan_take_word(s, WORD_LEAD, NULL) ||
        scan_take_word(s, WORD_EDITION, NULL)) {
        scan_skip(s, " .,:-");
        return true;
    }
    if (r->clock.known || !clock_take(s, &r->clock))
        return false;
    scan_skip(s, " ,;|-");
    return true;
}

static bool has_digit(const struct date_text *text)
{
    for (size_t i = 0; i < text->size; i++)
        if (scan_is_digit(text->data[i]))
            return true;
    return false;
}

bool date_parse(struct date *out, struct span text, enum date_order order)
{
    enum { LEADS_MAX = 4 };
    struct date_text plain;
    date_text_fill(&plain, span_trim(text));
    if (plain.cut || !has_digit(&plain))
        return false;
    while (plain.size && plain.data[plain.size - 1] == ' ')
        plain.size--;
    struct date_scan s = { &plain, 0 };
    struct reading r = { .order = order,
                         .whole = true,
                         .clock.zone = DATE_ZONE_NONE };
    for (int i = 0; i <= LEADS_MAX; i++) {
        struct date date;
        if (read_whole(s, &r, &date)) {
            add_clock(&date, &r.clock);
            *out = date;
            return true;
        }
        if (!skip_lead(&s, &r))
            return false;
    }
    return false;
}

bool date_parse_front(struct date *out, struct span text, size_t *used)
{
    static form *const front_forms[] = { form_year_first, form_day_month,
                                         form_month_day };
    struct date_text plain;
    date_text_fill(&plain, text);
    struct date_scan start = { &plain, 0 };
    if (scan_take_word(&start, WORD_WEEKDAY, NULL))
        scan_skip(&start, " .,");
    for (size_t i = 0; i < sizeof(front_forms) / sizeof(front_forms[0]); i++) {
        struct date_scan s = start;
        struct reading r = { .clock.zone = DATE_ZONE_NONE };
        struct date date;
        if (!front_forms[i](&s, &date, &r) || date.precision != DATE_DAY)
            continue;
        /* The time of ISO 8601 alone hangs on to its day. */
        if ((scan_peek(&s, 0) | 0x20) == 't')
            clock_take(&s, &r.clock);
        add_clock(&date, &r.clock);
        *out = date;
        *used = plain.ends[s.at - 1];
        return true;
    }
    return false;
}

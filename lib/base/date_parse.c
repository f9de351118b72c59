/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Dates as people and programs write them.  The text is cut into numbers,
 * words and marks; the first few of them decide which of the known orders it
 * is (year first, day first, month first), and the time and zone are looked
 * for in what is left.
 */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

/* ---- Pieces ----------------------------------------------------------- */

enum piece_kind { PIECE_NUMBER, PIECE_WORD, PIECE_MARK };

struct piece {
    enum piece_kind kind;
    struct span text;
    uint64_t value; /* of a number of up to 18 digits */
    int month;      /* of a word: 1..12; 0: none */
    size_t end;     /* offset in the text */
};

enum {
    PIECES_MAX = 24,
    TEXT_MAX = 200, /* bytes; longer is running text, not a date */
};

struct pieces {
    struct piece items[PIECES_MAX];
    size_t count;
};

/* Names of months: English, German, French, Spanish, Italian, Portuguese,
 * Dutch; a name may be cut after three letters where that is usual. */
static const char *const months[12] = {
    "january januar janvier enero gennaio janeiro januari jan",
    "february februar f\xC3\xA9vrier fevrier febrero febbraio fevereiro "
    "februari feb f\xC3\xA9vr fev",
    "march m\xC3\xA4rz mars marzo mar\xC3\xA7o maart mar mrz",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho jun",
    "july juli juillet julio luglio julho jul juil",
    "august ao\xC3\xBBt aout agosto augustus aug ago",
    "september septembre septiembre settembre setembro sept sep set",
    "october oktober octobre octubre ottobre outubro oct okt out ott",
    "november novembre noviembre novembro nov",
    "december dezember d\xC3\xA9"
    "cembre decembre diciembre dicembre dezembro dec dez d\xC3\xA9"
    "c dic",
};

static const char weekdays[] =
    " monday tuesday wednesday thursday friday saturday sunday mon tue tues "
    "wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag "
    "freitag samstag sonntag sonnabend lundi mardi mercredi jeudi vendredi "
    "samedi dimanche lunes martes miercoles jueves viernes sabado domingo ";

/* What may stand around a date without being part of it. */
static const char fillers[] =
    " of the at on de del le el den der um a.m p.m am pm st nd rd th er th\xC3"
    "\xA9 late home edition final morning evening bulldog early city orange "
    "county valley updated published posted correction appended uhr h ";

static bool is_among(const char *words, struct span word)
{
    struct span rest = span_of(words), one;
    while (span_next(&rest, ' ', &one))
        if (one.size && span_equal(one, word))
            return true;
    return false;
}

static int find_month(struct span word)
{
    for (int i = 0; i < 12; i++)
        if (is_among(months[i], word))
            return i + 1;
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* Cut lower-case text into pieces; false where there are too many. */
static bool cut(struct pieces *out, struct span text)
{
    out->count = 0;
    for (size_t i = 0; i < text.size;) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            i++;
            continue;
        }
        if (out->count == PIECES_MAX)
            return false;
        struct piece *piece = &out->items[out->count++];
        size_t start = i++;
        *piece = (struct piece){ .kind = PIECE_MARK };
        if (is_digit(c)) {
            piece->kind = PIECE_NUMBER;
            piece->value = (uint64_t)(c - '0');
            for (; i < text.size && is_digit(text.data[i]); i++)
                if (i - start < 18)
                    piece->value =
                        piece->value * 10 + (uint64_t)(text.data[i] - '0');
        } else if (is_letter(c)) {
            piece->kind = PIECE_WORD;
            while (i < text.size && is_letter(text.data[i]))
                i++;
            piece->month = find_month(span_slice(text, start, i));
        }
        piece->text = span_slice(text, start, i);
        piece->end = i;
    }
    return true;
}

/* ---- A reading of the pieces ------------------------------------------ */

struct reader {
    const struct pieces *pieces;
    size_t at;
};

static const struct piece *piece_at(const struct reader *r, size_t ahead)
{
    size_t i = r->at + ahead;
    return i < r->pieces->count ? &r->pieces->items[i] : NULL;
}

static bool is_mark(const struct reader *r, size_t ahead, const char *marks)
{
    const struct piece *p = piece_at(r, ahead);
    return p && p->kind == PIECE_MARK && strchr(marks, p->text.data[0]);
}

static bool is_word(const struct reader *r, size_t ahead, const char *word)
{
    const struct piece *p = piece_at(r, ahead);
    return p && p->kind == PIECE_WORD && span_is(p->text, word);
}

static bool is_number(const struct reader *r, size_t ahead, size_t least,
                      size_t most)
{
    const struct piece *p = piece_at(r, ahead);
    return p && p->kind == PIECE_NUMBER && p->text.size >= least &&
           p->text.size <= most;
}

static int number_at(const struct reader *r, size_t ahead)
{
    return (int)piece_at(r, ahead)->value;
}

static int month_at(const struct reader *r, size_t ahead)
{
    const struct piece *p = piece_at(r, ahead);
    return p ? p->month : 0;
}

/* Years of two digits as POSIX reads them: 69-99 are 1969-1999. */
static int full_year(const struct reader *r, size_t ahead)
{
    int year = number_at(r, ahead);
    if (piece_at(r, ahead)->text.size > 2)
        return year;
    return year < 69 ? 2000 + year : 1900 + year;
}

static bool is_year(const struct reader *r, size_t ahead)
{
    return is_number(r, ahead, 4, 4) || is_number(r, ahead, 2, 2);
}

static void skip_marks(struct reader *r, const char *marks)
{
    while (is_mark(r, 0, marks))
        r->at++;
}

static void skip_ordinal(struct reader *r)
{
    if (is_word(r, 0, "st") || is_word(r, 0, "nd") || is_word(r, 0, "rd") ||
        is_word(r, 0, "th") || is_word(r, 0, "er"))
        r->at++;
}

/* ---- The day ---------------------------------------------------------- */

static bool read_compact(struct reader *r, struct date *out)
{
    if (!is_number(r, 0, 8, 8))
        return false;
    int value = number_at(r, 0);
    if (!date_of_day(out, value / 10000, value / 100 % 100, value % 100))
        return false;
    r->at++;
    return true;
}

static bool read_epoch(struct reader *r, struct date *out)
{
    const struct piece *p = piece_at(r, 0);
    if (r->at || r->pieces->count != 1 || !p || p->kind != PIECE_NUMBER)
        return false;
    bool seconds = p->text.size == 9 || p->text.size == 10;
    bool milliseconds = p->text.size == 12 || p->text.size == 13;
    if (!seconds && !milliseconds)
        return false;
    r->at++;
    return date_of_epoch(out, (int64_t)(p->value / (seconds ? 1 : 1000)));
}

/* 2022-04-13, 2022/04/13, 2022.04.13, 2022-04, 2022. */
static bool read_year_first(struct reader *r, struct date *out)
{
    if (!is_number(r, 0, 4, 4))
        return false;
    int year = number_at(r, 0);
    if (is_mark(r, 1, "-/.") && is_number(r, 2, 1, 2)) {
        if (is_mark(r, 3, "-/.") && is_number(r, 4, 1, 2)) {
            if (!date_of_day(out, year, number_at(r, 2), number_at(r, 4)))
                return false;
            r->at += 5;
            return true;
        }
        if (!date_of_month(out, year, number_at(r, 2)))
            return false;
        r->at += 3;
        return true;
    }
    /* 2022 April 13, 2022-Apr-13 */
    size_t month = is_mark(r, 1, "-/") ? 2 : 1;
    if (month_at(r, month)) {
        size_t day = is_mark(r, month + 1, "-/") ? month + 2 : month + 1;
        if (is_number(r, day, 1, 2) &&
            date_of_day(out, year, month_at(r, month), number_at(r, day))) {
            r->at += day + 1;
            return true;
        }
    }
    if (r->pieces->count != r->at + 1 || !date_of_year(out, year))
        return false;
    r->at++;
    return true;
}

/* 4/13/2022, 13.4.2022, 13-4-22: by the one reading there is, or as asked. */
static bool read_numeric(struct reader *r, struct date *out,
                         enum date_order order)
{
    if (!is_number(r, 0, 1, 2) || !is_mark(r, 1, "/-.") ||
        !is_number(r, 2, 1, 2) || !is_mark(r, 3, "/-.") || !is_year(r, 4))
        return false;
    int a = number_at(r, 0), b = number_at(r, 2), year = full_year(r, 4);
    struct date dmy, mdy;
    bool day_first = date_of_day(&dmy, year, b, a);
    bool month_first = date_of_day(&mdy, year, a, b);
    if (day_first && month_first && a != b && order == DATE_ORDER_ONE &&
        !is_mark(r, 1, "."))
        return false;
    if (!day_first && !month_first)
        return false;
    bool use_month =
        month_first &&
        (!day_first || (order == DATE_ORDER_MDY && !is_mark(r, 1, ".")));
    *out = use_month ? mdy : dmy;
    r->at += 5;
    return true;
}

/* 13 April 2022, 13-APR-1987, 13th of April, 2022. */
static bool read_day_first(struct reader *r, struct date *out)
{
    struct reader mine = *r;
    if (!is_number(&mine, 0, 1, 2))
        return false;
    int day = number_at(&mine, 0);
    mine.at++;
    skip_ordinal(&mine);
    skip_marks(&mine, "-/.");
    if (is_word(&mine, 0, "of") || is_word(&mine, 0, "de"))
        mine.at++;
    int month = month_at(&mine, 0);
    if (!month)
        return false;
    mine.at++;
    skip_marks(&mine, "-/.,");
    if (is_word(&mine, 0, "de") || is_word(&mine, 0, "del"))
        mine.at++;
    if (!is_year(&mine, 0) ||
        !date_of_day(out, full_year(&mine, 0), month, day))
        return false;
    mine.at++;
    *r = mine;
    return true;
}

/* 10:00:00 between the day and the year, as asctime() has it. */
static size_t clock_length(const struct reader *r)
{
    if (!is_number(r, 0, 1, 2) || !is_mark(r, 1, ":") || !is_number(r, 2, 2, 2))
        return 0;
    return is_mark(r, 3, ":") && is_number(r, 4, 2, 2) ? 5 : 3;
}

static void set_time(struct date *out, int hour, int minute, int second)
{
    if (hour > 23 || minute > 59 || second > 60)
        return;
    out->precision = DATE_TIME;
    out->second = hour * 3600 + minute * 60 + (second > 59 ? 59 : second);
}

/* April 13, 2022; Apr. 13th 2022; April 2022; Apr 13 10:00:00 2022. */
static bool read_month_first(struct reader *r, struct date *out)
{
    struct reader mine = *r;
    int month = month_at(&mine, 0);
    if (!month)
        return false;
    mine.at++;
    skip_marks(&mine, ".,-");
    if (is_number(&mine, 0, 4, 4)) {
        if (!date_of_month(out, number_at(&mine, 0), month))
            return false;
        mine.at++;
        *r = mine;
        return true;
    }
    if (!is_number(&mine, 0, 1, 2))
        return false;
    int day = number_at(&mine, 0);
    mine.at++;
    skip_ordinal(&mine);
    skip_marks(&mine, ".,-");
    struct reader clock = mine;
    size_t length = clock_length(&mine);
    mine.at += length;
    /* A zone may stand before the year: "10:00:00 EST 1993". */
    const struct piece *zone = piece_at(&mine, 0);
    if (length && zone && zone->kind == PIECE_WORD && zone->text.size <= 4)
        mine.at++;
    if (!is_year(&mine, 0) ||
        !date_of_day(out, full_year(&mine, 0), month, day))
        return false;
    mine.at++;
    if (length)
        set_time(out, number_at(&clock, 0), number_at(&clock, 2),
                 length == 5 ? number_at(&clock, 4) : 0);
    *r = mine;
    return true;
}

static bool read_day(struct reader *r, struct date *out, enum date_order order)
{
    return read_epoch(r, out) || read_compact(r, out) ||
           read_year_first(r, out) || read_numeric(r, out, order) ||
           read_day_first(r, out) || read_month_first(r, out);
}

/* ---- Time and zone ---------------------------------------------------- */

static const struct {
    const char *name;
    int16_t minutes;
} zones[] = {
    { "z", 0 },      { "utc", 0 },    { "gmt", 0 },    { "ut", 0 },
    { "est", -300 }, { "edt", -240 }, { "cst", -360 }, { "cdt", -300 },
    { "mst", -420 }, { "mdt", -360 }, { "pst", -480 }, { "pdt", -420 },
    { "bst", 60 },   { "wet", 0 },    { "west", 60 },  { "cet", 60 },
    { "cest", 120 }, { "eet", 120 },  { "eest", 180 }, { "msk", 180 },
    { "jst", 540 },  { "pkt", 300 },  { "wat", 60 },   { "cat", 120 },
    { "eat", 180 },  { "aest", 600 }, { "aedt", 660 }, { "mez", 60 },
    { "mesz", 120 },
};

static void read_zone(struct reader *r, struct date *out)
{
    const struct piece *p = piece_at(r, 0);
    if (p && p->kind == PIECE_WORD) {
        for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
            if (span_is(p->text, zones[i].name)) {
                out->zone = zones[i].minutes;
                r->at++;
            }
    } else if (is_mark(r, 0, "+-")) {
        int sign = is_mark(r, 0, "-") ? -1 : 1, minutes = -1;
        if (is_number(r, 1, 4, 4)) {
            minutes = number_at(r, 1) / 100 * 60 + number_at(r, 1) % 100;
            r->at += 2;
        } else if (is_number(r, 1, 2, 2) && is_mark(r, 2, ":") &&
                   is_number(r, 3, 2, 2)) {
            minutes = number_at(r, 1) * 60 + number_at(r, 3);
            r->at += 4;
        } else if (is_number(r, 1, 2, 2)) {
            minutes = number_at(r, 1) * 60;
            r->at += 2;
        }
        if (minutes >= 0 && minutes <= 14 * 60)
            out->zone = (int16_t)(sign * minutes);
    }
}

static int half_day(struct reader *r, int hour)
{
    bool pm = is_word(r, 0, "pm") || is_word(r, 0, "p");
    bool am = is_word(r, 0, "am") || is_word(r, 0, "a");
    if (!am && !pm)
        return hour;
    r->at++;
    skip_marks(r, ".");
    if (is_word(r, 0, "m"))
        r->at++;
    skip_marks(r, ".");
    return hour % 12 + (pm ? 12 : 0);
}

/* What follows the day; what cannot be read leaves the day good. */
static void read_time(struct reader *r, struct date *out)
{
    if (is_word(r, 0, "t") || is_word(r, 0, "at") || is_word(r, 0, "um"))
        r->at++;
    skip_marks(r, ",;|-:");
    if (is_number(r, 0, 6, 6)) {
        int value = number_at(r, 0);
        set_time(out, value / 10000, value / 100 % 100, value % 100);
        r->at++;
    } else {
        size_t length = clock_length(r);
        if (!length)
            return;
        int hour = number_at(r, 0), minute = number_at(r, 2);
        int second = length == 5 ? number_at(r, 4) : 0;
        r->at += length;
        if (is_mark(r, 0, ".,") && is_number(r, 1, 1, 18))
            r->at += 2;
        set_time(out, half_day(r, hour), minute, second);
    }
    if (out->precision == DATE_TIME)
        read_zone(r, out);
}

/* ---- The whole -------------------------------------------------------- */

static bool is_filler(const struct piece *p)
{
    return p->kind != PIECE_WORD || is_among(weekdays, p->text) ||
           is_among(fillers, p->text);
}

/* Running text has words that have no business in a date. */
static bool is_date_like(const struct reader *r)
{
    size_t words = 0;
    for (size_t i = r->at; i < r->pieces->count; i++) {
        const struct piece *p = &r->pieces->items[i];
        if (is_filler(p))
            continue;
        bool zone = false;
        for (size_t z = 0; z < sizeof(zones) / sizeof(*zones); z++)
            zone = zone || span_is(p->text, zones[z].name);
        words += !zone && p->text.size > 1;
    }
    return words <= 1;
}

static size_t lower(char *out, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        out[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        if (c == '\xC3' && i + 1 < text.size) {
            /* The capitals of Latin-1's second half. */
            unsigned char next = (unsigned char)text.data[i + 1];
            out[++i] = (char)(next >= 0x80 && next < 0x9F ? next + 32 : next);
        }
    }
    return text.size;
}

static void skip_weekday(struct reader *r)
{
    const struct piece *p = piece_at(r, 0);
    if (!p || p->kind != PIECE_WORD || !is_among(weekdays, p->text))
        return;
    /* "mar" is a month too; a weekday is followed by more than a number. */
    r->at++;
    skip_marks(r, ".,");
}

bool date_parse(struct date *out, struct span text, enum date_order order)
{
    char copy[TEXT_MAX];
    text = span_trim(text);
    if (!text.size || text.size > TEXT_MAX)
        return false;
    struct span small = { copy, lower(copy, text) };
    struct pieces pieces;
    if (!cut(&pieces, small))
        return false;
    struct reader reader = { &pieces, 0 };
    struct date found = DATE_INIT;
    skip_weekday(&reader);
    while (is_word(&reader, 0, "the") || is_word(&reader, 0, "updated") ||
           is_word(&reader, 0, "le") || is_word(&reader, 0, "den"))
        reader.at++;
    skip_marks(&reader, ".,:");
    if (!read_day(&reader, &found, order))
        return false;
    if (found.precision == DATE_DAY) {
        skip_marks(&reader, ",");
        skip_weekday(&reader);
        read_time(&reader, &found);
    }
    if (!is_date_like(&reader))
        return false;
    *out = found;
    return true;
}

bool date_parse_front(struct date *out, struct span text, size_t *used)
{
    char copy[64];
    text = span_slice(text, 0, utf8_floor(text, sizeof(copy)));
    struct span small = { copy, lower(copy, text) };
    struct pieces pieces;
    /* More pieces than fit are no harm: the date is in the first ones. */
    cut(&pieces, small);
    struct reader reader = { &pieces, 0 };
    struct date found = DATE_INIT;
    skip_weekday(&reader);
    struct reader at = reader;
    bool iso = is_number(&at, 0, 4, 4) && is_mark(&at, 1, "-") &&
               is_number(&at, 2, 2, 2) && is_mark(&at, 3, "-") &&
               read_year_first(&at, &found);
    if (!iso) {
        at = reader;
        if (!read_day_first(&at, &found) && !read_month_first(&at, &found))
            return false;
        if (found.precision < DATE_DAY)
            return false;
    }
    *out = found;
    *used = at.at ? pieces.items[at.at - 1].end : 0;
    return true;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_scan.h - the text of a date, its words, and walking over it: for
 * date_parse.c and date_clock.c alone.
 */
#ifndef NEWS_BASE_DATE_SCAN_H
#define NEWS_BASE_DATE_SCAN_H

#include "base/span.h"

enum { DATE_TEXT_MAX = 160 }; /* characters of the longest text with a date */

/* A text in the ASCII that dates are read in: accents dropped (Marz), dashes
 * and blanks of all kinds as "-" and " ", the marks of Chinese and Japanese
 * dates as "-"; other characters as "?".  Blanks in front are left out. */
struct date_text {
    char data[DATE_TEXT_MAX];
    size_t size;
    uint16_t ends[DATE_TEXT_MAX]; /* offset behind each in the source */
    bool cut;                     /* there was more than DATE_TEXT_MAX */
};

void date_text_fill(struct date_text *out, struct span source);

/* A place in a text; a copy of it is a place to come back to. */
struct date_scan {
    const struct date_text *text;
    size_t at;
};

/* The character so far ahead; 0 behind the end. */
char scan_peek(const struct date_scan *s, size_t ahead);

bool scan_is_digit(char c);
bool scan_is_letter(char c);
bool scan_is_upper(char c);
bool scan_is_one_of(char c, const char *chars); /* 0 is none */

/* The run of digits, of letters that stands here. */
size_t scan_digits(const struct date_scan *s);
struct span scan_word(const struct date_scan *s);

/* Whether a date may end here: not inside a word or number, but before the T
 * that ISO 8601 puts before the time, and before a Z. */
bool scan_may_end(const struct date_scan *s);

/* Pass what stands here; where nothing fits, the place stays as it is. */
void scan_skip(struct date_scan *s, const char *chars);
bool scan_take(struct date_scan *s, char c);

/* All the digits that stand here, if there are `least` to `most`. */
bool scan_number(struct date_scan *s, size_t least, size_t most, int *out);

enum date_word {
    WORD_MONTH,   /* January; jan, janvier, enero, ...: 1..12 */
    WORD_WEEKDAY, /* of a week; its number is of no use */
    WORD_ORDINAL, /* "th" of 13th */
    WORD_LINK,    /* "of", "de": between day, month and year */
    WORD_LEAD,    /* "the", "am": before the date */
    WORD_AT,      /* before the time */
    WORD_HOUR,    /* "Uhr", "hrs": behind it */
    WORD_ZONE,    /* minutes east of UTC, or DATE_ZONE_NONE */
    WORD_EDITION, /* "Late Edition": passed over behind the date */
};

/* Whether a word of ASCII letters, in any case, is of that kind; its value
 * goes to `*value` where that is not NULL.  A word may be of several kinds:
 * "mar" is a month and a day of the week. */
bool date_word_is(struct span word, enum date_word kind, int *value);
bool scan_take_word(struct date_scan *s, enum date_word kind, int *value);

#endif

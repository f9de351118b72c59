/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/mentioned_dates.h"

#include "base/number.h"
#include "text/tokens.h"

/* ---- Words ------------------------------------------------------------ */

static const char *const months[12] = {
    "january jan", "february feb", "march mar",
    "april apr",   "may",          "june jun",
    "july jul",    "august aug",   "september sept sep",
    "october oct", "november nov", "december dec",
};

static const char *const weekdays[7] = { "sunday",    "monday",   "tuesday",
                                         "wednesday", "thursday", "friday",
                                         "saturday" };

static const char *const counts[] = { "one", "two",   "three", "four", "five",
                                      "six", "seven", "eight", "nine", "ten" };

static bool is_among(const char *words, struct span word)
{
    struct span rest = span_of(words), one;
    while (span_next(&rest, ' ', &one))
        if (one.size == word.size) {
            size_t i = 0;
            while (i < word.size && (word.data[i] | 0x20) == one.data[i])
                i++;
            if (i == word.size)
                return true;
        }
    return false;
}

static bool is_capital(struct span word)
{
    return word.size && word.data[0] >= 'A' && word.data[0] <= 'Z';
}

/* Whether the first three letters are those of a name: nearly always not. */
static bool begins_as(struct span word, const char *name)
{
    return word.size >= 3 && (word.data[0] | 0x20) == name[0] &&
           (word.data[1] | 0x20) == name[1] && (word.data[2] | 0x20) == name[2];
}

static int month_of(struct span word)
{
    if (!is_capital(word) || word.size > 9)
        return 0;
    for (int i = 0; i < 12; i++)
        if (begins_as(word, months[i]) && is_among(months[i], word))
            return i + 1;
    return 0;
}

static int weekday_of(struct span word)
{
    if (!is_capital(word))
        return -1;
    for (int i = 0; i < 7; i++)
        if (begins_as(word, weekdays[i]) && is_among(weekdays[i], word))
            return i;
    return -1;
}

/* 1 to 31, also as "13th". */
static int day_of(struct span word)
{
    uint64_t value;
    struct span rest = word;
    if (!number_take(&rest, 31, &value) || !value ||
        (rest.size && !is_among("st nd rd th", rest)) || word.size > 4)
        return 0;
    return (int)value;
}

static int year_of(struct span word)
{
    uint64_t value;
    return word.size == 4 && number_parse(word, 2099, &value) && value >= 1500
               ? (int)value
               : 0;
}

static int count_of(struct span word)
{
    uint64_t value;
    if (number_parse(word, 99, &value))
        return (int)value;
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
        if (is_among(counts[i], word))
            return (int)i + 1;
    return 0;
}

/* ---- The walk --------------------------------------------------------- */

enum { AHEAD = 4 }; /* words looked at together */

struct walk {
    struct span text;
    struct date published;
    struct tokens tokens;
    struct token ahead[AHEAD];
    size_t count;       /* of words ahead */
    struct span before; /* the word before them; empty at the beginning */
};

static void fill(struct walk *walk)
{
    while (walk->count < AHEAD &&
           tokens_next(&walk->tokens, &walk->ahead[walk->count]))
        walk->count++;
}

static void advance(struct walk *walk, size_t words)
{
    walk->before = walk->ahead[words - 1].surface;
    for (size_t i = words; i < walk->count; i++)
        walk->ahead[i - words] = walk->ahead[i];
    walk->count -= words;
    fill(walk);
}

/* The i-th word ahead, if nothing but blanks, commas and the dot of an
 * abbreviation stands before it; else empty. */
static struct span word_at(const struct walk *walk, size_t i)
{
    const struct span none = { NULL, 0 };
    if (i >= walk->count)
        return none;
    for (size_t j = 1; j <= i; j++) {
        const struct token *last = &walk->ahead[j - 1];
        size_t from = last->offset + last->surface.size;
        size_t to = walk->ahead[j].offset;
        if (to - from > 3)
            return none;
        for (size_t at = from; at < to; at++)
            if (walk->text.data[at] != ' ' && walk->text.data[at] != ',' &&
                walk->text.data[at] != '.')
                return none;
    }
    return walk->ahead[i].surface;
}

static bool is_relative(const struct walk *walk)
{
    return walk->published.precision >= DATE_DAY;
}

/* ---- What is found ---------------------------------------------------- */

static int32_t distance(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

/* The day in the year that brings it closest to the publication; half a year
 * ahead is as far as half a year back, and then the past wins. */
static bool closest_day(const struct walk *walk, struct date *out, int month,
                        int day)
{
    int year, ignored, of_month;
    date_civil(walk->published.day, &year, &ignored, &of_month);
    bool found = false;
    for (int y = year - 1; y <= year + 1; y++) {
        struct date date;
        if (!date_of_day(&date, y, month, day))
            continue;
        if (!found || distance(date.day, walk->published.day) <
                          distance(out->day, walk->published.day))
            *out = date;
        found = true;
    }
    return found;
}

/* Month D[, YYYY] and Month YYYY; returns the words used. */
static size_t month_first(const struct walk *walk, struct date *out)
{
    int month = month_of(word_at(walk, 0));
    if (!month)
        return 0;
    struct span second = word_at(walk, 1);
    int day = day_of(second), year = year_of(second);
    if (year)
        return date_of_month(out, year, month) ? 2 : 0;
    if (!day)
        return 0;
    year = year_of(word_at(walk, 2));
    if (year && date_of_day(out, year, month, day))
        return 3;
    return is_relative(walk) && closest_day(walk, out, month, day) ? 2 : 0;
}

/* D Month [YYYY]. */
static size_t day_first(const struct walk *walk, struct date *out)
{
    int day = day_of(word_at(walk, 0)), month = month_of(word_at(walk, 1));
    if (!day || !month)
        return 0;
    int year = year_of(word_at(walk, 2));
    if (year && date_of_day(out, year, month, day))
        return 3;
    return is_relative(walk) && closest_day(walk, out, month, day) ? 2 : 0;
}

/* 2022-04-13: three words with hyphens between. */
static size_t iso(const struct walk *walk, struct date *out)
{
    int year = year_of(walk->ahead[0].surface);
    size_t start = walk->ahead[0].offset;
    struct span whole = span_slice(walk->text, start, start + 10);
    if (!year || walk->count < 3 || whole.size < 10 || whole.data[4] != '-' ||
        whole.data[7] != '-' || walk->ahead[1].surface.size != 2 ||
        walk->ahead[2].surface.size != 2)
        return 0;
    return date_parse(out, whole, DATE_ORDER_ONE) && out->precision == DATE_DAY
               ? 3
               : 0;
}

/* "in April": this year's or the last, whichever is not to come; after "next"
 * or "by" the coming one. */
static size_t month_alone(const struct walk *walk, struct date *out)
{
    int month = month_of(word_at(walk, 0));
    if (!month || !is_relative(walk) ||
        !is_among("in last since next by until this late early mid",
                  walk->before))
        return 0;
    bool coming = is_among("next by until", walk->before);
    int year, now, of_month;
    date_civil(walk->published.day, &year, &now, &of_month);
    if (coming && month < now)
        year++;
    else if (!coming && month > now)
        year--;
    return date_of_month(out, year, month) ? 1 : 0;
}

static size_t year_alone(const struct walk *walk, struct date *out)
{
    int year = year_of(word_at(walk, 0));
    bool expected = is_among("in since by from until of during for late early "
                             "mid before after through to between",
                             walk->before);
    return year >= 1800 && expected && date_of_year(out, year) ? 1 : 0;
}

static size_t weekday(const struct walk *walk, struct date *out)
{
    int wanted = weekday_of(word_at(walk, 0));
    if (wanted < 0 || !is_relative(walk))
        return 0;
    int32_t today = walk->published.day;
    int back = (date_weekday(today) - wanted + 7) % 7;
    bool coming = is_among("next", walk->before);
    bool last = is_among("last", walk->before);
    *out = (struct date){ DATE_DAY, today - back, 0, DATE_ZONE_NONE };
    if (coming)
        out->day += 7;
    else if (last && !back)
        out->day -= 7;
    return 1;
}

static void shift_month(struct date *out, int32_t today, int months_on)
{
    int year, month, day;
    date_civil(today, &year, &month, &day);
    int index = year * 12 + month - 1 + months_on;
    date_of_month(out, index / 12, index % 12 + 1);
}

static void shift_year(struct date *out, int32_t today, int years_on)
{
    int year, month, day;
    date_civil(today, &year, &month, &day);
    date_of_year(out, year + years_on);
}

/* "last week", "next month", "this year". */
static size_t period(const struct walk *walk, struct date *out)
{
    struct span first = word_at(walk, 0), second = word_at(walk, 1);
    int step = begins_as(first, "last") && first.size == 4   ? -1
               : begins_as(first, "this") && first.size == 4 ? 0
               : begins_as(first, "next") && first.size == 4 ? 1
                                                             : 2;
    if (step == 2 || !is_relative(walk))
        return 0;
    int32_t today = walk->published.day;
    if (is_among("week", second))
        *out = (struct date){ DATE_DAY,
                              today - (date_weekday(today) + 6) % 7 + 7 * step,
                              0, DATE_ZONE_NONE };
    else if (is_among("month", second))
        shift_month(out, today, step);
    else if (is_among("year", second))
        shift_year(out, today, step);
    else
        return 0;
    return 2;
}

static size_t near_day(const struct walk *walk, struct date *out)
{
    struct span word = word_at(walk, 0);
    if (!is_relative(walk))
        return 0;
    *out = (struct date){ DATE_DAY, walk->published.day, 0, DATE_ZONE_NONE };
    if (begins_as(word, "today") && is_among("today", word))
        return 1;
    if (begins_as(word, "yesterday") && is_among("yesterday", word)) {
        out->day--;
        return 1;
    }
    if (begins_as(word, "tomorrow") && is_among("tomorrow", word)) {
        out->day++;
        return 1;
    }
    int count = span_is(word_at(walk, 2), "ago") ? count_of(word) : 0;
    if (!count)
        return 0;
    struct span unit = word_at(walk, 1);
    if (is_among("day days", unit))
        out->day -= count;
    else if (is_among("week weeks", unit))
        out->day -= 7 * count;
    else if (is_among("month months", unit))
        shift_month(out, walk->published.day, -count);
    else if (is_among("year years", unit))
        shift_year(out, walk->published.day, -count);
    else
        return 0;
    return 3;
}

typedef size_t pattern(const struct walk *walk, struct date *out);

/* The patterns that a word's first letter allows; most words allow none. */
static pattern *const by_digit[] = { iso, day_first, year_alone, near_day,
                                     NULL };
static pattern *const by_capital[] = { month_first, month_alone, weekday,
                                       NULL };
static pattern *const by_word[] = { period, near_day, NULL };
static pattern *const by_nothing[] = { NULL };

static size_t try_all(pattern *const *patterns, const struct walk *walk,
                      struct date *out)
{
    for (; *patterns; patterns++) {
        size_t words = (*patterns)(walk, out);
        if (words)
            return words;
    }
    return 0;
}

/* last this next today tomorrow yesterday, and one to ten. */
static bool may_begin_words(char c)
{
    switch (c | 0x20) {
    case 'l':
    case 't':
    case 'n':
    case 'y':
    case 'o':
    case 'f':
    case 's':
    case 'e': return true;
    default: return false;
    }
}

static size_t find_here(const struct walk *walk, struct date *out)
{
    struct span word = walk->ahead[0].surface;
    char c = word.data[0];
    bool capital = c >= 'A' && c <= 'Z';
    size_t words = try_all(c >= '0' && c <= '9' ? by_digit
                           : capital            ? by_capital
                                                : by_nothing,
                           walk, out);
    bool plain =
        !words && word.size >= 3 && word.size <= 9 && may_begin_words(c);
    return plain ? try_all(by_word, walk, out) : words;
}

void mentioned_dates_find(struct mentioned_date **out, size_t *count,
                          struct span text, struct date published,
                          struct arena *memory)
{
    struct walk walk = { .text = text,
                         .published = published,
                         .tokens = tokens_begin(text) };
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    fill(&walk);
    while (walk.count && *count < MENTIONED_DATES_MAX) {
        struct date date = DATE_INIT;
        size_t words = find_here(&walk, &date);
        if (words) {
            const struct token *first = &walk.ahead[0];
            const struct token *last = &walk.ahead[words - 1];
            *out = arena_grow(memory, *out, *count, &capacity, sizeof(**out));
            (*out)[(*count)++] = (struct mentioned_date){
                date, first->offset,
                last->offset + (uint32_t)last->surface.size - first->offset
            };
        }
        advance(&walk, words ? words : 1);
    }
}

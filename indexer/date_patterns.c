/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/date_patterns.h"

#include "indexer/date_words.h"

/* The i-th word ahead; NULL where the text ends before it. */
static const struct token *token_at(struct date_window *window, size_t i)
{
    while (i >= window->count) {
        if (i >= DATE_WINDOW_WORDS ||
            !tokens_next(&window->behind, &window->ahead[window->count]))
            return NULL;
        window->count++;
    }
    return &window->ahead[i];
}

/* The same, if nothing but blanks, commas and the dot of an abbreviation stands
 * before it; else empty. */
static struct span word_at(struct date_window *window, size_t i)
{
    const struct span none = { NULL, 0 };
    if (!token_at(window, i))
        return none;
    for (size_t j = 1; j <= i; j++) {
        const struct token *last = &window->ahead[j - 1];
        size_t from = last->offset + last->surface.size;
        size_t to = window->ahead[j].offset;
        if (to - from > 3)
            return none;
        for (size_t at = from; at < to; at++)
            if (window->text.data[at] != ' ' && window->text.data[at] != ',' &&
                window->text.data[at] != '.')
                return none;
    }
    return word_bare(window->ahead[i].surface);
}

static bool is_relative(const struct date_window *window)
{
    return window->published.precision >= DATE_DAY;
}

enum { CUE_REACH = 120 }; /* bytes before a date where a cue may stand */

static int32_t distance(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

/* Words that say of a date behind them that it is to come, or that it is the
 * day on which something was said. */
static const struct cue {
    char word[12];
    bool to_come;
} cues[] = {
    { "will", true },      { "shall", true },      { "won't", true },
    { "scheduled", true }, { "expected", true },   { "due", true },
    { "plans", true },     { "planned", true },    { "upcoming", true },
    { "matures", true },   { "maturing", true },   { "expires", true },
    { "expire", true },    { "said", false },      { "says", false },
    { "told", false },     { "announced", false }, { "reported", false },
    { "added", false },
};

static const struct cue *find_cue(struct span word)
{
    char first = word.size ? (char)(word.data[0] | 0x20) : 0;
    for (size_t i = 0; i < sizeof(cues) / sizeof(*cues); i++)
        if (cues[i].word[0] == first && word_is_among(cues[i].word, word))
            return &cues[i];
    return NULL;
}

/* Whether the sentence speaks of what is to come: "will meet on", "due"; but
 * not where the date is of saying so. */
static bool is_to_come(const struct date_window *window)
{
    size_t end = window->ahead[0].offset;
    size_t from = end > CUE_REACH ? end - CUE_REACH : 0;
    for (size_t at = end; at > from; at--) {
        char c = window->text.data[at - 1];
        bool ends = c == '.' || c == '!' || c == '?' || c == ';';
        char next = window->text.data[at];
        if (c == '\n' || (ends && at < end && (next == ' ' || next == '"')))
            from = at;
    }
    struct span before = span_slice(window->text, from, end), word;
    bool to_come = false;
    while (span_next(&before, ' ', &word)) {
        const struct cue *cue = find_cue(word);
        if (cue)
            to_come = cue->to_come;
    }
    return to_come;
}

/* The day in the year that brings it closest to the publication; the past is
 * what news speaks of unless it says that something is to come. */
enum { DAYS_AHEAD = 150, DAYS_AHEAD_CUE = 240 };

static bool closest_day(const struct date_window *window, struct date *out,
                        int month, int day)
{
    int32_t reach = is_to_come(window) ? DAYS_AHEAD_CUE : DAYS_AHEAD;
    int year, ignored, of_month;
    date_civil(window->published.day, &year, &ignored, &of_month);
    bool found = false;
    for (int y = year - 1; y <= year + 1; y++) {
        struct date date;
        if (!date_of_day(&date, y, month, day) ||
            date.day - window->published.day > reach)
            continue;
        if (!found || distance(date.day, window->published.day) <
                          distance(out->day, window->published.day))
            *out = date;
        found = true;
    }
    return found;
}

/* The words at `i` that give the year: "2021", "of last year". */
static size_t year_after(struct date_window *window, size_t i, int *year)
{
    size_t of = span_is(word_at(window, i), "of");
    *year = word_year(word_at(window, i + of));
    if (*year)
        return of + 1;
    if (!is_relative(window) || !span_is(word_at(window, i + of + 1), "year"))
        return 0;
    struct span which = word_at(window, i + of);
    int ignored;
    date_civil(window->published.day, year, &ignored, &ignored);
    if (span_is(which, "last"))
        --*year;
    else if (span_is(which, "next"))
        ++*year;
    else if (!span_is(which, "this"))
        return 0;
    return of + 2;
}

/* A day and a month in the first `words` words, and the year behind them. */
static size_t with_year(struct date_window *window, struct date *out, int month,
                        int day, size_t words)
{
    int year;
    size_t more = year_after(window, words, &year);
    if (more && date_of_day(out, year, month, day))
        return words + more;
    return is_relative(window) && closest_day(window, out, month, day) ? words
                                                                       : 0;
}

/* Month D[, YYYY] and Month YYYY; returns the words used. */
static size_t month_first(struct date_window *window, struct date *out)
{
    int month = word_month(word_at(window, 0)), year;
    if (!month)
        return 0;
    int day = word_day(word_at(window, 1));
    if (day)
        return with_year(window, out, month, day, 2);
    size_t more = year_after(window, 1, &year);
    return more && date_of_month(out, year, month) ? 1 + more : 0;
}

/* D [of] Month [YYYY]. */
static size_t day_first(struct date_window *window, struct date *out)
{
    int day = word_day(word_at(window, 0));
    if (!day)
        return 0;
    size_t of = span_is(word_at(window, 1), "of");
    int month = word_month(word_at(window, 1 + of));
    return month ? with_year(window, out, month, day, 2 + of) : 0;
}

/* 2022-04-13: three words with hyphens between. */
static size_t iso(struct date_window *window, struct date *out)
{
    int year = word_year(window->ahead[0].surface);
    size_t start = window->ahead[0].offset;
    struct span whole = span_slice(window->text, start, start + 10);
    if (!year || !token_at(window, 2) || whole.size < 10 ||
        whole.data[4] != '-' || whole.data[7] != '-' ||
        window->ahead[1].surface.size != 2 ||
        window->ahead[2].surface.size != 2)
        return 0;
    return date_parse(out, whole, DATE_ORDER_ONE) && out->precision == DATE_DAY
               ? 3
               : 0;
}

/* A month without a preposition is one where its name is written out and is
 * no part of a person's. */
static bool is_surely_month(struct date_window *window, int month)
{
    struct span word = word_at(window, 0);
    bool written_out = word.size > 4 || month == 6 || month == 7;
    return written_out && month != 3 && month != 5 &&
           !word_is_capital(window->before) &&
           !word_is_capital(word_at(window, 1));
}

/* "in April": this year's or the last, whichever is not to come; after "next"
 * or "by", and where the sentence speaks of what will be, the coming one. */
static size_t month_alone(struct date_window *window, struct date *out)
{
    int month = word_month(word_at(window, 0));
    if (!month || !is_relative(window) ||
        (!word_is_among("in last since next by until this late early mid",
                        window->before) &&
         !is_surely_month(window, month)))
        return 0;
    bool coming = word_is_among("next by until", window->before);
    int year, now, of_month;
    date_civil(window->published.day, &year, &now, &of_month);
    if (month > now && !coming)
        coming = is_to_come(window);
    if (coming && month < now)
        year++;
    else if (!coming && month > now)
        year--;
    return date_of_month(out, year, month) ? 1 : 0;
}

/* The character at `at` of the text; 0 outside it. */
static char char_at(const struct date_window *window, size_t at)
{
    return at < window->text.size ? window->text.data[at] : '\0';
}

/* Whether what stands around four digits lets them be a year: no amount, no
 * time of day, no number of a room. */
static bool may_be_year(struct date_window *window)
{
    size_t start = window->ahead[0].offset;
    char before = start ? char_at(window, start - 1) : ' ';
    char after = char_at(window, start + 4);
    bool joined = before == '-' || before == '/' || (before & 0x80);
    bool apart = before == ' ' || before == '\n' || before == '(' ||
                 (joined && word_year(window->before));
    char beyond = char_at(window, start + 5);
    bool ends = after != '%' && after != '*' &&
                (after != ':' || beyond == ' ') &&
                (after != '-' || (beyond >= '0' && beyond <= '9'));
    return apart && ends &&
           !word_is_among("room flight route page no number bus highway about "
                          "nearly almost over some around than least only "
                          "another",
                          window->before) &&
           !word_is_among(
               "people persons men women pct percent per dlrs dollars "
               "mln bln million billion tonnes tons km miles metres "
               "meters feet hours hrs utc gmt est points jobs workers "
               "troops soldiers shares votes cases houses homes words "
               "barrels vs",
               word_at(window, 1));
}

enum { YEAR_SURELY_PAST = 1900, YEARS_AHEAD = 20, YEAR_LATEST = 2050 };

static size_t year_alone(struct date_window *window, struct date *out)
{
    int year = word_year(word_at(window, 0)), latest = YEAR_LATEST, ignored;
    if (year < 1800)
        return 0;
    bool expected =
        word_is_among("in since by from until of during for late early "
                      "mid before after through to between",
                      window->before);
    if (window->published.precision >= DATE_YEAR) {
        date_civil(window->published.day, &latest, &ignored, &ignored);
        latest += YEARS_AHEAD;
    }
    size_t start = window->ahead[0].offset;
    bool alone = start && char_at(window, start - 1) == '(' &&
                 char_at(window, start + 4) == ')';
    bool usual = (year >= YEAR_SURELY_PAST || alone) && year <= latest;
    return (expected || (usual && may_be_year(window))) &&
                   date_of_year(out, year)
               ? 1
               : 0;
}

/* Names of people: Mr Monday Kuryas; By Sunday Oguntuyi. */
static bool is_of_person(struct date_window *window)
{
    return word_is_among("mr mrs ms dr prof sir chief", window->before) ||
           (span_is(window->before, "By") &&
            word_is_capital(word_at(window, 1)));
}

/* "Wednesday, June 15": the weekday is of the date behind it. */
static bool is_of_next(struct date_window *window, struct date *out)
{
    if (!word_month(word_at(window, 1)) && !word_month(word_at(window, 2)))
        return false;
    struct date_window behind = *window;
    behind.before = window->ahead[0].surface;
    behind.count--;
    for (size_t i = 0; i < behind.count; i++)
        behind.ahead[i] = window->ahead[i + 1];
    return month_first(&behind, out) > 1 || day_first(&behind, out);
}

static size_t weekday(struct date_window *window, struct date *out)
{
    int wanted = word_weekday(word_at(window, 0));
    if (wanted < 0 || !is_relative(window) || is_of_person(window))
        return 0;
    if (is_of_next(window, out))
        return 1;
    int32_t today = window->published.day;
    int back = (date_weekday(today) - wanted + 7) % 7;
    bool last = word_is_among("last", window->before);
    bool coming = word_is_among("next", window->before) ||
                  (back && !last && is_to_come(window));
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
static size_t period(struct date_window *window, struct date *out)
{
    struct span first = word_at(window, 0), second = word_at(window, 1);
    int step = word_begins_as(first, "last") && first.size == 4   ? -1
               : word_begins_as(first, "this") && first.size == 4 ? 0
               : word_begins_as(first, "next") && first.size == 4 ? 1
                                                                  : 2;
    bool of_a_span = word_is_among("the", window->before); /* its last year */
    if (step == 2 || of_a_span || !is_relative(window))
        return 0;
    int32_t today = window->published.day;
    if (step <= 0 &&
        word_is_among(step ? "night" : "morning afternoon evening", second))
        *out = (struct date){ DATE_DAY, today + step, 0, DATE_ZONE_NONE };
    else if (word_is_among("week", second))
        *out = (struct date){ DATE_DAY,
                              today - (date_weekday(today) + 6) % 7 + 7 * step,
                              0, DATE_ZONE_NONE };
    else if (word_is_among("month", second))
        shift_month(out, today, step);
    else if (word_is_among("year", second))
        shift_year(out, today, step);
    else
        return 0;
    return 2;
}

static size_t near_day(struct date_window *window, struct date *out)
{
    struct span word = word_at(window, 0);
    if (!is_relative(window))
        return 0;
    *out = (struct date){ DATE_DAY, window->published.day, 0, DATE_ZONE_NONE };
    if ((word_begins_as(word, "today") && word_is_among("today", word)) ||
        (word_begins_as(word, "tonight") && word_is_among("tonight", word)))
        return 1;
    if (word_begins_as(word, "yesterday") && word_is_among("yesterday", word)) {
        out->day--;
        return 1;
    }
    if (word_begins_as(word, "tomorrow") && word_is_among("tomorrow", word)) {
        out->day++;
        return 1;
    }
    int count = span_is(word_at(window, 2), "ago") ? word_count(word) : 0;
    if (!count)
        return 0;
    struct span unit = word_at(window, 1);
    if (word_is_among("day days", unit))
        out->day -= count;
    else if (word_is_among("week weeks", unit))
        out->day -= 7 * count;
    else if (word_is_among("month months", unit))
        shift_month(out, window->published.day, -count);
    else if (word_is_among("year years", unit))
        shift_year(out, window->published.day, -count);
    else
        return 0;
    return 3;
}

typedef size_t pattern(struct date_window *window, struct date *out);

/* The patterns that a word's first character allows. */
static pattern *const by_digit[] = { iso, day_first, year_alone, near_day,
                                     NULL };
static pattern *const by_capital[] = { month_first, month_alone, weekday,
                                       period,      near_day,    NULL };
static pattern *const by_letter[] = { period, near_day, NULL };

size_t date_patterns_find(struct date_window *window, struct date *out)
{
    char c = window->ahead[0].surface.data[0];
    pattern *const *patterns = c >= '0' && c <= '9'   ? by_digit
                               : c >= 'A' && c <= 'Z' ? by_capital
                                                      : by_letter;
    for (; *patterns; patterns++) {
        size_t words = (*patterns)(window, out);
        if (words)
            return words;
    }
    return 0;
}

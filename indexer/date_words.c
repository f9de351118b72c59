/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/date_words.h"

#include "base/number.h"

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

bool word_is_among(const char *words, struct span word)
{
    const char *p = words;
    while (*p) {
        size_t i = 0;
        while (i < word.size && (word.data[i] | 0x20) == p[i])
            i++;
        if (i && i == word.size && (p[i] == ' ' || !p[i]))
            return true;
        while (*p && *p++ != ' ')
            ;
    }
    return false;
}

bool word_is_capital(struct span word)
{
    return word.size && word.data[0] >= 'A' && word.data[0] <= 'Z';
}

struct span word_bare(struct span word)
{
    size_t n = word.size;
    if (n < 3 || (word.data[n - 1] | 0x20) != 's')
        return word;
    if (word.data[n - 2] == '\'')
        return span_slice(word, 0, n - 2);
    if (n > 4 && span_is(span_slice(word, n - 4, n - 1), "\xE2\x80\x99"))
        return span_slice(word, 0, n - 4);
    return word;
}

bool word_begins_as(struct span word, const char *name)
{
    return word.size >= 3 && (word.data[0] | 0x20) == name[0] &&
           (word.data[1] | 0x20) == name[1] && (word.data[2] | 0x20) == name[2];
}

int word_month(struct span word)
{
    if (!word_is_capital(word) || word.size > 9)
        return 0;
    for (int i = 0; i < 12; i++)
        if (word_begins_as(word, months[i]) && word_is_among(months[i], word))
            return i + 1;
    return 0;
}

int word_weekday(struct span word)
{
    if (!word_is_capital(word))
        return -1;
    for (int i = 0; i < 7; i++)
        if (word_begins_as(word, weekdays[i]) &&
            word_is_among(weekdays[i], word))
            return i;
    return -1;
}

int word_day(struct span word)
{
    uint64_t value;
    struct span rest = word;
    if (!number_take(&rest, 31, &value) || !value ||
        (rest.size && !word_is_among("st nd rd th", rest)) || word.size > 4)
        return 0;
    return (int)value;
}

int word_year(struct span word)
{
    uint64_t value;
    return word.size == 4 && number_parse(word, 2099, &value) && value >= 1500
               ? (int)value
               : 0;
}

int word_count(struct span word)
{
    uint64_t value;
    if (number_parse(word, 99, &value))
        return (int)value;
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
        if (word_is_among(counts[i], word))
            return (int)i + 1;
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_words.h - the English words and the numbers that dates are made of.
 *
 * All take one word as it is written; letters of ASCII in any case are equal.
 */
#ifndef NEWS_INDEXER_DATE_WORDS_H
#define NEWS_INDEXER_DATE_WORDS_H

#include "base/span.h"

/* Whether the word is one of `words`, lower case with blanks between. */
bool word_is_among(const char *words, struct span word);
bool word_is_capital(struct span word);

/* The word without the 's of a possessive. */
struct span word_bare(struct span word);

/* Whether the first three letters are those of a name: nearly always not. */
bool word_begins_as(struct span word, const char *name);

/* 1 to 12 for a month's name with a capital, also cut short; 0 for others. */
int word_month(struct span word);

/* 0 (Sunday) to 6 for a weekday's name with a capital; -1 for others. */
int word_weekday(struct span word);

/* 1 to 31, also as "13th"; 0 for others. */
int word_day(struct span word);

/* 1500 to 2099 in four digits; 0 for others. */
int word_year(struct span word);

/* A number up to 99, or "one" to "ten"; 0 for others. */
int word_count(struct span word);

#endif

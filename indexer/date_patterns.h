/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * date_patterns.h - the date that the words at one place of a text say, if they
 * say one.
 *
 * The patterns are those that mentioned_dates.h lists.  Which are tried is
 * decided by the first character, and the first that fits is taken.
 */
#ifndef NEWS_INDEXER_DATE_PATTERNS_H
#define NEWS_INDEXER_DATE_PATTERNS_H

#include "base/date.h"
#include "text/tokens.h"

enum { DATE_WINDOW_WORDS = 6 }; /* that are looked at together */

/* The words from the one on that a date may begin with; those behind it are
 * read when they are asked for, which most are not. */
struct date_window {
    struct span text;
    struct date published; /* of no precision: not known */
    struct token ahead[DATE_WINDOW_WORDS];
    size_t count;         /* of these that were read, from 1 */
    struct tokens behind; /* the walk to the next */
    struct span before;   /* the word before them; empty where there is none */
};

/* How many of the words are a date that begins with the first one; 0 for none.
 */
size_t date_patterns_find(struct date_window *window, struct date *out);

#endif

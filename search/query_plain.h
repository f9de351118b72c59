/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * query_plain.h - a question in plain marks: every character that looks like
 * one the language of questions has is that one.
 *
 * Quotation marks and apostrophes of any shape, dashes, blanks and full-width
 * punctuation become ASCII; what is invisible is dropped.  Letters and digits
 * stay as typed.
 */
#ifndef NEWS_SEARCH_QUERY_PLAIN_H
#define NEWS_SEARCH_QUERY_PLAIN_H

#include "search/query.h"

struct query_plain {
    struct str text;
    uint32_t *columns; /* of each byte, and of the end: where it was typed,
                          from 1; the arena's */
};

/* BAD_QUERY where the question is over QUERY_SIZE_MAX, is not UTF-8 or has
 * control characters; `*column` says where, 0 for nowhere.  To be released
 * either way. */
enum status query_plain_make(struct query_plain *out, struct span text,
                             struct arena *memory, uint32_t *column,
                             struct error *err);
void query_plain_release(struct query_plain *plain);

#endif

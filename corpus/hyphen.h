/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hyphen.h - words that were divided at the end of a line.
 *
 * "govern-" and "ment" are one word; "Anglo-" and "American" are one with its
 * hyphen, as are "well-" and "known"; "two-" and "and three-year" are two.
 */
#ifndef NEWS_CORPUS_HYPHEN_H
#define NEWS_CORPUS_HYPHEN_H

#include "base/str.h"

/* Whether the line ends in a word that goes on in `next`. */
bool hyphen_divides(struct span line, struct span next);

/* Add a line to a paragraph, with a blank between where no word is divided.
 * Only typeset text divides words that have no hyphen of their own; in any
 * other the hyphen stays ("anti-" and "aircraft"). */
void hyphen_join(struct str *paragraph, struct span line, bool typeset);

/* Append text in which line ends have become blanks: "govern- ment". */
void hyphen_undo(struct str *out, struct span text);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * folding.h - the form of words and values in which they are compared: the
 * terms of the index.
 */
#ifndef NEWS_TEXT_FOLDING_H
#define NEWS_TEXT_FOLDING_H

#include "base/str.h"

/*
 * Append the term of a word: lower case (full case folding), apostrophes
 * straight, a possessive 's cut off, the dots of an acronym and the commas of
 * thousands dropped (1780.5; but 1,5 stays), accents dropped and
 * letters like each other made one (unicode_fold()), full-width forms as
 * ASCII.  Appends nothing for a word that
 * is over TOKENS_WORD_MAX bytes when folded.
 */
void token_fold(struct str *out, struct span surface);

/* The same without dropping accents: what a stemmer wants. */
void token_lower(struct str *out, struct span surface);

/* Append `text` folded word by word with single blanks between: the form in
 * which values (names, sources, sections) are compared. */
void text_fold(struct str *out, struct span text);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sentences.h - where sentences and paragraphs end.
 *
 * Whether a full stop ends a sentence depends only on the text around it, so
 * that a walk over the words (tokens.h) and a look at one place
 * (text_sentence) agree.
 *
 *  - "." "!" "?" and their kin end one where closing quotes and brackets,
 *    white space and then a capital, a digit, an opening quote or a letter
 *    without case follow; of several in a row only the last does.  The full
 *    stops of Chinese and Japanese need nothing after them.
 *  - After a title (Mr., Gen.) "." ends none; after "No." and the like none
 *    before a digit; after an initial, an acronym and what may abbreviate
 *    (Inc., Feb., U.S.) only where a word follows that often opens sentences
 *    (The, In, He).
 */
#ifndef NEWS_TEXT_SENTENCES_H
#define NEWS_TEXT_SENTENCES_H

#include "base/span.h"

/* Whether the sentence ends with the character at data[at] (any character);
 * then `*after` is set behind the quotes and brackets that close with it. */
bool sentence_ends(struct span text, size_t at, size_t *after);

/* The bytes of the line ends at data[at] that part two paragraphs: one, more
 * white space, another.  0 where there are none. */
size_t paragraph_break(struct span text, size_t at);

/* Where the sentence around byte `at` begins and ends (without the blanks
 * around it); it never reaches over a paragraph.  Blanks between two belong to
 * the one before.  Text without an end of a sentence is cut some thousand bytes
 * from `at`. */
struct span text_sentence(struct span text, size_t at);

#endif

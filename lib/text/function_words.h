/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * function_words.h - the small words that have no other forms.
 *
 * Articles, prepositions, conjunctions, pronouns and auxiliaries are half of a
 * text and stand in nearly every one.  What has no other forms needs no stem:
 * the word itself finds as much, and the index is spared its longest lists
 * twice over.  A word that shares its stem with others (have, having) is not
 * listed.
 */
#ifndef NEWS_TEXT_FUNCTION_WORDS_H
#define NEWS_TEXT_FUNCTION_WORDS_H

#include "base/span.h"

/* `algorithm` is the language's name in libstemmer, `term` a folded word. */
bool is_function_word(const char *algorithm, struct span term);

/* Whether a surface with that term is a name that is written as a function
 * word is: US, U.S., WHO, IT. */
bool is_acronym_of_function_word(const char *algorithm, struct span surface,
                                 struct span term);

#endif

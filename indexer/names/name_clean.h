/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_clean.h - the name proper in a mention (its key: text/name_key.h).
 */
#ifndef NEWS_INDEXER_NAMES_NAME_CLEAN_H
#define NEWS_INDEXER_NAMES_NAME_CLEAN_H

#include "base/name.h"
#include "base/str.h"
#include "text/name_key.h"

enum { NAME_SIZE_MAX = 200 }; /* bytes of a name; a longer mention is none */

/*
 * The part of a mention that is the name: without quotes and other marks around
 * it, a possessive 's, a leading "the", and before a person titles and offices
 * ("Mr.", "Gen.", "Prime Minister").  Titles of one-word names that are known
 * by them stay ("Pope Francis").  Empty where nothing is left.
 */
struct span name_clean(enum name_kind kind, struct span mention);

/* Append a name that is known in capitals only as it is usually written:
 * "ANGUS MCDONALD" as Angus McDonald, "O'BRIEN" as O'Brien, "ANA DE LA CRUZ" as
 * Ana de la Cruz; organisations of up to five letters, and words
 * without vowels in longer ones, stay. */
void name_uncapitalise(struct str *out, enum name_kind kind, struct span name);

/* Whether every letter is a capital, and there are two at least. */
bool name_is_capitals(struct span name);

/* Whether a folded word is no surname but stands after it: jr, sr, ii, iii. */
bool name_is_suffix(struct span folded);

#endif

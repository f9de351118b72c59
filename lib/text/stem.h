/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stem.h - the term and the stem of each surface form, looked up once.
 *
 * A text has far fewer different words than words.  A stem cache remembers for
 * each surface form its folded term and its stem, so that a word costs one
 * look-up.  Different terms and stems have numbers, by which the words of a
 * text can be brought together without looking at their bytes.  Stems are those
 * of the Snowball stemmers (libstemmer), the algorithms that libxapian uses
 * too.  One cache serves one thread.
 */
#ifndef NEWS_TEXT_STEM_H
#define NEWS_TEXT_STEM_H

#include "base/span.h"

struct stems;

struct word {
    struct span term; /* token_fold() of the surface; empty: no word */
    struct span stem; /* "Z" and the stem, folded; in a language without a
                         stemmer the word itself.  Empty of numbers, function
                         words and characters that are words: these have no
                         other forms */
    uint32_t term_number, stem_number; /* for stems_terms(); 0 for empty ones */
};

/* A term or stem with what is known of it. */
struct stems_term {
    struct span text;
    uint64_t hash; /* span_hash(text, 0) */
    uint64_t note; /* zero at first, then the caller's */
};

enum { STEMS_MEMORY_MAX = 32 * 1024 * 1024 }; /* then stems_trim() empties it */

/* `language` is a code or a name (language_code.h); in an unknown or empty one
 * a word is its own stem. */
struct stems *stems_new(struct span language);
void stems_free(struct stems *stems); /* NULL is fine */

/* The word of a surface form; the bytes of its term and stem are valid until
 * stems_trim(), the struct itself until the next call. */
const struct word *stems_look_up(struct stems *stems, struct span surface);

/* What is looked for in the cache's table; 0 and 0: no word. */
struct stems_probe {
    uint64_t key, place;
};

/* The same in steps, for a caller who knows what words come next: begin, which
 * has the table's place fetched from memory; have the word fetched; look up its
 * number, 0 for none; look at the word. */
struct stems_probe stems_begin(const struct stems *stems, struct span surface);
void stems_fetch(const struct stems *stems, struct stems_probe probe);
uint32_t stems_number(struct stems *stems, struct span surface,
                      struct stems_probe probe);
const struct word *stems_word(const struct stems *stems, uint32_t number);

/* The terms: that of a number is items[number - 1]; valid until the next
 * look-up. */
struct stems_term *stems_terms(struct stems *stems);

/* How many first letters of its words every stem has too, in lower case, if it
 * is so long; "i" may stand for "y".  Where these are ASCII letters, words that
 * begin otherwise have other stems.  At most 2; none where prefixes are cut off
 * (Arabic, Irish, Indonesian, ...). */
unsigned stems_kept_letters(const struct stems *stems);

/* Start anew where the cache holds over STEMS_MEMORY_MAX; between texts. */
void stems_trim(struct stems *stems);

/* True where articles of that language are stemmed. */
bool stems_knows(struct span language);

/* Bytes held. */
size_t stems_held(const struct stems *stems);

#endif

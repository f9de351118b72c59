/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stem.h - the term and the stem of each surface form, looked up once.
 *
 * A text has far fewer different words than words.  A stem cache remembers for
 * each surface form its folded term, its stem and their hashes, so that a
 * word costs one look-up.  Stems are those of the Snowball stemmers
 * (libstemmer), the algorithms that libxapian uses too.  One cache serves one
 * thread.
 */
#ifndef NEWS_TEXT_STEM_H
#define NEWS_TEXT_STEM_H

#include "base/span.h"

struct stems;

struct word {
    struct span term; /* token_fold() of the surface; empty: no word */
    struct span stem; /* "Z" and the stem, folded; empty where the
                         language has no stemmer */
    uint64_t term_hash, stem_hash; /* span_hash(.., 0) */
};

enum { STEMS_MEMORY_MAX = 32 * 1024 * 1024 }; /* then stems_trim() empties it */

/* `language` is a two- or three-letter code ("en", "deu", "pt-BR"); an unknown
 * or empty one gives words without stems. */
struct stems *stems_new(struct span language);
void stems_free(struct stems *stems); /* NULL is fine */

/* The word of a surface form; the bytes of its term and stem are valid until
 * stems_trim(), the struct itself until the next call. */
const struct word *stems_look_up(struct stems *stems, struct span surface);

/* Start anew where the cache holds over STEMS_MEMORY_MAX; between texts. */
void stems_trim(struct stems *stems);

/* True where articles of that language are stemmed. */
bool stems_knows(struct span language);

/* Bytes held. */
size_t stems_held(const struct stems *stems);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexicon.h - what is known of words and names beforehand: the word classes
 * of Brown clustering, and lists of names.
 *
 * Three hash tables of 32-bit cells, as they stand in a model file.  A cell is
 * some bits of a hash of the key and the value in the others; 0 is an empty
 * cell.  No text is kept: a key that is in no list is taken for one in a list
 * about once in a million.
 */
#ifndef NEWS_INDEXER_NAMES_LEXICON_H
#define NEWS_INDEXER_NAMES_LEXICON_H

#include "base/span.h"

enum {
    LEXICON_CLASSES = 512, /* word classes at most; 0 stands for no class */
    LEXICON_LISTS = 12,
    LEXICON_PHRASE_MAX = 6, /* words of the longest name that is looked up */
};

struct lexicon_table {
    const uint32_t *cells;
    uint32_t capacity; /* cells; 0: an empty table */
};

struct lexicon {
    struct lexicon_table classes; /* word as written -> its class */
    struct lexicon_table words;   /* word in lower case -> its lists */
    struct lexicon_table phrases; /* words in lower case -> its lists */
    const uint32_t *paths; /* of each of LEXICON_CLASSES: its bit path below a
                              leading 1; NULL: no classes */
};

/* The hash of a word, and of a phrase from its words' hashes, in order. */
uint64_t lexicon_hash(struct span word);
uint64_t lexicon_hash_next(uint64_t phrase, uint64_t word);

/* 0 where the key is not in the table. */
unsigned lexicon_class(const struct lexicon *lexicon, struct span word);
unsigned lexicon_word_lists(const struct lexicon *lexicon, uint64_t lower);
unsigned lexicon_phrase_lists(const struct lexicon *lexicon, uint64_t phrase);

/* The first `bits` of a class's path, all of it for 0; never 0. */
unsigned lexicon_path(const struct lexicon *lexicon, unsigned word_class,
                      unsigned bits);

/* Building: cells for `count` keys at most, then each key with its value;
 * the lists of a key that is added again are joined. */
uint32_t lexicon_capacity(size_t count);
void lexicon_add_class(uint32_t *cells, uint32_t capacity, struct span word,
                       unsigned word_class);
void lexicon_add_lists(uint32_t *cells, uint32_t capacity, uint64_t hash,
                       unsigned lists);

#endif

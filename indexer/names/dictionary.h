/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dictionary.h - numbers for features, in the order in which they are first
 * seen, and how often each is.
 */
#ifndef NEWS_INDEXER_NAMES_DICTIONARY_H
#define NEWS_INDEXER_NAMES_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

struct dictionary {
    uint64_t *features; /* by number */
    uint32_t *seen;
    size_t count, capacity;
    uint32_t *places; /* number + 1; a hash table, at most half full */
    size_t place_count;
};

/* The number of a feature, which is counted once more. */
uint32_t dictionary_add(struct dictionary *dictionary, uint64_t feature);
void dictionary_release(struct dictionary *dictionary);

#endif

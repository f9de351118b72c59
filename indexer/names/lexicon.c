/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/lexicon.h"

enum {
    CLASS_BITS = 9,
    LIST_BITS = LEXICON_LISTS,
    PHRASE_SEED = 77,
};

/* The cell of a hash, or the empty one where it would stand: the value's bits
 * are 0 in `key`.  A table is never full, so the search ends. */
static uint32_t find_cell(const uint32_t *cells, uint32_t capacity,
                          uint64_t hash, unsigned value_bits)
{
    uint32_t key = (uint32_t)(hash >> 32) >> value_bits;
    uint32_t i = (uint32_t)((hash & 0xFFFFFFFF) * capacity >> 32);
    while (cells[i] && cells[i] >> value_bits != key)
        i = i + 1 == capacity ? 0 : i + 1;
    return i;
}

static unsigned look_up(const struct lexicon_table *table, uint64_t hash,
                        unsigned value_bits)
{
    if (!table->capacity)
        return 0;
    uint32_t i = find_cell(table->cells, table->capacity, hash, value_bits);
    return table->cells[i] & ((1u << value_bits) - 1);
}

uint64_t lexicon_hash(struct span word)
{
    return span_hash(word, 0);
}

uint64_t lexicon_hash_next(uint64_t phrase, uint64_t word)
{
    uint64_t hash = (phrase + PHRASE_SEED) * 0x9E3779B185EBCA87u ^ word;
    hash = (hash ^ hash >> 33) * 0xC2B2AE3D27D4EB4Fu;
    return hash ^ hash >> 29;
}

unsigned lexicon_class(const struct lexicon *lexicon, struct span word)
{
    return look_up(&lexicon->classes, lexicon_hash(word), CLASS_BITS);
}

unsigned lexicon_word_lists(const struct lexicon *lexicon, uint64_t lower)
{
    return look_up(&lexicon->words, lower, LIST_BITS);
}

unsigned lexicon_phrase_lists(const struct lexicon *lexicon, uint64_t phrase)
{
    return look_up(&lexicon->phrases, phrase, LIST_BITS);
}

unsigned lexicon_path(const struct lexicon *lexicon, unsigned word_class,
                      unsigned bits)
{
    unsigned path = lexicon->paths ? lexicon->paths[word_class] : 1;
    unsigned length = 0;
    while (path >> (length + 1))
        length++;
    return bits && length > bits ? path >> (length - bits) : path;
}

uint32_t lexicon_capacity(size_t count)
{
    return (uint32_t)(count + count / 3 + 16);
}

void lexicon_add_class(uint32_t *cells, uint32_t capacity, struct span word,
                       unsigned word_class)
{
    uint64_t hash = lexicon_hash(word);
    uint32_t i = find_cell(cells, capacity, hash, CLASS_BITS);
    cells[i] = (uint32_t)(hash >> 32) >> CLASS_BITS << CLASS_BITS | word_class;
}

void lexicon_add_lists(uint32_t *cells, uint32_t capacity, uint64_t hash,
                       unsigned lists)
{
    uint32_t i = find_cell(cells, capacity, hash, LIST_BITS);
    cells[i] |= (uint32_t)(hash >> 32) >> LIST_BITS << LIST_BITS | lists;
}

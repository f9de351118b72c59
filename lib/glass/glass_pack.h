/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_pack.h - how a glass database packs numbers and strings.
 *
 * "Glass" is the on-disk format of libxapian 1.4 and 2; what is said about it
 * in this folder and in indexer/glass is its format version 2016-03-14, as
 * libxapian 1.4.22 reads and writes it.  There is no specification but its
 * source (common/pack.h, backends/glass/), so everything that is written is
 * read back by libxapian in the tests and after each segment.
 *
 *   uint(v)       base 128, least significant group first, the high bit set on
 *                 all bytes but the last; the same as pack_number() (pack.h)
 *   str(s)        uint(length), bytes; the same as pack_string()
 *   uint_last(v)  little-endian without trailing zero bytes and without a
 *                 length, so 0 is empty: only at the end of a key
 *   sort_uint(v)  big-endian in such a way that memcmp() orders it as numbers
 *                 are ordered: as many leading 1 bits as there are bytes over
 *                 two, a 0 bit, the value; never begins with a byte FF
 *   sort_str(s)   the bytes with each 00 written as 00 FF, then one 00, which
 *                 is left out at the end of a key; orders as the bytes do
 *
 * The keys of a table are in memcmp() order, a shorter key before its
 * continuations.
 */
#ifndef NEWS_GLASS_PACK_H
#define NEWS_GLASS_PACK_H

#include <string.h>

#include "base/span.h"

enum {
    GLASS_KEY_MAX = 255,  /* bytes of a key: its length is one byte */
    GLASS_TERM_MAX = 245, /* bytes of a term, each zero byte counted twice */
    GLASS_UINT_MAX = 10,  /* bytes of the longest uint() */
    GLASS_SORT_UINT_MAX = 9,
    GLASS_ESCAPE = 0xFF, /* behind a 00 of a string; no number begins so */
};

/* A key while it is put together; begin with `size` 0. */
struct glass_key {
    size_t size;
    char data[GLASS_KEY_MAX + GLASS_SORT_UINT_MAX];
};

/* The adders trust the caller that the key stays within GLASS_KEY_MAX. */
void glass_key_add(struct glass_key *key, struct span bytes);
void glass_key_add_byte(struct glass_key *key, unsigned char byte);
void glass_key_add_uint(struct glass_key *key, uint64_t value);
void glass_key_add_uint_last(struct glass_key *key, uint64_t value);
void glass_key_add_sort_uint(struct glass_key *key, uint64_t value);
/* sort_str() without the 00 at its end. */
void glass_key_add_sort_str(struct glass_key *key, struct span bytes);

/* Valid until the key is changed. */
struct span glass_key_span(const struct glass_key *key);

/* True where a term may be indexed: not empty, not over GLASS_TERM_MAX. */
bool glass_is_term(struct span term);

/* sort_uint() of at most 32 bits; false where that is none, or not all of the
 * bytes. */
bool glass_parse_sort_uint(struct span bytes, uint64_t *out);

/* Write uint(value) at `to`, which has room for GLASS_UINT_MAX bytes; returns
 * the end of it. */
static inline char *glass_put_uint(char *to, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        *to++ = (char)(value | 0x80);
    *to++ = (char)value;
    return to;
}

#endif

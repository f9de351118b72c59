/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.h - small binary encodings that the archive's own data are made of.
 *
 * An unsigned number is base 128, least significant group first, the high bit
 * set on all bytes but the last (LEB128; Protocol Buffers' varint).  A string
 * is its length as such a number, then its bytes.  Numbers of an array take
 * equally many bits, the lowest first, and follow each other without a gap.
 */
#ifndef NEWS_BASE_PACK_H
#define NEWS_BASE_PACK_H

#include "base/str.h"

enum {
    PACK_NUMBER_MAX = 10, /* bytes of the largest number */
    PACK_BITS_MAX = 32,   /* of a number of an array */
    PACK_BITS_SLACK = 8,  /* bytes behind an array that are read, not used */
};

void pack_number(struct str *out, uint64_t value);
void pack_string(struct str *out, struct span bytes);

/* Read one item from the front of `*from` and move it on.  False, and `*from`
 * as it was, where the bytes end too early or a number is over 64 bits.  The
 * string points into `*from`. */
bool unpack_number(struct span *from, uint64_t *out);
bool unpack_string(struct span *from, struct span *out);

/* How many bits numbers take of which none is over `most`: 0 to PACK_BITS_MAX;
 * and how many bytes an array of such takes. */
unsigned pack_width(uint32_t most);
uint64_t pack_array_size(uint64_t count, unsigned width);
/* Append the array; its last byte is filled with zero bits. */
void pack_array(struct str *out, const uint32_t *numbers, size_t count,
                unsigned width);

/* 8 bytes, the least significant first. */
void pack_64(struct str *out, uint64_t value);
static inline uint64_t unpack_64(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
           (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 |
           (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/* Number `i` of an array behind which PACK_BITS_SLACK bytes can be read. */
static inline uint32_t unpack_item(const char *array, uint64_t i,
                                   unsigned width)
{
    uint64_t at = i * width;
    uint64_t bits = unpack_64(array + at / 8) >> at % 8;
    return (uint32_t)(bits & ((UINT64_C(1) << width) - 1));
}

#endif

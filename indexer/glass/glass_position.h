/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_position.h - where a term stands in a document: the position table.
 *
 * Key: sort_str(term) sort_uint(document).  Tag, of ascending positions
 * p[0] .. p[n-1]:
 *
 *   uint(p[n-1]), and nothing more where n is 1; else a stream of bits, the
 *   lowest bit of a byte first, the last byte filled up with zeros:
 *
 *   code(p[0], p[n-1])           the first one
 *   code(n - 2, p[n-1] - p[0])   how many stand between
 *   interpolate(0, n - 1)        those between
 *
 *   interpolate(j, k): the middle one, of those that it can be, between p[j]
 *   and p[k]; then the same for both halves.
 *
 *   code(v, outof), 0 <= v < outof: v in as many bits as outof - 1 has, one bit
 *   less for values in the middle of the range as far as there are codes to
 *   spare (a centred minimal binary code).
 *
 * This is interpolative coding (Moffat and Stuiver 2000): runs cost little,
 * and consecutive positions nothing.
 */
#ifndef NEWS_GLASS_POSITION_H
#define NEWS_GLASS_POSITION_H

#include "base/str.h"

enum {
    /* Positions of one term in one document; so many fit in one tag. */
    GLASS_POSITIONS_MAX = 20 * 1000 * 1000,
};

/* Append the tag of `count` positions, at least one. */
void glass_position_pack(struct str *out, const uint32_t *positions,
                         size_t count);

#endif

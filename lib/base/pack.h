/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pack.h - small binary encodings that the archive's own data are made of.
 *
 * An unsigned number is base 128, least significant group first, the high bit
 * set on all bytes but the last (LEB128; Protocol Buffers' varint).  A string
 * is its length as such a number, then its bytes.
 */
#ifndef NEWS_BASE_PACK_H
#define NEWS_BASE_PACK_H

#include "base/str.h"

enum { PACK_NUMBER_MAX = 10 }; /* bytes of the largest number */

void pack_number(struct str *out, uint64_t value);
void pack_string(struct str *out, struct span bytes);

/* Read one item from the front of `*from` and move it on.  False, and `*from`
 * as it was, where the bytes end too early or a number is over 64 bits.  The
 * string points into `*from`. */
bool unpack_number(struct span *from, uint64_t *out);
bool unpack_string(struct span *from, struct span *out);

#endif

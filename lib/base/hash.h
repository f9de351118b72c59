/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hash.h - XXH64 of bytes that come in pieces; equal to span_hash() of all of
 * them together with seed 0.
 */
#ifndef NEWS_BASE_HASH_H
#define NEWS_BASE_HASH_H

#include "base/span.h"

struct hash {
    uint64_t lanes[4];
    uint64_t total; /* bytes so far */
    char rest[32];  /* what does not fill a stripe yet */
    size_t rest_size;
};

struct hash hash_begin(void);
void hash_add(struct hash *hash, struct span bytes);
uint64_t hash_end(const struct hash *hash); /* may be asked at any time */

#endif

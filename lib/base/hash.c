/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/hash.h"

#include <string.h>

#include "base/load.h"

#define PRIME_1 0x9E3779B185EBCA87u
#define PRIME_2 0xC2B2AE3D27D4EB4Fu
#define PRIME_3 0x165667B19E3779F9u
#define PRIME_4 0x85EBCA77C2B2AE63u
#define PRIME_5 0x27D4EB2F165667C5u

static uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

static uint64_t hash_round(uint64_t lane, uint64_t input)
{
    return rotate(lane + input * PRIME_2, 31) * PRIME_1;
}

enum { STRIPE = 32 };

static void start_lanes(uint64_t lanes[4], uint64_t seed)
{
    lanes[0] = seed + PRIME_1 + PRIME_2;
    lanes[1] = seed + PRIME_2;
    lanes[2] = seed;
    lanes[3] = seed - PRIME_1;
}

/* Whole stripes; returns what is left of the bytes. */
static struct span add_stripes(uint64_t lanes[4], struct span s)
{
    for (; s.size >= STRIPE; s.data += STRIPE, s.size -= STRIPE)
        for (int i = 0; i < 4; i++)
            lanes[i] = hash_round(lanes[i], load_64(s.data + 8 * i));
    return s;
}

static uint64_t join_lanes(const uint64_t lanes[4])
{
    uint64_t hash = rotate(lanes[0], 1) + rotate(lanes[1], 7) +
                    rotate(lanes[2], 12) + rotate(lanes[3], 18);
    for (int i = 0; i < 4; i++)
        hash = (hash ^ hash_round(0, lanes[i])) * PRIME_1 + PRIME_4;
    return hash;
}

/* Mix in the last bytes, fewer than a stripe. */
static uint64_t finish(uint64_t hash, struct span s)
{
    const char *p = s.data, *end = s.data + s.size;
    for (; end - p >= 8; p += 8)
        hash = rotate(hash ^ hash_round(0, load_64(p)), 27) * PRIME_1 + PRIME_4;
    if (end - p >= 4) {
        hash = rotate(hash ^ load_32(p) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        p += 4;
    }
    for (; p < end; p++)
        hash = rotate(hash ^ (unsigned char)*p * PRIME_5, 11) * PRIME_1;
    hash = (hash ^ hash >> 33) * PRIME_2;
    hash = (hash ^ hash >> 29) * PRIME_3;
    return hash ^ hash >> 32;
}

uint64_t span_hash(struct span s, uint64_t seed)
{
    if (!s.data)
        s = (struct span){ "", 0 };
    uint64_t total = s.size, hash = seed + PRIME_5;
    if (s.size >= STRIPE) {
        uint64_t lanes[4];
        start_lanes(lanes, seed);
        s = add_stripes(lanes, s);
        hash = join_lanes(lanes);
    }
    return finish(hash + total, s);
}

struct hash hash_begin(void)
{
    struct hash hash = { .total = 0 };
    start_lanes(hash.lanes, 0);
    return hash;
}

void hash_add(struct hash *hash, struct span bytes)
{
    hash->total += bytes.size;
    if (hash->rest_size) {
        size_t room = STRIPE - hash->rest_size;
        size_t size = bytes.size < room ? bytes.size : room;
        if (size)
            memcpy(hash->rest + hash->rest_size, bytes.data, size);
        hash->rest_size += size;
        if (hash->rest_size < STRIPE)
            return;
        add_stripes(hash->lanes, (struct span){ hash->rest, STRIPE });
        hash->rest_size = 0;
        bytes = span_slice(bytes, size, bytes.size);
    }
    bytes = add_stripes(hash->lanes, bytes);
    if (bytes.size)
        memcpy(hash->rest, bytes.data, bytes.size);
    hash->rest_size = bytes.size;
}

uint64_t hash_end(const struct hash *hash)
{
    uint64_t value = hash->total >= STRIPE ? join_lanes(hash->lanes) : PRIME_5;
    return finish(value + hash->total,
                  (struct span){ hash->rest, hash->rest_size });
}

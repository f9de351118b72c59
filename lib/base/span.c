/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/span.h"

#include <string.h>

struct span span_of(const char *text)
{
    return (struct span){ text, text ? strlen(text) : 0 };
}

struct span span_slice(struct span s, size_t from, size_t to)
{
    if (to > s.size)
        to = s.size;
    if (from >= to)
        return (struct span){ NULL, 0 };
    return (struct span){ s.data + from, to - from };
}

bool span_equal(struct span a, struct span b)
{
    return a.size == b.size && (!a.size || !memcmp(a.data, b.data, a.size));
}

bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool equal_nocase(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool span_is_nocase(struct span a, const char *text)
{
    size_t size = strlen(text);
    return a.size == size && equal_nocase(a.data, text, size);
}

bool span_starts(struct span s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && !(size && memcmp(s.data, prefix, size));
}

bool span_starts_nocase(struct span s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && equal_nocase(s.data, prefix, size);
}

bool span_ends(struct span s, const char *suffix)
{
    size_t size = strlen(suffix);
    return s.size >= size &&
           !(size && memcmp(s.data + s.size - size, suffix, size));
}

int span_compare(struct span a, struct span b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.data, b.data, size) : 0;
    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

size_t span_find_char(struct span s, size_t from, char what)
{
    if (from >= s.size)
        return SIZE_MAX;
    const char *p = memchr(s.data + from, what, s.size - from);
    return p ? (size_t)(p - s.data) : SIZE_MAX;
}

size_t span_find(struct span s, size_t from, struct span what)
{
    if (!what.size)
        return from <= s.size ? from : SIZE_MAX;
    for (;;) {
        from = span_find_char(s, from, what.data[0]);
        if (from == SIZE_MAX || s.size - from < what.size)
            return SIZE_MAX;
        if (!memcmp(s.data + from, what.data, what.size))
            return from;
        from++;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span s)
{
    while (s.size && is_blank(s.data[s.size - 1]))
        s.size--;
    while (s.size && is_blank(s.data[0])) {
        s.data++;
        s.size--;
    }
    return s;
}

bool span_next(struct span *rest, char separator, struct span *out)
{
    if (!rest->data)
        return false;
    size_t end = span_find_char(*rest, 0, separator);
    if (end == SIZE_MAX) {
        *out = *rest;
        *rest = (struct span){ NULL, 0 };
        return true;
    }
    *out = (struct span){ rest->data, end };
    *rest = (struct span){ rest->data + end + 1, rest->size - end - 1 };
    return true;
}

#define PRIME_1 0x9E3779B185EBCA87u
#define PRIME_2 0xC2B2AE3D27D4EB4Fu
#define PRIME_3 0x165667B19E3779F9u
#define PRIME_4 0x85EBCA77C2B2AE63u
#define PRIME_5 0x27D4EB2F165667C5u

static uint64_t rotate(uint64_t value, int bits)
{
    return value << bits | value >> (64 - bits);
}

static uint64_t read_64(const char *p)
{
    uint64_t value;
    memcpy(&value, p, sizeof(value));
    return value;
}

static uint32_t read_32(const char *p)
{
    uint32_t value;
    memcpy(&value, p, sizeof(value));
    return value;
}

static uint64_t hash_round(uint64_t lane, uint64_t input)
{
    return rotate(lane + input * PRIME_2, 31) * PRIME_1;
}

static uint64_t hash_stripes(const char **p, const char *end, uint64_t seed)
{
    uint64_t lanes[4] = { seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed,
                          seed - PRIME_1 };
    for (; end - *p >= 32; *p += 32)
        for (int i = 0; i < 4; i++)
            lanes[i] = hash_round(lanes[i], read_64(*p + 8 * i));
    uint64_t hash = rotate(lanes[0], 1) + rotate(lanes[1], 7) +
                    rotate(lanes[2], 12) + rotate(lanes[3], 18);
    for (int i = 0; i < 4; i++)
        hash = (hash ^ hash_round(0, lanes[i])) * PRIME_1 + PRIME_4;
    return hash;
}

uint64_t span_hash(struct span s, uint64_t seed)
{
    const char *p = s.data ? s.data : "";
    const char *end = p + s.size;
    uint64_t hash = s.size >= 32 ? hash_stripes(&p, end, seed) : seed + PRIME_5;
    hash += s.size;
    for (; end - p >= 8; p += 8)
        hash = rotate(hash ^ hash_round(0, read_64(p)), 27) * PRIME_1 + PRIME_4;
    if (end - p >= 4) {
        hash = rotate(hash ^ read_32(p) * PRIME_1, 23) * PRIME_2 + PRIME_3;
        p += 4;
    }
    for (; p < end; p++)
        hash = rotate(hash ^ (unsigned char)*p * PRIME_5, 11) * PRIME_1;
    hash = (hash ^ hash >> 33) * PRIME_2;
    hash = (hash ^ hash >> 29) * PRIME_3;
    return hash ^ hash >> 32;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/glass_pack.h"

#include <assert.h>

void glass_key_add(struct glass_key *key, struct span bytes)
{
    assert(key->size + bytes.size <= sizeof(key->data));
    if (bytes.size)
        memcpy(key->data + key->size, bytes.data, bytes.size);
    key->size += bytes.size;
}

void glass_key_add_byte(struct glass_key *key, unsigned char byte)
{
    assert(key->size < sizeof(key->data));
    key->data[key->size++] = (char)byte;
}

void glass_key_add_uint(struct glass_key *key, uint64_t value)
{
    char bytes[GLASS_UINT_MAX];
    char *end = glass_put_uint(bytes, value);
    glass_key_add(key, (struct span){ bytes, (size_t)(end - bytes) });
}

void glass_key_add_uint_last(struct glass_key *key, uint64_t value)
{
    for (; value; value >>= 8)
        glass_key_add_byte(key, (unsigned char)value);
}

void glass_key_add_sort_uint(struct glass_key *key, uint64_t value)
{
    if (value < 0x8000) { /* the two usual sizes of a document's number */
        glass_key_add_byte(key, (unsigned char)(value >> 8));
        glass_key_add_byte(key, (unsigned char)value);
        return;
    }
    if (value < 0x400000) {
        glass_key_add_byte(key, (unsigned char)(0x80 | value >> 16));
        glass_key_add_byte(key, (unsigned char)(value >> 8));
        glass_key_add_byte(key, (unsigned char)value);
        return;
    }
    /* n bytes hold 7 * n + 1 bits, but the ninth has no length bit. */
    unsigned size = 4;
    while (size < GLASS_SORT_UINT_MAX && value >> (7 * size + 1))
        size++;
    unsigned char bytes[GLASS_SORT_UINT_MAX];
    for (unsigned i = size; i--; value >>= 8)
        bytes[i] = (unsigned char)value;
    bytes[0] |= (unsigned char)(0xFF << (10 - size));
    glass_key_add(key, (struct span){ (char *)bytes, size });
}

void glass_key_add_sort_str(struct glass_key *key, struct span bytes)
{
    for (;;) {
        size_t zero = span_find_char(bytes, 0, '\0');
        if (zero == SIZE_MAX) {
            glass_key_add(key, bytes);
            return;
        }
        glass_key_add(key, span_slice(bytes, 0, zero + 1));
        glass_key_add_byte(key, GLASS_ESCAPE);
        bytes = span_slice(bytes, zero + 1, bytes.size);
    }
}

bool glass_parse_sort_uint(struct span bytes, uint64_t *out)
{
    enum { SIZE_MAX_32 = 5 };
    if (bytes.size < 2 || bytes.size > SIZE_MAX_32)
        return false;
    unsigned more = (unsigned)bytes.size - 2;
    unsigned char first = (unsigned char)bytes.data[0];
    unsigned char mask = (unsigned char)(0xFF >> (more + 1));
    if ((first | mask) != (unsigned char)(0xFF00 >> more | mask))
        return false;
    *out = first & mask;
    for (size_t i = 1; i < bytes.size; i++)
        *out = *out << 8 | (unsigned char)bytes.data[i];
    return *out <= UINT32_MAX;
}

struct span glass_key_span(const struct glass_key *key)
{
    return (struct span){ key->data, key->size };
}

bool glass_is_term(struct span term)
{
    if (!term.size || term.size > GLASS_TERM_MAX)
        return false;
    size_t size = term.size;
    for (size_t at = 0; (at = span_find_char(term, at, '\0')) != SIZE_MAX; at++)
        size++;
    return size <= GLASS_TERM_MAX;
}

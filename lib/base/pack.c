/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/pack.h"

void pack_number(struct str *out, uint64_t value)
{
    char bytes[PACK_NUMBER_MAX];
    size_t size = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[size++] = (char)(value | 0x80);
    bytes[size++] = (char)value;
    str_add(out, (struct span){ bytes, size });
}

void pack_string(struct str *out, struct span bytes)
{
    pack_number(out, bytes.size);
    str_add(out, bytes);
}

bool unpack_number(struct span *from, uint64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < from->size && i < PACK_NUMBER_MAX; i++) {
        uint64_t group = (unsigned char)from->data[i] & 0x7F;
        if (i == PACK_NUMBER_MAX - 1 && group > 1)
            return false;
        value |= group << 7 * i;
        if (!(from->data[i] & 0x80)) {
            *from = (struct span){ from->data + i + 1, from->size - i - 1 };
            *out = value;
            return true;
        }
    }
    return false;
}

bool unpack_string(struct span *from, struct span *out)
{
    struct span rest = *from;
    uint64_t size;
    if (!unpack_number(&rest, &size) || size > rest.size)
        return false;
    *out = (struct span){ rest.data, (size_t)size };
    *from = (struct span){ rest.data + size, rest.size - (size_t)size };
    return true;
}

void pack_64(struct str *out, uint64_t value)
{
    for (int i = 0; i < 64; i += 8)
        str_add_char(out, (char)(value >> i & 0xFF));
}

/* ---- Arrays ----------------------------------------------------------- */

unsigned pack_width(uint32_t most)
{
    unsigned width = 0;
    for (; most; most >>= 1)
        width++;
    return width;
}

uint64_t pack_array_size(uint64_t count, unsigned width)
{
    return (count * width + 7) / 8;
}

void pack_array(struct str *out, const uint32_t *numbers, size_t count,
                unsigned width)
{
    uint64_t bits = 0;
    unsigned held = 0;
    for (size_t i = 0; i < count; i++) {
        bits |= (uint64_t)numbers[i] << held;
        for (held += width; held >= 8; held -= 8, bits >>= 8)
            str_add_char(out, (char)(bits & 0xFF));
    }
    if (held)
        str_add_char(out, (char)bits);
}

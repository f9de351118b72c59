/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_position.h"

#include <assert.h>
#include <string.h>

#include "glass/glass_pack.h"

struct bit_writer {
    char *to;
    uint64_t bits; /* not written yet, the first one lowest */
    unsigned count;
};

static void add_bits(struct bit_writer *out, uint32_t value, unsigned count)
{
    out->bits |= (uint64_t)value << out->count;
    out->count += count;
    if (out->count < 32)
        return;
    for (unsigned i = 0; i < 4; i++, out->bits >>= 8)
        *out->to++ = (char)out->bits;
    out->count -= 32;
}

static void end_bits(struct bit_writer *out)
{
    for (unsigned i = 0; i < out->count; i += 8, out->bits >>= 8)
        *out->to++ = (char)out->bits;
}

static unsigned bit_length(uint32_t value)
{
    return value ? 32 - (unsigned)__builtin_clz(value) : 0;
}

static void add_code(struct bit_writer *out, uint32_t value, uint32_t outof)
{
    assert(value < outof);
    unsigned bits = bit_length(outof - 1);
    uint64_t spare = (UINT64_C(1) << bits) - outof;
    if (spare) {
        uint64_t middle = (outof - spare) / 2;
        if (value >= middle + spare)
            value = (uint32_t)(value - (middle + spare)) | 1u << (bits - 1);
        else if (value >= middle)
            bits--;
    }
    add_bits(out, value, bits);
}

/* The positions between p[j] and p[k], which the reader knows. */
static void interpolate(struct bit_writer *out, const uint32_t *p, size_t j,
                        size_t k)
{
    while (j + 1 < k && p[k] - p[j] != k - j) {
        size_t middle = j + (k - j) / 2;
        uint32_t lowest = p[j] + (uint32_t)(middle - j);
        add_code(out, p[middle] - lowest, p[k] - p[j] - (uint32_t)(k - j) + 1);
        interpolate(out, p, j, middle);
        j = middle;
    }
}

void glass_position_pack(struct str *out, const uint32_t *positions,
                         size_t count)
{
    uint32_t last = positions[count - 1];
    /* No code is over 32 bits; and 64 for what stays in the bit writer. */
    str_reserve(out, GLASS_UINT_MAX + 4 * count + 8);
    char *p = glass_put_uint(out->data + out->size, last);
    if (count > 1) {
        struct bit_writer bits = { p, 0, 0 };
        add_code(&bits, positions[0], last);
        add_code(&bits, (uint32_t)(count - 2), last - positions[0]);
        interpolate(&bits, positions, 0, count - 1);
        end_bits(&bits);
        p = bits.to;
    }
    out->size = (size_t)(p - out->data);
    out->data[out->size] = '\0';
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_position.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/pack.h"
#include "tests/unit/test.h"

/* A decoder written from the description, not from the encoder. */
struct bits {
    struct span from;
    size_t at; /* bit */
};

static uint32_t take_bits(struct bits *in, unsigned count)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < count; i++, in->at++) {
        CHECK(in->at / 8 < in->from.size);
        if (in->at / 8 < in->from.size)
            value |= (uint32_t)(in->from.data[in->at / 8] >> in->at % 8 & 1)
                     << i;
    }
    return value;
}

static uint32_t take_code(struct bits *in, uint32_t outof)
{
    unsigned bits = 0;
    while (bits < 32 && (outof - 1) >> bits)
        bits++;
    uint64_t spare = (UINT64_C(1) << bits) - outof;
    uint64_t middle = (outof - spare) / 2;
    if (!spare)
        return take_bits(in, bits);
    uint32_t value = take_bits(in, bits - 1);
    if (value < middle && take_bits(in, 1))
        value += (uint32_t)(middle + spare);
    return value;
}

static void take_between(struct bits *in, uint32_t *p, size_t j, size_t k)
{
    if (k - j < 2)
        return;
    size_t middle = j + (k - j) / 2;
    uint32_t lowest = p[j] + (uint32_t)(middle - j);
    p[middle] = lowest + take_code(in, p[k] - p[j] - (uint32_t)(k - j) + 1);
    take_between(in, p, j, middle);
    take_between(in, p, middle, k);
}

static void check_positions(const uint32_t *positions, size_t count)
{
    struct str tag = STR_INIT;
    glass_position_pack(&tag, positions, count);
    struct bits in = { str_span(&tag), 0 };
    uint64_t last;
    CHECK(unpack_number(&in.from, &last));
    uint32_t *p = memory_new(count, sizeof(*p));
    if (count > 1) {
        p[0] = take_code(&in, (uint32_t)last);
        CHECK_NUMBER(take_code(&in, (uint32_t)last - p[0]), count - 2);
    }
    p[count - 1] = (uint32_t)last;
    take_between(&in, p, 0, count - 1);
    CHECK(!memcmp(p, positions, count * sizeof(*p)));
    /* Nothing but zero bits follows, to the end of the byte. */
    CHECK_NUMBER((in.at + 7) / 8, in.from.size);
    while (in.at % 8)
        CHECK(!take_bits(&in, 1));
    free(p);
    str_release(&tag);
}

TEST(glass_position_packs_what_is_unpacked)
{
    static const uint32_t one[] = { 1 }, largest[] = { UINT32_MAX },
                          ends[] = { 1, UINT32_MAX }, next[] = { 4, 5 },
                          three[] = { 1, 1000, 1001 },
                          wide[] = { 1, 2, 0x80000000, UINT32_MAX };
    check_positions(one, 1);
    check_positions(largest, 1);
    check_positions(ends, 2);
    check_positions(next, 2);
    check_positions(three, 3);
    check_positions(wide, 4);
}

TEST(glass_position_packs_lists_of_any_kind)
{
    static uint32_t positions[5000];
    uint64_t random = 1;
    for (unsigned round = 0; round < 300; round++) {
        size_t count = 1 + round * round % 5000;
        uint32_t step = 1u << round % 14, at = 0;
        for (size_t i = 0; i < count; i++) {
            random = random * UINT64_C(6364136223846793005) + 1;
            at += 1 + (uint32_t)(random >> 40) % step;
            positions[i] = at;
        }
        check_positions(positions, count);
    }
}

TEST(glass_position_packs_consecutive_ones_into_nothing)
{
    uint32_t positions[1000];
    for (uint32_t i = 0; i < 1000; i++)
        positions[i] = 501 + i;
    struct str tag = STR_INIT;
    glass_position_pack(&tag, positions, 1000);
    CHECK(tag.size <= 6);
    str_release(&tag);
    check_positions(positions, 1000);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/position_code.h"

#include "indexer/glass/glass_position.h"
#include "tests/unit/test.h"

enum { MOST = 5000 };

static struct span packed(struct str *to, const uint32_t *positions,
                          size_t count)
{
    str_clear(to);
    glass_position_pack(to, positions, count);
    struct span tag = str_span(to);
    str_reserve(to, POSITION_CODE_SLACK);
    memset(to->data + tag.size, 0xFF, POSITION_CODE_SLACK);
    return (struct span){ to->data, tag.size };
}

/* `stride`: how many are passed over at a time. */
static void check_seeks(struct span tag, const uint32_t *positions,
                        size_t count, size_t stride)
{
    struct position_code code;
    position_code_begin(&code, tag);
    size_t wrong = 0;
    for (size_t i = 0; i < count; i += stride)
        wrong +=
            position_code_seek(
                &code, positions[i] - (i && stride > 1 &&
                                       positions[i] > positions[i - 1] + 1)) !=
            positions[i];
    CHECK_NUMBER(wrong, 0);
    CHECK_NUMBER(position_code_seek(&code, positions[count - 1] + 1),
                 POSITION_END);
    CHECK(!code.damaged);
}

static void check_positions(const uint32_t *positions, size_t count)
{
    struct str tag = STR_INIT;
    struct span bytes = packed(&tag, positions, count);
    check_seeks(bytes, positions, count, 1);
    check_seeks(bytes, positions, count, 3);
    check_seeks(bytes, positions, count, count);
    str_release(&tag);
}

static void make_positions(uint32_t *positions, size_t count, uint32_t step)
{
    static uint64_t random = 1;
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        random = random * UINT64_C(6364136223846793005) + 1;
        at += 1 + (uint32_t)(random >> 40) % step;
        positions[i] = at;
    }
}

TEST(positions_come_as_they_were_packed)
{
    static uint32_t positions[MOST];
    static const uint32_t one[] = { 1 }, next[] = { 4, 5 },
                          none_between[] = { 1, UINT32_MAX - 1 },
                          three[] = { 1, 1000, 1001 },
                          wide[] = { 0, 2, 0x80000000, UINT32_MAX - 1 };
    check_positions(one, 1);
    check_positions(next, 2);
    check_positions(none_between, 2);
    check_positions(three, 3);
    check_positions(wide, 4);
    for (uint32_t round = 0; round < 300; round++) {
        size_t count = 1 + round * round % MOST;
        make_positions(positions, count, 1u << round % 14);
        check_positions(positions, count);
    }
}

TEST(positions_that_are_cut_off_are_told)
{
    static uint32_t positions[MOST];
    struct str tag = STR_INIT;
    make_positions(positions, MOST, 100);
    struct span bytes = packed(&tag, positions, MOST);
    for (size_t size = 0; size < bytes.size; size += 1 + size / 3) {
        struct position_code code;
        uint32_t last = 0;
        position_code_begin(&code, (struct span){ bytes.data, size });
        while (code.position != POSITION_END) {
            CHECK(code.position > last);
            last = code.position;
            position_code_next(&code);
        }
        /* A last one alone is a whole list. */
        CHECK(code.damaged || size == 3);
    }
    str_release(&tag);
}

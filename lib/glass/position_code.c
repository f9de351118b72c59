/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/position_code.h"

#include "base/pack.h"

static void fail(struct position_code *code)
{
    code->damaged = true;
    code->position = POSITION_END;
    code->depth = 0;
}

/* A number under `outof`, which is not 0; any bits make one. */
static inline uint32_t take_code(struct position_code *code, uint32_t outof)
{
    uint64_t most = outof - 1;
    unsigned width = 63 - (unsigned)__builtin_clzll(most << 1 | 1);
    uint64_t range = UINT64_C(1) << width, spare = range - outof;
    uint64_t middle = (outof - spare) / 2;
    uint64_t bits = unpack_64(code->bits + code->at / 8) >> code->at % 8;
    uint64_t low = bits & ((range - 1) >> 1);
    code->at += width;
    if (low < middle)
        return (uint32_t)(bits & range >> 1 ? low + middle + spare : low);
    code->at -= width > 0;
    return (uint32_t)low;
}

static void know(struct position_code *code, uint32_t index, uint32_t position)
{
    code->known[code->depth++] = (struct position_known){ index, position };
}

void position_code_begin(struct position_code *code, struct span tag)
{
    uint64_t last;
    code->index = code->depth = 0;
    code->damaged = false;
    bool holds = unpack_number(&tag, &last) && last <= UINT32_MAX;
    if (!holds || (tag.size && !last)) {
        fail(code);
        return;
    }
    code->position = (uint32_t)last;
    if (!tag.size)
        return;
    code->bits = tag.data;
    code->at = 0;
    code->size = (uint64_t)tag.size * 8;
    code->position = take_code(code, (uint32_t)last);
    uint32_t between = take_code(code, (uint32_t)last - code->position);
    know(code, between + 1, (uint32_t)last);
    if (code->at > code->size)
        fail(code);
}

void position_code_none(struct position_code *code)
{
    fail(code);
    code->damaged = false;
}

/*
 * Of those between the one at hand and the next known one, the middle is coded
 * first; then that of the first half, and so on.
 */
void position_code_next(struct position_code *code)
{
    if (!code->depth) {
        code->position = POSITION_END;
        return;
    }
    uint32_t index = code->index, position = code->position;
    struct position_known next = code->known[code->depth - 1];
    for (uint32_t steps; (steps = next.index - index) > 1;) {
        if (code->at > code->size || code->depth == POSITION_CODE_DEPTH) {
            fail(code);
            return;
        }
        uint32_t outof = next.position - position - steps + 1;
        next.index = index + steps / 2;
        next.position = position + steps / 2 + take_code(code, outof);
        know(code, next.index, next.position);
    }
    code->depth--;
    code->index = next.index;
    code->position = next.position;
}

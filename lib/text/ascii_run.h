/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ascii_run.h - where a run of ASCII letters and digits ends.
 *
 * Most words are no more than that.  Eight bytes are classed at a time: the
 * length of words is what a processor cannot foresee.
 */
#ifndef NEWS_TEXT_ASCII_RUN_H
#define NEWS_TEXT_ASCII_RUN_H

#include "base/pack.h"
#include "base/span.h"

#define ASCII_EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* The high bit of each of eight bytes below 0x80 that is in first..last. */
static inline uint64_t ascii_bytes_between(uint64_t bytes, unsigned first,
                                           unsigned last)
{
    return (bytes + ASCII_EACH_BYTE(0x80 - first)) &
           ~(bytes + ASCII_EACH_BYTE(0x7F - last)) & ASCII_EACH_BYTE(0x80);
}

static inline bool ascii_is_alphanumeric(char c)
{
    char lower = (char)(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

/* The end of the run from `at` on: `at` where there is none. */
static inline size_t ascii_run_end(struct span text, size_t at)
{
    while (text.size - at >= 8) {
        uint64_t bytes = unpack_64(text.data + at);
        uint64_t low = bytes & ASCII_EACH_BYTE(0x7F);
        uint64_t word =
            ascii_bytes_between(low | ASCII_EACH_BYTE(0x20), 'a', 'z') |
            ascii_bytes_between(low, '0', '9');
        uint64_t other = (~word | bytes) & ASCII_EACH_BYTE(0x80);
        if (other)
            return at + (size_t)__builtin_ctzll(other) / 8;
        at += 8;
    }
    while (at < text.size && ascii_is_alphanumeric(text.data[at]))
        at++;
    return at;
}

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_characters.h"

#define M C_MARK
#define B C_BLANK
#define N C_LINE
#define L C_LOWER
#define U C_UPPER
#define D C_DIGIT
#define H C_HYPHEN
#define A C_APOSTROPHE
const unsigned char character_ascii[128] = {
    B, B, B, B, B, B, B, B, B, B, N, B, B, B, B, B, /* 0x00 */
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0x10 */
    B, M, M, M, M, M, M, A, M, M, M, M, M, H, M, M, /*  !"#$%&'()*+,-./ */
    D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M, /* 0123456789:;<=>? */
    M, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* @ABCDEFGHIJKLMNO */
    U, U, U, U, U, U, U, U, U, U, U, M, M, M, M, M, /* PQRSTUVWXYZ[\]^_ */
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* `abcdefghijklmno */
    L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, B, /* pqrstuvwxyz{|}~  */
};
#undef M
#undef B
#undef N
#undef L
#undef U
#undef D
#undef H
#undef A

enum character character_wide(uint32_t code)
{
    if (code == 0x2010 || code == 0x2011)
        return C_HYPHEN;
    unsigned flags = unicode_flags(code);
    if (flags & UNICODE_UPPER)
        return C_UPPER;
    if (flags & UNICODE_LOWER)
        return C_LOWER;
    if (flags & (UNICODE_LETTER | UNICODE_MARK))
        return C_LETTER;
    if (flags & UNICODE_DIGIT)
        return C_DIGIT;
    if (flags & UNICODE_BLANK)
        return C_BLANK;
    if (flags & UNICODE_HIDDEN)
        return C_HIDDEN;
    if (flags & UNICODE_APOSTROPHE)
        return C_APOSTROPHE;
    return C_MARK;
}

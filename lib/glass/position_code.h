/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * position_code.h - the positions of one term in one document, as a glass
 * database packs them, one after the other.
 *
 * The form is told in indexer/glass/glass_position.h: the last position, then
 * bits of interpolative coding (Moffat and Stuiver 2000).  Who looks for the
 * first place that two words share mostly needs the first few of them only.
 */
#ifndef NEWS_GLASS_POSITION_CODE_H
#define NEWS_GLASS_POSITION_CODE_H

#include "base/span.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    POSITION_CODE_SLACK = 8,  /* bytes behind a tag that are read, not used: no
                                 more than GLASS_CURSOR_SLACK */
    POSITION_CODE_DEPTH = 34, /* halvings of all positions that there may be */
};

/* Behind every position: no word stands so far on. */
static const uint32_t POSITION_END = UINT32_MAX;

struct position_code {
    uint32_t position; /* the one at hand, POSITION_END behind the last */
    uint32_t index;    /* of it, from 0 */
    bool damaged;      /* what comes is worthless; POSITION_END then */
    const char *bits;
    uint64_t at, size; /* in bits */
    /* Later ones that are known already, the nearest on top. */
    struct position_known {
        uint32_t index, position;
    } known[POSITION_CODE_DEPTH];
    unsigned depth;
};

/* Stand at the first position of a tag, which has POSITION_CODE_SLACK bytes
 * behind it and is borrowed. */
void position_code_begin(struct position_code *code, struct span tag);
/* Stand behind the last of none. */
void position_code_none(struct position_code *code);
/* Stand at the next. */
void position_code_next(struct position_code *code);

/* The first that is not before `wanted`; POSITION_END where there is none. */
static inline uint32_t position_code_seek(struct position_code *code,
                                          uint32_t wanted)
{
    while (code->position < wanted)
        position_code_next(code);
    return code->position;
}

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/near.h"

#include "base/utf8.h"

static size_t decode_all(uint32_t *out, struct span s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.size && count < TOKENS_WORD_MAX;)
        at += utf8_next(s.data + at, &out[count++]);
    return count;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

void near_begin(struct near *near, struct span pattern, uint32_t edits)
{
    near->size = decode_all(near->pattern, pattern);
    near->edits = edits;
    near->depth = 0;
    for (size_t j = 0; j <= near->size; j++)
        near->rows[0][j] = (uint32_t)j;
}

/* Whether the beginning of `depth` characters may go on with `code`; its row
 * is made. */
static bool goes_on(struct near *near, size_t depth, uint32_t code)
{
    const uint32_t *pattern = near->pattern, *above = near->rows[depth];
    uint32_t *row = near->rows[depth + 1];
    uint32_t best = row[0] = (uint32_t)depth + 1;
    for (size_t j = 1; j <= near->size; j++) {
        row[j] = least(above[j - 1] + (code != pattern[j - 1]),
                       least(above[j], row[j - 1]) + 1);
        if (depth && j > 1 && code == pattern[j - 2] &&
            near->begun[depth - 1] == pattern[j - 1])
            row[j] = least(row[j], near->rows[depth - 1][j - 2] + 1);
        best = least(best, row[j]);
    }
    return best <= near->edits;
}

/* The least character over `code` that may stand behind the beginning; 0:
 * none. */
static uint32_t next_character(struct near *near, size_t depth, uint32_t code)
{
    enum { NOT_IN_ANY = 0x110000 };
    if (goes_on(near, depth, NOT_IN_ANY))
        return code + 1;
    uint32_t best = 0;
    for (size_t j = 0; j < near->size; j++) {
        uint32_t other = near->pattern[j];
        if (other > code && (!best || other < best) &&
            goes_on(near, depth, other))
            best = other;
    }
    return best;
}

/* Behind all words that begin with the first `depth` characters and `code`. */
static void say_next(struct near *near, size_t depth, uint32_t code,
                     struct str *next)
{
    uint32_t over = next_character(near, depth, code);
    while (!over && depth) {
        depth--;
        over = next_character(near, depth, near->begun[depth]);
    }
    for (size_t i = 0; over && i < depth; i++)
        utf8_add(next, near->begun[i]);
    if (over)
        utf8_add(next, over);
    else
        str_add_char(next, (char)0xFF); /* behind all text */
    near->depth = depth;
}

bool near_look(struct near *near, struct span word, struct str *next)
{
    size_t at = 0, i = 0;
    if (word.size > TOKENS_WORD_MAX)
        return false;
    for (; at < word.size; i++) {
        uint32_t code;
        at += utf8_next(word.data + at, &code);
        if (i < near->depth && near->begun[i] == code)
            continue;
        near->depth = i;
        if (!goes_on(near, i, code)) {
            if (next)
                say_next(near, i, code, next);
            return false;
        }
        near->begun[i] = code;
        near->depth = i + 1;
    }
    return near->rows[i][near->size] <= near->edits;
}

bool near_each_other(struct span a, struct span b, uint32_t edits)
{
    struct near near;
    near_begin(&near, a, edits);
    return near_look(&near, b, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_characters.h - what a character is where words, marks and sentences of
 * annotated news are told apart.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_CHARACTERS_H
#define NEWS_INDEXER_NAMES_NAME_CHARACTERS_H

#include "base/utf8.h"
#include "text/unicode.h"

enum character {
    C_MARK,
    C_BLANK,
    C_LINE, /* end of a line */
    C_LOWER,
    C_UPPER,
    C_LETTER, /* of a script without case */
    C_DIGIT,
    C_HYPHEN,
    C_APOSTROPHE,
    C_HIDDEN, /* part of no word and no mark */
};

extern const unsigned char character_ascii[128]; /* enum character */
enum character character_wide(uint32_t code);    /* one that is not ASCII */

/* What stands at `at`, and its length in bytes; a blank at the end. */
static inline enum character character_at(struct span text, size_t at,
                                          size_t *size)
{
    *size = 1;
    if (at >= text.size)
        return C_BLANK;
    unsigned char c = (unsigned char)text.data[at];
    if (c < 128)
        return (enum character)character_ascii[c];
    uint32_t code;
    *size = utf8_next(text.data + at, &code);
    return character_wide(code);
}

static inline bool is_letter(enum character c)
{
    return c == C_LOWER || c == C_UPPER || c == C_LETTER;
}

static inline bool is_word(enum character c)
{
    return is_letter(c) || c == C_DIGIT;
}

#endif

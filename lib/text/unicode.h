/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unicode.h - what a character is, and its folded form.
 *
 * The one door to utf8proc.  Nothing here keeps state; every function may be
 * called from any thread.
 */
#ifndef NEWS_TEXT_UNICODE_H
#define NEWS_TEXT_UNICODE_H

#include "base/str.h"

enum unicode_flag {
    UNICODE_LETTER = 1 << 0, /* general category L* */
    UNICODE_MARK = 1 << 1,   /* M*; and the half-width voicing marks */
    UNICODE_DIGIT = 1 << 2,  /* N* */
    UNICODE_UPPER = 1 << 3,  /* Lu, Lt */
    UNICODE_LOWER = 1 << 4,  /* Ll; a letter that is neither has no case */
    UNICODE_ALONE = 1 << 5,  /* a letter that is a word by itself: of a script
                                that sets no blanks, or Hangul */
    UNICODE_BLANK = 1 << 6,  /* white space */
    UNICODE_HIDDEN = 1 << 7, /* invisible inside a word: U+00AD, joiners */
    UNICODE_STOP = 1 << 8,   /* may end a sentence */
    UNICODE_WIDE = 1 << 9,   /* a STOP that no blank follows */
    UNICODE_OPENS = 1 << 10, /* opening bracket, quote or dash */
    UNICODE_CLOSES = 1 << 11,
    UNICODE_QUOTE = 1 << 12,
    UNICODE_APOSTROPHE = 1 << 13,

    UNICODE_WORD = UNICODE_LETTER | UNICODE_MARK | UNICODE_DIGIT,
};

/* The flags of a code point. */
unsigned unicode_flags(uint32_t code);

/* The lower-case ASCII letter that a Latin letter is a form of ('e' for
 * U+00C9, 'o' for U+0153); 0 for any other character. */
char unicode_base(uint32_t code);

/* Columns of a character on a terminal: 0 for marks that combine and what is
 * invisible, 2 for the wide ones of East Asia and pictures, else 1. */
unsigned unicode_columns(uint32_t code);

/*
 * Whether one may cut between two characters that follow each other: not
 * within what a reader takes for one (a grapheme cluster, UAX 29), such as a
 * letter with its marks, a flag, or pictures that joiners make one of.  At the
 * beginning of a text `*state` and `before` are 0.
 */
bool unicode_parts(uint32_t before, uint32_t code, int32_t *state);

enum { UNICODE_CLUSTER_MAX = 256 }; /* bytes that are kept whole */

/* The largest offset up to `at` that cuts no such cluster of valid UTF-8. */
size_t unicode_floor(struct span text, size_t at);

enum { UNICODE_FOLD_MAX = 512 }; /* bytes of a word that can be folded */

/*
 * Append valid UTF-8 folded for comparison: full case folding, compatibility
 * forms (full-width, ligatures, superscripts; not fractions) as what they
 * stand for, hidden characters dropped, apostrophes straight, in NFC.  With
 * `drop_accents` Latin and Greek letters lose their accents and strokes, the
 * Russian yo its dots, Arabic its vowels, hamzas of alef and lengthening
 * strokes, and its yeh and kaf are one whatever the keyboard's language.
 * Meant for words: where there are over UNICODE_FOLD_MAX bytes, or an absurd
 * number of marks, nothing is appended.
 */
void unicode_fold(struct str *out, struct span text, bool drop_accents);

/* Append valid UTF-8 in NFC. */
void unicode_compose(struct str *out, struct span text);

/* True where the text is in NFC for certain: no character from U+0300 on that
 * could compose.  Fast on text that is mostly ASCII. */
bool unicode_is_composed(struct span text);

#endif

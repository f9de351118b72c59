/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_word.h - where a word of annotated news ends, and what it looks like.
 *
 * To a word belong hyphens, apostrophes and marks of numbers inside it, the
 * full stops of initials and abbreviations (U.S., J., Inc.), and "&" between
 * capitals; an address runs to the next blank.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_WORD_H
#define NEWS_INDEXER_NAMES_NAME_WORD_H

#include "base/span.h"

struct name_word {
    size_t end;                   /* the byte behind it */
    uint32_t fold;                /* hash of it without regard to ASCII case */
    unsigned upper, lower, other; /* letters; other: of scripts without case */
    bool capital, digit;          /* that it begins with */
    bool address;                 /* what looks like one */
};

/* The word that begins at the byte `from` with a letter or digit. */
void name_word_read(struct name_word *out, struct span text, size_t from);

/* The 's, 're or 'll whose apostrophe stands at `from`; false for another
 * apostrophe. */
bool name_word_read_contraction(struct name_word *out, struct span text,
                                size_t from);

enum name_word_listed {
    NAME_WORD_LINK = 1 << 0,         /* may stand inside a name: of, and */
    NAME_WORD_PARTICLE = 1 << 1,     /* may begin one: de, van, al */
    NAME_WORD_ABBREVIATION = 1 << 2, /* keeps its full stop: Inc, Gen */
};

/* What a word is known as, without regard to case; 0 for most. */
unsigned name_word_listed(struct span word);

#endif

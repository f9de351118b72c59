/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tokens.h - the words, sentences and paragraphs of a text.
 *
 * The one definition of a word: the indexer, the query parser and the snippets
 * all walk text with this, so what is indexed is what is found and marked.
 *
 *  - A word is a run of letters, marks and digits (Unicode general categories
 *    L*, M*, N*).  An apostrophe between letters belongs to it (O'Brien,
 *    don't) but for the elided articles of Romance languages (d'Etat, l'ONU:
 *    two words), so does a full stop in an acronym (U.S., a.m.), "&" between
 *    capitals (AT&T), and ".", "," or ":" between digits (1,780.5).  A hyphen
 *    ends a word: El-Rufai is two words side by side.
 *  - Each Chinese, Japanese or Thai character is a word of its own, so any
 *    string of them is found as a phrase.
 *  - A paragraph ends at a blank line ("\n\n").  A sentence ends at ".", "!",
 *    "?" or their kin followed by white space and something that begins a
 *    sentence; titles and initials (Mr., J.) do not end one.
 *  - Positions count words from 1; the first word of a paragraph stands
 *    TOKENS_PARAGRAPH_GAP further than the last word of the one before, so a
 *    phrase or a window never crosses a paragraph.
 */
#ifndef NEWS_TEXT_TOKENS_H
#define NEWS_TEXT_TOKENS_H

#include "base/str.h"

enum {
    TOKENS_PARAGRAPH_GAP = 1000,
    TOKENS_WORD_MAX = 64, /* bytes of a folded word; longer ones are no words */
};

struct token {
    struct span surface; /* as it stands in the text */
    uint32_t offset;     /* of the surface, in bytes */
    uint32_t position;
    uint32_t sentence;  /* counted from 0 through the whole text */
    uint32_t paragraph; /* counted from 0 */
};

/* A walk over `text`, which must be valid UTF-8 and outlive it. */
struct tokens {
    struct span text;
    size_t at;
    struct span last; /* the word before; empty at the beginning */
    uint32_t position, sentence, paragraph;
};

struct tokens tokens_begin(struct span text);

/* The next word; false at the end of the text. */
bool tokens_next(struct tokens *tokens, struct token *out);

/*
 * Append the term of a word: lower case (full case folding), apostrophes
 * straight, a possessive 's cut off, the dots of an acronym dropped, accents
 * of Latin and Greek letters dropped, full-width forms as ASCII.  Appends
 * nothing for a word that is over TOKENS_WORD_MAX bytes when folded.
 */
void token_fold(struct str *out, struct span surface);

/* The same without dropping accents: what a stemmer wants. */
void token_lower(struct str *out, struct span surface);

/* Append `text` folded word by word with single blanks between: the form in
 * which values (names, sources, sections) are compared. */
void text_fold(struct str *out, struct span text);

/* Where the sentence around byte `at` begins and ends (without the blanks
 * around it); it never reaches over a paragraph. */
struct span text_sentence(struct span text, size_t at);

#endif

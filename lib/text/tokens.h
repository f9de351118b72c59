/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tokens.h - the words, sentences and paragraphs of a text.
 *
 * The one definition of a word: the indexer, the query parser and the snippets
 * all walk text with this, so what is indexed is what is found and marked.
 *
 *  - A word is a run of letters, marks and digits (Unicode general categories
 *    L*, M*, N*) that begins with a letter or digit.  To it belong also: an
 *    apostrophe before a letter (O'Brien, don't); the full stops of an acronym,
 *    single letters with case (U.S., a.m.); "&" with a single letter on one
 *    side at least (AT&T, h&m); ".", "," or ":" between digits (1,780.5); soft
 *    hyphens and zero-width joiners before a letter or digit.  A hyphen ends a
 *    word: El-Rufai is two words side by side.
 *  - An elided article of French, Italian or Catalan is a word of its own
 *    where a vowel or h follows (d'Etat, l'ONU, dell'arte).  That splits
 *    D'Angelo too, in texts and in queries alike.
 *  - Each Chinese, Japanese, Thai, Lao, Khmer or Burmese character and each
 *    syllable of Hangul is a word of its own with the marks on it, so any
 *    string of them is found as a phrase, whatever particle stands behind it.
 *    Measured on Chinese headlines, pairs of characters make the index 2.1
 *    times as large, characters and pairs (Xapian's n-grams) 3.3 times, and a
 *    question takes the same time.
 *  - A paragraph ends at a blank line ("\n\n").  Where a sentence ends says
 *    sentences.h.
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
    uint32_t position, sentence, paragraph;
    bool has_word;   /* one was given */
    bool words_only; /* sentences are not counted */
};

struct tokens tokens_begin(struct span text);
/* The same where nobody asks for sentences, which takes time: all words are in
 * the first. */
struct tokens tokens_begin_words(struct span text);

/* The next word; false at the end of the text. */
bool tokens_next(struct tokens *tokens, struct token *out);

#endif

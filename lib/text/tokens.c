/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/tokens.h"

#include <string.h>

#include "base/utf8.h"
#include "text/ascii_run.h"
#include "text/sentences.h"
#include "text/unicode.h"

/* ---- Bytes ------------------------------------------------------------ */

/* Most text is ASCII, and most of ASCII needs no thought. */
enum byte_kind {
    S, /* special: has to be looked at, as has all that is not ASCII */
    Q, /* quiet: parts words, ends no sentence or paragraph */
    W, /* a letter or digit */
};

static const unsigned char kinds[256] = {
    Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, S, Q, Q, Q, Q, Q, /* "\n" */
    Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, /* */
    Q, S, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, Q, S, Q, /* "!" "." */
    W, W, W, W, W, W, W, W, W, W, Q, Q, Q, Q, Q, S, /* digits, "?" */
    Q, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, /* A */
    W, W, W, W, W, W, W, W, W, W, W, Q, Q, Q, Q, Q, /* */
    Q, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, /* a */
    W, W, W, W, W, W, W, W, W, W, W, Q, Q, Q, Q, Q, /* */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned flags_at(struct span text, size_t at, size_t *size)
{
    if (at >= text.size) {
        *size = 0;
        return 0;
    }
    uint32_t code;
    *size = utf8_next(text.data + at, &code);
    return unicode_flags(code);
}

/* ---- Where a word ends ------------------------------------------------ */

/* A letter that may stand inside a word. */
static bool letter_at(struct span text, size_t at, size_t *size)
{
    unsigned flags = flags_at(text, at, size);
    return (flags & UNICODE_LETTER) && !(flags & UNICODE_ALONE);
}

/* A letter with case and no word character behind it. */
static bool single_letter_at(struct span text, size_t at, size_t *size)
{
    size_t next;
    return (flags_at(text, at, size) & (UNICODE_UPPER | UNICODE_LOWER)) &&
           !(flags_at(text, at + *size, &next) & UNICODE_WORD);
}

/* The end of the acronym that begins at `start`: single letters with a full
 * stop after each, or after all but the last; `start` where there is none. */
static size_t acronym_end(struct span text, size_t start)
{
    size_t at = start, letters = 0, size;
    while (single_letter_at(text, at, &size)) {
        at += size;
        letters++;
        if (at >= text.size || text.data[at] != '.')
            break;
        at++;
    }
    return letters > 1 ? at : start;
}

/* Articles and pronouns that French, Italian and Catalan put before a vowel. */
static const char elided[][8] = {
    "l",    "d",    "j",     "m",     "n",      "s",      "t",
    "c",    "qu",   "un",    "all",   "dall",   "dell",   "nell",
    "sull", "coll", "quell", "jusqu", "lorsqu", "puisqu",
};

static bool is_elided(struct span word)
{
    if (word.size >= sizeof(elided[0]))
        return false;
    for (size_t i = 0; i < sizeof(elided) / sizeof(elided[0]); i++)
        if (span_is_nocase(word, elided[i]))
            return true;
    return false;
}

static bool vowel_at(struct span text, size_t at)
{
    uint32_t code;
    utf8_next(text.data + at, &code);
    int base = code < 0x80 ? lower((char)code) : unicode_base(code);
    return base && strchr("aeiouyh", base);
}

/* The bytes that an apostrophe of `size` bytes at data[at] adds to the word
 * from `start`: none where it ends it. */
static size_t apostrophe_joins(struct span text, size_t start, size_t at,
                               size_t size)
{
    size_t next;
    if (!letter_at(text, at + size, &next))
        return 0;
    bool ends =
        is_elided(span_slice(text, start, at)) && vowel_at(text, at + size);
    return ends ? 0 : size;
}

/* AT&T, S&P, H&M: one side is a single letter, so that "Marks&Spencer" stays
 * two words whatever its case. */
static bool ampersand_joins(struct span text, size_t start, size_t at)
{
    size_t left, right, size;
    if (!letter_at(text, at + 1, &right))
        return false;
    bool single_right = !(flags_at(text, at + 1 + right, &size) & UNICODE_WORD);
    bool single_left = letter_at(text, start, &left) && start + left == at;
    return single_left || single_right;
}

/* The bytes that the ASCII punctuation at data[at] adds to the word. */
static size_t punctuation_joins(struct span text, size_t start, size_t at)
{
    switch (text.data[at]) {
    case '.':
    case ',':
    case ':':
        return at + 1 < text.size && is_digit(text.data[at - 1]) &&
               is_digit(text.data[at + 1]);
    case '\'':
    case '`': return apostrophe_joins(text, start, at, 1);
    case '&': return ampersand_joins(text, start, at);
    }
    return 0;
}

/* The same for a character that is not ASCII. */
static size_t character_joins(struct span text, size_t start, size_t at)
{
    enum { MIDDLE_DOT = 0xB7, MIDDLE_DOT_SIZE = 2 };
    uint32_t code;
    size_t size = utf8_next(text.data + at, &code), next;
    unsigned flags = unicode_flags(code);
    if (flags & UNICODE_ALONE)
        return 0;
    if (flags & UNICODE_WORD)
        return size;
    if (flags & UNICODE_APOSTROPHE)
        return apostrophe_joins(text, start, at, size);
    if (code == MIDDLE_DOT) /* Catalan: col·legi */
        return at + size < text.size && lower(text.data[at - 1]) == 'l' &&
                       lower(text.data[at + size]) == 'l'
                   ? size
                   : 0;
    if (!(flags & UNICODE_HIDDEN))
        return 0;
    size_t behind = at + size;
    while ((flags = flags_at(text, behind, &next)) & UNICODE_HIDDEN)
        behind += next;
    return (flags & UNICODE_WORD) && !(flags & UNICODE_ALONE) ? behind - at : 0;
}

static size_t skip_marks(struct span text, size_t at)
{
    size_t size;
    while (flags_at(text, at, &size) & UNICODE_MARK)
        at += size;
    return at;
}

/* A possessive 's behind the last full stop of an acronym. */
static size_t skip_possessive(struct span text, size_t at)
{
    size_t apostrophe, size;
    if (!(flags_at(text, at, &apostrophe) & UNICODE_APOSTROPHE))
        return at;
    size_t s = at + apostrophe;
    if (s >= text.size || lower(text.data[s]) != 's')
        return at;
    return flags_at(text, s + 1, &size) & UNICODE_WORD ? at : s + 1;
}

static size_t word_end(struct span text, size_t start)
{
    uint32_t code;
    size_t first = utf8_next(text.data + start, &code);
    size_t at = start + first;
    if (code >= 0x80 && (unicode_flags(code) & UNICODE_ALONE))
        return skip_marks(text, at);
    if (at < text.size && text.data[at] == '.') {
        size_t end = acronym_end(text, start);
        if (end > start)
            return skip_possessive(text, end);
    }
    for (;;) {
        at = ascii_run_end(text, at);
        if (at == text.size)
            return at;
        size_t joined = text.data[at] & 0x80
                            ? character_joins(text, start, at)
                            : punctuation_joins(text, start, at);
        if (!joined)
            return at;
        at += joined;
    }
}

/* ---- The walk --------------------------------------------------------- */

/* Positions are 32 bits wide: from here on paragraphs leave no gap, so that
 * not even a text of nothing but paragraphs runs over. */
enum { POSITION_WITHOUT_GAPS = 2000000000 };

struct tokens tokens_begin(struct span text)
{
    return (struct tokens){ .text = text };
}

struct tokens tokens_begin_words(struct span text)
{
    return (struct tokens){ .text = text, .words_only = true };
}

/* What stood between two words. */
struct gap {
    bool sentence, paragraph;
};

/* Look at the special character at data[at]; its length, or 0 where it begins
 * a word. */
static size_t pass_special(struct span text, size_t at, struct gap *gap)
{
    uint32_t code;
    size_t size = utf8_next(text.data + at, &code), after;
    if (code == '\n') {
        gap->paragraph = gap->paragraph || paragraph_break(text, at);
        return size;
    }
    unsigned flags = unicode_flags(code);
    if (flags & (UNICODE_LETTER | UNICODE_DIGIT))
        return 0;
    if ((flags & UNICODE_STOP) && !gap->sentence &&
        sentence_ends(text, at, &after))
        gap->sentence = true;
    return size;
}

/* The start of the next word from `at`, or the end of the text. */
static size_t next_word(struct span text, size_t at, struct gap *gap)
{
    while (at < text.size) {
        unsigned kind = kinds[(unsigned char)text.data[at]];
        if (kind == W)
            break;
        size_t size = 1;
        if (kind == S)
            size = pass_special(text, at, gap);
        if (!size)
            break;
        at += size;
    }
    return at;
}

bool tokens_next(struct tokens *tokens, struct token *out)
{
    struct span text = tokens->text;
    /* Where one is known to end already, no other end is looked for. */
    struct gap gap = { tokens->words_only, false };
    size_t at = tokens->at, after;
    /* The last full stop of an acronym may end the sentence too. */
    if (at && text.data[at - 1] == '.' && !gap.sentence &&
        sentence_ends(text, at - 1, &after))
        gap.sentence = true;
    size_t start = next_word(text, at, &gap);
    if (start >= text.size) {
        tokens->at = text.size;
        return false;
    }
    tokens->position++;
    if (tokens->has_word) {
        tokens->sentence +=
            !tokens->words_only && (gap.sentence || gap.paragraph);
        tokens->paragraph += gap.paragraph;
        if (gap.paragraph && tokens->position < POSITION_WITHOUT_GAPS)
            tokens->position += TOKENS_PARAGRAPH_GAP - 1;
    }
    tokens->has_word = true;
    tokens->at = word_end(text, start);
    *out = (struct token){ { text.data + start, tokens->at - start },
                           (uint32_t)start,
                           tokens->position,
                           tokens->sentence,
                           tokens->paragraph };
    return true;
}

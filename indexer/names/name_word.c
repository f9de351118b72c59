/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_word.h"

#include <string.h>

#include "indexer/names/name_characters.h"

/* ---- Words known by their spelling ------------------------------------ */

enum {
    LINK = NAME_WORD_LINK,
    PART = NAME_WORD_PARTICLE,
    BOTH = LINK | PART,
    STOP = NAME_WORD_ABBREVIATION,
    LISTED_SIZE = 7, /* bytes of a word, zeroes behind it */
};

/* In lower case, in the order of the alphabet. */
static const struct {
    char word[LISTED_SIZE];
    uint8_t listed; /* enum name_word_listed */
} listed_words[] = {
    { "a", LINK },     { "abu", PART },    { "adm", STOP },   { "al", BOTH },
    { "and", LINK },   { "ap", PART },     { "apr", STOP },   { "assn", STOP },
    { "at", LINK },    { "aug", STOP },    { "ave", STOP },   { "bin", BOTH },
    { "bint", BOTH },  { "brig", STOP },   { "bros", STOP },  { "capt", STOP },
    { "co", STOP },    { "col", STOP },    { "comdr", STOP }, { "corp", STOP },
    { "cos", STOP },   { "cpl", STOP },    { "d", LINK },     { "da", BOTH },
    { "dal", PART },   { "de", BOTH },     { "dec", STOP },   { "del", BOTH },
    { "della", PART }, { "den", BOTH },    { "dept", STOP },  { "der", BOTH },
    { "des", LINK },   { "di", BOTH },     { "do", LINK },    { "dos", BOTH },
    { "dr", STOP },    { "du", BOTH },     { "e", LINK },     { "el", BOTH },
    { "esq", STOP },   { "feb", STOP },    { "for", LINK },   { "fr", STOP },
    { "ft", STOP },    { "gen", STOP },    { "gov", STOP },   { "hon", STOP },
    { "ibn", BOTH },   { "in", LINK },     { "inc", STOP },   { "jan", STOP },
    { "jr", STOP },    { "la", BOTH },     { "las", LINK },   { "le", BOTH },
    { "les", LINK },   { "los", LINK },    { "lt", STOP },    { "ltd", STOP },
    { "maj", STOP },   { "messrs", STOP }, { "mgr", STOP },   { "mr", STOP },
    { "mrs", STOP },   { "ms", STOP },     { "mt", STOP },    { "n", LINK },
    { "no", STOP },    { "nov", STOP },    { "oct", STOP },   { "of", LINK },
    { "on", LINK },    { "plc", STOP },    { "pres", STOP },  { "prof", STOP },
    { "rep", STOP },   { "reps", STOP },   { "rev", STOP },   { "rt", STOP },
    { "s", LINK },     { "sen", STOP },    { "sens", STOP },  { "sept", STOP },
    { "sgt", STOP },   { "spc", STOP },    { "sr", STOP },    { "st", STOP },
    { "ste", STOP },   { "supt", STOP },   { "ten", PART },   { "ter", PART },
    { "the", LINK },   { "to", LINK },     { "ul", BOTH },    { "und", LINK },
    { "univ", STOP },  { "van", BOTH },    { "von", BOTH },   { "vs", STOP },
    { "y", LINK },     { "zu", BOTH },
};

/* The bytes of a listed word as a number that orders as they do.  One more is
 * read, and dropped: eight are taken in one step. */
static uint64_t listed_key(const void *word)
{
    const unsigned char *p = word;
    return ((uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
            (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
            (uint64_t)p[6] << 8 | p[7]) >>
           8;
}

unsigned name_word_listed(struct span word)
{
    char lower[LISTED_SIZE + 1] = { 0 };
    if (!word.size || word.size > LISTED_SIZE)
        return 0;
    for (size_t i = 0; i < word.size; i++) {
        unsigned char c = (unsigned char)word.data[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    uint64_t key = listed_key(lower);
    size_t first = 0, count = sizeof(listed_words) / sizeof(*listed_words);
    while (count > 1) {
        size_t half = count / 2;
        first += listed_key(&listed_words[first + half]) <= key ? half : 0;
        count -= half;
    }
    return listed_key(&listed_words[first]) == key ? listed_words[first].listed
                                                   : 0;
}

/* ---- Where a word ends ------------------------------------------------ */

static uint32_t fold_byte(uint32_t fold, unsigned char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        byte |= 0x20;
    return (fold ^ byte) * 0x01000193u;
}

static void add_character(struct name_word *word, struct span bytes,
                          enum character c)
{
    word->upper += c == C_UPPER;
    word->lower += c == C_LOWER;
    word->other += c == C_LETTER;
    for (size_t i = 0; i < bytes.size; i++)
        word->fold = fold_byte(word->fold, (unsigned char)bytes.data[i]);
}

/* Add the ASCII letters and digits from `at` on; returns their end. */
static size_t add_plain(struct name_word *word, struct span text, size_t at,
                        enum character *last)
{
    uint32_t fold = word->fold;
    for (; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        enum character c =
            byte < 128 ? (enum character)character_ascii[byte] : C_MARK;
        if (!is_word(c))
            break;
        word->upper += c == C_UPPER;
        word->lower += c == C_LOWER;
        fold = fold_byte(fold, byte);
        *last = c;
    }
    word->fold = fold;
    return at;
}

/* Whether a contraction begins at this apostrophe: 's, 're, 'll. */
static bool is_contraction(struct span text, size_t at, size_t size)
{
    static const char *const tails[] = { "s", "S", "re", "ve", "ll", "d", "m" };
    struct span rest = span_slice(text, at + size, text.size);
    for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
        size_t length;
        if (span_starts(rest, tails[i]) &&
            !is_word(character_at(rest, strlen(tails[i]), &length)))
            return true;
    }
    return false;
}

/* The letters between the last full stop of the word and its end. */
static size_t segment_size(struct span word)
{
    size_t i = word.size;
    while (i && word.data[i - 1] != '.')
        i--;
    return word.size - i;
}

/* Whether the full stop at `at`, after `word`, belongs to it: U.S., J., Inc.,
 * 1.5, Space.com. */
static bool takes_stop(struct span text, struct span word, size_t at,
                       enum character last)
{
    size_t size, segment = segment_size(word);
    enum character next = character_at(text, at + 1, &size);
    if (last == C_DIGIT)
        return next == C_DIGIT;
    if (is_letter(next))
        return segment <= 2 || next == C_LOWER;
    if (is_word(next))
        return false;
    if (segment < word.size)
        return segment <= 2;
    if (word.size == 1)
        return last == C_UPPER;
    return name_word_listed(word) & STOP;
}

/* Whether the mark at `at` joins what stands before and after it in a word. */
static bool joins(struct span text, struct span word, size_t at,
                  enum character mark, size_t mark_size, enum character last)
{
    size_t size;
    enum character next = character_at(text, at + mark_size, &size);
    if (mark == C_HYPHEN)
        return is_word(next);
    if (mark == C_APOSTROPHE)
        return is_letter(next) && is_letter(last) &&
               !is_contraction(text, at, mark_size);
    switch (text.data[at]) {
    case '.': return takes_stop(text, word, at, last);
    case ',':
    case ':':
    case '/': return last == C_DIGIT && next == C_DIGIT;
    case '&': return last == C_UPPER && next == C_UPPER;
    case '_': return is_word(next);
    default: return false;
    }
}

/* Addresses run to the next blank. */
static bool begins_address(struct span text, size_t at)
{
    size_t size;
    struct span rest = span_slice(text, at, text.size);
    if (span_starts(rest, "://"))
        return true;
    return rest.size && rest.data[0] == '@' &&
           is_word(character_at(rest, 1, &size));
}

static size_t to_blank(struct span text, size_t at)
{
    size_t size;
    for (; at < text.size; at += size) {
        enum character c = character_at(text, at, &size);
        if (c == C_BLANK || c == C_LINE)
            break;
    }
    return at;
}

/* Of an FNV-1a hash. */
#define FOLD_BEGIN UINT32_C(0x811C9DC5)

void name_word_read(struct name_word *out, struct span text, size_t from)
{
    size_t at = from, size;
    enum character first = character_at(text, from, &size), last = first;
    *out = (struct name_word){ .fold = FOLD_BEGIN,
                               .capital = first == C_UPPER,
                               .digit = first == C_DIGIT };
    for (;;) {
        at = add_plain(out, text, at, &last);
        enum character c = character_at(text, at, &size);
        struct span word = span_slice(text, from, at);
        if (is_word(c))
            last = c;
        else if (c == C_BLANK || c == C_LINE)
            break;
        else if (c != C_HIDDEN && !joins(text, word, at, c, size, last))
            break;
        add_character(out, span_slice(text, at, at + size), c);
        at += size;
    }
    out->address = begins_address(text, at);
    out->end = out->address ? to_blank(text, at) : at;
}

bool name_word_read_contraction(struct name_word *out, struct span text,
                                size_t from)
{
    size_t size;
    character_at(text, from, &size);
    if (!is_contraction(text, from, size))
        return false;
    *out = (struct name_word){ .fold = FOLD_BEGIN, .end = from + size };
    while (is_letter(character_at(text, out->end, &size)))
        out->end += size;
    add_character(out, span_slice(text, from, out->end), C_LOWER);
    return true;
}

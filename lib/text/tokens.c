/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/tokens.h"

#include <string.h>

#include "base/utf8.h"
#include "text/unicode.h"

/* ---- Characters ------------------------------------------------------- */

#define L (UNICODE_LETTER | UNICODE_LOWER)
#define U (UNICODE_LETTER | UNICODE_UPPER)
#define D UNICODE_DIGIT
#define B UNICODE_BLANK
#define S UNICODE_STOP
#define O UNICODE_OPENS

static const unsigned short ascii[128] = {
    ['\t'] = B,
    ['\n'] = B,
    ['\v'] = B,
    ['\f'] = B,
    ['\r'] = B,
    [' '] = B,
    ['!'] = S,
    ['.'] = S,
    ['?'] = S,
    ['('] = O,
    ['['] = O,
    ['"'] = O,
    ['\''] = UNICODE_APOSTROPHE,
    ['0'] = D,
    ['1'] = D,
    ['2'] = D,
    ['3'] = D,
    ['4'] = D,
    ['5'] = D,
    ['6'] = D,
    ['7'] = D,
    ['8'] = D,
    ['9'] = D,
    ['A'] = U,
    ['B'] = U,
    ['C'] = U,
    ['D'] = U,
    ['E'] = U,
    ['F'] = U,
    ['G'] = U,
    ['H'] = U,
    ['I'] = U,
    ['J'] = U,
    ['K'] = U,
    ['L'] = U,
    ['M'] = U,
    ['N'] = U,
    ['O'] = U,
    ['P'] = U,
    ['Q'] = U,
    ['R'] = U,
    ['S'] = U,
    ['T'] = U,
    ['U'] = U,
    ['V'] = U,
    ['W'] = U,
    ['X'] = U,
    ['Y'] = U,
    ['Z'] = U,
    ['a'] = L,
    ['b'] = L,
    ['c'] = L,
    ['d'] = L,
    ['e'] = L,
    ['f'] = L,
    ['g'] = L,
    ['h'] = L,
    ['i'] = L,
    ['j'] = L,
    ['k'] = L,
    ['l'] = L,
    ['m'] = L,
    ['n'] = L,
    ['o'] = L,
    ['p'] = L,
    ['q'] = L,
    ['r'] = L,
    ['s'] = L,
    ['t'] = L,
    ['u'] = L,
    ['v'] = L,
    ['w'] = L,
    ['x'] = L,
    ['y'] = L,
    ['z'] = L,
};

#undef L
#undef U
#undef D
#undef B
#undef S
#undef O

/* The flags of the character at `at` and its size; size 0 at the end. */
static unsigned look(struct span text, size_t at, size_t *size)
{
    *size = 0;
    if (at >= text.size)
        return 0;
    unsigned char byte = (unsigned char)text.data[at];
    *size = 1;
    if (byte < 0x80)
        return ascii[byte];
    uint32_t code;
    *size = utf8_next(text.data + at, &code);
    return unicode_flags(code);
}

static bool is_word_byte(unsigned char byte)
{
    return byte < 0x80 && ascii[byte] & UNICODE_WORD;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* ---- Where a word ends ------------------------------------------------ */

/* Articles and pronouns that French, Italian and Catalan elide. */
static const char *const elided[] = {
    "l",    "d",     "j",      "m",      "n",     "s",     "t",
    "c",    "qu",    "un",     "all",    "dell",  "nell",  "sull",
    "dall", "jusqu", "lorsqu", "puisqu", "quell", "quest",
};

static bool is_elided(struct span word, struct span text, size_t next)
{
    size_t size;
    unsigned flags = look(text, next, &size);
    if (!(flags & UNICODE_LETTER))
        return false;
    bool vowel = size > 1 || strchr("aeiouhyAEIOUHY", text.data[next]);
    if (!vowel)
        return false;
    for (size_t i = 0; i < sizeof(elided) / sizeof(*elided); i++)
        if (span_is_nocase(word, elided[i]))
            return true;
    return false;
}

/* The word being read: where it and its last part between dots begin. */
struct reading {
    struct span text;
    size_t start, part;
    bool dotted; /* an acronym, as far as can be seen */
};

/* Whether the mark at `at`, of `size` bytes, joins what stands around it. */
static bool joins_apostrophe(const struct reading *r, size_t at, size_t size)
{
    size_t next_size;
    unsigned next = look(r->text, at + size, &next_size);
    struct span before = span_slice(r->text, r->start, at);
    return next & UNICODE_LETTER && !(next & UNICODE_ALONE) &&
           !is_elided(before, r->text, at + size);
}

static bool is_single_letter(const struct reading *r, size_t from, size_t to)
{
    size_t size;
    return look(r->text, from, &size) & UNICODE_LETTER && from + size == to;
}

/* A dot inside an acronym: single letters on both sides, U.S. and a.m. */
static bool joins_dot(struct reading *r, size_t at)
{
    size_t size, after_size;
    if (!is_single_letter(r, r->part, at))
        return false;
    unsigned next = look(r->text, at + 1, &size);
    if (!(next & UNICODE_LETTER))
        return r->dotted; /* the dot that ends it belongs to it */
    unsigned after = look(r->text, at + 1 + size, &after_size);
    if (after & UNICODE_WORD)
        return false;
    if (!r->dotted &&
        (at + 1 + size >= r->text.size || r->text.data[at + 1 + size] != '.'))
        return false;
    r->dotted = true;
    r->part = at + 1;
    return true;
}

static bool is_digit_at(struct span text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

/* How many bytes of punctuation at `at` belong to the word; 0: it ends. */
static size_t joined(struct reading *r, size_t at)
{
    struct span text = r->text;
    size_t size;
    unsigned flags = look(text, at, &size);
    if (!size)
        return 0;
    if (flags & UNICODE_APOSTROPHE)
        return joins_apostrophe(r, at, size) ? size : 0;
    if (flags & UNICODE_HIDDEN) {
        size_t next_size;
        return look(text, at + size, &next_size) & UNICODE_WORD ? size : 0;
    }
    char c = text.data[at];
    if (c == '.' || c == ',' || c == ':') {
        if (is_digit_at(text, at - 1) && is_digit_at(text, at + 1))
            return 1;
        return c == '.' && joins_dot(r, at) ? 1 : 0;
    }
    if (c == '&' && at + 1 < text.size && text.data[at - 1] >= 'A' &&
        text.data[at - 1] <= 'Z' && text.data[at + 1] >= 'A' &&
        text.data[at + 1] <= 'Z')
        return 1;
    return 0;
}

/* The end of the run of word characters from `at` on. */
static size_t run_end(struct span text, size_t at)
{
    for (;;) {
        while (at < text.size && is_word_byte((unsigned char)text.data[at]))
            at++;
        if (at >= text.size || !(text.data[at] & 0x80))
            return at;
        size_t size;
        unsigned flags = look(text, at, &size);
        if (!(flags & UNICODE_WORD) || flags & UNICODE_ALONE)
            return at;
        at += size;
    }
}

static size_t marks_end(struct span text, size_t at)
{
    size_t size;
    while (look(text, at, &size) & UNICODE_MARK)
        at += size;
    return at;
}

static size_t word_end(struct span text, size_t start)
{
    size_t size;
    if (look(text, start, &size) & UNICODE_ALONE)
        return marks_end(text, start + size);
    struct reading r = { text, start, start, false };
    size_t at = start;
    for (;;) {
        at = run_end(text, at);
        size_t more = joined(&r, at);
        if (!more)
            return at;
        at += more;
        size_t next_size;
        unsigned next = look(text, at, &next_size);
        if (!(next & UNICODE_WORD) || next & UNICODE_ALONE)
            return at;
    }
}

/* ---- Sentences -------------------------------------------------------- */

/* Words whose full stop does not end a sentence, lower case. */
static const char *const abbreviations[] = {
    "mr",  "mrs", "ms",  "dr",   "prof", "gen",    "sen",  "rep",    "gov",
    "lt",  "col", "sgt", "capt", "maj",  "adm",    "st",   "jr",     "sr",
    "rev", "hon", "no",  "vs",   "v",    "inc",    "corp", "co",     "ltd",
    "jan", "feb", "mar", "apr",  "aug",  "sept",   "sep",  "oct",    "nov",
    "dec", "mt",  "ft",  "dept", "est",  "approx", "pres", "messrs", "mssrs",
};

/* Words that begin a sentence more often than they follow an acronym. */
static const char *const openers[] = {
    "the", "a",  "an", "in",  "he",   "she",  "it",   "but", "on",
    "and", "we", "at", "for", "they", "this", "that", "as",  "i",
};

static bool is_listed(struct span word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_is_nocase(word, list[i]))
            return true;
    return false;
}

#define IS_LISTED(word, list) \
    is_listed(word, list, sizeof(list) / sizeof(*(list)))

/* Whether a sentence ends between two words with a full stop between them. */
static bool dot_ends(struct span before, struct span after)
{
    if (before.size && before.data[before.size - 1] == '.')
        return IS_LISTED(after, openers);
    uint32_t code;
    if (before.size && utf8_next(before.data, &code) == before.size &&
        unicode_flags(code) & UNICODE_UPPER)
        return false;
    return !IS_LISTED(before, abbreviations);
}

/* What stands between two words. */
struct between {
    unsigned lines;      /* line ends */
    bool stop, dot_only; /* something that ends sentences; only "." did */
    bool blank, wide;    /* a blank after it; a stop that needs none */
};

static void pass_over(struct between *b, struct span text, size_t at,
                      unsigned flags)
{
    if (flags & UNICODE_BLANK) {
        b->blank = b->blank || b->stop;
        b->lines += text.data[at] == '\n';
    } else if (flags & UNICODE_STOP) {
        b->dot_only = (!b->stop || b->dot_only) && text.data[at] == '.';
        b->stop = true;
        b->blank = false;
        b->wide = b->wide || flags & UNICODE_WIDE;
    }
}

static bool ends_sentence(const struct between *b, struct span before,
                          struct span after)
{
    bool dotted = before.size && before.data[before.size - 1] == '.';
    if (b->wide)
        return true;
    if (!(b->stop && b->blank) && !(dotted && !b->stop))
        return false;
    size_t size;
    if (look(after, 0, &size) & UNICODE_LOWER)
        return false;
    return (b->stop && !b->dot_only) || dot_ends(before, after);
}

/* ---- The walk --------------------------------------------------------- */

struct tokens tokens_begin(struct span text)
{
    return (struct tokens){ .text = text };
}

bool tokens_next(struct tokens *tokens, struct token *out)
{
    struct span text = tokens->text;
    struct between between = { 0, false, false, false, false };
    size_t at = tokens->at, size;
    for (;;) {
        unsigned flags = look(text, at, &size);
        if (!size) {
            tokens->at = at;
            return false;
        }
        if (flags & (UNICODE_LETTER | UNICODE_DIGIT))
            break;
        pass_over(&between, text, at, flags);
        at += size;
    }
    size_t end = word_end(text, at);
    struct span word = span_slice(text, at, end);
    bool first = !tokens->last.size;
    tokens->position++;
    if (!first && between.lines > 1) {
        tokens->paragraph++;
        tokens->sentence++;
        tokens->position += TOKENS_PARAGRAPH_GAP - 1;
    } else if (!first && ends_sentence(&between, tokens->last, word)) {
        tokens->sentence++;
    }
    tokens->last = word;
    tokens->at = end;
    *out = (struct token){ word, (uint32_t)at, tokens->position,
                           tokens->sentence, tokens->paragraph };
    return true;
}

/* ---- Folding ---------------------------------------------------------- */

static struct span without_possessive(struct span s)
{
    if (s.size > 2 && ascii_lower(s.data[s.size - 1]) == 's') {
        if (s.data[s.size - 2] == '\'')
            return span_slice(s, 0, s.size - 2);
        if (s.size > 4 && !memcmp(s.data + s.size - 4, "\xE2\x80\x99", 3))
            return span_slice(s, 0, s.size - 4);
    }
    return s;
}

static bool has_digit(struct span s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.data[i] >= '0' && s.data[i] <= '9')
            return true;
    return false;
}

/* Whether punctuation inside a word is left out of its term. */
static bool is_dropped(char c, bool numeric)
{
    return c == ',' || (c == '.' && !numeric);
}

static void fold(struct str *out, struct span surface, bool drop_accents)
{
    size_t start = out->size;
    surface = without_possessive(surface);
    if (surface.size > UNICODE_FOLD_MAX)
        return;
    bool numeric = has_digit(surface), plain = true;
    str_reserve(out, surface.size);
    for (size_t i = 0; i < surface.size && plain; i++) {
        char c = surface.data[i];
        plain = !(c & 0x80);
        if (plain && !is_dropped(c, numeric))
            out->data[out->size++] = ascii_lower(c);
    }
    out->data[out->size] = '\0';
    if (!plain) {
        str_cut(out, start);
        unicode_fold(out, surface, drop_accents);
        size_t kept = start;
        for (size_t i = start; i < out->size; i++)
            if (!is_dropped(out->data[i], numeric))
                out->data[kept++] = out->data[i];
        str_cut(out, kept);
    }
    if (out->size - start > TOKENS_WORD_MAX)
        str_cut(out, start);
}

void token_fold(struct str *out, struct span surface)
{
    fold(out, surface, true);
}

void token_lower(struct str *out, struct span surface)
{
    fold(out, surface, false);
}

void text_fold(struct str *out, struct span text)
{
    struct tokens tokens = tokens_begin(text);
    struct token token;
    size_t start = out->size;
    while (tokens_next(&tokens, &token)) {
        size_t before = out->size;
        if (before > start)
            str_add_char(out, ' ');
        size_t blank = out->size;
        token_fold(out, token.surface);
        if (out->size == blank)
            str_cut(out, before);
    }
}

/* ---- Sentences of a text ---------------------------------------------- */

/* The paragraph around `at`. */
static struct span paragraph_around(struct span text, size_t at)
{
    static const struct span gap = SPAN_LITERAL("\n\n");
    size_t start = 0;
    for (size_t i = at; i-- > 1;)
        if (text.data[i] == '\n' && text.data[i - 1] == '\n' && i < at) {
            start = i + 1;
            break;
        }
    size_t end = span_find(text, at, gap);
    return span_slice(text, start, end);
}

/* Opening quotes and brackets before a word belong to its sentence. */
static size_t before_word(struct span text, size_t at)
{
    while (at) {
        size_t start = at - 1;
        while (start && (text.data[start] & 0xC0) == 0x80)
            start--;
        size_t size;
        if (!(look(text, start, &size) & (UNICODE_OPENS | UNICODE_APOSTROPHE)))
            break;
        at = start;
    }
    return at;
}

struct span text_sentence(struct span text, size_t at)
{
    if (at >= text.size)
        return (struct span){ NULL, 0 };
    struct span paragraph = paragraph_around(text, at);
    if (!paragraph.size)
        return paragraph;
    size_t inner = at - (size_t)(paragraph.data - text.data);
    size_t start = 0, end = paragraph.size;
    uint32_t sentence = 0;
    struct tokens tokens = tokens_begin(paragraph);
    struct token token;
    while (tokens_next(&tokens, &token)) {
        if (token.sentence == sentence)
            continue;
        sentence = token.sentence;
        size_t begin = before_word(paragraph, token.offset);
        if (begin > inner) {
            end = begin;
            break;
        }
        start = begin;
    }
    return span_trim(span_slice(paragraph, start, end));
}

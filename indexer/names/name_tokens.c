/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "text/unicode.h"

/* ---- Characters ------------------------------------------------------- */

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
    C_WIDE,   /* not ASCII: ask unicode_flags() */
};

#define M C_MARK
#define B C_BLANK
#define N C_LINE
#define L C_LOWER
#define U C_UPPER
#define D C_DIGIT
#define H C_HYPHEN
#define A C_APOSTROPHE
static const unsigned char ascii[128] = {
    B, B, B, B, B, B, B, B, B, B, N, B, B, B, B, B, /* 0x00 */
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, /* 0x10 */
    B, M, M, M, M, M, M, A, M, M, M, M, M, H, M, M, /*  !"#$%&'()*+,-./ */
    D, D, D, D, D, D, D, D, D, D, M, M, M, M, M, M, /* 0123456789:;<=>? */
    M, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* @ABCDEFGHIJKLMNO */
    U, U, U, U, U, U, U, U, U, U, U, M, M, M, M, M, /* PQRSTUVWXYZ[\]^_ */
    M, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* `abcdefghijklmno */
    L, L, L, L, L, L, L, L, L, L, L, M, M, M, M, B, /* pqrstuvwxyz{|}~  */
};
#undef M
#undef B
#undef N
#undef L
#undef U
#undef D
#undef H
#undef A

static enum character wide_character(uint32_t code)
{
    if (code == 0x2010 || code == 0x2011)
        return C_HYPHEN;
    unsigned flags = unicode_flags(code);
    if (flags & UNICODE_UPPER)
        return C_UPPER;
    if (flags & UNICODE_LOWER)
        return C_LOWER;
    if (flags & (UNICODE_LETTER | UNICODE_MARK))
        return C_LETTER;
    if (flags & UNICODE_DIGIT)
        return C_DIGIT;
    if (flags & UNICODE_BLANK)
        return C_BLANK;
    if (flags & UNICODE_HIDDEN)
        return C_HIDDEN;
    if (flags & UNICODE_APOSTROPHE)
        return C_APOSTROPHE;
    return C_MARK;
}

/* What stands at `at`, and its length in bytes; a blank at the end. */
static enum character character_at(struct span text, size_t at, size_t *size)
{
    *size = 1;
    if (at >= text.size)
        return C_BLANK;
    unsigned char c = (unsigned char)text.data[at];
    if (c < 128)
        return (enum character)ascii[c];
    uint32_t code;
    *size = utf8_next(text.data + at, &code);
    return wide_character(code);
}

static bool is_letter(enum character c)
{
    return c == C_LOWER || c == C_UPPER || c == C_LETTER;
}

static bool is_word(enum character c)
{
    return is_letter(c) || c == C_DIGIT;
}

/* ---- Words known by their spelling ------------------------------------ */

enum listed {
    LINK = 1 << 0, /* may stand inside a name */
    PART = 1 << 1, /* may begin one: a particle */
    BOTH = LINK | PART,
    STOP = 1 << 2, /* an abbreviation, which keeps its full stop */
};

enum {
    LISTED_SIZE = 7,    /* bytes of a word, zeroes behind it */
    SMALL_SIZE_MAX = 5, /* of a link or particle */
};

/* In lower case, in the order of the alphabet. */
static const struct {
    char word[LISTED_SIZE];
    uint8_t listed; /* enum listed */
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

/* The bytes of a listed word as a number that orders as they do. */
static uint64_t listed_key(const char word[LISTED_SIZE])
{
    const unsigned char *p = (const unsigned char *)word;
    return (uint64_t)p[0] << 48 | (uint64_t)p[1] << 40 | (uint64_t)p[2] << 32 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 16 | (uint64_t)p[5] << 8 |
           p[6];
}

/* What the word is known as, without regard to case. */
static unsigned listed_as(struct span word)
{
    char lower[LISTED_SIZE] = { 0 };
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
        first += listed_key(listed_words[first + half].word) <= key ? half : 0;
        count -= half;
    }
    return listed_key(listed_words[first].word) == key
               ? listed_words[first].listed
               : 0;
}

/* ---- One token -------------------------------------------------------- */

struct cutter {
    struct name_tokens *tokens;
    struct span text;
    size_t at;
    bool start;    /* the next word begins a sentence */
    size_t first;  /* token that begins the sentence */
    bool stopped;  /* the last tokens may end a sentence */
    size_t line;   /* where the line began */
    size_t column; /* the longest line of the paragraph, in bytes */
};

/* What is gathered while a word is read. */
struct shape {
    uint32_t fold;
    unsigned upper, lower, other;
};

static void shape_add(struct shape *shape, struct span bytes, enum character c)
{
    shape->upper += c == C_UPPER;
    shape->lower += c == C_LOWER;
    shape->other += c == C_LETTER;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte >= 'A' && byte <= 'Z')
            byte |= 0x20;
        shape->fold = (shape->fold ^ byte) * 0x01000193u;
    }
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
    return listed_as(word) & STOP;
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

static unsigned word_flags(struct span word, const struct shape *shape,
                           enum character first)
{
    unsigned flags = 0;
    if (word.size > NAME_TOKEN_SIZE_MAX)
        return NAME_TOKEN_APART;
    if (first == C_DIGIT)
        flags |= NAME_TOKEN_DIGITS | NAME_TOKEN_LINK;
    if (shape->upper) {
        flags |= NAME_TOKEN_CAPITAL;
        if (first == C_UPPER)
            flags |= NAME_TOKEN_FIRST_CAPITAL;
        if (shape->upper > 1 && !shape->lower && !shape->other)
            flags |= NAME_TOKEN_ALL_CAPITALS;
    } else if (shape->lower) {
        flags |= NAME_TOKEN_LOWER;
    }
    unsigned listed = word.size <= SMALL_SIZE_MAX ? listed_as(word) : 0;
    if (listed & LINK)
        flags |= NAME_TOKEN_LINK;
    if (listed & PART && flags & NAME_TOKEN_LOWER)
        flags |= NAME_TOKEN_PARTICLE;
    return flags;
}

static void add_token(struct cutter *cutter, size_t from, size_t to,
                      const struct shape *shape, unsigned flags)
{
    struct name_tokens *tokens = cutter->tokens;
    MEMORY_GROW(tokens->items, tokens->count, tokens->capacity);
    unsigned letters = shape->upper + shape->lower + shape->other;
    if (cutter->start && !(flags & NAME_TOKEN_MARK)) {
        flags |= NAME_TOKEN_START;
        cutter->start = false;
    }
    tokens->items[tokens->count++] =
        (struct name_token){ (uint32_t)from, (uint32_t)(to - from), shape->fold,
                             (uint16_t)flags,
                             (uint16_t)(letters < 65535 ? letters : 65535) };
    cutter->at = to;
}

static void read_word(struct cutter *cutter, enum character first)
{
    struct span text = cutter->text;
    struct shape shape = { 0x811C9DC5u, 0, 0, 0 };
    size_t from = cutter->at, at = from, size;
    enum character last = first;
    for (;;) {
        enum character c = character_at(text, at, &size);
        struct span word = span_slice(text, from, at);
        if (is_word(c))
            last = c;
        else if (c == C_BLANK || c == C_LINE)
            break;
        else if (c != C_HIDDEN && !joins(text, word, at, c, size, last))
            break;
        shape_add(&shape, span_slice(text, at, at + size), c);
        at += size;
    }
    if (begins_address(text, at)) {
        add_token(cutter, from, to_blank(text, at), &shape, NAME_TOKEN_APART);
        return;
    }
    struct span word = span_slice(text, from, at);
    add_token(cutter, from, at, &shape, word_flags(word, &shape, first));
}

/* 's and its kin after a word: false where the apostrophe is a quotation mark.
 */
static bool read_contraction(struct cutter *cutter, size_t size)
{
    struct name_tokens *tokens = cutter->tokens;
    size_t at = cutter->at;
    if (!tokens->count || !is_contraction(cutter->text, at, size))
        return false;
    const struct name_token *last = &tokens->items[tokens->count - 1];
    if (last->flags & NAME_TOKEN_MARK)
        return false;
    struct shape shape = { 0x811C9DC5u, 0, 0, 0 };
    size_t to = at + size;
    while (is_letter(character_at(cutter->text, to, &size)))
        to += size;
    shape_add(&shape, span_slice(cutter->text, at, to), C_LOWER);
    add_token(cutter, at, to, &shape, NAME_TOKEN_LINK);
    return true;
}

/* ---- Sentences -------------------------------------------------------- */

/* A line that was cut to fit a width holds about this many bytes at most; text
 * with longer lines has its line ends where the author put them. */
enum { WRAPPED_LINE_MAX = 100 };

/* Whether the line end at `at` is the author's: the first word of the next line
 * would have fitted on this one, or lines are not cut to a width at all. */
static bool line_is_ended(const struct cutter *cutter, size_t at)
{
    size_t size, length = at - cutter->line, word = at + 1;
    if (cutter->column > WRAPPED_LINE_MAX || length > WRAPPED_LINE_MAX)
        return true;
    while (word < cutter->text.size && word - at <= WRAPPED_LINE_MAX &&
           is_word(character_at(cutter->text, word, &size)))
        word += size;
    return length + (word - at) <= cutter->column;
}

/* The longest line of the paragraph that begins at `from`. */
static size_t paragraph_column(struct span text, size_t from)
{
    size_t longest = 0;
    while (from < text.size && longest <= WRAPPED_LINE_MAX) {
        const char *end = memchr(text.data + from, '\n', text.size - from);
        size_t to = end ? (size_t)(end - text.data) : text.size;
        if (to == from)
            break;
        if (to - from > longest)
            longest = to - from;
        from = to + 1;
    }
    return longest;
}

/* Small words that a headline leaves in lower case are shorter than this. */
enum { TITLE_WORD_MIN = 4 };

/* Say of the words of the sentence that ends here what kind of line it is:
 * all in capitals, or a headline with most words capitalised. */
static void end_sentence(struct cutter *cutter)
{
    struct name_token *items = cutter->tokens->items;
    size_t words = 0, capitals = 0, all = 0, small = 0;
    for (size_t i = cutter->first; i < cutter->tokens->count; i++) {
        unsigned flags = items[i].flags;
        if (items[i].letters < 2 || flags & NAME_TOKEN_APART)
            continue;
        words++;
        capitals += !!(flags & NAME_TOKEN_FIRST_CAPITAL);
        all += !!(flags & NAME_TOKEN_ALL_CAPITALS);
        small +=
            !(flags & NAME_TOKEN_CAPITAL) && items[i].letters >= TITLE_WORD_MIN;
    }
    unsigned line = 0;
    if (words && all * 10 >= words * 9)
        line = NAME_TOKEN_CAPS_LINE;
    else if (words >= 4 && capitals * 10 >= words * 7 && small <= words / 10)
        line = NAME_TOKEN_TITLE_LINE;
    for (size_t i = cutter->first; line && i < cutter->tokens->count; i++)
        items[i].flags |= (uint16_t)line;
    cutter->first = cutter->tokens->count;
    cutter->start = true;
    cutter->stopped = false;
}

static void read_line_end(struct cutter *cutter)
{
    struct span text = cutter->text;
    size_t end = cutter->at, at = end + 1;
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == '\t' ||
                              text.data[at] == '\r'))
        at++;
    bool paragraph = at >= text.size || text.data[at] == '\n';
    if (paragraph || line_is_ended(cutter, end))
        end_sentence(cutter);
    while (at < text.size && text.data[at] == '\n')
        at++;
    if (paragraph)
        cutter->column = paragraph_column(text, at);
    cutter->line = at;
    cutter->at = at;
}

/* Marks that may stand inside a name; those of more than one byte are dashes
 * and quotation marks. */
static unsigned mark_flags(struct span mark)
{
    if (mark.size > 1 || strchr("&-'.,/", mark.data[0]))
        return NAME_TOKEN_MARK | NAME_TOKEN_LINK;
    return NAME_TOKEN_MARK;
}

static bool is_stop(struct span mark)
{
    return strchr(".!?", mark.data[0]) || span_is(mark, "\xE2\x80\xA6");
}

static bool is_closer(struct span mark)
{
    return strchr("\"')]", mark.data[0]) || span_is(mark, "\xE2\x80\x9D") ||
           span_is(mark, "\xE2\x80\x99");
}

/* Whether the full stop at `from` is that of an initial or an abbreviation,
 * with a blank between as annotated news has it: "U . S .", "St . Vincent". */
static bool is_detached_stop(const struct cutter *cutter, size_t from)
{
    const struct name_tokens *tokens = cutter->tokens;
    if (cutter->text.data[from] != '.' || tokens->count == cutter->first)
        return false;
    const struct name_token *last = &tokens->items[tokens->count - 1];
    size_t end = (size_t)last->offset + last->size;
    if (end == from)
        return false;
    struct span word = span_slice(cutter->text, last->offset, end);
    return (last->letters == 1 && last->flags & NAME_TOKEN_CAPITAL) ||
           listed_as(word) & STOP;
}

static void read_mark(struct cutter *cutter, size_t size)
{
    struct span text = cutter->text;
    size_t from = cutter->at, to = from + size, next;
    struct shape shape = { 0, 0, 0, 0 };
    if ((text.data[from] == '@' || text.data[from] == '#') &&
        is_word(character_at(text, to, &next))) {
        while (is_word(character_at(text, to, &next)))
            to += next;
        add_token(cutter, from, to, &shape, NAME_TOKEN_APART);
        return;
    }
    if (size == 1)
        while (to < text.size && text.data[to] == text.data[from])
            to++;
    struct span mark = span_slice(text, from, to);
    cutter->stopped = (is_stop(mark) && !is_detached_stop(cutter, from)) ||
                      (cutter->stopped && is_closer(mark));
    shape.fold = (unsigned char)mark.data[0];
    add_token(cutter, from, to, &shape, mark_flags(mark));
}

static void read_token(struct cutter *cutter, enum character c, size_t size)
{
    bool blank_before =
        cutter->at && strchr(" \t\n\r\xA0", cutter->text.data[cutter->at - 1]);
    if (cutter->stopped && blank_before && c != C_LOWER)
        end_sentence(cutter);
    if (is_word(c)) {
        cutter->stopped = false;
        read_word(cutter, c);
    } else if (c != C_APOSTROPHE || !read_contraction(cutter, size)) {
        read_mark(cutter, size);
    }
}

size_t name_tokens_read(struct name_tokens *tokens, struct span text,
                        size_t from, size_t limit)
{
    tokens->count = 0;
    struct cutter cutter = {
        tokens, text, from, true, 0, false, from, paragraph_column(text, from)
    };
    while (cutter.at < text.size) {
        if (tokens->count >= limit &&
            (cutter.first == tokens->count || tokens->count >= 2 * limit))
            break;
        size_t size;
        enum character c = character_at(text, cutter.at, &size);
        if (c == C_LINE)
            read_line_end(&cutter);
        else if (c == C_BLANK || c == C_HIDDEN)
            cutter.at += size;
        else
            read_token(&cutter, c, size);
    }
    end_sentence(&cutter);
    return cutter.at;
}

void name_tokens_release(struct name_tokens *tokens)
{
    free(tokens->items);
    *tokens = (struct name_tokens)NAME_TOKENS_INIT;
}

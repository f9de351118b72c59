/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/unicode.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

enum {
    LETTER = UNICODE_LETTER,
    MARK = UNICODE_MARK,
    DIGIT = UNICODE_DIGIT,
    BLANK = UNICODE_BLANK,
    STOP = UNICODE_STOP,
    OPENS = UNICODE_OPENS,
    CLOSES = UNICODE_CLOSES,
    QUOTE = UNICODE_QUOTE,
    APOSTROPHE = UNICODE_APOSTROPHE,
    EITHER_QUOTE = OPENS | CLOSES | QUOTE,
};

struct range {
    uint32_t first, last;
};

static bool in_ranges(const struct range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

#define IN_RANGES(ranges, code) \
    in_ranges((ranges), sizeof(ranges) / sizeof((ranges)[0]), (code))

/* ---- What a character is ---------------------------------------------- */

static const uint16_t category_flags[] = {
    [UTF8PROC_CATEGORY_LU] = LETTER | UNICODE_UPPER,
    [UTF8PROC_CATEGORY_LL] = LETTER | UNICODE_LOWER,
    [UTF8PROC_CATEGORY_LT] = LETTER | UNICODE_UPPER,
    [UTF8PROC_CATEGORY_LM] = LETTER,
    [UTF8PROC_CATEGORY_LO] = LETTER,
    [UTF8PROC_CATEGORY_MN] = MARK,
    [UTF8PROC_CATEGORY_MC] = MARK,
    [UTF8PROC_CATEGORY_ME] = MARK,
    [UTF8PROC_CATEGORY_ND] = DIGIT,
    [UTF8PROC_CATEGORY_NL] = DIGIT,
    [UTF8PROC_CATEGORY_NO] = DIGIT,
    [UTF8PROC_CATEGORY_PD] = OPENS,
    [UTF8PROC_CATEGORY_PS] = OPENS,
    [UTF8PROC_CATEGORY_PE] = CLOSES,
    [UTF8PROC_CATEGORY_PI] = EITHER_QUOTE,
    [UTF8PROC_CATEGORY_PF] = EITHER_QUOTE,
    [UTF8PROC_CATEGORY_ZS] = BLANK,
    [UTF8PROC_CATEGORY_ZL] = BLANK,
    [UTF8PROC_CATEGORY_ZP] = BLANK,
    [UTF8PROC_CATEGORY_CO] = 0,
};

/* Where the category does not say it; ascending. */
static const struct {
    uint16_t code, flags;
} exceptions[] = {
    { 0x0085, BLANK },
    { 0x00A1, OPENS },
    { 0x00B4, APOSTROPHE | QUOTE | CLOSES },
    { 0x00BF, OPENS },
    { 0x02BB, LETTER | APOSTROPHE },
    { 0x02BC, LETTER | APOSTROPHE },
    { 0x0589, STOP },
    { 0x05F3, APOSTROPHE },
    { 0x061F, STOP },
    { 0x06D4, STOP },
    { 0x0964, STOP },
    { 0x0965, STOP },
    { 0x104B, STOP },
    { 0x1362, STOP },
    { 0x2018, EITHER_QUOTE | APOSTROPHE },
    { 0x2019, EITHER_QUOTE | APOSTROPHE },
    { 0x201A, OPENS | QUOTE },
    { 0x201E, OPENS | QUOTE },
    { 0x2026, STOP },
    { 0x203C, STOP },
    { 0x2047, STOP },
    { 0x2048, STOP },
    { 0x2049, STOP },
    { 0x3002, STOP | UNICODE_WIDE },
    { 0xFF01, STOP | UNICODE_WIDE },
    { 0xFF07, APOSTROPHE },
    { 0xFF1F, STOP | UNICODE_WIDE },
    { 0xFF61, STOP | UNICODE_WIDE },
};

/* Thai, Lao, Myanmar, Khmer, the scripts of Chinese and Japanese, and Hangul,
 * whose blanks part words from each other but not from their particles. */
static const struct range alone[] = {
    { 0x0E01, 0x0EDF }, { 0x1000, 0x109F },   { 0x1100, 0x11FF },
    { 0x1780, 0x17FF }, { 0x2E80, 0x2FDF },   { 0x3005, 0x3007 },
    { 0x3021, 0x3029 }, { 0x3031, 0x3035 },   { 0x3038, 0x303C },
    { 0x3041, 0x30FF }, { 0x3131, 0x318E },   { 0x31F0, 0x31FF },
    { 0x3400, 0x4DBF }, { 0x4E00, 0x9FFF },   { 0xA9E0, 0xA9FF },
    { 0xAA60, 0xAA7F }, { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },
    { 0xFF66, 0xFF9D }, { 0x1AFF0, 0x1B16F }, { 0x20000, 0x3FFFF },
};

enum {
    HALF_WIDTH_VOICED = 0xFF9E,      /* letters by category, but they only */
    HALF_WIDTH_SEMI_VOICED = 0xFF9F, /* ever change the one before them    */
    ZERO_WIDTH_SPACE = 0x200B,       /* is there to part words */
};

static unsigned ascii_flags(uint32_t code)
{
    if (code - 'a' < 26)
        return LETTER | UNICODE_LOWER;
    if (code - 'A' < 26)
        return LETTER | UNICODE_UPPER;
    if (code - '0' < 10)
        return DIGIT;
    switch (code) {
    case ' ':
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r': return BLANK;
    case '.':
    case '!':
    case '?': return STOP;
    case '"': return EITHER_QUOTE;
    case '\'': return EITHER_QUOTE | APOSTROPHE;
    case '`': return OPENS | QUOTE | APOSTROPHE;
    case '(':
    case '[':
    case '{':
    case '-': return OPENS;
    case ')':
    case ']':
    case '}': return CLOSES;
    }
    return 0;
}

static int exception_of(uint32_t code)
{
    size_t low = 0, high = sizeof(exceptions) / sizeof(exceptions[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (exceptions[middle].code == code)
            return exceptions[middle].flags;
        if (exceptions[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static const utf8proc_property_t *property_of(uint32_t code)
{
    return utf8proc_get_property((utf8proc_int32_t)code);
}

unsigned unicode_flags(uint32_t code)
{
    if (code < 0x80)
        return ascii_flags(code);
    const utf8proc_property_t *property = property_of(code);
    unsigned category = property->category;
    if (category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LU)
        return category_flags[category];
    if (property->ignorable)
        return code == ZERO_WIDTH_SPACE ? 0 : UNICODE_HIDDEN;
    if (code == HALF_WIDTH_VOICED || code == HALF_WIDTH_SEMI_VOICED)
        return MARK;
    unsigned flags = category_flags[category];
    bool written = (flags & LETTER) || category == UTF8PROC_CATEGORY_NL;
    if (written && code >= alone[0].first && IN_RANGES(alone, code))
        return LETTER | UNICODE_ALONE;
    if ((flags & (MARK | DIGIT)) || category == UTF8PROC_CATEGORY_LO)
        return flags;
    int exception = exception_of(code);
    return exception < 0 ? flags : (unsigned)exception;
}

/* ---- What a reader sees ------------------------------------------------ */

unsigned unicode_columns(uint32_t code)
{
    if (code < 0x300)
        return code < 0x20 || (code >= 0x7F && code < 0xA0) ? 0 : 1;
    const utf8proc_property_t *property = property_of(code);
    /* Marks with a place of their own, as terminals show them. */
    if (property->category == UTF8PROC_CATEGORY_MC)
        return 1;
    /* The later letters of a syllable of Hangul stand in the first one's. */
    if (property->boundclass == UTF8PROC_BOUNDCLASS_V ||
        property->boundclass == UTF8PROC_BOUNDCLASS_T)
        return 0;
    return property->charwidth;
}

bool unicode_parts(uint32_t before, uint32_t code, int32_t *state)
{
    return utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
                                            (utf8proc_int32_t)code, state);
}

/* Where to begin to look for clusters: at a line's end or a blank, or as far
 * back as one is kept whole. */
static size_t settled_before(struct span text, size_t at)
{
    size_t least = at > UNICODE_CLUSTER_MAX ? at - UNICODE_CLUSTER_MAX : 0;
    size_t start = at;
    while (start > least && (unsigned char)text.data[start] > ' ')
        start--;
    return utf8_floor(text, start);
}

size_t unicode_floor(struct span text, size_t at)
{
    if (at >= text.size)
        return text.size;
    size_t whole = utf8_floor(text, at), floor = settled_before(text, whole);
    uint32_t before = 0, code;
    int32_t state = 0;
    for (size_t next = floor; next <= whole; before = code) {
        size_t size = utf8_next(text.data + next, &code);
        if (unicode_parts(before, code, &state))
            floor = next;
        next += size;
    }
    return floor;
}

/* ---- Folding ---------------------------------------------------------- */

/* Latin letters that Unicode does not take apart; ascending. */
static const struct {
    uint16_t code;
    char plain[3];
} latin_letters[] = {
    { 0x00E6, "ae" }, { 0x00F0, "d" },  { 0x00F8, "o" }, { 0x00FE, "th" },
    { 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0142, "l" },
    { 0x014B, "n" },  { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" },
    { 0x0188, "c" },  { 0x0192, "f" },  { 0x0199, "k" }, { 0x019A, "l" },
    { 0x019E, "n" },  { 0x01A5, "p" },  { 0x01AD, "t" }, { 0x01B4, "y" },
    { 0x01B6, "z" },  { 0x01E5, "g" },  { 0x0253, "b" }, { 0x0256, "d" },
    { 0x0257, "d" },  { 0x0260, "g" },  { 0x0268, "i" }, { 0x0272, "n" },
    { 0x0289, "u" },
};

/* Letters whose marks are accents: Latin and Greek, when taken apart. */
static const struct range accented[] = {
    { 'A', 'Z' },       { 'a', 'z' },       { 0x00C0, 0x02AF },
    { 0x0370, 0x03FF }, { 0x1D00, 0x1DBF }, { 0x1E00, 0x1FFF },
    { 0x2C60, 0x2C7F }, { 0xA720, 0xA7FF }, { 0xAB30, 0xAB6F },
};

enum {
    FOLD_CODES = 256,   /* of a word; what is longer is no word */
    CHAR_CODES = 32,    /* of one character taken apart: at most 18 */
    DOT_ABOVE = 0x0307, /* what full case folding leaves of U+0130 */
    MIDDLE_DOT = 0x00B7,
};

static const char *plain_latin(uint32_t code)
{
    size_t low = 0, high = sizeof(latin_letters) / sizeof(latin_letters[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (latin_letters[middle].code == code)
            return latin_letters[middle].plain;
        if (latin_letters[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static size_t take_apart(uint32_t code, utf8proc_int32_t *out, size_t room,
                         bool compatible)
{
    int options = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
    if (compatible)
        options |= UTF8PROC_COMPAT;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        (utf8proc_int32_t)code, out, (utf8proc_ssize_t)room,
        (utf8proc_option_t)options, NULL);
    return count < 0 || (size_t)count > room ? 0 : (size_t)count;
}

char unicode_base(uint32_t code)
{
    utf8proc_int32_t parts[CHAR_CODES];
    if (!take_apart(code, parts, CHAR_CODES, true))
        return 0;
    if (parts[0] >= 'a' && parts[0] <= 'z')
        return (char)parts[0];
    const char *plain = plain_latin((uint32_t)parts[0]);
    return plain ? plain[0] : 0;
}

/* A word being folded, as code points taken apart. */
struct folding {
    utf8proc_int32_t codes[FOLD_CODES];
    size_t count;
    bool drop_accents;
    bool after_accented; /* the last letter was Latin or Greek */
};

/* Marks stand in the order of their classes (Unicode section 3.11). */
static void add_ordered(struct folding *folding, utf8proc_int32_t code)
{
    size_t at = folding->count++;
    int class = property_of((uint32_t)code)->combining_class;
    for (; class && at; at--) {
        utf8proc_int32_t before = folding->codes[at - 1];
        if (property_of((uint32_t)before)->combining_class <= class)
            break;
        folding->codes[at] = before;
    }
    folding->codes[at] = code;
}

/* Marks that are left out as readily as written: the vowels of Arabic, its
 * hamza and madda with alef, the two dots on the Russian e. */
static bool is_optional_mark(utf8proc_int32_t letter, utf8proc_int32_t mark)
{
    enum { CYRILLIC_IE = 0x0435, ALEF = 0x0627, DIAERESIS = 0x0308 };
    return (mark >= 0x064B && mark <= 0x0652) || mark == 0x0670 ||
           (letter == ALEF && mark >= 0x0653 && mark <= 0x0655) ||
           (letter == CYRILLIC_IE && mark == DIAERESIS);
}

/* Letters that Arabic, Persian, Urdu and Kurdish keyboards have for one, which
 * texts mix; 0 for the stroke that only makes words longer. */
static utf8proc_int32_t plain_arabic(utf8proc_int32_t code)
{
    switch (code) {
    case 0x0649: /* alef maksura */
    case 0x06CC: return 0x064A;
    case 0x06A9: return 0x0643;
    case 0x0640: return 0;
    default: return code;
    }
}

static void add_mark(struct folding *folding, utf8proc_int32_t mark)
{
    utf8proc_int32_t before =
        folding->count ? folding->codes[folding->count - 1] : 0;
    bool dotted = mark == DOT_ABOVE && before == 'i';
    bool accent = folding->drop_accents &&
                  (folding->after_accented || is_optional_mark(before, mark));
    if (!dotted && !accent)
        add_ordered(folding, mark);
}

static void add_part(struct folding *folding, utf8proc_int32_t code)
{
    if (unicode_flags((uint32_t)code) & MARK) {
        add_mark(folding, code);
        return;
    }
    folding->after_accented = IN_RANGES(accented, (uint32_t)code);
    if (folding->drop_accents)
        code = plain_arabic(code);
    if (!code)
        return;
    const char *plain =
        folding->drop_accents ? plain_latin((uint32_t)code) : NULL;
    if (!plain) {
        folding->codes[folding->count++] = code;
        return;
    }
    for (; *plain; plain++)
        folding->codes[folding->count++] = *plain;
}

static bool is_fraction(uint32_t code)
{
    return property_of(code)->decomp_type == UTF8PROC_DECOMP_TYPE_FRACTION;
}

static void add_folded(struct folding *folding, uint32_t code)
{
    unsigned flags = unicode_flags(code);
    if (flags & UNICODE_HIDDEN)
        return;
    if (flags & APOSTROPHE)
        code = '\'';
    if (code == MIDDLE_DOT && folding->drop_accents)
        return;
    utf8proc_int32_t parts[CHAR_CODES];
    size_t count = take_apart(code, parts, CHAR_CODES, !is_fraction(code));
    for (size_t i = 0; i < count; i++) {
        /* "(1)" for U+2474, a blank for a spacing accent: no part of a word */
        bool strays = (flags & UNICODE_WORD) &&
                      !(unicode_flags((uint32_t)parts[i]) & UNICODE_WORD);
        if (!strays || code == '\'')
            add_part(folding, parts[i]);
    }
}

static size_t normalise(utf8proc_int32_t *codes, size_t count)
{
    utf8proc_ssize_t composed = utf8proc_normalize_utf32(
        codes, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    return composed < 0 ? count : (size_t)composed;
}

void unicode_fold(struct str *out, struct span text, bool drop_accents)
{
    if (text.size > UNICODE_FOLD_MAX)
        return;
    struct folding folding;
    folding.count = 0;
    folding.drop_accents = drop_accents;
    folding.after_accented = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        at += utf8_next(text.data + at, &code);
        if (folding.count > FOLD_CODES - 2 * CHAR_CODES)
            return;
        add_folded(&folding, code);
    }
    size_t count = normalise(folding.codes, folding.count);
    for (size_t i = 0; i < count; i++)
        utf8_add(out, (uint32_t)folding.codes[i]);
}

/* ---- Composing -------------------------------------------------------- */

/* Characters over U+02FF that are as they should be unless a mark follows. */
static const struct range inert[] = {
    { 0x0388, 0x03CE }, { 0x0400, 0x0482 }, { 0x05D0, 0x05EA },
    { 0x0620, 0x064A }, { 0x2010, 0x205E }, { 0x3001, 0x3098 },
    { 0x309B, 0x30FF }, { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 },
};

enum {
    RUN_SIZE = 256,  /* bytes that are composed at a time */
    RUN_CODES = 1024 /* enough: a character is at most four when taken apart */
};

static bool is_settled(uint32_t code)
{
    return code < 0x300 || IN_RANGES(inert, code);
}

static void compose_run(struct str *out, struct span run)
{
    utf8proc_int32_t codes[RUN_CODES];
    utf8proc_ssize_t count = utf8proc_decompose(
        (const utf8proc_uint8_t *)run.data, (utf8proc_ssize_t)run.size, codes,
        RUN_CODES, UTF8PROC_DECOMPOSE);
    if (count < 0 || count > RUN_CODES) {
        str_add(out, run);
        return;
    }
    size_t length = normalise(codes, (size_t)count);
    for (size_t i = 0; i < length; i++)
        utf8_add(out, (uint32_t)codes[i]);
}

/* Where the run of characters that have to be looked at ends. */
static size_t run_end(struct span text, size_t from)
{
    size_t at = from;
    while (at < text.size && at - from < RUN_SIZE) {
        uint32_t code;
        size_t size = utf8_next(text.data + at, &code);
        if (is_settled(code))
            break;
        at += size;
    }
    return at;
}

/* No byte of a character below U+0300 is that. */
static bool may_be_unsettled(unsigned char byte)
{
    return byte >= 0xCC;
}

enum { BLOCK_SIZE = 32 }; /* bytes that compilers look at together */

static bool is_settled_block(const char *block)
{
    unsigned char unsettled = 0;
    for (int i = 0; i < BLOCK_SIZE; i++)
        unsettled |= may_be_unsettled((unsigned char)block[i]);
    return !unsettled;
}

/* The first character from `at` on that may not be in NFC, or the size of the
 * text. */
static size_t find_unsettled(struct span text, size_t at)
{
    while (at < text.size) {
        if (text.size - at >= BLOCK_SIZE && is_settled_block(text.data + at)) {
            at += BLOCK_SIZE;
            continue;
        }
        size_t end = at + BLOCK_SIZE < text.size ? at + BLOCK_SIZE : text.size;
        while (at < end) {
            uint32_t code = 0;
            size_t size = 1;
            if (may_be_unsettled((unsigned char)text.data[at]))
                size = utf8_next(text.data + at, &code);
            if (!is_settled(code))
                return at;
            at += size;
        }
    }
    return text.size;
}

/* The character in front of text[at], which begins at `from` or behind it. */
static size_t character_before(struct span text, size_t from, size_t at)
{
    if (at > from)
        at--;
    while (at > from && (text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

bool unicode_is_composed(struct span text)
{
    return find_unsettled(text, 0) == text.size;
}

void unicode_compose(struct str *out, struct span text)
{
    size_t done = 0;
    while (done < text.size) {
        size_t at = find_unsettled(text, done);
        if (at == text.size)
            break;
        size_t before = character_before(text, done, at);
        size_t end = run_end(text, at);
        str_add(out, span_slice(text, done, before));
        compose_run(out, span_slice(text, before, end));
        done = end;
    }
    str_add(out, span_slice(text, done, text.size));
}

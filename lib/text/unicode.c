/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/unicode.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* ---- Properties ------------------------------------------------------- */

struct range {
    uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return true;
    return false;
}

/* Scripts written without blanks between words (Unicode 15, blocks). */
static const struct range alone[] = {
    { 0x0E00, 0x0EFF }, /* Thai, Lao */
    { 0x1000, 0x109F }, /* Myanmar */
    { 0x1780, 0x17FF }, /* Khmer */
    { 0x3005, 0x3007 }, /* ideographic iteration mark and zero */
    { 0x3040, 0x30FF }, /* Hiragana, Katakana */
    { 0x31F0, 0x31FF }, /* Katakana extensions */
    { 0x3400, 0x4DBF }, /* Han */
    { 0x4E00, 0x9FFF },   { 0xF900, 0xFAFF },
    { 0xFF66, 0xFF9D },   /* half-width Katakana */
    { 0x20000, 0x3FFFF }, /* Han, supplementary */
};

static bool is_hidden(uint32_t code)
{
    return code == 0x00AD || (code >= 0x200B && code <= 0x200D) ||
           code == 0x2060 || code == 0xFEFF;
}

static unsigned punctuation_flags(uint32_t code)
{
    switch (code) {
    case '\'':
    case 0x2019: return UNICODE_APOSTROPHE;
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x061F:
    case 0x06D4:
    case 0x0964: return UNICODE_STOP;
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0E: return UNICODE_STOP | UNICODE_WIDE;
    case '(':
    case '[':
    case '"':
    case 0x00AB:
    case 0x2018:
    case 0x201A:
    case 0x201C:
    case 0x201E:
    case 0x300C:
    case 0x300E: return UNICODE_OPENS;
    default: return 0;
    }
}

unsigned unicode_flags(uint32_t code)
{
    if (is_hidden(code))
        return UNICODE_HIDDEN;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return UNICODE_LETTER | UNICODE_UPPER;
    case UTF8PROC_CATEGORY_LL: return UNICODE_LETTER | UNICODE_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return UNICODE_LETTER |
               (is_in(alone, sizeof(alone) / sizeof(*alone), code)
                    ? UNICODE_ALONE
                    : 0);
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return UNICODE_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return UNICODE_DIGIT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return UNICODE_BLANK;
    default:
        if (code == ' ' || (code >= '\t' && code <= '\r'))
            return UNICODE_BLANK;
        return punctuation_flags(code);
    }
}

/* ---- Folding ---------------------------------------------------------- */

enum { FOLD_CODES_MAX = UNICODE_FOLD_MAX * 4 }; /* after decomposition */

static bool is_latin_or_greek(int32_t code)
{
    return code < 0x0250 || (code >= 0x0370 && code < 0x0400) ||
           (code >= 0x1E00 && code < 0x2000);
}

/* Letters that Unicode does not decompose, as they are typed without their
 * strokes. */
static const struct {
    uint16_t letter;
    char plain[3];
} strokes[] = {
    { 0x00E6, "ae" }, { 0x00F0, "d" },  { 0x00F8, "o" }, { 0x00FE, "th" },
    { 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0142, "l" },
    { 0x014B, "n" },  { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" },
    { 0x0192, "f" },  { 0x01B6, "z" },
};

static const char *without_stroke(int32_t code)
{
    for (size_t i = 0; i < sizeof(strokes) / sizeof(*strokes); i++)
        if (strokes[i].letter == code)
            return strokes[i].plain;
    return NULL;
}

/* Drop in place the marks of Latin and Greek letters. */
static size_t drop_marks(int32_t *codes, size_t count)
{
    size_t kept = 0;
    bool accented = false;
    for (size_t i = 0; i < count; i++) {
        if (unicode_flags((uint32_t)codes[i]) & UNICODE_MARK) {
            if (accented)
                continue;
        } else {
            accented = is_latin_or_greek(codes[i]);
        }
        codes[kept++] = codes[i];
    }
    return kept;
}

static void add_code(struct str *out, int32_t code, bool drop_accents)
{
    const char *plain = drop_accents ? without_stroke(code) : NULL;
    if (plain)
        str_add_text(out, plain);
    else if (code == 0x2019)
        str_add_char(out, '\'');
    else if (!is_hidden((uint32_t)code))
        utf8_add(out, (uint32_t)code);
}

void unicode_fold(struct str *out, struct span text, bool drop_accents)
{
    if (!text.size || text.size > UNICODE_FOLD_MAX)
        return;
    int32_t codes[FOLD_CODES_MAX];
    utf8proc_ssize_t count = utf8proc_decompose(
        (const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, codes,
        FOLD_CODES_MAX,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
    if (count < 0 || count > FOLD_CODES_MAX)
        return;
    size_t kept = (size_t)count;
    if (drop_accents)
        kept = drop_marks(codes, kept);
    count = utf8proc_normalize_utf32(codes, (utf8proc_ssize_t)kept,
                                     UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        add_code(out, codes[i], drop_accents);
}

/* ---- Normal form ------------------------------------------------------ */

bool unicode_is_composed(struct span text)
{
    /* U+0300 is CC 80; Latin letters up to it are two bytes below that and
     * stay as they are in NFC.  U+2000 to U+206F, the punctuation of
     * typesetting, stays too but for the spaces U+2000 and U+2001. */
    const unsigned char *p = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.size; i++) {
        if (p[i] < 0xCC)
            continue;
        if (p[i] == 0xE2 && i + 2 < text.size && p[i + 1] == 0x80 &&
            p[i + 2] >= 0x82) {
            i += 2;
            continue;
        }
        return false;
    }
    return true;
}

void unicode_compose(struct str *out, struct span text)
{
    if (unicode_is_composed(text)) {
        str_add(out, text);
        return;
    }
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text.data,
                                         (utf8proc_ssize_t)text.size, &composed,
                                         UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (size < 0)
        str_add(out, text);
    else
        str_add(out, (struct span){ (const char *)composed, (size_t)size });
    free(composed);
}

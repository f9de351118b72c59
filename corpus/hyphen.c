/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/hyphen.h"

#include <string.h>

#include "base/utf8.h"
#include "text/unicode.h"

enum {
    COMPOUND_MIN = 5, /* bytes of the second word of a compound */
    WORD_MAX = 64,    /* bytes before a hyphen: lines may make one word */
};

/* The bytes of a hyphen at the end: '-', the soft one, or the sign that some
 * OCR sets for it. */
static size_t hyphen_size(struct span line)
{
    static const char *const hyphens[] = { "-", "\u00AD", "\u00AC", "\u2010" };
    char last = line.size ? line.data[line.size - 1] : ' ';
    if (last != '-' && !(last & 0x80))
        return 0;
    for (size_t i = 0; i < sizeof(hyphens) / sizeof(*hyphens); i++)
        if (span_ends(line, hyphens[i]))
            return strlen(hyphens[i]);
    return 0;
}

static unsigned first_flags(struct span text)
{
    uint32_t code;
    return utf8_decode(text, 0, &code) ? unicode_flags(code) : 0;
}

static unsigned last_flags(struct span text)
{
    size_t at = text.size ? utf8_floor(text, text.size - 1) : 0;
    return first_flags(span_slice(text, at, text.size));
}

/* The letters at the end, or at the front. */
static struct span last_word(struct span text)
{
    size_t start = text.size;
    while (start && text.size - start < WORD_MAX) {
        size_t at = utf8_floor(text, start - 1);
        if (!(first_flags(span_slice(text, at, start)) & UNICODE_LETTER))
            break;
        start = at;
    }
    return span_slice(text, start, text.size);
}

static struct span first_word(struct span text)
{
    size_t end = 0;
    uint32_t code;
    for (size_t size; (size = utf8_decode(text, end, &code)); end += size)
        if (!(unicode_flags(code) & UNICODE_LETTER))
            break;
    return span_slice(text, 0, end);
}

/* "GOVERN" and "MENT", but not the T of "T-shirt". */
static bool is_all(struct span word, unsigned flag)
{
    size_t count = 0;
    uint32_t code;
    for (size_t at = 0; at < word.size; count++) {
        at += utf8_next(word.data + at, &code);
        if (!(unicode_flags(code) & flag))
            return false;
    }
    return count > 1;
}

static bool is_one_of(struct span word, const char *words)
{
    struct span rest = span_of(words), one;
    while (span_next(&rest, ' ', &one))
        if (span_equal(word, one))
            return true;
    return false;
}

/* "two- and three-year", "Fähr- und Hafenbetrieb" */
static bool is_suspended(struct span next)
{
    return is_one_of(first_word(next),
                     "and or to und oder bis et ou y o e en of och og");
}

/* First words of compounds that keep their hyphen. */
static bool is_compound(struct span word, struct span next)
{
    return first_word(next).size >= COMPOUND_MIN &&
           is_one_of(word, "well self half long short high low mid one two "
                           "three four six seven eight nine first second third "
                           "early late left right full part free cross north "
                           "south east west hard ex non");
}

/* Whether the hyphen behind `word` at the end of `before` goes. */
static bool is_one_word(struct span before, struct span word, struct span next)
{
    size_t start = before.size - hyphen_size(before) - word.size;
    bool soft = !span_ends(before, "-");
    bool has_other = start && before.data[start - 1] == '-';
    bool lower = first_flags(next) & last_flags(word) & UNICODE_LOWER;
    return (is_all(word, UNICODE_UPPER) &&
            is_all(first_word(next), UNICODE_UPPER)) ||
           (lower && (soft || (!has_other && !is_compound(word, next))));
}

bool hyphen_divides(struct span line, struct span next)
{
    size_t size = hyphen_size(line);
    if (!size)
        return false;
    struct span head = span_slice(line, 0, line.size - size);
    unsigned both = last_flags(head) & first_flags(next);
    return both & (UNICODE_LETTER | UNICODE_DIGIT) && !is_suspended(next);
}

void hyphen_join(struct str *paragraph, struct span line, bool typeset)
{
    struct span before = str_span(paragraph);
    if (!hyphen_divides(before, line)) {
        if (before.size)
            str_add_char(paragraph, ' ');
    } else {
        size_t end = before.size - hyphen_size(before);
        struct span word = last_word(span_slice(before, 0, end));
        bool own = !typeset && span_ends(before, "-");
        if (!own && is_one_word(before, word, line))
            str_cut(paragraph, end);
    }
    str_add(paragraph, line);
}

void hyphen_undo(struct str *out, struct span text)
{
    struct str words = STR_INIT;
    struct span word;
    while (span_next(&text, ' ', &word))
        hyphen_join(&words, word, true);
    str_add(out, str_span(&words));
    str_release(&words);
}

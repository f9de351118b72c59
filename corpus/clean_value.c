/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/clean_value.h"

#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "text/language_code.h"
#include "text/unicode.h"

/* ---- Names ------------------------------------------------------------ */

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* The flags of all letters of the text, together. */
static unsigned letters_of(struct span text)
{
    unsigned flags = 0;
    uint32_t code;
    for (size_t i = 0; i < text.size;) {
        i += utf8_next(text.data + i, &code);
        flags |= unicode_flags(code);
    }
    return flags;
}

/* Add a word of capitals as a name has it: "MCKAY" as "McKay". */
static void add_name_word(struct str *out, struct span word)
{
    uint32_t code;
    if (word.size > UNICODE_FOLD_MAX || span_is(word, "II") ||
        span_is(word, "III") || span_is(word, "IV")) {
        str_add(out, word);
        return;
    }
    if (span_starts(word, "MC") && word.size > 3) {
        str_add_text(out, "Mc");
        word = span_slice(word, 2, word.size);
    }
    size_t head = utf8_next(word.data, &code);
    str_add(out, span_slice(word, 0, head));
    unicode_fold(out, span_slice(word, head, word.size), false);
}

/* The end of the word at `at`, or of the character that is in none. */
static size_t word_end(struct span text, size_t at)
{
    uint32_t code;
    size_t end = at;
    while (end < text.size) {
        size_t size = utf8_next(text.data + end, &code);
        if (!(unicode_flags(code) & UNICODE_WORD))
            return end > at ? end : end + size;
        end += size;
    }
    return end;
}

void clean_case(struct str *out, struct span text)
{
    unsigned letters = letters_of(text);
    if (!(letters & UNICODE_UPPER) || letters & UNICODE_LOWER) {
        str_add(out, text);
        return;
    }
    for (size_t i = 0; i < text.size;) {
        size_t end = word_end(text, i);
        add_name_word(out, span_slice(text, i, end));
        i = end;
    }
}

/* A slug: lower case letters, digits and hyphens only. */
static bool is_slug(struct span text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_lower(text.data[i]) && text.data[i] != '-' &&
            !(text.data[i] >= '0' && text.data[i] <= '9'))
            return false;
    return text.size;
}

static void add_slug(struct str *out, struct span text, size_t acronym_max)
{
    bool shout =
        text.size <= acronym_max && span_find_char(text, 0, '-') == SIZE_MAX;
    bool start = true;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '-')
            str_add_char(out, ' ');
        else
            str_add_char(out,
                         (start || shout) && is_lower(c) ? (char)(c - 32) : c);
        start = c == '-';
    }
}

void clean_person(struct str *out, struct span text)
{
    if (is_slug(text)) {
        add_slug(out, text, 0);
        return;
    }
    if (span_ends(text, "'s"))
        text.size -= 2;
    else if (span_ends(text, "\u2019s"))
        text.size -= 4;
    size_t comma = span_find_char(text, 0, ',');
    struct span last = span_trim(span_slice(text, 0, comma));
    struct span first = comma == SIZE_MAX
                            ? (struct span){ NULL, 0 }
                            : span_trim(span_slice(text, comma + 1, text.size));
    bool suffix = span_starts_nocase(first, "jr") ||
                  span_starts_nocase(first, "sr") || span_is(first, "II") ||
                  span_is(first, "III");
    if (!first.size || suffix || span_find_char(first, 0, ',') != SIZE_MAX) {
        clean_case(out, text);
        return;
    }
    clean_case(out, first);
    str_add_char(out, ' ');
    clean_case(out, last);
}

void clean_org(struct str *out, struct span text)
{
    if (is_slug(text))
        add_slug(out, text, 4);
    else
        str_add(out, text);
}

void clean_place(struct str *out, struct span text)
{
    if (is_slug(text))
        add_slug(out, text, 3);
    else
        str_add(out, text);
}

/* ---- Datelines -------------------------------------------------------- */

/* The bytes of a dash at the end of the text. */
static size_t dash_size(struct span text)
{
    static const char *const dashes[] = { "-", "_", "\u2013", "\u2014", ":" };
    for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++)
        if (span_ends(text, dashes[i]))
            return strlen(dashes[i]);
    return 0;
}

/* Nothing but a time, which has the digits of a day and a year too. */
static bool is_time(struct span text)
{
    enum { DIGITS_MIN = 4 };
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++)
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    struct date date;
    return digits >= DIGITS_MIN && date_parse(&date, text, DATE_ORDER_ONE) &&
           date.precision == DATE_TIME;
}

void clean_dateline(struct str *out, struct span text)
{
    if (is_time(text))
        return;
    for (size_t size; (size = dash_size(text));)
        text = span_trim(span_slice(text, 0, text.size - size));
    str_add(out, text);
}

/* ---- Languages -------------------------------------------------------- */

void clean_language(struct str *out, struct span text)
{
    struct span code = language_code(text);
    if (code.size) {
        str_add(out, code);
        return;
    }
    size_t size = 0;
    while (size < text.size &&
           (is_lower(text.data[size]) || is_upper(text.data[size])))
        size++;
    if (size == 2 || size == 3)
        for (size_t i = 0; i < size; i++)
            str_add_char(out, (char)(text.data[i] | 0x20));
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/folding.h"

#include <string.h>

#include "text/tokens.h"
#include "text/unicode.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool has_only_ascii(struct span s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.data[i] & 0x80)
            return false;
    return true;
}

/* Append the word folded, with all its punctuation. */
static void fold_characters(struct str *out, struct span surface,
                            bool drop_accents)
{
    if (!has_only_ascii(surface)) {
        unicode_fold(out, surface, drop_accents);
        return;
    }
    if (surface.size > UNICODE_FOLD_MAX)
        return;
    str_reserve(out, surface.size);
    for (size_t i = 0; i < surface.size; i++)
        out->data[out->size + i] = lower(surface.data[i]);
    out->size += surface.size;
    out->data[out->size] = '\0';
}

/* Whether the commas of a word part its thousands: 1,780 and 1,00,000 but
 * neither 1,5 nor 1,2,3. */
static bool groups_thousands(const char *word, size_t size)
{
    size_t digits = 0, commas = 0;
    for (size_t i = 0; i < size && word[i] != '.'; i++) {
        if (word[i] != ',') {
            if (!is_digit(word[i]))
                return false;
            digits++;
            continue;
        }
        if (digits < 1 || digits > 3 || (commas && digits < 2))
            return false;
        commas++;
        digits = 0;
    }
    return commas && digits == 3;
}

static bool is_apostrophe_s(const char *word, size_t size)
{
    return size > 2 && word[size - 2] == '\'' && word[size - 1] == 's';
}

/* Drop what is no part of the term: a possessive, apostrophes at the ends, the
 * full stops of an acronym, the commas of thousands.  Returns the new size. */
static size_t trim_word(char *word, size_t size)
{
    if (is_apostrophe_s(word, size))
        size -= 2;
    while (size && word[size - 1] == '\'')
        size--;
    size_t kept = 0, i = 0;
    while (i < size && word[i] == '\'')
        i++;
    bool thousands = memchr(word, ',', size) && groups_thousands(word, size);
    for (; i < size; i++) {
        bool in_number =
            i && i + 1 < size && is_digit(word[i - 1]) && is_digit(word[i + 1]);
        if (word[i] == '.' && !in_number)
            continue;
        if (word[i] == ',' && (!in_number || thousands))
            continue;
        word[kept++] = word[i];
    }
    return kept;
}

static void fold(struct str *out, struct span surface, bool drop_accents)
{
    size_t start = out->size;
    fold_characters(out, surface, drop_accents);
    size_t size = trim_word(out->data + start, out->size - start);
    str_cut(out, start + (size <= TOKENS_WORD_MAX ? size : 0));
}

void token_fold(struct str *out, struct span surface)
{
    fold(out, surface, true);
}

void token_lower(struct str *out, struct span surface)
{
    fold(out, surface, false);
}

/* Most names are ASCII letters with single blanks or hyphens between: append
 * their lower case, blanks for hyphens.  False where it is another text. */
static bool fold_plain(struct str *out, struct span text)
{
    size_t start = out->size, word = 0;
    if (!text.size)
        return false;
    str_add(out, text);
    char *at = out->data + start;
    for (size_t i = 0; i < text.size && word <= TOKENS_WORD_MAX; i++, at++) {
        char lower = (char)(*at | 0x20);
        if (lower >= 'a' && lower <= 'z')
            word++;
        else if ((*at == ' ' || *at == '-') && word)
            word = 0;
        else
            break;
        *at = word ? lower : ' ';
    }
    bool plain =
        word && word <= TOKENS_WORD_MAX && at == out->data + start + text.size;
    if (!plain)
        str_cut(out, start);
    return plain;
}

void text_fold(struct str *out, struct span text)
{
    if (fold_plain(out, text))
        return;
    struct tokens tokens = tokens_begin(text);
    struct token token;
    size_t start = out->size;
    while (tokens_next(&tokens, &token)) {
        size_t before = out->size;
        if (before > start)
            str_add_char(out, ' ');
        size_t word = out->size;
        token_fold(out, token.surface);
        if (out->size == word)
            str_cut(out, before);
    }
}

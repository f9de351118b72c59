/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/sentences.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/unicode.h"

enum abbreviation_kind {
    NEVER_ENDS = 1, /* a title: a name follows */
    BEFORE_DIGIT,   /* ends no sentence where a digit follows */
    MAY_END,        /* where a frequent opener of sentences follows */
};

enum {
    ABBREVIATION_SIZE = 8, /* with its zero byte */
    WORD_LONGEST = 16,     /* bytes looked at around a full stop */
};

struct abbreviation {
    char text[ABBREVIATION_SIZE];
    unsigned char kind;
};

/* In the order of strcmp(). */
static const struct abbreviation abbreviations[] = {
    { "Adm", NEVER_ENDS },  { "Ala", MAY_END },      { "Apr", MAY_END },
    { "Ariz", MAY_END },    { "Ark", MAY_END },      { "Art", BEFORE_DIGIT },
    { "Assn", MAY_END },    { "Assoc", MAY_END },    { "Atty", NEVER_ENDS },
    { "Aug", MAY_END },     { "Ave", MAY_END },      { "Bldg", MAY_END },
    { "Blvd", MAY_END },    { "Brig", NEVER_ENDS },  { "Bros", MAY_END },
    { "Calif", MAY_END },   { "Capt", NEVER_ENDS },  { "Cie", MAY_END },
    { "Cllr", NEVER_ENDS }, { "Cmdr", NEVER_ENDS },  { "Co", MAY_END },
    { "Col", NEVER_ENDS },  { "Colo", MAY_END },     { "Comdr", NEVER_ENDS },
    { "Conn", MAY_END },    { "Corp", MAY_END },     { "Cpl", NEVER_ENDS },
    { "Cpt", NEVER_ENDS },  { "Dec", MAY_END },      { "Del", MAY_END },
    { "Dept", MAY_END },    { "Dr", NEVER_ENDS },    { "Dra", NEVER_ENDS },
    { "Drs", NEVER_ENDS },  { "Engr", NEVER_ENDS },  { "Esq", MAY_END },
    { "Feb", MAY_END },     { "Fig", BEFORE_DIGIT }, { "Fla", MAY_END },
    { "Fr", NEVER_ENDS },   { "Fri", MAY_END },      { "Ft", NEVER_ENDS },
    { "Ga", MAY_END },      { "Gen", NEVER_ENDS },   { "Gov", NEVER_ENDS },
    { "Hon", NEVER_ENDS },  { "Hr", NEVER_ENDS },    { "Hrn", NEVER_ENDS },
    { "Ill", MAY_END },     { "Inc", MAY_END },      { "Ind", MAY_END },
    { "Insp", NEVER_ENDS }, { "Jan", MAY_END },      { "Jr", MAY_END },
    { "Jul", MAY_END },     { "Jun", MAY_END },      { "Kan", MAY_END },
    { "Ky", MAY_END },      { "La", MAY_END },       { "Lt", NEVER_ENDS },
    { "Ltd", MAY_END },     { "Maj", NEVER_ENDS },   { "Mar", MAY_END },
    { "Mass", MAY_END },    { "Md", MAY_END },       { "Messrs", NEVER_ENDS },
    { "Mich", MAY_END },    { "Minn", MAY_END },     { "Miss", MAY_END },
    { "Mlle", NEVER_ENDS }, { "Mme", NEVER_ENDS },   { "Mo", MAY_END },
    { "Mon", MAY_END },     { "Mont", MAY_END },     { "Mr", NEVER_ENDS },
    { "Mrs", NEVER_ENDS },  { "Ms", NEVER_ENDS },    { "Msgr", NEVER_ENDS },
    { "Mt", NEVER_ENDS },   { "Neb", MAY_END },      { "Nev", MAY_END },
    { "No", BEFORE_DIGIT }, { "Nos", BEFORE_DIGIT }, { "Nov", MAY_END },
    { "Nr", BEFORE_DIGIT }, { "Oct", MAY_END },      { "Okla", MAY_END },
    { "Ore", MAY_END },     { "Pa", MAY_END },       { "Pfc", NEVER_ENDS },
    { "Ph", NEVER_ENDS },   { "Pres", NEVER_ENDS },  { "Prof", NEVER_ENDS },
    { "Pte", MAY_END },     { "Pty", MAY_END },      { "Pvt", NEVER_ENDS },
    { "Rd", MAY_END },      { "Rep", NEVER_ENDS },   { "Reps", NEVER_ENDS },
    { "Rev", NEVER_ENDS },  { "Sat", MAY_END },      { "Sen", NEVER_ENDS },
    { "Sens", NEVER_ENDS }, { "Sep", MAY_END },      { "Sept", MAY_END },
    { "Sgt", NEVER_ENDS },  { "Sr", MAY_END },       { "Sra", NEVER_ENDS },
    { "Srta", NEVER_ENDS }, { "St", NEVER_ENDS },    { "Ste", NEVER_ENDS },
    { "Sun", MAY_END },     { "Supt", NEVER_ENDS },  { "Tenn", MAY_END },
    { "Tex", MAY_END },     { "Thu", MAY_END },      { "Thur", MAY_END },
    { "Thurs", MAY_END },   { "Tue", MAY_END },      { "Tues", MAY_END },
    { "Univ", MAY_END },    { "Va", MAY_END },       { "Vol", BEFORE_DIGIT },
    { "Vt", MAY_END },      { "Wash", MAY_END },     { "Wed", MAY_END },
    { "Wis", MAY_END },     { "Wyo", MAY_END },      { "approx", BEFORE_DIGIT },
    { "bzw", NEVER_ENDS },  { "ca", BEFORE_DIGIT },  { "cf", NEVER_ENDS },
    { "ed", MAY_END },      { "eds", MAY_END },      { "est", BEFORE_DIGIT },
    { "etc", MAY_END },     { "fig", BEFORE_DIGIT }, { "ft", MAY_END },
    { "no", BEFORE_DIGIT }, { "nos", BEFORE_DIGIT }, { "pp", BEFORE_DIGIT },
    { "v", NEVER_ENDS },    { "viz", NEVER_ENDS },   { "vol", BEFORE_DIGIT },
    { "vs", NEVER_ENDS },
};

/* Words that open sentences so often that what stands before them ended one,
 * though it may be an abbreviation; in the order of strcmp(). */
static const char openers[][ABBREVIATION_SIZE] = {
    "A",    "After", "All",  "Also",  "An",    "And",   "As",    "At",
    "Both", "But",   "By",   "For",   "From",  "He",    "Her",   "His",
    "How",  "If",    "In",   "It",    "Its",   "Many",  "Most",  "Of",
    "On",   "One",   "Or",   "Our",   "She",   "Since", "So",    "Some",
    "That", "The",   "Then", "There", "They",  "This",  "Those", "Though",
    "To",   "We",    "What", "When",  "Where", "While", "With",  "You",
};

static const char german_months[][10] = {
    "April",    "August",  "Dezember",      "Februar", "Januar",
    "Juli",     "Juni",    "J\303\244nner", "Mai",     "M\303\244rz",
    "November", "Oktober", "September",
};

static unsigned flags_at(struct span text, size_t at, size_t *size)
{
    uint32_t code;
    *size = utf8_next(text.data + at, &code);
    return unicode_flags(code);
}

static size_t skip(struct span text, size_t at, unsigned which)
{
    size_t size;
    while (at < text.size && (flags_at(text, at, &size) & which))
        at += size;
    return at;
}

/* The run of ASCII letters and digits, and of bytes of other characters, that
 * ends before `end`; longer ones than anything we look for are cut. */
static struct span word_before(struct span text, size_t end)
{
    size_t start = end;
    while (start && end - start < WORD_LONGEST) {
        unsigned char c = (unsigned char)text.data[start - 1];
        if (c < 0x80 && !(unicode_flags(c) & UNICODE_WORD))
            break;
        start--;
    }
    return span_slice(text, start, end);
}

static struct span word_after(struct span text, size_t start)
{
    size_t end = start;
    while (end < text.size && end - start < WORD_LONGEST) {
        unsigned char c = (unsigned char)text.data[end];
        if (c < 0x80 && !(unicode_flags(c) & UNICODE_WORD))
            break;
        end++;
    }
    return span_slice(text, start, end);
}

static int compare_rows(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The row of a table, `size` bytes each and ascending, that begins with
 * `word` as a C string; NULL where none does. */
static const void *find_row(const void *table, size_t count, size_t size,
                            struct span word)
{
    char key[ABBREVIATION_SIZE] = "";
    if (!word.size || word.size >= sizeof(key))
        return NULL;
    memcpy(key, word.data, word.size);
    return bsearch(key, table, count, size, compare_rows);
}

static bool is_opener(struct span text, size_t at)
{
    struct span word = word_after(text, at);
    size_t end = at + word.size;
    /* "A." is an initial, "At-Tahrir" a name. */
    if (end < text.size && (text.data[end] == '.' || text.data[end] == '-'))
        return false;
    return find_row(openers, sizeof(openers) / sizeof(openers[0]),
                    sizeof(openers[0]), word);
}

static bool is_digit(struct span text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

/* "13. April": the full stop of a German ordinal. */
static bool is_german_date(struct span day, struct span month)
{
    if (day.size > 2 || !is_digit(day, 0) || !is_digit(day, day.size - 1))
        return false;
    for (size_t i = 0; i < sizeof(german_months) / sizeof(german_months[0]);
         i++)
        if (span_is(month, german_months[i]))
            return true;
    return false;
}

/* A capital alone, with or without another letter and a full stop before it:
 * J. or U.S.; or the last letter of a.m. */
static bool is_initial(struct span text, struct span word)
{
    uint32_t code;
    if (!word.size || utf8_decode(word, 0, &code) != word.size)
        return false;
    unsigned flags = unicode_flags(code);
    bool dotted = word.data > text.data && word.data[-1] == '.';
    return (flags & UNICODE_UPPER) || (dotted && (flags & UNICODE_LOWER));
}

/* Whether the "." at data[dot] shortens a word and ends no sentence; `next` is
 * the first letter or digit of what follows. */
static bool abbreviates(struct span text, size_t dot, size_t next)
{
    struct span word = word_before(text, dot);
    if (!word.size)
        return false;
    if (is_initial(text, word))
        return !is_opener(text, next);
    if (is_german_date(word, word_after(text, next)))
        return true;
    const struct abbreviation *found = find_row(
        abbreviations, sizeof(abbreviations) / sizeof(abbreviations[0]),
        sizeof(abbreviations[0]), word);
    if (!found)
        return false;
    switch ((enum abbreviation_kind)found->kind) {
    case NEVER_ENDS: return true;
    case BEFORE_DIGIT: return is_digit(text, next);
    case MAY_END: break;
    }
    return !is_opener(text, next);
}

/* Whether a sentence may begin with the character at data[at]. */
static bool begins(struct span text, size_t at)
{
    size_t size;
    unsigned flags = flags_at(text, at, &size);
    if (flags & UNICODE_DIGIT)
        return true;
    return (flags & UNICODE_LETTER) && !(flags & UNICODE_LOWER);
}

bool sentence_ends(struct span text, size_t at, size_t *after)
{
    unsigned char c = (unsigned char)text.data[at];
    if (c < 0x80 && c != '.' && c != '!' && c != '?')
        return false;
    size_t size;
    unsigned stop = flags_at(text, at, &size);
    if (!(stop & UNICODE_STOP))
        return false;
    size_t behind = skip(text, at + size, UNICODE_CLOSES);
    *after = behind;
    if (behind == text.size)
        return true;
    unsigned flags = flags_at(text, behind, &size);
    if (flags & UNICODE_STOP)
        return false;
    if (stop & UNICODE_WIDE)
        return true;
    if (!(flags & UNICODE_BLANK))
        return false;
    size_t next = skip(text, behind, UNICODE_BLANK);
    if (next == text.size)
        return true;
    bool quoted = flags_at(text, next, &size) & UNICODE_QUOTE;
    next = skip(text, next, UNICODE_OPENS | UNICODE_QUOTE | UNICODE_BLANK);
    if (next == text.size || (!quoted && !begins(text, next)))
        return false;
    return text.data[at] != '.' || !abbreviates(text, at, next);
}

size_t paragraph_break(struct span text, size_t at)
{
    if (text.data[at] != '\n')
        return 0;
    size_t end = at + 1;
    while (end < text.size &&
           (text.data[end] == ' ' || text.data[end] == '\t' ||
            text.data[end] == '\r'))
        end++;
    return end < text.size && text.data[end] == '\n' ? end + 1 - at : 0;
}

/* ---- The sentence around a place -------------------------------------- */

/* How far a sentence is followed to either side: text without any full stop is
 * cut there. */
enum { REACH_MAX = 16 * 1024 };

/* The start of a character at or before `at`. */
static size_t character_start(struct span text, size_t at)
{
    while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* Where the sentence begins that holds the byte `at`. */
static size_t find_start(struct span text, size_t at)
{
    size_t floor = at > REACH_MAX ? unicode_floor(text, at - REACH_MAX) : 0;
    for (size_t i = at; i > floor;) {
        i = character_start(text, i - 1);
        size_t gap = paragraph_break(text, i);
        if (gap && i + gap <= at)
            return i + gap;
        size_t after;
        if (!sentence_ends(text, i, &after) || after > at)
            continue;
        size_t start = skip(text, after, UNICODE_BLANK);
        if (start <= at)
            return start;
    }
    return floor;
}

/* Where the sentence that begins at `start` and holds `at` ends. */
static size_t find_end(struct span text, size_t start, size_t at)
{
    size_t ceiling = text.size - at > REACH_MAX
                         ? unicode_floor(text, at + REACH_MAX)
                         : text.size;
    /* From the start: `at` may stand in the quotes that close the sentence. */
    for (size_t i = start; i < ceiling;) {
        size_t after;
        if (paragraph_break(text, i))
            return i;
        if (sentence_ends(text, i, &after))
            return after;
        uint32_t code;
        i += utf8_next(text.data + i, &code);
    }
    return ceiling;
}

struct span text_sentence(struct span text, size_t at)
{
    if (!text.size)
        return text;
    if (at >= text.size)
        at = text.size - 1;
    at = character_start(text, at);
    size_t start = find_start(text, at);
    size_t end = find_end(text, start, at);
    return span_trim(span_slice(text, start, end));
}

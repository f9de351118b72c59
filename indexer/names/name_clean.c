/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_clean.h"

#include <string.h>

#include "base/utf8.h"
#include "text/folding.h"
#include "text/tokens.h"
#include "text/unicode.h"

/* ---- Tables: folded words, a blank before and after each -------------- */

/* What may stand before a person's name and is no part of it. */
static const char titles[] =
    " mr mrs ms miss mx dr prof professor sir dame lord lady madam president "
    "vice deputy prime minister pm premier chancellor secretary undersecretary "
    "treasurer senator sen representative rep congressman congresswoman "
    "councillor councilman councilwoman alderman assemblyman assemblywoman "
    "delegate governor gov lieutenant lt mayor general gen brigadier brig "
    "colonel col major maj captain capt commander cmdr commodore admiral adm "
    "sergeant sgt corporal cpl private pvt marshal judge justice magistrate "
    "attorney prosecutor ambassador amb envoy chairman chairwoman chairperson "
    "chair chief executive ceo cfo director coach manager detective inspector "
    "superintendent supt constable officer sheriff reverend rev father fr "
    "bishop archbishop cardinal rabbi imam ayatollah mullah maulana former "
    "ex late acting interim assistant first spokesman spokeswoman spokesperson "
    "press analyst economist author actor actress singer alhaji alhaja hajiya "
    "mallam malam otunba ogbeni oloye asiwaju barrister barr engr engineer arc "
    "comrade rt hon honourable honorable pastor evangelist apostle deacon "
    "deaconess haji ustaz shri smt datuk dato tun ";

/* Of the kind that make a name of one word only. */
static const char crowns[] =
    " king queen prince princess pope emperor empress saint st sheikh sultan "
    "emir crown ";

static const char suffixes[] = " jr sr ii iii iv junior senior ";

static const char particles[] =
    " de del della der den di da do dos du la le van von bin ibn al el ter ten "
    "of the and for ";

enum { WORD_MAX = 40 }; /* bytes of a listed word */

static bool is_listed(const char *list, struct span word)
{
    char padded[WORD_MAX + 3];
    if (!word.size || word.size > WORD_MAX)
        return false;
    padded[0] = ' ';
    memcpy(padded + 1, word.data, word.size);
    padded[word.size + 1] = ' ';
    padded[word.size + 2] = '\0';
    return strstr(list, padded) != NULL;
}

bool name_is_suffix(struct span folded)
{
    return is_listed(suffixes, folded);
}

/* ---- Cleaning --------------------------------------------------------- */

static bool is_word_at(struct span text, size_t at)
{
    uint32_t code;
    utf8_next(text.data + at, &code);
    return unicode_flags(code) & UNICODE_WORD;
}

/* Marks off both ends, but not the stop of "Inc." and "Jr.". */
static struct span trim_marks(struct span text)
{
    size_t from = 0, to = text.size;
    while (from < to && !is_word_at(text, from)) {
        uint32_t code;
        from += utf8_next(text.data + from, &code);
    }
    while (to > from) {
        size_t last = utf8_floor(text, to - 1);
        if (text.data[last] == '.' || is_word_at(text, last))
            break;
        to = last;
    }
    return span_slice(text, from, to);
}

/* "Kirby's", also with a curly apostrophe, and "Kirbys'". */
static struct span trim_possessive(struct span text)
{
    static const char *const ends[] = { "'s", "\xE2\x80\x99s",
                                        "'S", "\xE2\x80\x99S",
                                        "'",  "\xE2\x80\x99" };
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
        if (span_ends(text, ends[i])) {
            text.size -= strlen(ends[i]);
            break;
        }
    return text;
}

/* Fold the first word of `text` and say where the next one begins; false where
 * it is the last. */
static bool first_word(struct span text, struct str *folded, size_t *next)
{
    struct tokens tokens = tokens_begin(text);
    struct token word, after;
    str_clear(folded);
    if (!tokens_next(&tokens, &word) || !tokens_next(&tokens, &after))
        return false;
    token_fold(folded, word.surface);
    *next = after.offset;
    return folded->size > 0;
}

/* "Defense Secretary Caspar Weinberger": what stands before the last title but
 * one word at least; "Defense" alone is none. */
static struct span without_titles(struct span text, struct str *word)
{
    struct tokens tokens = tokens_begin(text);
    struct token token;
    size_t from = 0;
    bool after_title = false;
    while (tokens_next(&tokens, &token)) {
        uint32_t code;
        utf8_next(token.surface.data, &code);
        if (after_title && unicode_flags(code) & UNICODE_UPPER)
            from = token.offset;
        str_clear(word);
        token_fold(word, token.surface);
        bool crown = is_listed(crowns, str_span(word));
        if (after_title && crown)
            break;
        after_title = is_listed(titles, str_span(word)) && !crown;
    }
    return span_slice(text, from, text.size);
}

struct span name_clean(enum name_kind kind, struct span mention)
{
    struct span text = trim_marks(trim_possessive(trim_marks(mention)));
    struct str word = STR_INIT;
    size_t next;
    if (first_word(text, &word, &next) && span_is(str_span(&word), "the"))
        text = span_slice(text, next, text.size);
    if (kind == NAME_PERSON)
        text = without_titles(text, &word);
    str_release(&word);
    /* The stop of a sentence, not of an initial or an abbreviation. */
    if (span_ends(text, ".") && kind == NAME_PERSON && text.size > 4 &&
        text.data[text.size - 3] >= 'a' && text.data[text.size - 4] >= 'a')
        text.size--;
    return text.size <= NAME_SIZE_MAX ? text : (struct span){ NULL, 0 };
}

/* ---- Capitals --------------------------------------------------------- */

bool name_is_capitals(struct span name)
{
    size_t capitals = 0;
    for (size_t at = 0; at < name.size;) {
        uint32_t code;
        at += utf8_next(name.data + at, &code);
        unsigned flags = unicode_flags(code);
        if (flags & UNICODE_LOWER)
            return false;
        capitals += (flags & UNICODE_UPPER) != 0;
    }
    return capitals >= 2;
}

/* "MCDONALD": McDonald; "O'BRIEN": O'Brien; others: the first letter. */
static void add_cased(struct str *out, struct span surface)
{
    uint32_t code;
    size_t first = utf8_next(surface.data, &code);
    struct str lower = STR_INIT;
    unicode_fold(&lower, span_slice(surface, first, surface.size), false);
    struct span rest = str_span(&lower);
    bool inner =
        rest.size > 2 &&
        (surface.data[0] == 'M' ? rest.data[0] == 'c' : rest.data[0] == '\'');
    str_add(out, span_slice(surface, 0, first));
    for (size_t i = 0; i < rest.size; i++) {
        char c = rest.data[i];
        bool small = c >= 'a' && c <= 'z';
        str_add_char(out, inner && i == 1 && small ? (char)(c - 'a' + 'A') : c);
    }
    str_release(&lower);
}

enum { ACRONYM_MAX = 5 };

static bool is_acronym(struct span surface, bool only)
{
    size_t vowels = 0;
    for (size_t i = 0; i < surface.size; i++)
        vowels += surface.data[i] && strchr("AEIOUY", surface.data[i]);
    return only ? surface.size <= ACRONYM_MAX : surface.size <= 2 || !vowels;
}

static void add_uncapitalised(struct str *out, enum name_kind kind,
                              struct span surface, bool first, bool only)
{
    struct str folded = STR_INIT;
    token_fold(&folded, surface);
    if (!first && is_listed(particles, str_span(&folded)))
        str_add(out, str_span(&folded));
    else if (kind == NAME_ORG && is_acronym(surface, only))
        str_add(out, surface);
    else
        add_cased(out, surface);
    str_release(&folded);
}

void name_uncapitalise(struct str *out, enum name_kind kind, struct span name)
{
    struct tokens tokens = tokens_begin(name);
    struct token token;
    size_t at = 0;
    while (tokens_next(&tokens, &token)) {
        str_add(out, span_slice(name, at, token.offset));
        add_uncapitalised(out, kind, token.surface, !at,
                          token.surface.size == name.size);
        at = token.offset + token.surface.size;
    }
    str_add(out, span_slice(name, at, name.size));
}

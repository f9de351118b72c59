/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/byline.h"

#include <string.h>

#include "corpus/byline_words.h"
#include "corpus/clean_value.h"

enum { SURNAME_MIN = 3 }; /* bytes of a surname in capitals */

bool byline_begins(struct span line)
{
    struct span rest;
    const struct byline_lead *lead = byline_lead_of(line, &rest);
    return lead && byline_is_capital(line) &&
           (lead->kind == BYLINE_LEAD_OURS ||
            (lead->kind != BYLINE_LEAD_OTHERS && byline_is_capital(rest)));
}

/* ---- One name --------------------------------------------------------- */

struct reading {
    struct str *people, *agency;
    bool listed; /* someone with more than one name was read */
    bool known;  /* something of the line was understood */
};

/* Behind the name: where someone is, or for whom. */
static struct span without_tail(struct span part,
                                const struct byline_lead *lead)
{
    static const char *const tails[] = {
        " for ",  " of the ", " of The ",     " at the ",    " aboard ",
        " near ", " from ",   " special to ", " Special to "
    };
    const char *place = lead ? lead->place : " in ";
    size_t at = span_find(part, 1, span_of(place));
    if (at == SIZE_MAX && byline_is_shouted(part))
        at = span_find(part, 1, span_of(" IN "));
    part = span_slice(part, 0, at);
    for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
        part = span_slice(part, 0, span_find(part, 1, span_of(tails[i])));
    return span_trim(part);
}

/* "JOHN SMITH Associated Press Writer", "Jane Doe Staff Writer": the name in
 * front of what someone is; empty where there is none. */
static struct span without_role(struct span part)
{
    bool loud =
        byline_is_shouted(byline_first_word(part)) && !byline_is_shouted(part);
    for (size_t at = 0, words = 0; at < part.size; words++) {
        struct span rest = span_slice(part, at, part.size);
        struct span word = byline_first_word(rest);
        if (byline_is_role_word(word) || byline_agency(rest).size ||
            (loud && words > 1 && !byline_is_shouted(word)))
            return words > 1 ? span_trim(span_slice(part, 0, at))
                             : (struct span){ NULL, 0 };
        at += word.size + 1;
    }
    return (struct span){ NULL, 0 };
}

static void add_agency(struct reading *reading, struct span name)
{
    reading->known = true;
    if (!reading->agency->size)
        str_add(reading->agency, name);
}

/* "Jean DUPONT": surnames are often set in capitals. */
static void add_mixed(struct str *out, struct span name)
{
    struct span word;
    bool first = true;
    while (span_next(&name, ' ', &word)) {
        if (!first)
            str_add_char(out, ' ');
        if (!first && word.size >= SURNAME_MIN && byline_is_shouted(word))
            clean_case(out, word);
        else
            str_add(out, word);
        first = false;
    }
}

static void add_person(struct reading *reading, struct span name)
{
    if (reading->people->size)
        str_add_char(reading->people, '\n');
    if (name.size <= 4 && byline_is_shouted(name))
        str_add(reading->people, name);
    else if (span_find_char(name, 0, ',') != SIZE_MAX)
        clean_person(reading->people, name);
    else if (byline_is_shouted(name))
        clean_case(reading->people, name);
    else
        add_mixed(reading->people, name);
    reading->listed = reading->listed || byline_count_words(name) > 1;
    reading->known = true;
}

/* "gr/bp", the initials of who wrote and edited. */
static bool is_signature(struct span part)
{
    for (size_t i = 0; i < part.size; i++)
        if (part.data[i] != '/' && (part.data[i] < 'a' || part.data[i] > 'z'))
            return false;
    return span_find_char(part, 0, '/') != SIZE_MAX;
}

static bool has_digit(struct span part)
{
    for (size_t i = 0; i < part.size; i++)
        if (part.data[i] >= '0' && part.data[i] <= '9')
            return true;
    return false;
}

static void read_name(struct reading *reading, struct span part,
                      const struct byline_lead *lead)
{
    part = span_trim(part);
    struct span agency = byline_agency(part);
    struct span name = without_tail(part, lead);
    if (agency.size) {
        add_agency(reading, agency);
        return;
    }
    if (byline_is_role(name)) {
        reading->known = true;
        name = without_role(name);
    }
    if (!name.size || byline_is_degree(name))
        return;
    if (is_signature(name)) {
        reading->known = true;
        return;
    }
    if (byline_is_suffix(name) && reading->people->size) {
        str_addf(reading->people, " %.*s", SPAN_ARGS(name));
        return;
    }
    /* Behind someone's name: an outlet, a place, a date. */
    if (reading->listed && byline_is_outlet(name))
        add_agency(reading, name);
    else if (!reading->listed || (byline_count_words(name) > 1 &&
                                  !has_digit(name) && !byline_is_city(name)))
        add_person(reading, name);
}

/* ---- Lists of names --------------------------------------------------- */

/* What stands between two names.  In Spanish, Italian and Dutch it stands in
 * names and before places too, and parts what has two words on both sides. */
static const struct conjunction {
    const char *text;
    bool wide;
} conjunctions[] = {
    { " and ", false },  { " AND ", false },  { " & ", false },
    { " with ", false }, { " und ", false },  { " mit ", false },
    { " et ", false },   { " avec ", false }, { " y ", true },
    { " con ", true },   { " e ", true },     { " en ", true },
    { " og ", false },   { " och ", false },
};

static const struct conjunction *find_conjunction(struct span text, size_t *at)
{
    const struct conjunction *best = NULL;
    *at = text.size;
    for (size_t i = 0; i < sizeof(conjunctions) / sizeof(*conjunctions); i++) {
        const struct conjunction *one = &conjunctions[i];
        size_t found = span_find(text, 0, span_of(one->text));
        if (found >= *at)
            continue;
        struct span behind =
            span_slice(text, found + strlen(one->text), text.size);
        if (one->wide && (byline_count_words(span_slice(text, 0, found)) < 2 ||
                          byline_count_words(behind) < 2))
            continue;
        best = one;
        *at = found;
    }
    return best;
}

/* "and Ann Poe" behind a comma. */
static struct span without_conjunction(struct span part)
{
    for (size_t i = 0; i < sizeof(conjunctions) / sizeof(*conjunctions); i++)
        if (span_starts(part, conjunctions[i].text + 1))
            return span_slice(part, strlen(conjunctions[i].text) - 1,
                              part.size);
    return part;
}

static void read_names(struct reading *reading, struct span list,
                       const struct byline_lead *lead)
{
    list = without_conjunction(span_trim(list));
    for (;;) {
        size_t at;
        const struct conjunction *one = find_conjunction(list, &at);
        read_name(reading, span_slice(list, 0, at), lead);
        if (!one)
            return;
        list = span_slice(list, at + strlen(one->text), list.size);
    }
}

/* "Smith, John" and "von der Ley, John" are one person; "John Smith, Ann Roe"
 * are two. */
static bool is_inverted(struct span text)
{
    size_t at, comma = span_find_char(text, 0, ',');
    struct span last = span_trim(span_slice(text, 0, comma));
    struct span first = span_trim(
        span_slice(text, comma == SIZE_MAX ? comma : comma + 1, text.size));
    return last.size && first.size &&
           (byline_count_words(last) == 1 || !byline_is_capital(last)) &&
           span_find_char(first, 0, ',') == SIZE_MAX &&
           !find_conjunction(first, &at) && !byline_agency(last).size &&
           !byline_agency(first).size && !byline_is_role(first) &&
           !has_digit(first);
}

/* What stands between commas.  Its own words in front hold for what follows
 * too: "photos by Ann Poe, Max Coe". */
static const struct byline_lead *read_list(struct reading *reading,
                                           struct span list,
                                           const struct byline_lead *lead)
{
    struct span rest = span_trim(list);
    const struct byline_lead *own = byline_lead_of(rest, &rest);
    if (own)
        lead = own;
    reading->known = reading->known || lead;
    bool others = lead && lead->kind == BYLINE_LEAD_OTHERS;
    /* "our correspondent in Berlin" names nobody. */
    bool nobody =
        own && own->kind == BYLINE_LEAD_OURS && !byline_is_capital(rest);
    if (!others && !nobody)
        read_names(reading, rest, lead);
    return lead;
}

static void read_segment(struct reading *reading, struct span text)
{
    struct span rest = text, list;
    const struct byline_lead *lead = byline_lead_of(text, &rest);
    if ((!lead || lead->kind == BYLINE_LEAD_PEOPLE) && is_inverted(rest)) {
        add_person(reading, rest);
        return;
    }
    while (span_next(&text, ',', &list))
        lead = read_list(reading, list, lead);
}

/* ---- The line --------------------------------------------------------- */

/* Whether a word is no name: an address of mail, of the web or of Twitter. */
static bool is_address(struct span word)
{
    size_t at = span_find_char(word, 0, '@');
    return !at || span_starts_nocase(word, "http://") ||
           span_starts_nocase(word, "https://") ||
           (at != SIZE_MAX && span_find_char(word, at, '.') != SIZE_MAX);
}

/* The bytes of what parts a line in segments, or 0. */
static size_t separator_at(struct span text, size_t at)
{
    static const char *const separators[] = {
        ";", "|", " - ", "\u2013", "\u2014", "\u2022", "\u00B7",
    };
    struct span rest = span_slice(text, at, text.size);
    /* "AFP/Jane Doe", but not "autor/in" or the initials "gr/bp". */
    if (span_starts(rest, "/"))
        return byline_is_capital(span_trim(span_slice(rest, 1, rest.size)));
    for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++)
        if (span_starts(rest, separators[i]))
            return strlen(separators[i]);
    return 0;
}

/* Addresses are dropped and segments end in ';'. */
static void part_line(struct str *out, struct span text)
{
    struct str words = STR_INIT;
    struct span word;
    while (span_next(&text, ' ', &word)) {
        struct span bare = word;
        while (bare.size && strchr("<([", bare.data[0]))
            bare = span_slice(bare, 1, bare.size);
        if (is_address(bare))
            str_add_char(&words, span_ends(word, ",") ? ',' : ';');
        else
            str_addf(&words, "%.*s ", SPAN_ARGS(word));
    }
    struct span line = str_span(&words);
    for (size_t i = 0; i < line.size;) {
        size_t size = separator_at(line, i);
        char c = strchr("()<>[]", line.data[i]) ? ',' : line.data[i];
        str_add_char(out, size ? ';' : c);
        i += size ? size : 1;
    }
    str_release(&words);
}

void byline_read(struct str *people, struct str *agency, struct span text)
{
    struct reading reading = { people, agency, false, false };
    struct str parted = STR_INIT;
    if (text.size <= BYLINE_MAX)
        part_line(&parted, text);
    struct span rest = str_span(&parted), segment;
    while (span_next(&rest, ';', &segment))
        if (span_trim(segment).size)
            read_segment(&reading, span_trim(segment));
    str_release(&parted);
    if (!reading.known)
        str_add(people, text);
}

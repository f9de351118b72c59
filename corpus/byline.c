/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/byline.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "corpus/clean.h"
#include "text/unicode.h"

enum { SURNAME_MIN = 3 }; /* bytes of a surname in capitals */

/* ---- Words ------------------------------------------------------------ */

/* By display name: "By REUTERS" is by Reuters. */
static const char agencies[] =
    "Reuters, Reuter, Thomson Reuters, Associated Press, AP, Agence "
    "France-Presse, AFP, Deutsche Presse-Agentur, dpa, APA, ANSA, "
    "EFE, TASS, ITAR-TASS, RIA Novosti, Interfax, United Press "
    "International, UPI, NTB, TT, Ritzau, STT, ANP, Belga, Press "
    "Trust of India, PTI, IANS, ANI, Xinhua, Kyodo, Kyodo News, Jiji "
    "Press, Yonhap, Bloomberg, Bloomberg News, Dow Jones, Dow Jones "
    "Newswires, PA, PA Media, Press Association, Canadian Press, "
    "Australian Associated Press, AAP, epd, KNA, SID, Keystone-SDA, "
    "SDA, ATS, Europa Press, Lusa, MTI, PAP, Anadolu Agency, Bernama, "
    "Antara, Prensa Latina";

/* What someone is, as the last word. */
static const char role_ends[] =
    "staff editor editors writer writers reporter reporters "
    "correspondent correspondents columnist contributor contributors "
    "photographer bureau desk newsroom agencies wires "
    "services Korrespondent Korrespondentin Redakteur Redakteurin "
    "Redaktion Agenturen Agentur Mitarbeiter journaliste "
    "correspondant correspondante agences corresponsal redactor "
    "redactora agencias corrispondente inviato redazione";

/* What someone is, as the first word of it. */
static const char role_starts[] =
    "staff senior chief special political business sports science "
    "health education foreign national city deputy assistant managing "
    "associate contributing freelance economics technology diplomatic "
    "defence defense local features news our wire editor writer "
    "reporter correspondent";

/* The last word of an outlet or another company. */
static const char outlet_ends[] =
    "News Times Herald Tribune Gazette Magazine Media Radio "
    "Television Online Journal Newspapers Chronicle Press Inc Inc. "
    "Ltd";

static const char cities[] =
    "New York, Los Angeles, San Francisco, Hong Kong, New Delhi, Tel "
    "Aviv, Mexico City, Buenos Aires, Rio de Janeiro, Sao Paulo, Cape "
    "Town, The Hague, Den Haag, Kuala Lumpur, Washington DC";

static bool is_same(struct span a, struct span b)
{
    return a.size == b.size && !strncasecmp(a.data, b.data, a.size);
}

/* Lists of several words have commas between. */
static bool next_of(struct span *list, char mark, struct span *out)
{
    bool more = span_next(list, mark, out);
    *out = span_trim(*out);
    return more;
}

static bool is_one_of(struct span text, const char *words)
{
    struct span rest = span_of(words), one;
    while (next_of(&rest, ' ', &one))
        if (is_same(text, one))
            return true;
    return false;
}

static bool ends_in_one_of(struct span text, const char *words)
{
    size_t blank = text.size;
    while (blank && text.data[blank - 1] != ' ')
        blank--;
    return is_one_of(span_slice(text, blank, text.size), words);
}

static struct span first_word(struct span text)
{
    return span_slice(text, 0, span_find_char(text, 0, ' '));
}

static size_t count_words(struct span text)
{
    size_t count = 0;
    struct span word;
    while (span_next(&text, ' ', &word))
        count += word.size > 0;
    return count;
}

/* Every letter of ASCII is a capital, and there are some. */
static bool is_shouted(struct span text)
{
    bool capital = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c >= 'a' && c <= 'z')
            return false;
        capital = capital || (c >= 'A' && c <= 'Z');
    }
    return capital;
}

static struct span without_the(struct span text)
{
    return span_starts_nocase(text, "the ") ? span_slice(text, 4, text.size)
                                            : text;
}

/* The agency that the text names, or that its first words name where the rest
 * of it says what someone is there: "AP Business Writer". */
static struct span agency_of(struct span text)
{
    struct span rest = span_of(agencies), name;
    text = without_the(text);
    while (next_of(&rest, ',', &name)) {
        struct span front = span_slice(text, 0, name.size);
        bool whole = front.size == text.size ||
                     (text.size > name.size && text.data[name.size] == ' ' &&
                      ends_in_one_of(text, role_ends));
        if (whole && is_same(front, name))
            return name;
    }
    return (struct span){ NULL, 0 };
}

static bool is_city(struct span text)
{
    struct span rest = span_of(cities), name;
    while (next_of(&rest, ',', &name))
        if (is_same(text, name))
            return true;
    return false;
}

/* ---- What stands in front --------------------------------------------- */

enum lead_kind {
    LEAD_PEOPLE,
    LEAD_PARTICLE, /* may also begin a surname: "von", "di" */
    LEAD_OURS,     /* "our correspondent": who it is, if at all, follows */
    LEAD_OTHERS,   /* those who did not write it */
};

/* Leads of one kind and language, and what stands before places in it. */
static const struct lead {
    const char *texts;
    enum lead_kind kind;
    const char *place;
} leads[] = {
    { "by our own correspondent, by our correspondent, "
      "from our own correspondent, from our correspondent",
      LEAD_OURS, " in " },
    { "von unserem Korrespondenten, von unserer Korrespondentin, "
      "von unserem Redakteur, von unserer Redakteurin, "
      "von unserem Mitarbeiter, von unserer Mitarbeiterin",
      LEAD_OURS, " in " },
    { "de notre correspondant, de notre correspondante, "
      "de notre envoy\u00E9 sp\u00E9cial, "
      "de notre envoy\u00E9e sp\u00E9ciale, "
      "de nos envoy\u00E9s sp\u00E9ciaux",
      LEAD_OURS, " \u00E0 " },
    { "de nuestro corresponsal, de nuestra corresponsal", LEAD_OURS, " en " },
    { "dal nostro corrispondente, dal nostro inviato", LEAD_OURS, " a " },
    { "editing by, edited by, photo by, photos by, photographs by, "
      "photography by, illustration by, translated by, foto:, fotos:, photo:, "
      "photos:, redaktion:, updated, published, posted, special to, special "
      "for",
      LEAD_OTHERS, "" },
    { "by, additional reporting and writing by, additional reporting by, "
      "additional reporting from, reporting and writing by, reporting by, "
      "reported by, writing by, written by, compiled by, posted by, story by, "
      "text by, words by, interview by, text:, autor:, autor/in:, autorin:",
      LEAD_PEOPLE, " in " },
    { "par, propos recueillis par, texte de", LEAD_PEOPLE, " \u00E0 " },
    { "por", LEAD_PEOPLE, " en " },
    { "von, door", LEAD_PARTICLE, " in " },
    { "di", LEAD_PARTICLE, " a " },
    { "af, av", LEAD_PARTICLE, " i " },
};

static bool is_capital(struct span text)
{
    uint32_t code;
    return utf8_decode(text, 0, &code) && unicode_flags(code) & UNICODE_UPPER;
}

/* "Von Anna Maier" and "Von dpa", but not "Von der Leyen, Ursula". */
static bool begins_list(struct span rest)
{
    rest = span_trim(rest);
    struct span first = span_slice(rest, 0, span_find_char(rest, 0, ','));
    return agency_of(first).size ||
           (is_capital(first) && count_words(first) > 1);
}

/* The bytes of the longest of the row's leads that the text begins with. */
static size_t lead_size(const struct lead *row, struct span text)
{
    struct span rest = span_of(row->texts), one;
    size_t longest = 0;
    while (next_of(&rest, ',', &one)) {
        bool whole = text.size <= one.size || span_ends(one, ":") ||
                     strchr(" :", text.data[one.size]);
        if (whole && one.size > longest &&
            is_same(span_slice(text, 0, one.size), one))
            longest = one.size;
    }
    return longest;
}

/* The longest lead of the text; what follows it goes to `*rest`. */
static const struct lead *lead_of(struct span text, struct span *rest)
{
    const struct lead *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++) {
        size_t size = lead_size(&leads[i], text);
        if (size <= longest)
            continue;
        struct span behind = span_slice(text, size, text.size);
        if (span_starts(behind, ":"))
            behind = span_slice(behind, 1, behind.size);
        behind = span_trim(behind);
        if (leads[i].kind == LEAD_PARTICLE && !begins_list(behind))
            continue;
        best = &leads[i];
        longest = size;
        *rest = behind;
    }
    return best;
}

bool byline_begins(struct span line)
{
    struct span rest;
    const struct lead *lead = lead_of(line, &rest);
    return lead && is_capital(line) &&
           (lead->kind == LEAD_OURS ||
            (lead->kind != LEAD_OTHERS && is_capital(rest)));
}

/* ---- One name --------------------------------------------------------- */

struct reading {
    struct str *people, *agency;
    bool listed; /* someone with more than one name was read */
    bool known;  /* something of the line was understood */
};

/* Behind the name: where someone is, or for whom. */
static struct span without_tail(struct span part, const struct lead *lead)
{
    static const char *const tails[] = {
        " for ",  " of the ", " of The ",     " at the ",    " aboard ",
        " near ", " from ",   " special to ", " Special to "
    };
    const char *place = lead ? lead->place : " in ";
    size_t at = span_find(part, 1, span_of(place));
    if (at == SIZE_MAX && is_shouted(part))
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
    bool loud = is_shouted(first_word(part)) && !is_shouted(part);
    for (size_t at = 0, words = 0; at < part.size; words++) {
        struct span rest = span_slice(part, at, part.size);
        struct span word = first_word(rest);
        if (is_one_of(word, role_starts) || agency_of(rest).size ||
            (loud && words > 1 && !is_shouted(word)))
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
        if (!first && word.size >= SURNAME_MIN && is_shouted(word))
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
    if (name.size <= 4 && is_shouted(name))
        str_add(reading->people, name);
    else if (span_find_char(name, 0, ',') != SIZE_MAX)
        clean_person(reading->people, name);
    else if (is_shouted(name))
        clean_case(reading->people, name);
    else
        add_mixed(reading->people, name);
    reading->listed = reading->listed || count_words(name) > 1;
    reading->known = true;
}

static bool is_degree(struct span part)
{
    static const char degrees[] = "MD M.D. PhD Ph.D. Esq. RN DDS";
    return is_one_of(part, degrees);
}

static bool is_suffix(struct span part)
{
    static const char suffixes[] = "Jr Jr. Sr Sr. II III IV";
    return is_one_of(part, suffixes);
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
                      const struct lead *lead)
{
    part = span_trim(part);
    struct span agency = agency_of(part);
    struct span name = without_tail(part, lead);
    if (agency.size) {
        add_agency(reading, agency);
        return;
    }
    if (ends_in_one_of(name, role_ends)) {
        reading->known = true;
        name = without_role(name);
    }
    if (!name.size || is_degree(name))
        return;
    if (is_signature(name)) {
        reading->known = true;
        return;
    }
    if (is_suffix(name) && reading->people->size) {
        str_addf(reading->people, " %.*s", SPAN_ARGS(name));
        return;
    }
    /* Behind someone's name: an outlet, a place, a date. */
    if (reading->listed && ends_in_one_of(name, outlet_ends))
        add_agency(reading, name);
    else if (!reading->listed ||
             (count_words(name) > 1 && !has_digit(name) && !is_city(name)))
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
        if (one->wide && (count_words(span_slice(text, 0, found)) < 2 ||
                          count_words(behind) < 2))
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
                       const struct lead *lead)
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
           (count_words(last) == 1 || !is_capital(last)) &&
           span_find_char(first, 0, ',') == SIZE_MAX &&
           !find_conjunction(first, &at) && !agency_of(last).size &&
           !agency_of(first).size && !ends_in_one_of(first, role_ends) &&
           !has_digit(first);
}

/* What stands between commas.  Its own words in front hold for what follows
 * too: "photos by Ann Poe, Max Coe". */
static const struct lead *read_list(struct reading *reading, struct span list,
                                    const struct lead *lead)
{
    struct span rest = span_trim(list);
    const struct lead *own = lead_of(rest, &rest);
    if (own)
        lead = own;
    reading->known = reading->known || lead;
    bool others = lead && lead->kind == LEAD_OTHERS;
    /* "our correspondent in Berlin" names nobody. */
    bool nobody = own && own->kind == LEAD_OURS && !is_capital(rest);
    if (!others && !nobody)
        read_names(reading, rest, lead);
    return lead;
}

static void read_segment(struct reading *reading, struct span text)
{
    struct span rest = text, list;
    const struct lead *lead = lead_of(text, &rest);
    if ((!lead || lead->kind == LEAD_PEOPLE) && is_inverted(rest)) {
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
        return is_capital(span_trim(span_slice(rest, 1, rest.size)));
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

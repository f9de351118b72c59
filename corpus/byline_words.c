/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/byline_words.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "text/unicode.h"

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

struct span byline_first_word(struct span text)
{
    return span_slice(text, 0, span_find_char(text, 0, ' '));
}

size_t byline_count_words(struct span text)
{
    size_t count = 0;
    struct span word;
    while (span_next(&text, ' ', &word))
        count += word.size > 0;
    return count;
}

bool byline_is_shouted(struct span text)
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

struct span byline_agency(struct span text)
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

bool byline_is_role(struct span text)
{
    return ends_in_one_of(text, role_ends);
}

bool byline_is_role_word(struct span word)
{
    return is_one_of(word, role_starts);
}

bool byline_is_outlet(struct span text)
{
    return ends_in_one_of(text, outlet_ends);
}

bool byline_is_city(struct span text)
{
    struct span rest = span_of(cities), name;
    while (next_of(&rest, ',', &name))
        if (is_same(text, name))
            return true;
    return false;
}

/* ---- What stands in front --------------------------------------------- */

static const struct byline_lead leads[] = {
    { "by our own correspondent, by our correspondent, "
      "from our own correspondent, from our correspondent",
      BYLINE_LEAD_OURS, " in " },
    { "von unserem Korrespondenten, von unserer Korrespondentin, "
      "von unserem Redakteur, von unserer Redakteurin, "
      "von unserem Mitarbeiter, von unserer Mitarbeiterin",
      BYLINE_LEAD_OURS, " in " },
    { "de notre correspondant, de notre correspondante, "
      "de notre envoy\u00E9 sp\u00E9cial, "
      "de notre envoy\u00E9e sp\u00E9ciale, "
      "de nos envoy\u00E9s sp\u00E9ciaux",
      BYLINE_LEAD_OURS, " \u00E0 " },
    { "de nuestro corresponsal, de nuestra corresponsal", BYLINE_LEAD_OURS,
      " en " },
    { "dal nostro corrispondente, dal nostro inviato", BYLINE_LEAD_OURS,
      " a " },
    { "editing by, edited by, photo by, photos by, photographs by, "
      "photography by, illustration by, translated by, foto:, fotos:, photo:, "
      "photos:, redaktion:, updated, published, posted, special to, special "
      "for",
      BYLINE_LEAD_OTHERS, "" },
    { "by, additional reporting and writing by, additional reporting by, "
      "additional reporting from, reporting and writing by, reporting by, "
      "reported by, writing by, written by, compiled by, posted by, story by, "
      "text by, words by, interview by, text:, autor:, autor/in:, autorin:",
      BYLINE_LEAD_PEOPLE, " in " },
    { "par, propos recueillis par, texte de", BYLINE_LEAD_PEOPLE, " \u00E0 " },
    { "por", BYLINE_LEAD_PEOPLE, " en " },
    { "von, door", BYLINE_LEAD_PARTICLE, " in " },
    { "di", BYLINE_LEAD_PARTICLE, " a " },
    { "af, av", BYLINE_LEAD_PARTICLE, " i " },
};

bool byline_is_capital(struct span text)
{
    uint32_t code;
    return utf8_decode(text, 0, &code) && unicode_flags(code) & UNICODE_UPPER;
}

/* "Von Anna Maier" and "Von dpa", but not "Von der Leyen, Ursula". */
static bool begins_list(struct span rest)
{
    rest = span_trim(rest);
    struct span first = span_slice(rest, 0, span_find_char(rest, 0, ','));
    return byline_agency(first).size ||
           (byline_is_capital(first) && byline_count_words(first) > 1);
}

static bool is_same_letter(char a, char b)
{
    return !((a ^ b) & ~0x20);
}

/* The bytes of the longest of the row's leads that the text begins with.  Most
 * of them go by the first letter. */
static size_t lead_size(const struct byline_lead *row, struct span text)
{
    size_t longest = 0;
    const char *comma;
    for (const char *one = row->texts; one; one = comma ? comma + 2 : NULL) {
        comma = strchr(one, ',');
        if (!text.size || !is_same_letter(*one, *text.data))
            continue;
        size_t size = comma ? (size_t)(comma - one) : strlen(one);
        bool whole = text.size <= size || one[size - 1] == ':' ||
                     strchr(" :", text.data[size]);
        if (whole && size > longest && text.size >= size &&
            !strncasecmp(text.data, one, size))
            longest = size;
    }
    return longest;
}

const struct byline_lead *byline_lead_of(struct span text, struct span *rest)
{
    const struct byline_lead *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < sizeof(leads) / sizeof(*leads); i++) {
        size_t size = lead_size(&leads[i], text);
        if (size <= longest)
            continue;
        struct span behind = span_slice(text, size, text.size);
        if (span_starts(behind, ":"))
            behind = span_slice(behind, 1, behind.size);
        behind = span_trim(behind);
        if (leads[i].kind == BYLINE_LEAD_PARTICLE && !begins_list(behind))
            continue;
        best = &leads[i];
        longest = size;
        *rest = behind;
    }
    return best;
}

bool byline_is_degree(struct span part)
{
    static const char degrees[] = "MD M.D. PhD Ph.D. Esq. RN DDS";
    return is_one_of(part, degrees);
}

bool byline_is_suffix(struct span part)
{
    static const char suffixes[] = "Jr Jr. Sr Sr. II III IV";
    return is_one_of(part, suffixes);
}

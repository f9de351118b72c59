/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "text/tokens.h"

/* ---- Languages -------------------------------------------------------- */

/* ISO 639 codes of the languages that libstemmer knows. */
static const struct {
    const char *codes; /* two letters, three letters, the English name */
    const char *algorithm;
} languages[] = {
    { "ar ara arabic", "arabic" },
    { "ca cat catalan", "catalan" },
    { "da dan danish", "danish" },
    { "de deu ger german", "german" },
    { "el ell gre greek", "greek" },
    { "en eng english", "english" },
    { "es spa spanish", "spanish" },
    { "eu eus baq basque", "basque" },
    { "fi fin finnish", "finnish" },
    { "fr fra fre french", "french" },
    { "ga gle irish", "irish" },
    { "hi hin hindi", "hindi" },
    { "hu hun hungarian", "hungarian" },
    { "hy hye arm armenian", "armenian" },
    { "id ind indonesian", "indonesian" },
    { "it ita italian", "italian" },
    { "lt lit lithuanian", "lithuanian" },
    { "ne nep nepali", "nepali" },
    { "nl nld dut dutch", "dutch" },
    { "no nor nb nob nn nno norwegian", "norwegian" },
    { "pt por portuguese", "portuguese" },
    { "ro ron rum romanian", "romanian" },
    { "ru rus russian", "russian" },
    { "sr srp serbian", "serbian" },
    { "sv swe swedish", "swedish" },
    { "ta tam tamil", "tamil" },
    { "tr tur turkish", "turkish" },
    { "yi yid yiddish", "yiddish" },
};

/* The code without its region: "pt" of "pt-BR". */
static struct span main_part(struct span language)
{
    for (size_t i = 0; i < language.size; i++)
        if (language.data[i] == '-' || language.data[i] == '_')
            return span_slice(language, 0, i);
    return language;
}

static const char *find_algorithm(struct span language)
{
    char lower[16];
    struct span code = main_part(language);
    if (!code.size || code.size >= sizeof(lower))
        return NULL;
    for (size_t i = 0; i < code.size; i++)
        lower[i] = (char)(code.data[i] | 0x20);
    struct span wanted = { lower, code.size };
    for (size_t i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
        struct span rest = span_of(languages[i].codes), one;
        while (span_next(&rest, ' ', &one))
            if (span_equal(one, wanted))
                return languages[i].algorithm;
    }
    return NULL;
}

bool stems_knows(struct span language)
{
    return find_algorithm(language) != NULL;
}

/* ---- The cache -------------------------------------------------------- */

enum { ROOM_FIRST = 4096 }; /* entries; a power of two */

struct entry {
    uint64_t hash; /* of the surface; 0: free */
    struct span surface;
    struct word word;
};

struct stems {
    struct sb_stemmer *stemmer; /* NULL: words have no stems */
    struct arena *memory;       /* of surfaces, terms and stems */
    struct entry *entries;      /* open addressing, at most half full */
    size_t room, count;
    struct str term, lower;
};

struct stems *stems_new(struct span language)
{
    struct stems *stems = memory_new(1, sizeof(*stems));
    const char *algorithm = find_algorithm(language);
    if (algorithm)
        stems->stemmer = sb_stemmer_new(algorithm, "UTF_8");
    stems->memory = arena_new();
    stems->room = ROOM_FIRST;
    stems->entries = memory_new(stems->room, sizeof(*stems->entries));
    stems->term = stems->lower = (struct str)STR_INIT;
    return stems;
}

void stems_free(struct stems *stems)
{
    if (!stems)
        return;
    if (stems->stemmer)
        sb_stemmer_delete(stems->stemmer);
    arena_free(stems->memory);
    free(stems->entries);
    str_release(&stems->term);
    str_release(&stems->lower);
    free(stems);
}

size_t stems_held(const struct stems *stems)
{
    return arena_held(stems->memory) + stems->room * sizeof(*stems->entries);
}

void stems_trim(struct stems *stems)
{
    if (stems_held(stems) <= STEMS_MEMORY_MAX)
        return;
    arena_reset(stems->memory);
    free(stems->entries);
    stems->room = ROOM_FIRST;
    stems->count = 0;
    stems->entries = memory_new(stems->room, sizeof(*stems->entries));
}

static void make_room(struct stems *stems)
{
    if (stems->count * 2 < stems->room)
        return;
    struct entry *old = stems->entries;
    size_t old_room = stems->room;
    stems->room *= 2;
    stems->entries = memory_new(stems->room, sizeof(*stems->entries));
    for (size_t i = 0; i < old_room; i++) {
        if (!old[i].hash)
            continue;
        size_t at = old[i].hash & (stems->room - 1);
        while (stems->entries[at].hash)
            at = (at + 1) & (stems->room - 1);
        stems->entries[at] = old[i];
    }
    free(old);
}

static bool begins_with_digit(struct span term)
{
    return term.size && term.data[0] >= '0' && term.data[0] <= '9';
}

/* "Z" and the stem of the lower-case form, without accents; numbers are their
 * own stems, as they are to libxapian's TermGenerator. */
static struct span stem_of(struct stems *stems, struct span surface)
{
    struct span term = str_span(&stems->term), stem = term;
    str_clear(&stems->lower);
    if (!begins_with_digit(term)) {
        token_lower(&stems->lower, surface);
        const sb_symbol *s = sb_stemmer_stem(
            stems->stemmer, (const sb_symbol *)stems->lower.data,
            (int)stems->lower.size);
        if (s)
            stem = (struct span){ (const char *)s,
                                  (size_t)sb_stemmer_length(stems->stemmer) };
    }
    struct str copy = STR_INIT;
    str_add(&copy, stem);
    str_clear(&stems->term);
    str_add_char(&stems->term, 'Z');
    size_t start = stems->term.size;
    token_fold(&stems->term, str_span(&copy));
    if (stems->term.size == start)
        str_add(&stems->term, str_span(&copy));
    str_release(&copy);
    return arena_copy(stems->memory, str_span(&stems->term));
}

static void make_word(struct stems *stems, struct span surface,
                      struct word *out)
{
    *out = (struct word){ { NULL, 0 }, { NULL, 0 }, 0, 0 };
    str_clear(&stems->term);
    token_fold(&stems->term, surface);
    if (!stems->term.size)
        return;
    out->term = arena_copy(stems->memory, str_span(&stems->term));
    out->term_hash = span_hash(out->term, 0);
    if (!stems->stemmer)
        return;
    out->stem = stem_of(stems, surface);
    out->stem_hash = span_hash(out->stem, 0);
}

const struct word *stems_look_up(struct stems *stems, struct span surface)
{
    uint64_t hash = span_hash(surface, 0) | 1;
    size_t mask = stems->room - 1, at = hash & mask;
    for (; stems->entries[at].hash; at = (at + 1) & mask)
        if (stems->entries[at].hash == hash &&
            span_equal(stems->entries[at].surface, surface))
            return &stems->entries[at].word;
    make_room(stems);
    mask = stems->room - 1;
    for (at = hash & mask; stems->entries[at].hash; at = (at + 1) & mask)
        ;
    struct entry *entry = &stems->entries[at];
    entry->hash = hash;
    entry->surface = arena_copy(stems->memory, surface);
    make_word(stems, entry->surface, &entry->word);
    stems->count++;
    return &entry->word;
}

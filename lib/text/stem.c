/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/large.h"
#include "base/load.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/folding.h"
#include "text/function_words.h"
#include "text/language_code.h"
#include "text/tokens.h"
#include "text/unicode.h"

/* ---- Languages -------------------------------------------------------- */

/* The algorithms of libstemmer by ISO 639-1 code.  One that the installed
 * libstemmer lacks counts as none. */
static const struct {
    char code[3];
    char algorithm[16];
} algorithms[] = {
    { "ar", "arabic" },     { "hy", "armenian" },   { "eu", "basque" },
    { "ca", "catalan" },    { "cs", "czech" },      { "da", "danish" },
    { "nl", "dutch" },      { "en", "english" },    { "eo", "esperanto" },
    { "et", "estonian" },   { "fi", "finnish" },    { "fr", "french" },
    { "de", "german" },     { "el", "greek" },      { "hi", "hindi" },
    { "hu", "hungarian" },  { "id", "indonesian" }, { "ga", "irish" },
    { "it", "italian" },    { "lt", "lithuanian" }, { "ne", "nepali" },
    { "no", "norwegian" },  { "fa", "persian" },    { "pl", "polish" },
    { "pt", "portuguese" }, { "ro", "romanian" },   { "ru", "russian" },
    { "sr", "serbian" },    { "es", "spanish" },    { "sv", "swedish" },
    { "ta", "tamil" },      { "tr", "turkish" },    { "yi", "yiddish" },
};

/* The algorithm for a language (language_code()); NULL where libstemmer has
 * none. */
static const char *find_algorithm(struct span language)
{
    struct span code = language_code(language);
    const char *wanted = NULL;
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
        if (span_is(code, algorithms[i].code))
            wanted = algorithms[i].algorithm;
    if (!wanted)
        return NULL;
    for (const char **known = sb_stemmer_list(); *known; known++)
        if (!strcmp(*known, wanted))
            return wanted;
    return NULL;
}

enum { KEPT_MAX = 2 };

/* First letters of ASCII words that an algorithm leaves as they are.  English
 * has "die" for "dying". */
static const struct {
    char algorithm[16];
    unsigned letters;
} start_keepers[] = {
    { "catalan", 1 },   { "danish", 1 },     { "dutch", 1 },
    { "english", 2 },   { "finnish", 1 },    { "french", 1 },
    { "german", 1 },    { "hungarian", 1 },  { "italian", 1 },
    { "norwegian", 1 }, { "portuguese", 1 }, { "romanian", 1 },
    { "spanish", 1 },   { "swedish", 1 },
};

static unsigned letters_kept(const char *algorithm)
{
    for (size_t i = 0; i < sizeof(start_keepers) / sizeof(*start_keepers); i++)
        if (!strcmp(algorithm, start_keepers[i].algorithm))
            return start_keepers[i].letters;
    return 0;
}

bool stems_knows(struct span language)
{
    return find_algorithm(language) != NULL;
}

/* ---- The cache -------------------------------------------------------- */

/* As large as a line of the cache and aligned to one: a look-up of a rare word
 * waits for memory once less. */
struct entry {
    struct span surface;
    uint64_t end; /* its last eight bytes */
    struct word word;
};

/*
 * Where an entry is.  Most surfaces are so short that the key says all about
 * them, and a look-up reads nothing else before it knows; of longer ones the
 * key is their hash.
 */
struct slot {
    uint64_t key;
    uint32_t size;   /* of the surface */
    uint32_t number; /* of the entry, from 1; 0: free */
};

/* Surfaces up to KEY_SIZE are their own keys; those up to twice that size are
 * told by their keys and their ends. */
enum { KEY_SIZE = sizeof(uint64_t), ENDS_SIZE = 2 * KEY_SIZE };

struct stems {
    struct sb_stemmer *stemmer; /* NULL: a word is its own stem */
    const char *algorithm;
    uint64_t seed;      /* of the hashes; no result depends on it */
    struct slot *slots; /* open addressing; at most three quarters in use */
    size_t slot_count;  /* a power of two */
    struct entry *entries;
    size_t count, capacity;
    struct stems_term *terms; /* by number, from 1 */
    size_t term_count, term_capacity;
    uint32_t *term_slots; /* their numbers, by hash; as above */
    size_t term_slot_count;
    struct arena *memory; /* the bytes of surfaces, terms and stems */
    struct str scratch, lower;
};

enum { SLOTS_FIRST = 256, ENTRIES_FIRST = 64 };

static void begin_table(struct stems *stems)
{
    LARGE_RESIZE(stems->slots, stems->slot_count, SLOTS_FIRST);
    stems->count = 0;
    LARGE_RESIZE(stems->term_slots, stems->term_slot_count, SLOTS_FIRST);
    stems->term_count = 0;
}

static void end_table(struct stems *stems)
{
    LARGE_RESIZE(stems->slots, stems->slot_count, 0);
    LARGE_RESIZE(stems->entries, stems->capacity, 0);
    LARGE_RESIZE(stems->terms, stems->term_capacity, 0);
    LARGE_RESIZE(stems->term_slots, stems->term_slot_count, 0);
    arena_free(stems->memory);
}

struct stems *stems_new(struct span language)
{
    struct stems *stems = memory_new(1, sizeof(*stems));
    const char *algorithm = find_algorithm(language);
    stems->algorithm = algorithm;
    if (algorithm) {
        stems->stemmer = sb_stemmer_new(algorithm, NULL);
        if (!stems->stemmer)
            memory_exhausted(sizeof(*stems));
    }
    /* An address that no text can foresee: words cannot be made to collide. */
    stems->seed = (uint64_t)(uintptr_t)stems * UINT64_C(0x9E3779B97F4A7C15);
    stems->memory = arena_new();
    stems->scratch = (struct str)STR_INIT;
    stems->lower = (struct str)STR_INIT;
    begin_table(stems);
    return stems;
}

unsigned stems_kept_letters(const struct stems *stems)
{
    return stems->algorithm ? letters_kept(stems->algorithm) : KEPT_MAX;
}

void stems_free(struct stems *stems)
{
    if (!stems)
        return;
    sb_stemmer_delete(stems->stemmer);
    end_table(stems);
    str_release(&stems->scratch);
    str_release(&stems->lower);
    free(stems);
}

size_t stems_held(const struct stems *stems)
{
    return sizeof(*stems) + stems->slot_count * sizeof(*stems->slots) +
           stems->capacity * sizeof(*stems->entries) +
           stems->term_capacity * sizeof(*stems->terms) +
           stems->term_slot_count * sizeof(*stems->term_slots) +
           arena_held(stems->memory) + stems->scratch.capacity +
           stems->lower.capacity;
}

void stems_trim(struct stems *stems)
{
    if (stems_held(stems) <= STEMS_MEMORY_MAX)
        return;
    end_table(stems);
    stems->memory = arena_new();
    begin_table(stems);
}

/* ---- Looking up ------------------------------------------------------- */

static bool has_digit(struct span term)
{
    for (size_t i = 0; i < term.size; i++)
        if (term.data[i] >= '0' && term.data[i] <= '9')
            return true;
    return false;
}

/* Characters that are words by themselves, as in Chinese. */
static bool is_alone(struct span term)
{
    uint32_t code;
    utf8_next(term.data, &code);
    return unicode_flags(code) & UNICODE_ALONE;
}

/* Numbers and the small words are what they are: they have no other forms, so
 * that the term finds as much as a stem would.  Acronyms that have the term of
 * a small word, such as US, have a stem, which the small word has not. */
static bool has_forms(const struct stems *stems, struct span surface,
                      struct span term)
{
    if (!term.size || has_digit(term) || is_alone(term))
        return false;
    const char *algorithm = stems->algorithm;
    return !algorithm || !is_function_word(algorithm, term) ||
           is_acronym_of_function_word(algorithm, surface, term);
}

/* Append the stem of `surface`, whose term is `term`, to the scratch. */
static void add_stem(struct stems *stems, struct span surface, struct span term)
{
    struct str *scratch = &stems->scratch;
    str_add_char(scratch, 'Z');
    size_t start = scratch->size;
    str_clear(&stems->lower);
    /* English has no accents of its own: "resume" is to find the résumé. */
    if (stems->stemmer && !strcmp(stems->algorithm, "english"))
        str_add(&stems->lower, term);
    else if (stems->stemmer)
        token_lower(&stems->lower, surface);
    if (stems->lower.size) {
        const sb_symbol *stem = sb_stemmer_stem(
            stems->stemmer, (const sb_symbol *)stems->lower.data,
            (int)stems->lower.size);
        if (!stem)
            memory_exhausted(stems->lower.size);
        size_t size = (size_t)sb_stemmer_length(stems->stemmer);
        unicode_fold(scratch, (struct span){ (const char *)stem, size }, true);
    }
    if (scratch->size == start || scratch->size - start > TOKENS_WORD_MAX) {
        str_cut(scratch, start);
        str_add(scratch, term);
    }
}

/* The place of a term, or where it belongs. */
static uint32_t *find_term(const struct stems *stems, struct span text,
                           uint64_t hash)
{
    size_t mask = stems->term_slot_count - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &stems->term_slots[at];
        if (!*slot || (stems->terms[*slot - 1].hash == hash &&
                       span_equal(stems->terms[*slot - 1].text, text)))
            return slot;
    }
}

static void grow_terms(struct stems *stems)
{
    size_t count = stems->term_slot_count * 2;
    LARGE_RESIZE(stems->term_slots, stems->term_slot_count, 0);
    LARGE_RESIZE(stems->term_slots, stems->term_slot_count, count);
    for (size_t i = 0; i < stems->term_count; i++)
        *find_term(stems, stems->terms[i].text, stems->terms[i].hash) =
            (uint32_t)i + 1;
}

/* The number of a term, whose bytes last; 0 for none. */
static uint32_t number_of(struct stems *stems, struct span text)
{
    if (!text.size)
        return 0;
    uint64_t hash = span_hash(text, 0);
    uint32_t *slot = find_term(stems, text, hash);
    if (*slot)
        return *slot;
    if (stems->term_count == stems->term_capacity)
        LARGE_RESIZE(stems->terms, stems->term_capacity,
                     stems->term_capacity * 2 + ENTRIES_FIRST);
    stems->terms[stems->term_count++] = (struct stems_term){ text, hash, 0 };
    uint32_t number = *slot = (uint32_t)stems->term_count;
    if (stems->term_count * 4 > stems->term_slot_count * 3)
        grow_terms(stems);
    return number;
}

static uint64_t end_of(struct span surface)
{
    return load_64(surface.data + surface.size - KEY_SIZE);
}

/* Fill in a word; its bytes and the surface's are copied. */
static void make_entry(struct stems *stems, struct span surface,
                       struct entry *out)
{
    struct str *scratch = &stems->scratch;
    str_clear(scratch);
    str_add(scratch, surface);
    token_fold(scratch, surface);
    size_t term_end = scratch->size;
    char bytes_of_term[TOKENS_WORD_MAX];
    struct span term = { bytes_of_term, term_end - surface.size };
    memcpy(bytes_of_term, scratch->data + surface.size, term.size);
    if (has_forms(stems, surface, term))
        add_stem(stems, surface, term);
    struct span bytes = arena_copy(stems->memory, str_span(scratch));
    out->surface = span_slice(bytes, 0, surface.size);
    out->end = surface.size > KEY_SIZE ? end_of(surface) : 0;
    out->word.term = span_slice(bytes, surface.size, term_end);
    out->word.stem = span_slice(bytes, term_end, bytes.size);
    out->word.term_number = number_of(stems, out->word.term);
    out->word.stem_number = number_of(stems, out->word.stem);
}

/* Different for different surfaces of one size up to KEY_SIZE, and for those up
 * to ENDS_SIZE that have the same end. */
static uint64_t key_of(const struct stems *stems, struct span surface)
{
    const char *p = surface.data;
    size_t size = surface.size;
    if (size > ENDS_SIZE)
        return span_hash(surface, stems->seed);
    if (size > KEY_SIZE)
        return load_64(p) + end_of(surface) * (stems->seed | 1);
    if (size == KEY_SIZE)
        return load_64(p);
    if (size >= 4)
        return load_32(p) | (uint64_t)load_32(p + size - 4) << 32;
    return (unsigned char)p[0] | (uint64_t)(unsigned char)p[size / 2] << 8 |
           (uint64_t)(unsigned char)p[size - 1] << 16;
}

/* Where the search for a key begins, in a table of any size. */
static uint64_t place_of(const struct stems *stems, uint64_t key, size_t size)
{
    uint64_t mixed = (key ^ stems->seed) + size;
    mixed = (mixed ^ mixed >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    return mixed ^ mixed >> 32;
}

static void put_slot(struct stems *stems, struct slot slot)
{
    size_t mask = stems->slot_count - 1;
    size_t at = (size_t)place_of(stems, slot.key, slot.size) & mask;
    while (stems->slots[at].number)
        at = (at + 1) & mask;
    stems->slots[at] = slot;
}

static void grow_slots(struct stems *stems)
{
    struct slot *old = stems->slots;
    size_t old_count = stems->slot_count;
    stems->slots = NULL;
    stems->slot_count = 0;
    LARGE_RESIZE(stems->slots, stems->slot_count, old_count * 2);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].number)
            put_slot(stems, old[i]);
    LARGE_RESIZE(old, old_count, 0);
}

static uint32_t add_word(struct stems *stems, struct span surface, uint64_t key)
{
    if (stems->count == stems->capacity)
        LARGE_RESIZE(stems->entries, stems->capacity,
                     stems->capacity * 2 + ENTRIES_FIRST);
    make_entry(stems, surface, &stems->entries[stems->count++]);
    if (stems->count * 4 > stems->slot_count * 3)
        grow_slots(stems);
    uint32_t number = (uint32_t)stems->count;
    put_slot(stems, (struct slot){ key, (uint32_t)surface.size, number });
    return number;
}

static bool is_word(struct span surface)
{
    return surface.size && surface.size <= UNICODE_FOLD_MAX;
}

struct stems_probe stems_begin(const struct stems *stems, struct span surface)
{
    struct stems_probe probe = { 0, 0 };
    if (!is_word(surface))
        return probe;
    probe.key = key_of(stems, surface);
    probe.place = place_of(stems, probe.key, surface.size);
    __builtin_prefetch(&stems->slots[probe.place & (stems->slot_count - 1)]);
    return probe;
}

void stems_fetch(const struct stems *stems, struct stems_probe probe)
{
    const struct slot *slot =
        &stems->slots[probe.place & (stems->slot_count - 1)];
    if (slot->number)
        __builtin_prefetch(&stems->entries[slot->number - 1]);
}

/* Whether the entry, whose key and size are the surface's, is of it. */
static bool is_of(const struct entry *entry, struct span surface)
{
    if (surface.size <= KEY_SIZE)
        return true;
    return surface.size <= ENDS_SIZE ? entry->end == end_of(surface)
                                     : span_equal(entry->surface, surface);
}

uint32_t stems_number(struct stems *stems, struct span surface,
                      struct stems_probe probe)
{
    if (!is_word(surface))
        return 0;
    size_t mask = stems->slot_count - 1;
    for (size_t at = (size_t)probe.place & mask; stems->slots[at].number;
         at = (at + 1) & mask) {
        const struct slot *slot = &stems->slots[at];
        if (slot->key == probe.key && slot->size == surface.size &&
            is_of(&stems->entries[slot->number - 1], surface))
            return slot->number;
    }
    return add_word(stems, surface, probe.key);
}

const struct word *stems_word(const struct stems *stems, uint32_t number)
{
    static const struct word no_word;
    return number ? &stems->entries[number - 1].word : &no_word;
}

const struct word *stems_look_up(struct stems *stems, struct span surface)
{
    return stems_word(
        stems, stems_number(stems, surface, stems_begin(stems, surface)));
}

struct stems_term *stems_terms(struct stems *stems)
{
    return stems->terms;
}

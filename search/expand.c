/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/expand.h"

#include <string.h>

#include "base/utf8.h"
#include "search/near.h"
#include "text/stem.h"
#include "text/tokens.h"

/* ---- Matching --------------------------------------------------------- */

static size_t character_size(struct span s, size_t at)
{
    size_t size = 1;
    while (at + size < s.size && (s.data[at + size] & 0xC0) == 0x80)
        size++;
    return size;
}

bool expand_matches(struct span pattern, struct span word)
{
    size_t p = 0, w = 0, star = SIZE_MAX, mark = 0;
    while (w < word.size) {
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            mark = w;
        } else if (p < pattern.size && pattern.data[p] == '?') {
            p++;
            w += character_size(word, w);
        } else if (p < pattern.size && pattern.data[p] == word.data[w]) {
            p++;
            w++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            w = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*')
        p++;
    return p == pattern.size;
}

/* ---- Walking over terms ----------------------------------------------- */

struct walk {
    struct expansion *out;
    struct arena *memory;
    size_t prefix_size; /* of the field */
    /* May append to `next` the first word that has to be looked at next. */
    bool (*wants)(const struct walk *walk, struct span word, struct str *next);
    struct span pattern;
    struct near *near;
    struct stems *const *stems;
    const struct expand_language *languages;
    size_t language_count;
};

static bool on_term(void *payload, struct span term, struct str *next)
{
    struct walk *walk = payload;
    struct span word = span_slice(term, walk->prefix_size, term.size);
    /* Terms of other fields begin with a capital, whole values with a colon. */
    if (!word.size || (word.data[0] >= 'A' && word.data[0] <= 'Z') ||
        word.data[0] == ':')
        return true;
    str_add(next, span_slice(term, 0, walk->prefix_size));
    bool wanted = walk->wants(walk, word, next);
    if (next->size == walk->prefix_size)
        str_clear(next);
    if (!wanted)
        return true;
    struct expansion *out = walk->out;
    if (out->count == out->limit) {
        out->cut = true;
        return false;
    }
    out->terms = arena_grow(walk->memory, out->terms, out->count,
                            &out->capacity, sizeof(*out->terms));
    out->terms[out->count++] = arena_copy(walk->memory, term);
    return true;
}

static enum status run(struct walk *walk, const struct xap_db *db,
                       enum field_id field, struct span literal,
                       struct error *err)
{
    struct str prefix = STR_INIT;
    schema_word(&prefix, field, literal);
    walk->prefix_size = span_of(schema_fields[field].prefix).size;
    enum status rc =
        xap_db_walk_terms(db, str_span(&prefix), on_term, walk, err);
    str_release(&prefix);
    return rc;
}

static bool wants_pattern(const struct walk *walk, struct span word,
                          struct str *next)
{
    (void)next;
    return expand_matches(walk->pattern, word);
}

enum status expand_pattern(struct expansion *out, const struct xap_db *db,
                           enum field_id field, struct span pattern,
                           struct arena *memory, struct error *err)
{
    size_t literal = 0;
    while (literal < pattern.size && pattern.data[literal] != '*' &&
           pattern.data[literal] != '?')
        literal++;
    struct walk walk = {
        .out = out, .memory = memory, .wants = wants_pattern, .pattern = pattern
    };
    return run(&walk, db, field, span_slice(pattern, 0, literal), err);
}

static bool wants_near(const struct walk *walk, struct span word,
                       struct str *next)
{
    return near_look(walk->near, word, next);
}

enum status expand_fuzzy(struct expansion *out, const struct xap_db *db,
                         enum field_id field, struct span word, uint32_t edits,
                         struct arena *memory, struct error *err)
{
    struct near near;
    near_begin(&near, word, edits);
    struct walk walk = {
        .out = out, .memory = memory, .wants = wants_near, .near = &near
    };
    size_t first = word.size ? character_size(word, 0) : 0;
    return run(&walk, db, field, span_slice(word, 0, first), err);
}

static bool wants_stem(const struct walk *walk, struct span word,
                       struct str *next)
{
    (void)next;
    for (size_t i = 0; i < walk->language_count; i++)
        if (span_equal(stems_look_up(walk->stems[i], word)->stem,
                       walk->languages[i].stem))
            return true;
    return false;
}

enum { STEM_SHARED_MAX = 4 }; /* letters that all forms are taken to share */

enum status expand_stem(struct expansion *out, const struct xap_db *db,
                        enum field_id field,
                        const struct expand_language *languages,
                        size_t language_count, struct arena *memory,
                        struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < language_count; i++) {
        struct span stem =
            span_slice(languages[i].stem, 1, languages[i].stem.size);
        size_t shared = stem.size > STEM_SHARED_MAX ? STEM_SHARED_MAX
                        : stem.size > 1             ? stem.size - 1
                                                    : stem.size;
        struct stems *stems = stems_new(languages[i].code);
        struct walk walk = { .out = out,
                             .memory = memory,
                             .wants = wants_stem,
                             .stems = &stems,
                             .languages = &languages[i],
                             .language_count = 1 };
        shared = utf8_floor(stem, shared);
        rc = run(&walk, db, field, span_slice(stem, 0, shared), err);
        stems_free(stems);
    }
    return rc;
}

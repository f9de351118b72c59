/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/expand.h"

#include <string.h>

#include "base/utf8.h"
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

static size_t decode_all(uint32_t *out, struct span s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.size && count < TOKENS_WORD_MAX;)
        at += utf8_next(s.data + at, &out[count++]);
    return count;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Damerau's distance restricted to swaps of neighbours (optimal string
 * alignment), row by row. */
bool expand_is_near(struct span a, struct span b, uint32_t edits)
{
    uint32_t x[TOKENS_WORD_MAX], y[TOKENS_WORD_MAX];
    uint32_t rows[3][TOKENS_WORD_MAX + 1];
    size_t n = decode_all(x, a), m = decode_all(y, b);
    if (n > m + edits || m > n + edits)
        return false;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (uint32_t)j;
    for (size_t i = 1; i <= n; i++) {
        uint32_t *row = rows[i % 3];
        const uint32_t *above = rows[(i - 1) % 3];
        uint32_t best = row[0] = (uint32_t)i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = least(above[j - 1] + (x[i - 1] != y[j - 1]),
                           least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > edits)
            return false;
    }
    return rows[n % 3][m] <= edits;
}

/* ---- Walking over terms ----------------------------------------------- */

struct walk {
    struct expansion *out;
    struct arena *memory;
    size_t prefix_size; /* of the field */
    bool (*wants)(const struct walk *walk, struct span word);
    struct span pattern;
    uint32_t edits;
    struct stems *const *stems;
    const struct expand_language *languages;
    size_t language_count;
};

static bool on_term(void *payload, struct span term, uint32_t count)
{
    struct walk *walk = payload;
    (void)count;
    struct span word = span_slice(term, walk->prefix_size, term.size);
    /* Terms of other fields begin with a capital, whole values with a colon. */
    if (!word.size || (word.data[0] >= 'A' && word.data[0] <= 'Z') ||
        word.data[0] == ':' || !walk->wants(walk, word))
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
        xap_db_each_term(db, str_span(&prefix), on_term, walk, err);
    str_release(&prefix);
    return rc;
}

static bool wants_pattern(const struct walk *walk, struct span word)
{
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

static bool wants_near(const struct walk *walk, struct span word)
{
    return word.size <= TOKENS_WORD_MAX &&
           expand_is_near(walk->pattern, word, walk->edits);
}

enum status expand_fuzzy(struct expansion *out, const struct xap_db *db,
                         enum field_id field, struct span word, uint32_t edits,
                         struct arena *memory, struct error *err)
{
    struct walk walk = { .out = out,
                         .memory = memory,
                         .wants = wants_near,
                         .pattern = word,
                         .edits = edits };
    size_t first = word.size ? character_size(word, 0) : 0;
    return run(&walk, db, field, span_slice(word, 0, first), err);
}

static bool wants_stem(const struct walk *walk, struct span word)
{
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

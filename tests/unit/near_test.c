/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/near.h"

#include <stdlib.h>

#include "base/arena.h"
#include "tests/unit/test.h"

static const struct {
    const char *a, *b;
    uint32_t edits; /* between them; over 2 counts as 3 */
} rows[] = {
    { "kirby", "kirby", 0 },
    { "kirby", "kirb", 1 },
    { "kirby", "kirbey", 1 },
    { "kirby", "kikby", 1 },
    { "kirby", "krib", 2 },
    { "kirby", "kriby", 1 },
    { "kirby", "ykirb", 2 },
    { "ab", "ba", 1 },
    { "ca", "abc", 3 }, /* a swap is not edited again */
    { "a", "", 1 },
    { "caf\u00E9", "caf\u00E8", 1 },
    { "\u5317\u4EAC", "\u4EAC\u5317", 1 },
    { "kirby", "moore", 3 },
};

TEST(words_are_near_within_edits)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        for (uint32_t edits = 0; edits < 3; edits++) {
            struct span a = span_of(rows[i].a), b = span_of(rows[i].b);
            CHECK(near_each_other(a, b, edits) == (edits >= rows[i].edits));
            CHECK(near_each_other(b, a, edits) == (edits >= rows[i].edits));
        }
}

static int by_bytes(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* All words of up to five of these letters, in byte order. */
static const char *const letters[] = { "a", "b", "k", "\u00E9", "\u5317" };

enum { LETTERS = 5, LENGTH = 5, WORDS_MAX = 4000 };

static size_t make_words(struct span *out, struct arena *memory)
{
    size_t count = 0, before = 0;
    out[count++] = span_of("");
    for (int length = 1; length <= LENGTH; length++) {
        size_t end = count;
        for (size_t i = before; i < end; i++)
            for (size_t j = 0; j < LETTERS; j++) {
                struct str word = STR_INIT;
                str_addf(&word, "%.*s%s", SPAN_ARGS(out[i]), letters[j]);
                out[count++] = arena_copy(memory, str_span(&word));
                str_release(&word);
            }
        before = end;
    }
    qsort(out, count, sizeof(*out), by_bytes);
    return count;
}

/* What is passed over is not near, and that is most of it. */
static void walk(const struct span *words, size_t count, const char *pattern,
                 uint32_t edits)
{
    struct near near;
    struct str next = STR_INIT;
    size_t looked_at = 0;
    near_begin(&near, span_of(pattern), edits);
    for (size_t i = 0; i < count; i++) {
        bool expected = near_each_other(span_of(pattern), words[i], edits);
        bool passed_over =
            next.size && span_compare(words[i], str_span(&next)) < 0;
        if (passed_over) {
            CHECK(!expected);
            continue;
        }
        looked_at++;
        str_clear(&next);
        CHECK(near_look(&near, words[i], &next) == expected);
        CHECK(!expected || !next.size);
        CHECK(!next.size || span_compare(words[i], str_span(&next)) < 0);
    }
    CHECK(looked_at < count / 2);
    str_release(&next);
}

TEST(sorted_words_are_passed_over)
{
    struct arena *memory = arena_new();
    struct span words[WORDS_MAX];
    size_t count = make_words(words, memory);
    static const char *const patterns[] = {
        "bak", "kabba", "aaaa", "b\u00E9k\u5317", "zz", "k",
    };
    for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++)
        for (uint32_t edits = 0; edits < 2; edits++)
            walk(words, count, patterns[i], edits);
    walk(words, count, "kabba", 2);
    arena_free(memory);
}

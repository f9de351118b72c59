/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/match.h"

#include <stdlib.h>

#include "base/memory.h"
#include "search/expand.h"
#include "search/match_units.h"
#include "search/near.h"
#include "search/windows.h"
#include "text/stem.h"
#include "text/tokens.h"

struct matcher {
    struct arena *memory;
    struct stems *stems;
    struct match_units wanted;
};

struct matcher *matcher_new(const struct query_node *tree,
                            const struct query_node *filter,
                            struct span language)
{
    struct matcher *matcher = memory_new(1, sizeof(*matcher));
    matcher->memory = arena_new();
    matcher->stems = stems_new(language.size ? language : span_of("en"));
    match_units_gather(&matcher->wanted, tree, filter, matcher->stems,
                       matcher->memory);
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (!matcher)
        return;
    arena_free(matcher->memory);
    stems_free(matcher->stems);
    free(matcher);
}

/* ---- Looking ---------------------------------------------------------- */

static bool is_wanted(const struct match_want *want, const struct word *word)
{
    switch (want->kind) {
    case QUERY_WORD: return span_equal(word->stem, want->text);
    case QUERY_WILDCARD: return expand_matches(want->text, word->term);
    case QUERY_FUZZY:
        return word->term.size &&
               near_each_other(want->text, word->term, want->edits);
    default: return span_equal(word->term, want->text);
    }
}

/* The last words of the text, for phrases. */
struct recent {
    struct token tokens[MATCH_PHRASE_MAX];
    struct word words[MATCH_PHRASE_MAX];
    size_t count;
};

static const struct word other_word; /* none that is looked for */

static void remember(struct recent *recent, const struct token *token,
                     const struct word *word)
{
    size_t at = recent->count++ % MATCH_PHRASE_MAX;
    recent->tokens[at] = *token;
    recent->words[at] = *word;
}

/* The last but n - 1; there are so many. */
static const struct token *recent_token(const struct recent *recent, size_t n)
{
    return &recent->tokens[(recent->count - n) % MATCH_PHRASE_MAX];
}

/* The place of a unit that ends with the last word; false where it does not
 * stand there. */
static bool ends_here(const struct match_unit *unit,
                      const struct recent *recent, struct found *out)
{
    if (recent->count < unit->count)
        return false;
    size_t last = recent->count - 1;
    const struct token *end = recent_token(recent, 1);
    for (size_t i = 0; i < unit->count; i++) {
        size_t at = (last - i) % MATCH_PHRASE_MAX;
        if (recent->tokens[at].position + i != end->position ||
            !is_wanted(&unit->words[unit->count - 1 - i], &recent->words[at]))
            return false;
    }
    const struct token *start = recent_token(recent, unit->count);
    out->offset = start->offset;
    out->size = end->offset + (uint32_t)end->surface.size - start->offset;
    out->position = start->position;
    return true;
}

struct gathering {
    const struct match_units *wanted;
    struct found_list *out;
    struct arena *memory;
    size_t capacity;
    struct occurrence *occurrences;
    size_t occurrence_count, occurrence_capacity;
};

/* A longer place takes the place of shorter ones that it covers. */
static void add_found(struct gathering *g, struct found found)
{
    struct found_list *out = g->out;
    while (out->count && out->items[out->count - 1].offset >= found.offset)
        out->count--;
    if (out->count &&
        out->items[out->count - 1].offset + out->items[out->count - 1].size >
            found.offset)
        return;
    out->items = arena_grow(g->memory, out->items, out->count, &g->capacity,
                            sizeof(*out->items));
    out->items[out->count++] = found;
}

static void add_occurrence(struct gathering *g, const struct match_unit *unit,
                           const struct found *found,
                           const struct recent *recent)
{
    if (g->occurrence_count == MATCH_FOUND_MAX)
        return;
    const struct token *first = recent_token(recent, unit->count);
    const struct token *last = recent_token(recent, 1);
    g->occurrences =
        arena_grow(g->memory, g->occurrences, g->occurrence_count,
                   &g->occurrence_capacity, sizeof(*g->occurrences));
    g->occurrences[g->occurrence_count++] =
        (struct occurrence){ .found = *found,
                             .last = last->position,
                             .first_sentence = first->sentence,
                             .last_sentence = last->sentence,
                             .paragraph = last->paragraph,
                             .group = unit->group,
                             .part = unit->part };
}

static void look(struct gathering *g, const struct recent *recent,
                 bool in_title)
{
    const struct match_units *wanted = g->wanted;
    struct found best = { 0, 0, 0, 0 }, found;
    for (size_t i = 0; i < wanted->count; i++) {
        const struct match_unit *unit = &wanted->units[i];
        if (unit->title_only && !in_title)
            continue;
        if (!ends_here(unit, recent, &found))
            continue;
        found.unit = (uint32_t)i;
        if (unit->group != MATCH_NO_GROUP)
            add_occurrence(g, unit, &found, recent);
        else if (found.size > best.size)
            best = found;
    }
    if (best.size)
        add_found(g, best);
}

/* ---- Groups ----------------------------------------------------------- */

/* atleastN(): all of them, where there are enough. */
static void keep_enough(struct gathering *g, size_t group)
{
    size_t count = 0;
    for (size_t i = 0; i < g->occurrence_count; i++)
        count += g->occurrences[i].group == group;
    for (size_t i = 0; i < g->occurrence_count; i++)
        if (g->occurrences[i].group == group)
            g->occurrences[i].kept = count >= g->wanted->groups[group]->number;
}

static int by_offset(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return (x->size < y->size) - (x->size > y->size);
}

/* What stands alone and what groups keep, sorted, without overlaps. */
static void merge_kept(struct gathering *g)
{
    struct found_list *out = g->out;
    for (size_t i = 0; i < g->occurrence_count; i++) {
        if (!g->occurrences[i].kept)
            continue;
        out->items = arena_grow(g->memory, out->items, out->count, &g->capacity,
                                sizeof(*out->items));
        out->items[out->count++] = g->occurrences[i].found;
    }
    if (out->count)
        qsort(out->items, out->count, sizeof(*out->items), by_offset);
    size_t kept = 0;
    for (size_t i = 0; i < out->count; i++)
        if (!kept || out->items[kept - 1].offset + out->items[kept - 1].size <=
                         out->items[i].offset)
            out->items[kept++] = out->items[i];
    out->count = kept;
}

static void keep_groups(struct gathering *g)
{
    const struct match_units *wanted = g->wanted;
    for (size_t group = 0; group < wanted->group_count; group++) {
        const struct query_node *node = wanted->groups[group];
        if (node->kind == QUERY_ATLEAST)
            keep_enough(g, group);
        else
            windows_keep(node, group, g->occurrences, g->occurrence_count,
                         g->memory);
    }
    if (g->occurrence_count)
        merge_kept(g);
}

void matcher_run(struct matcher *matcher, struct span text, uint32_t title_size,
                 struct arena *memory, struct found_list *out)
{
    const struct match_units *wanted = &matcher->wanted;
    *out = (struct found_list){ NULL, 0 };
    if (!wanted->count)
        return;
    struct gathering g = { .wanted = wanted, .out = out, .memory = memory };
    struct recent recent = { .count = 0 };
    struct tokens tokens =
        wanted->by_sentence ? tokens_begin(text) : tokens_begin_words(text);
    struct token token;
    stems_trim(matcher->stems);
    while (out->count < MATCH_FOUND_MAX && tokens_next(&tokens, &token)) {
        if (!match_units_may_want(wanted, token.surface)) {
            if (wanted->has_phrases)
                remember(&recent, &token, &other_word);
            continue;
        }
        remember(&recent, &token, stems_look_up(matcher->stems, token.surface));
        look(&g, &recent, token.offset < title_size);
    }
    keep_groups(&g);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/match.h"

#include <stdlib.h>

#include "base/memory.h"
#include "search/expand.h"
#include "text/stem.h"
#include "text/tokens.h"

/* One word of what is looked for. */
struct want {
    enum query_kind kind; /* WORD, EXACT, WILDCARD, FUZZY */
    struct span text;     /* stem, folded word or pattern */
    uint32_t edits;
};

struct unit {
    struct want words[MATCH_PHRASE_MAX];
    size_t count;
    bool title_only;
};

struct matcher {
    struct arena *memory;
    struct stems *stems;
    struct unit units[MATCH_UNITS_MAX];
    size_t count;
};

/* ---- What to look for ------------------------------------------------- */

static bool make_want(struct matcher *matcher, const struct query_node *node,
                      struct want *out)
{
    struct str word = STR_INIT;
    *out = (struct want){ node->kind, node->text, node->number };
    switch (node->kind) {
    case QUERY_WORD:
        out->text = arena_copy(matcher->memory,
                               stems_look_up(matcher->stems, node->text)->stem);
        if (out->text.size)
            break;
        out->kind = QUERY_EXACT;
        /* fall through: the language has no stems */
        __attribute__((fallthrough));
    case QUERY_EXACT:
    case QUERY_FUZZY:
        token_fold(&word, node->text);
        out->text = arena_copy(matcher->memory, str_span(&word));
        break;
    case QUERY_WILDCARD: break;
    default: str_release(&word); return false;
    }
    str_release(&word);
    return out->text.size;
}

/* Fields whose words stand in the text as well. */
static bool is_in_text(enum field_id field)
{
    return field == FIELD_TEXT || field == FIELD_TITLE ||
           field == FIELD_PERSON || field == FIELD_ORG || field == FIELD_PLACE;
}

static void add_unit(struct matcher *matcher,
                     const struct query_node *const *words, size_t count)
{
    if (matcher->count == MATCH_UNITS_MAX || count > MATCH_PHRASE_MAX)
        return;
    struct unit *unit = &matcher->units[matcher->count];
    *unit = (struct unit){ .count = count };
    for (size_t i = 0; i < count; i++)
        if (!make_want(matcher, words[i], &unit->words[i]))
            return;
    unit->title_only = words[0]->field == FIELD_TITLE;
    matcher->count++;
}

static void gather(struct matcher *matcher, const struct query_node *node)
{
    if (!node || node->mark == QUERY_MINUS)
        return;
    if (!node->part_count) {
        if (is_in_text(node->field))
            add_unit(matcher, &node, 1);
        return;
    }
    if (node->kind == QUERY_PHRASE) {
        if (is_in_text(node->field))
            add_unit(matcher, (const struct query_node *const *)node->parts,
                     node->part_count);
        return;
    }
    size_t count = node->kind == QUERY_NOT ? 1 : node->part_count;
    for (size_t i = 0; i < count; i++)
        gather(matcher, node->parts[i]);
}

struct matcher *matcher_new(const struct query_node *tree,
                            const struct query_node *filter,
                            struct span language)
{
    struct matcher *matcher = memory_new(1, sizeof(*matcher));
    matcher->memory = arena_new();
    matcher->stems = stems_new(language.size ? language : span_of("en"));
    gather(matcher, tree);
    gather(matcher, filter);
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

size_t matcher_units(const struct matcher *matcher)
{
    return matcher->count;
}

/* ---- Looking ---------------------------------------------------------- */

static bool is_wanted(const struct want *want, const struct word *word)
{
    switch (want->kind) {
    case QUERY_WORD: return span_equal(word->stem, want->text);
    case QUERY_WILDCARD: return expand_matches(want->text, word->term);
    case QUERY_FUZZY:
        return word->term.size &&
               expand_is_near(want->text, word->term, want->edits);
    default: return span_equal(word->term, want->text);
    }
}

/* The last words of the text, for phrases. */
struct recent {
    struct token tokens[MATCH_PHRASE_MAX];
    struct word words[MATCH_PHRASE_MAX];
    size_t count;
};

static void remember(struct recent *recent, const struct token *token,
                     const struct word *word)
{
    size_t at = recent->count++ % MATCH_PHRASE_MAX;
    recent->tokens[at] = *token;
    recent->words[at] = *word;
}

/* The place of a unit that ends with the last word; false where it does not
 * stand there. */
static bool ends_here(const struct unit *unit, const struct recent *recent,
                      struct found *out)
{
    if (recent->count < unit->count)
        return false;
    size_t last = recent->count - 1;
    const struct token *end = &recent->tokens[last % MATCH_PHRASE_MAX];
    for (size_t i = 0; i < unit->count; i++) {
        size_t at = (last - i) % MATCH_PHRASE_MAX;
        if (recent->tokens[at].position + i != end->position ||
            !is_wanted(&unit->words[unit->count - 1 - i], &recent->words[at]))
            return false;
    }
    const struct token *start =
        &recent->tokens[(last + 1 - unit->count) % MATCH_PHRASE_MAX];
    out->offset = start->offset;
    out->size = end->offset + (uint32_t)end->surface.size - start->offset;
    out->position = start->position;
    return true;
}

struct gathering {
    struct found_list *out;
    struct arena *memory;
    size_t capacity;
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

static void look(const struct matcher *matcher, const struct recent *recent,
                 bool in_title, struct gathering *g)
{
    struct found best = { 0, 0, 0, 0 }, found;
    for (size_t i = 0; i < matcher->count; i++) {
        const struct unit *unit = &matcher->units[i];
        if (unit->title_only && !in_title)
            continue;
        if (ends_here(unit, recent, &found) && found.size > best.size) {
            best = found;
            best.unit = (uint32_t)i;
        }
    }
    if (best.size)
        add_found(g, best);
}

void matcher_run(struct matcher *matcher, struct span text, uint32_t title_size,
                 struct arena *memory, struct found_list *out)
{
    *out = (struct found_list){ NULL, 0 };
    if (!matcher->count)
        return;
    struct gathering g = { out, memory, 0 };
    struct recent recent = { .count = 0 };
    struct tokens tokens = tokens_begin(text);
    struct token token;
    stems_trim(matcher->stems);
    while (out->count < MATCH_FOUND_MAX && tokens_next(&tokens, &token)) {
        remember(&recent, &token, stems_look_up(matcher->stems, token.surface));
        look(matcher, &recent, token.offset < title_size, &g);
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/match.h"

#include <stdlib.h>

#include "base/memory.h"
#include "search/expand.h"
#include "search/near.h"
#include "search/windows.h"
#include "text/stem.h"
#include "text/tokens.h"

/* One word of what is looked for. */
struct want {
    enum query_kind kind; /* WORD, EXACT, WILDCARD, FUZZY */
    struct span text;     /* stem, folded word or pattern */
    uint32_t edits;
};

enum { NO_GROUP = MATCH_GROUPS_MAX };

struct unit {
    struct want words[MATCH_PHRASE_MAX];
    size_t count;
    bool title_only;
    size_t group, part; /* it counts only as that part of a group (windows.h) */
};

/* A window or an atleastN(): what its parts must do together. */
struct group {
    const struct query_node *node;
};

struct matcher {
    struct arena *memory;
    struct stems *stems;
    struct unit units[MATCH_UNITS_MAX];
    size_t count;
    struct group groups[MATCH_GROUPS_MAX];
    size_t group_count;
    size_t group, part; /* what is being gathered belongs to */
    bool by_sentence;   /* some window is a sentence */
    bool has_phrases;   /* some unit is of several words */
    size_t parts;       /* of the group so far */
    /* How a word which is looked for may begin: by its first byte, a bit for
     * each kind of the second.  Most words of a text are passed over by it. */
    uint32_t starts[256];
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
        /* fall through: the word has no other forms */
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

bool match_is_in_text(enum field_id field)
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
    *unit = (struct unit){ .count = count,
                           .group = matcher->group,
                           .part = matcher->part };
    for (size_t i = 0; i < count; i++)
        if (!make_want(matcher, words[i], &unit->words[i]))
            return;
    unit->title_only = words[0]->field == FIELD_TITLE;
    matcher->has_phrases = matcher->has_phrases || count > 1;
    matcher->count++;
}

static void gather(struct matcher *matcher, const struct query_node *node)
{
    if (!node || node->mark == QUERY_MINUS)
        return;
    if (!node->part_count) {
        if (match_is_in_text(node->field))
            add_unit(matcher, &node, 1);
        return;
    }
    if (node->kind == QUERY_PHRASE) {
        if (match_is_in_text(node->field))
            add_unit(matcher, (const struct query_node *const *)node->parts,
                     node->part_count);
        return;
    }
    if (node->kind == QUERY_NEAR && node->unit == QUERY_SENTENCE)
        matcher->by_sentence = true;
    bool outermost = matcher->group == NO_GROUP;
    bool together = node->kind == QUERY_NEAR || node->kind == QUERY_ATLEAST;
    if (together && outermost && matcher->group_count < MATCH_GROUPS_MAX) {
        matcher->group = matcher->group_count++;
        matcher->groups[matcher->group].node = node;
        matcher->parts = 0;
    }
    size_t count = node->kind == QUERY_NOT ? 1 : node->part_count;
    for (size_t i = 0; i < count; i++) {
        if (node->kind == QUERY_NEAR && node->parts[i]->kind != QUERY_NEAR)
            matcher->part = matcher->parts++;
        gather(matcher, node->parts[i]);
    }
    if (outermost)
        matcher->group = NO_GROUP;
}

enum { OTHER_KIND = 0 };

/* The kind of a word's second byte: which letter, in any case, "y" as "i";
 * OTHER_KIND where it may be folded to any, or to none. */
static unsigned second_kind(struct span word)
{
    char letter = word.size > 1 ? (char)(word.data[1] | 0x20) : 0;
    if (letter < 'a' || letter > 'z')
        return OTHER_KIND;
    return (unsigned)((letter == 'y' ? 'i' : letter) - 'a') + 1;
}

/* `kept`: as many letters of stems are those of their words. */
static void add_start(struct matcher *matcher, const struct want *want,
                      unsigned kept)
{
    bool is_stem = want->kind == QUERY_WORD;
    struct span text = span_slice(want->text, is_stem, want->text.size);
    unsigned char first = text.size ? (unsigned char)text.data[0] : 0;
    unsigned kind = second_kind(text);
    bool exact = want->kind != QUERY_FUZZY && (!is_stem || kept > 1);
    uint32_t kinds = exact && kind != OTHER_KIND
                         ? (uint32_t)1 << kind | (uint32_t)1 << OTHER_KIND
                         : UINT32_MAX;
    matcher->starts[first] |= kinds;
    if (first >= 'a' && first <= 'z')
        matcher->starts[first - 'a' + 'A'] |= kinds;
}

/* What is not ASCII may be folded to any letter. */
static void find_starts(struct matcher *matcher)
{
    unsigned kept = stems_kept_letters(matcher->stems);
    for (size_t i = 0; i < matcher->count; i++)
        for (size_t j = 0; j < matcher->units[i].count; j++)
            add_start(matcher, &matcher->units[i].words[j], kept);
    uint32_t any = matcher->starts['*'] | matcher->starts['?'];
    for (int c = 0; c < 256; c++)
        if (c >= 0x80 || any || !kept)
            matcher->starts[c] = UINT32_MAX;
}

static bool may_be_wanted(const struct matcher *matcher, struct span surface)
{
    return matcher->starts[(unsigned char)surface.data[0]] >>
               second_kind(surface) &
           1;
}

struct matcher *matcher_new(const struct query_node *tree,
                            const struct query_node *filter,
                            struct span language)
{
    struct matcher *matcher = memory_new(1, sizeof(*matcher));
    matcher->memory = arena_new();
    matcher->group = NO_GROUP;
    matcher->stems = stems_new(language.size ? language : span_of("en"));
    gather(matcher, tree);
    gather(matcher, filter);
    find_starts(matcher);
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
static bool ends_here(const struct unit *unit, const struct recent *recent,
                      struct found *out)
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
    const struct matcher *matcher;
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

static void add_occurrence(struct gathering *g, const struct unit *unit,
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
    const struct matcher *matcher = g->matcher;
    struct found best = { 0, 0, 0, 0 }, found;
    for (size_t i = 0; i < matcher->count; i++) {
        const struct unit *unit = &matcher->units[i];
        if (unit->title_only && !in_title)
            continue;
        if (!ends_here(unit, recent, &found))
            continue;
        found.unit = (uint32_t)i;
        if (unit->group != NO_GROUP)
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
            g->occurrences[i].kept =
                count >= g->matcher->groups[group].node->number;
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
    const struct matcher *matcher = g->matcher;
    for (size_t group = 0; group < matcher->group_count; group++) {
        const struct query_node *node = matcher->groups[group].node;
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
    *out = (struct found_list){ NULL, 0 };
    if (!matcher->count)
        return;
    struct gathering g = { .matcher = matcher, .out = out, .memory = memory };
    struct recent recent = { .count = 0 };
    struct tokens tokens =
        matcher->by_sentence ? tokens_begin(text) : tokens_begin_words(text);
    struct token token;
    stems_trim(matcher->stems);
    while (out->count < MATCH_FOUND_MAX && tokens_next(&tokens, &token)) {
        if (!may_be_wanted(matcher, token.surface)) {
            if (matcher->has_phrases)
                remember(&recent, &token, &other_word);
            continue;
        }
        remember(&recent, &token, stems_look_up(matcher->stems, token.surface));
        look(&g, &recent, token.offset < title_size);
    }
    keep_groups(&g);
}

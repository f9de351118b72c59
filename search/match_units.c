/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/match_units.h"

#include "text/folding.h"

struct gathering {
    struct match_units *out;
    struct stems *stems;
    struct arena *memory;
    size_t group, part; /* what is being gathered belongs to */
    size_t parts;       /* of the group so far */
};

static bool make_want(const struct gathering *g, const struct query_node *node,
                      struct match_want *out)
{
    struct str word = STR_INIT;
    *out = (struct match_want){ node->kind, node->text, node->number };
    switch (node->kind) {
    case QUERY_WORD:
        out->text =
            arena_copy(g->memory, stems_look_up(g->stems, node->text)->stem);
        if (out->text.size)
            break;
        out->kind = QUERY_EXACT;
        /* fall through: the word has no other forms */
        __attribute__((fallthrough));
    case QUERY_EXACT:
    case QUERY_FUZZY:
        token_fold(&word, node->text);
        out->text = arena_copy(g->memory, str_span(&word));
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

static void add_unit(struct gathering *g, const struct query_node *const *words,
                     size_t count)
{
    if (g->out->count == MATCH_UNITS_MAX || count > MATCH_PHRASE_MAX)
        return;
    struct match_unit *unit = &g->out->units[g->out->count];
    *unit = (struct match_unit){ .count = count,
                                 .group = g->group,
                                 .part = g->part };
    for (size_t i = 0; i < count; i++)
        if (!make_want(g, words[i], &unit->words[i]))
            return;
    unit->title_only = words[0]->field == FIELD_TITLE;
    g->out->has_phrases = g->out->has_phrases || count > 1;
    g->out->count++;
}

static void gather(struct gathering *g, const struct query_node *node)
{
    if (!node || node->mark == QUERY_MINUS)
        return;
    if (!node->part_count) {
        if (match_is_in_text(node->field))
            add_unit(g, &node, 1);
        return;
    }
    if (node->kind == QUERY_PHRASE) {
        if (match_is_in_text(node->field))
            add_unit(g, (const struct query_node *const *)node->parts,
                     node->part_count);
        return;
    }
    if (node->kind == QUERY_NEAR && node->unit == QUERY_SENTENCE)
        g->out->by_sentence = true;
    bool outermost = g->group == MATCH_NO_GROUP;
    bool together = node->kind == QUERY_NEAR || node->kind == QUERY_ATLEAST;
    if (together && outermost && g->out->group_count < MATCH_GROUPS_MAX) {
        g->group = g->out->group_count++;
        g->out->groups[g->group] = node;
        g->parts = 0;
    }
    size_t count = node->kind == QUERY_NOT ? 1 : node->part_count;
    for (size_t i = 0; i < count; i++) {
        if (node->kind == QUERY_NEAR && node->parts[i]->kind != QUERY_NEAR)
            g->part = g->parts++;
        gather(g, node->parts[i]);
    }
    if (outermost)
        g->group = MATCH_NO_GROUP;
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
static void add_start(struct match_units *units, const struct match_want *want,
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
    units->starts[first] |= kinds;
    if (first >= 'a' && first <= 'z')
        units->starts[first - 'a' + 'A'] |= kinds;
}

/* What is not ASCII may be folded to any letter. */
static void find_starts(struct match_units *units, unsigned kept)
{
    for (size_t i = 0; i < units->count; i++)
        for (size_t j = 0; j < units->units[i].count; j++)
            add_start(units, &units->units[i].words[j], kept);
    uint32_t any = units->starts['*'] | units->starts['?'];
    for (int c = 0; c < 256; c++)
        if (c >= 0x80 || any || !kept)
            units->starts[c] = UINT32_MAX;
}

bool match_units_may_want(const struct match_units *units, struct span surface)
{
    return units->starts[(unsigned char)surface.data[0]] >>
               second_kind(surface) &
           1;
}

void match_units_gather(struct match_units *out, const struct query_node *tree,
                        const struct query_node *filter, struct stems *stems,
                        struct arena *memory)
{
    struct gathering gathering = {
        .out = out, .stems = stems, .memory = memory, .group = MATCH_NO_GROUP
    };
    gather(&gathering, tree);
    gather(&gathering, filter);
    find_starts(out, stems_kept_letters(stems));
}

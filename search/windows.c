/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/windows.h"

#include <stdlib.h>

enum {
    PARTS_MAX = 64,      /* of one window */
    STEPS_MAX = 1000000, /* of one text: choosing a part */
    PLACES_MAX = 10000,  /* likewise: of inner windows */
};

/* Where a part stands: an occurrence, or the places of a window's parts. */
struct place {
    uint32_t first, last; /* positions of words */
    uint32_t paragraph, first_sentence, last_sentence;
    size_t part; /* of the window around it */
    struct occurrence *occurrence;
    const struct place **parts; /* of an inner window */
    size_t part_count;
};

struct places {
    struct place *items;
    size_t count, capacity;
};

struct windows {
    struct occurrence *occurrences;
    size_t count, group;
    struct arena *memory;
    size_t next_part; /* of those that are no windows */
    size_t steps, places;
};

/* Choosing a place for each part of a window, in the order of the text. */
struct choosing {
    struct windows *windows;
    const struct query_node *node;
    struct places from; /* of all parts */
    struct places *out; /* all choices; NULL: the nearest is kept */
    const struct place *chosen[PARTS_MAX];
};

static void add_place(struct windows *w, struct places *list,
                      const struct place *place)
{
    list->items = arena_grow(w->memory, list->items, list->count,
                             &list->capacity, sizeof(*list->items));
    list->items[list->count++] = *place;
}

/* ---- Choosing --------------------------------------------------------- */

static bool share_a_word(const struct place *a, const struct place *b)
{
    if (a->first > b->last || b->first > a->last)
        return false;
    for (size_t i = 0; i < a->part_count; i++)
        if (share_a_word(a->parts[i], b))
            return true;
    for (size_t i = 0; !a->part_count && i < b->part_count; i++)
        if (share_a_word(a, b->parts[i]))
            return true;
    return !a->part_count && !b->part_count;
}

static uint32_t end_of(const struct choosing *c, size_t have)
{
    uint32_t end = 0;
    for (size_t i = 0; i < have; i++)
        if (c->chosen[i]->last > end)
            end = c->chosen[i]->last;
    return end;
}

/* So is all that comes after it. */
static bool is_beyond(const struct choosing *c, size_t have,
                      const struct place *place)
{
    return have && (place->paragraph != c->chosen[0]->paragraph ||
                    (c->node->unit == QUERY_WORDS &&
                     place->first > end_of(c, have) + c->node->number));
}

static bool fits(const struct choosing *c, size_t have,
                 const struct place *place)
{
    bool sentence = c->node->unit == QUERY_SENTENCE;
    if (c->node->ordered &&
        (place->part != have || (have && place->first <= end_of(c, have))))
        return false;
    if (sentence && place->first_sentence != place->last_sentence)
        return false;
    for (size_t i = 0; i < have; i++)
        if (place->part == c->chosen[i]->part ||
            (sentence && place->last_sentence != c->chosen[i]->last_sentence) ||
            share_a_word(place, c->chosen[i]))
            return false;
    return true;
}

/* Of more than two parts the words between them are counted together. */
static bool is_close(const struct choosing *c)
{
    size_t count = c->node->part_count;
    if (c->node->unit != QUERY_WORDS)
        return true;
    uint32_t own = 0;
    for (size_t i = 0; i < count; i++)
        own += c->chosen[i]->last - c->chosen[i]->first + 1;
    return end_of(c, count) - c->chosen[0]->first + 1 < own + c->node->number;
}

static void keep(const struct place *place)
{
    if (place->occurrence)
        place->occurrence->kept = true;
    for (size_t i = 0; i < place->part_count; i++)
        keep(place->parts[i]);
}

static void note_choice(struct choosing *c)
{
    struct windows *w = c->windows;
    size_t count = c->node->part_count;
    if (w->places++ == PLACES_MAX)
        return;
    struct place place = *c->chosen[0];
    place.occurrence = NULL;
    place.parts = arena_alloc(w->memory, count * sizeof(*place.parts));
    place.part_count = count;
    for (size_t i = 0; i < count; i++) {
        place.parts[i] = c->chosen[i];
        if (c->chosen[i]->last_sentence > place.last_sentence)
            place.last_sentence = c->chosen[i]->last_sentence;
    }
    place.last = end_of(c, count);
    add_place(w, c->out, &place);
}

/* A place for each further part, `at` or behind. */
static void choose(struct choosing *c, size_t at, size_t have)
{
    size_t count = c->node->part_count;
    if (have == count) {
        if (is_close(c) && c->out)
            note_choice(c);
        else if (is_close(c))
            for (size_t i = 0; i < count; i++)
                keep(c->chosen[i]);
        return;
    }
    for (; at < c->from.count; at++) {
        const struct place *place = &c->from.items[at];
        if (is_beyond(c, have, place) || c->windows->steps == STEPS_MAX)
            return;
        c->windows->steps++;
        if (!fits(c, have, place))
            continue;
        c->chosen[have] = place;
        choose(c, at + 1, have + 1);
        if (have && !c->out)
            return;
    }
}

/* ---- Places ----------------------------------------------------------- */

static void add_occurrences(struct windows *w, size_t part, struct places *out)
{
    size_t number = w->next_part++;
    for (size_t i = 0; i < w->count; i++) {
        struct occurrence *o = &w->occurrences[i];
        if (o->group != w->group || o->part != number)
            continue;
        const struct place place = {
            .first = o->found.position,
            .last = o->last,
            .paragraph = o->paragraph,
            .first_sentence = o->first_sentence,
            .last_sentence = o->last_sentence,
            .part = part,
            .occurrence = o,
        };
        add_place(w, out, &place);
    }
}

static int by_position(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->last > y->last) - (x->last < y->last);
}

/* Windows are within windows as deep as brackets (QUERY_DEPTH_MAX) or a chain
 * of words (QUERY_VERIFIED_MAX). */
static void look(struct windows *w, const struct query_node *node,
                 struct places *out)
{
    struct choosing c = { .windows = w, .node = node, .out = out };
    for (size_t i = 0; i < node->part_count; i++) {
        size_t before = c.from.count;
        if (node->parts[i]->kind == QUERY_NEAR)
            look(w, node->parts[i], &c.from);
        else
            add_occurrences(w, i, &c.from);
        for (size_t j = before; j < c.from.count; j++)
            c.from.items[j].part = i;
    }
    if (!c.from.count || node->part_count > PARTS_MAX)
        return;
    qsort(c.from.items, c.from.count, sizeof(*c.from.items), by_position);
    choose(&c, 0, 0);
}

void windows_keep(const struct query_node *window, size_t group,
                  struct occurrence *occurrences, size_t count,
                  struct arena *memory)
{
    struct windows windows = {
        .occurrences = occurrences,
        .count = count,
        .group = group,
        .memory = memory,
    };
    look(&windows, window, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "base/memory.h"
#include "search/compiler.h"
#include "search/match_units.h"
#include "text/tokens.h"

/*
 * A window as libxapian can ask for it: sides that are each a term or any of
 * several.  Of windows and phrases within it that is one window of all their
 * words, as large as they can be together; the texts tell the rest.
 */
struct window {
    struct compiler *c;
    struct terms *sides;
    size_t count, capacity;
    size_t units;    /* for the matcher */
    uint32_t length; /* in words */
};

static void refuse(struct compiler *c, const struct query_node *node,
                   const char *what)
{
    if (c->rc)
        return;
    *c->column = node->column;
    compiler_fail(c, error_set(c->err, STATUS_BAD_QUERY, "%s", what));
}

static void add_side(struct window *w, const struct terms *terms)
{
    MEMORY_GROW(w->sides, w->count, w->capacity);
    w->sides[w->count++] = *terms;
}

/* Of a phrase among others the first word stands for it.  Returns the words of
 * the longest. */
static uint32_t gather_any(struct window *w, const struct query_node *node,
                           struct terms *terms)
{
    uint32_t longest = 1;
    if (node->kind == QUERY_OR) {
        for (size_t i = 0; i < node->part_count; i++) {
            uint32_t length = gather_any(w, node->parts[i], terms);
            longest = length > longest ? length : longest;
        }
        return longest;
    }
    const struct query_node *word = node;
    if (node->kind == QUERY_PHRASE) {
        longest = (uint32_t)node->part_count;
        word = node->parts[0];
        if (longest > MATCH_PHRASE_MAX)
            refuse(w->c, node, "a quotation within a window is too long");
    }
    struct terms more = { NULL, 0, 0 };
    if (!terms_with_positions(w->c, &more, word))
        refuse(w->c, node, "only words and quotations can be within a window");
    for (size_t i = 0; i < more.count; i++)
        terms_add(w->c, terms, more.items[i]);
    w->units++;
    return longest;
}

static void add_words(struct window *w, const struct query_node *phrase)
{
    w->length += (uint32_t)phrase->part_count;
    for (size_t i = 0; i < phrase->part_count; i++) {
        struct terms terms = { NULL, 0, 0 };
        terms_with_positions(w->c, &terms, phrase->parts[i]);
        add_side(w, &terms);
    }
}

static void add_part(struct window *w, const struct query_node *node)
{
    if (node->kind == QUERY_NEAR) {
        for (size_t i = 0; i < node->part_count; i++)
            add_part(w, node->parts[i]);
        /* w/N: N words apart; libxapian counts both ends. */
        w->length += node->unit == QUERY_WORDS
                         ? node->number - 1
                         : TOKENS_PARAGRAPH_GAP - (uint32_t)node->part_count;
        return;
    }
    struct terms terms = { NULL, 0, 0 };
    uint32_t length = gather_any(w, node, &terms);
    if (node->kind == QUERY_PHRASE) {
        add_words(w, node);
        return;
    }
    w->length += length;
    add_side(w, &terms);
}

/* The matcher looks for so much, and in the text only. */
static void check_text(const struct window *w, const struct query_node *node)
{
    if (w->units > MATCH_UNITS_MAX)
        refuse(w->c, node, "too many words are within a window");
    if (!match_is_in_text(node->field))
        refuse(w->c, node,
               "w/s, and quotations and windows within a window, are for words "
               "of the text");
}

/* ---- As a question ---------------------------------------------------- */

static int compare_terms(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* Where two sides have a word in common libxapian 1.4 loses windows: of two
 * that stand on one word it moves any on, and may move the wrong one. */
static bool shares_words(const struct window *w)
{
    size_t count = 0;
    for (size_t i = 0; i < w->count; i++)
        count += w->sides[i].count;
    struct span *all = memory_new(count ? count : 1, sizeof(*all)), *end = all;
    for (size_t i = 0; i < w->count; i++)
        for (size_t j = 0; j < w->sides[i].count; j++)
            *end++ = w->sides[i].items[j];
    qsort(all, count, sizeof(*all), compare_terms);
    bool shares = false;
    for (size_t i = 1; i < count && !shares; i++)
        shares = span_equal(all[i - 1], all[i]);
    free(all);
    return shares;
}

static struct xap_query *join_sides(struct compiler *c, enum xap_operator op,
                                    const struct terms *sides, size_t count,
                                    uint32_t length)
{
    struct xap_query **parts = memory_new(count, sizeof(*parts));
    for (size_t i = 0; i < count; i++)
        parts[i] = compiler_join(c, &sides[i], XAP_OR);
    struct xap_query *query = xap_query_join(op, parts, count, length, c->err);
    free(parts);
    return compiler_checked(c, query);
}

/* Those of `terms` that the others have, or have not. */
static struct terms choose(struct compiler *c, const struct terms *terms,
                           const struct terms *others, bool common)
{
    struct terms out = { NULL, 0, 0 };
    for (size_t i = 0; i < terms->count; i++) {
        bool found = false;
        for (size_t j = 0; j < others->count && !found; j++)
            found = span_equal(terms->items[i], others->items[j]);
        if (found == common)
            terms_add(c, &out, terms->items[i]);
    }
    return out;
}

/* A window of two sides that share words, as windows of sides that share none
 * or all.  It weighs as one. */
static struct xap_query *divided(struct window *w)
{
    struct compiler *c = w->c;
    const struct terms *a = &w->sides[0], *b = &w->sides[1];
    const struct terms both = choose(c, a, b, true);
    const struct terms pairs[][2] = {
        { choose(c, a, b, false), *b },
        { both, choose(c, b, a, false) },
        { both, both },
    };
    struct xap_query *parts[3], *query[2];
    size_t count = 0;
    query[0] = join_sides(c, XAP_AND, w->sides, 2, 0);
    struct compiled_item *item = c->item; /* has its words now */
    c->item = NULL;
    for (size_t i = 0; i < 3; i++)
        if (pairs[i][0].count && pairs[i][1].count)
            parts[count++] = join_sides(c, XAP_NEAR, pairs[i], 2, w->length);
    c->item = item;
    query[1] = xap_query_join(XAP_OR, parts, count, 0, c->err);
    return compiler_checked(c, xap_query_join(XAP_FILTER, query, 2, 0, c->err));
}

static struct xap_query *join_window(struct window *w,
                                     const struct query_node *node,
                                     bool wants_text)
{
    bool is_phrase = node->kind == QUERY_PHRASE;
    if (is_phrase || (node->ordered && w->count == node->part_count))
        return join_sides(w->c, XAP_PHRASE, w->sides, w->count, w->length);
    bool shares = shares_words(w);
    if (shares && wants_text)
        return join_sides(w->c, XAP_AND, w->sides, w->count, 0);
    if (shares && w->count == 2)
        return divided(w);
    return join_sides(w->c, XAP_NEAR, w->sides, w->count, w->length);
}

struct xap_query *compiler_window(struct compiler *c,
                                  const struct query_node *node)
{
    struct window w = { .c = c };
    bool wants_text = query_wants_text(node);
    if (node->kind == QUERY_PHRASE)
        add_words(&w, node);
    else
        add_part(&w, node);
    if (wants_text)
        check_text(&w, node);
    struct xap_query *query = c->rc ? NULL : join_window(&w, node, wants_text);
    free(w.sides);
    return wants_text ? compiler_verified(c, node, query) : query;
}

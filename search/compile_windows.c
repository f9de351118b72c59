/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "search/compiler.h"
#include "search/match.h"
#include "text/tokens.h"

/*
 * A window as libxapian can ask for it: sides that are each a term or any of
 * several.  Of windows and phrases within it that is one window of all their
 * words, as large as they can be together; the texts tell the rest.
 */
struct window {
    struct compiler *c;
    struct xap_query **sides;
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
    w->sides[w->count++] = compiler_join(w->c, terms, XAP_OR);
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
    w->length += gather_any(w, node, &terms);
    if (node->kind == QUERY_PHRASE)
        add_words(w, node);
    else
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

struct xap_query *compiler_window(struct compiler *c,
                                  const struct query_node *node)
{
    struct window w = { .c = c };
    bool is_phrase = node->kind == QUERY_PHRASE;
    bool wants_text = !is_phrase && query_wants_text(node);
    if (is_phrase)
        add_words(&w, node);
    else
        add_part(&w, node);
    if (wants_text)
        check_text(&w, node);
    bool ordered = is_phrase || (node->ordered && w.count == node->part_count);
    struct xap_query *query = xap_query_join(
        ordered ? XAP_PHRASE : XAP_NEAR, w.sides, w.count,
        is_phrase ? (uint32_t)node->part_count : w.length, c->err);
    free(w.sides);
    query = compiler_checked(c, query);
    return wants_text ? compiler_verified(c, node, query) : query;
}

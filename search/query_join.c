/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query.h"

static struct query_node *combine(enum query_kind kind,
                                  struct query_node *const *parts, size_t count,
                                  struct arena *memory)
{
    struct query_node *node = arena_alloc(memory, sizeof(*node));
    node->kind = kind;
    node->field = FIELD_TEXT;
    node->boost = 1;
    node->parts = arena_alloc(memory, count * sizeof(*node->parts));
    for (size_t i = 0; i < count; i++)
        if (parts[i])
            node->parts[node->part_count++] = parts[i];
    if (!node->part_count)
        return NULL;
    return node->part_count == 1 ? node->parts[0] : node;
}

bool query_wants_text(const struct query_node *window)
{
    if (window->kind == QUERY_NEAR && window->unit == QUERY_SENTENCE)
        return true;
    for (size_t i = 0; i < window->part_count; i++) {
        const struct query_node *part = window->parts[i];
        if (part->kind == QUERY_NEAR || part->kind == QUERY_PHRASE ||
            query_wants_text(part))
            return true;
    }
    return false;
}

struct query_node *query_all_of(struct query_node *const *parts, size_t count,
                                struct arena *memory)
{
    return combine(QUERY_AND, parts, count, memory);
}

struct query_node *query_any_of(struct query_node *const *parts, size_t count,
                                struct arena *memory)
{
    return combine(QUERY_OR, parts, count, memory);
}

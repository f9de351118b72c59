/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>

#include "base/memory.h"
#include "search/compiler.h"

static struct xap_query *compile_node(struct compiler *c,
                                      const struct query_node *node);

/* ---- Lists and operators ---------------------------------------------- */

/* What only decides: dates, values, and anything in another field. */
static bool is_filter(const struct query_node *node)
{
    return node->kind == QUERY_DATE || node->kind == QUERY_VALUE;
}

static struct xap_query *join_two(struct compiler *c, enum xap_operator op,
                                  struct xap_query *a, struct xap_query *b)
{
    if (!a || !b) {
        xap_query_free(a);
        xap_query_free(b);
        return NULL;
    }
    struct xap_query *both[] = { a, b };
    return compiler_checked(c, xap_query_join(op, both, 2, 0, c->err));
}

/* The parts of a list by what they do. */
struct sorted_list {
    struct xap_query **words, **required, **filters, **without;
    size_t word_count, required_count, filter_count, without_count;
};

static struct xap_query *join_all(struct compiler *c, enum xap_operator op,
                                  struct xap_query **parts, size_t count)
{
    if (!count)
        return NULL;
    if (count == 1)
        return parts[0];
    return compiler_checked(c, xap_query_join(op, parts, count, 0, c->err));
}

/* Words joined by `op`, what must be there, what filters, what must not. */
static struct xap_query *assemble(struct compiler *c, struct sorted_list *list,
                                  enum xap_operator op)
{
    struct xap_query *words = join_all(c, op, list->words, list->word_count);
    struct xap_query *required =
        join_all(c, XAP_AND, list->required, list->required_count);
    struct xap_query *filters =
        join_all(c, XAP_AND, list->filters, list->filter_count);
    struct xap_query *without =
        join_all(c, XAP_OR, list->without, list->without_count);
    struct xap_query *query = words;
    if (required)
        query = query ? join_two(c, XAP_AND, query, required) : required;
    if (filters)
        query = query ? join_two(c, XAP_FILTER, query, filters) : filters;
    if (without)
        query = join_two(c, XAP_AND_NOT, query, without);
    return query;
}

/* The words of a list joined by `op`, with what else it says. */
static struct xap_query *compile_list(struct compiler *c,
                                      const struct query_node *node,
                                      enum xap_operator op)
{
    struct sorted_list list = { NULL, NULL, NULL, NULL, 0, 0, 0, 0 };
    struct xap_query **parts = memory_new(node->part_count * 4, sizeof(*parts));
    list.words = parts;
    list.required = parts + node->part_count;
    list.filters = parts + 2 * node->part_count;
    list.without = parts + 3 * node->part_count;
    for (size_t i = 0; i < node->part_count; i++) {
        const struct query_node *part = node->parts[i];
        struct xap_query *query = compile_node(c, part);
        if (part->mark == QUERY_MINUS)
            list.without[list.without_count++] = query;
        else if (is_filter(part))
            list.filters[list.filter_count++] = query;
        else if (part->mark == QUERY_PLUS || part->field != FIELD_TEXT)
            list.required[list.required_count++] = query;
        else
            list.words[list.word_count++] = query;
    }
    struct xap_query *query = assemble(c, &list, op);
    free(parts);
    return query ? query : compiler_fail(c, c->rc ? c->rc : STATUS_INTERNAL);
}

static struct xap_query *compile_operator(struct compiler *c,
                                          const struct query_node *node)
{
    enum xap_operator op = node->kind == QUERY_OR    ? XAP_OR
                           : node->kind == QUERY_NOT ? XAP_AND_NOT
                                                     : XAP_AND;
    struct xap_query **parts = memory_new(node->part_count, sizeof(*parts));
    bool filters = node->kind == QUERY_AND && node->part_count == 2 &&
                   is_filter(node->parts[1]);
    for (size_t i = 0; i < node->part_count; i++)
        parts[i] = compile_node(c, node->parts[i]);
    struct xap_query *query = xap_query_join(filters ? XAP_FILTER : op, parts,
                                             node->part_count, 0, c->err);
    free(parts);
    return compiler_checked(c, query);
}

static struct xap_query *compile_leaf(struct compiler *c,
                                      const struct query_node *node)
{
    struct terms terms = { NULL, 0, 0 };
    switch (node->kind) {
    case QUERY_WORD: terms_of_stems(c, &terms, node); break;
    case QUERY_EXACT: terms_of_word(c, &terms, node); break;
    case QUERY_VALUE:
        terms_of_value(c, &terms, node);
        return compiler_join(c, &terms, XAP_OR);
    default: terms_of_expansion(c, &terms, node); break;
    }
    return compiler_join(c, &terms, XAP_SYNONYM);
}

static struct xap_query *compile_bare(struct compiler *c,
                                      const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_DATE: return compiler_date(c, node);
    case QUERY_PHRASE:
    case QUERY_NEAR: return compiler_window(c, node);
    case QUERY_LIST: return compile_list(c, node, XAP_AND);
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_NOT: return compile_operator(c, node);
    case QUERY_ATLEAST:
        return compiler_verified(c, node, compile_node(c, node->parts[0]));
    default: return compile_leaf(c, node);
    }
}

static struct xap_query *compile_node(struct compiler *c,
                                      const struct query_node *node)
{
    if (c->rc)
        return NULL;
    struct xap_query *query = compile_bare(c, node);
    if (query && node->boost != 1)
        query =
            compiler_checked(c, xap_query_scale(query, node->boost, c->err));
    return query;
}

/* ---- The whole -------------------------------------------------------- */

static bool is_optional(const struct query_node *part)
{
    return part->mark == QUERY_PLAIN && part->field == FIELD_TEXT &&
           !is_filter(part);
}

/* Several words side by side may be had in part. */
static size_t count_optional(const struct query_node *tree)
{
    size_t count = 0;
    for (size_t i = 0; tree && tree->kind == QUERY_LIST && i < tree->part_count;
         i++)
        count += is_optional(tree->parts[i]);
    return count;
}

static void gather_items(struct compiler *c, const struct query_node *tree,
                         size_t count)
{
    struct compiled *out = c->out;
    out->items = arena_alloc(c->memory, count * sizeof(*out->items));
    for (size_t i = 0; i < tree->part_count; i++) {
        if (!is_optional(tree->parts[i]))
            continue;
        struct str label = STR_INIT;
        struct compiled_item *item = &out->items[out->item_count++];
        query_print(&label, tree->parts[i]);
        item->label = arena_copy(c->memory, str_span(&label));
        str_release(&label);
        c->item = item;
        c->item_capacity = 0;
        xap_query_free(compile_node(c, tree->parts[i]));
        c->item = NULL;
    }
}

static struct xap_query *filtered(struct compiler *c, struct xap_query *query,
                                  const struct query_node *filter)
{
    if (!filter || !query)
        return query;
    return join_two(c, XAP_FILTER, query, compile_node(c, filter));
}

static void compile_all(struct compiler *c, const struct query_node *tree,
                        const struct query_node *filter)
{
    struct compiled *out = c->out;
    if (!tree) {
        out->all = filter ? compile_node(c, filter)
                          : compiler_checked(c, xap_query_all(c->err));
        return;
    }
    out->all = filtered(c, compile_node(c, tree), filter);
    size_t optional = count_optional(tree);
    if (c->rc || optional < 2)
        return;
    out->some = filtered(c, compile_list(c, tree, XAP_OR), filter);
    gather_items(c, tree, optional);
}

enum status compile(struct compiled *out, const struct query_node *tree,
                    const struct query_node *filter, const struct xap_db *db,
                    struct arena *memory, uint32_t *column, struct error *err)
{
    struct error own = ERROR_INIT;
    *out = (struct compiled){ .notes = STR_INIT, .memory = memory };
    struct compiler compiler = {
        .db = db,
        .memory = memory,
        .out = out,
        .column = column,
        .err = err ? err : &own,
    };
    *column = 0;
    compiler_find_languages(&compiler);
    if (!compiler.rc)
        compile_all(&compiler, tree, filter);
    for (size_t i = 0; i < compiler.language_count; i++)
        stems_free(compiler.stems[i]);
    if (compiler.rc)
        compiled_release(out);
    return compiler.rc;
}

void compiled_release(struct compiled *compiled)
{
    xap_query_free(compiled->all);
    xap_query_free(compiled->some);
    compiled->all = compiled->some = NULL;
    str_release(&compiled->notes);
}

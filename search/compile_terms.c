/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/compiler.h"

#include <stdlib.h>

#include "base/memory.h"
#include "search/expand.h"
#include "text/folding.h"

struct xap_query *compiler_fail(struct compiler *c, enum status rc)
{
    if (!c->rc)
        c->rc = rc;
    return NULL;
}

struct xap_query *compiler_checked(struct compiler *c, struct xap_query *query)
{
    return query ? query : compiler_fail(c, c->err->status);
}

/* ---- Languages -------------------------------------------------------- */

struct language_count {
    struct span code;
    uint32_t count;
};

struct language_list {
    struct arena *memory;
    struct language_count items[64];
    size_t count;
};

static bool on_language(void *payload, struct span term, uint32_t count)
{
    struct language_list *list = payload;
    struct span code = span_slice(
        term, span_of(schema_fields[FIELD_LANGUAGE].prefix).size, term.size);
    list->items[list->count++] =
        (struct language_count){ arena_copy(list->memory, code), count };
    return list->count < sizeof(list->items) / sizeof(*list->items);
}

static int by_count(const void *a, const void *b)
{
    const struct language_count *x = a, *y = b;
    return (x->count < y->count) - (x->count > y->count);
}

void compiler_find_languages(struct compiler *c)
{
    struct language_list list = { .memory = c->memory };
    enum status rc =
        xap_db_each_term(c->db, span_of(schema_fields[FIELD_LANGUAGE].prefix),
                         on_language, &list, c->err);
    if (rc)
        compiler_fail(c, rc);
    qsort(list.items, list.count, sizeof(*list.items), by_count);
    /* English always, and once for all languages without a stemmer. */
    bool unstemmed = false;
    c->languages[c->language_count++] = span_of("en");
    for (size_t i = 0; i < list.count; i++)
        unstemmed = unstemmed || !stems_knows(list.items[i].code);
    if (unstemmed)
        c->languages[c->language_count++] = span_of("");
    for (size_t i = 0; i < list.count; i++) {
        struct span code = list.items[i].code;
        if (!stems_knows(code) || span_is(code, "en"))
            continue;
        c->unstemmed = c->language_count == COMPILE_LANGUAGES_MAX;
        if (c->unstemmed)
            break;
        c->languages[c->language_count++] = code;
    }
    for (size_t i = 0; i < c->language_count; i++)
        c->stems[i] = stems_new(c->languages[i]);
}

/* ---- Leaves ----------------------------------------------------------- */

void terms_add(struct compiler *c, struct terms *terms, struct span term)
{
    for (size_t i = 0; i < terms->count; i++)
        if (span_equal(terms->items[i], term))
            return;
    terms->items = arena_grow(c->memory, terms->items, terms->count,
                              &terms->capacity, sizeof(*terms->items));
    terms->items[terms->count++] = arena_copy(c->memory, term);
}

static void note_terms(struct compiler *c, const struct terms *terms)
{
    struct compiled_item *item = c->item;
    for (size_t i = 0; item && i < terms->count; i++) {
        item->terms = arena_grow(c->memory, item->terms, item->term_count,
                                 &c->item_capacity, sizeof(*item->terms));
        item->terms[item->term_count++] = terms->items[i];
    }
}

struct xap_query *compiler_join(struct compiler *c, const struct terms *terms,
                                enum xap_operator op)
{
    note_terms(c, terms);
    if (!terms->count)
        return compiler_checked(c, xap_query_none(c->err));
    if (terms->count == 1)
        return compiler_checked(c, xap_query_term(terms->items[0], c->err));
    struct xap_query **parts = memory_new(terms->count, sizeof(*parts));
    for (size_t i = 0; i < terms->count; i++) {
        parts[i] = xap_query_term(terms->items[i], c->err);
        /* The weights are added then, which is all that is different. */
        if (op == XAP_SYNONYM && xap_db_has_in_all(c->db, terms->items[i]))
            op = XAP_OR;
    }
    struct xap_query *query =
        xap_query_join(op, parts, terms->count, 0, c->err);
    free(parts);
    return compiler_checked(c, query);
}

void terms_of_word(struct compiler *c, struct terms *terms,
                   const struct query_node *node)
{
    struct str word = STR_INIT, term = STR_INIT;
    token_fold(&word, node->text);
    if (word.size) {
        schema_word(&term, node->field, str_span(&word));
        terms_add(c, terms, str_span(&term));
    }
    str_release(&word);
    str_release(&term);
}

void terms_of_stems(struct compiler *c, struct terms *terms,
                    const struct query_node *node)
{
    struct str term = STR_INIT;
    bool plain = c->unstemmed; /* some language has the word without a stem */
    for (size_t i = 0; i < c->language_count; i++) {
        const struct word *word = stems_look_up(c->stems[i], node->text);
        if (!word->stem.size) {
            plain = true;
            continue;
        }
        str_clear(&term);
        schema_stem(&term, node->field, word->stem);
        terms_add(c, terms, str_span(&term));
    }
    str_release(&term);
    if (plain || !terms->count)
        terms_of_word(c, terms, node);
}

static void note_cut(struct compiler *c, const struct query_node *node,
                     const struct expansion *expansion)
{
    if (expansion->cut)
        str_addf(&c->out->notes,
                 "'%.*s' stands for over %d words; the first %d are asked "
                 "for\n",
                 SPAN_ARGS(node->text), COMPILE_EXPANSIONS_MAX,
                 COMPILE_EXPANSIONS_MAX);
}

void terms_of_expansion(struct compiler *c, struct terms *terms,
                        const struct query_node *node)
{
    struct expansion expansion = { .limit = COMPILE_EXPANSIONS_MAX };
    enum status rc;
    if (node->kind == QUERY_WILDCARD) {
        rc = expand_pattern(&expansion, c->db, node->field, node->text,
                            c->memory, c->err);
    } else {
        struct str word = STR_INIT;
        token_fold(&word, node->text);
        if (!word.size) /* a word over the limit is in no article */
            return str_release(&word);
        rc = expand_fuzzy(&expansion, c->db, node->field, str_span(&word),
                          node->number, c->memory, c->err);
        str_release(&word);
    }
    if (rc)
        compiler_fail(c, rc);
    note_cut(c, node, &expansion);
    terms->items = expansion.terms;
    terms->count = expansion.count;
    terms->capacity = expansion.capacity;
}

bool terms_with_positions(struct compiler *c, struct terms *terms,
                          const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_EXACT: terms_of_word(c, terms, node); return true;
    case QUERY_WILDCARD:
    case QUERY_FUZZY: terms_of_expansion(c, terms, node); return true;
    case QUERY_WORD: break;
    default: return false;
    }
    struct expand_language languages[COMPILE_LANGUAGES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < c->language_count; i++) {
        struct span stem = stems_look_up(c->stems[i], node->text)->stem;
        if (stem.size > 1 && c->languages[i].size)
            languages[count++] =
                (struct expand_language){ c->languages[i],
                                          arena_copy(c->memory, stem) };
    }
    terms_of_word(c, terms, node);
    struct expansion expansion = { .limit = COMPILE_EXPANSIONS_MAX };
    enum status rc = expand_stem(&expansion, c->db, node->field, languages,
                                 count, c->memory, c->err);
    if (rc)
        compiler_fail(c, rc);
    for (size_t i = 0; i < expansion.count; i++)
        terms_add(c, terms, expansion.terms[i]);
    return true;
}

/* An id without its collection is looked for in every collection. */
struct id_search {
    struct compiler *c;
    struct terms *terms;
    struct span id;
};

static bool on_collection(void *payload, struct span term, uint32_t count)
{
    struct id_search *search = payload;
    (void)count;
    struct span name = span_slice(
        term, span_of(schema_fields[FIELD_COLLECTION].prefix).size, term.size);
    struct str value = STR_INIT, identity = STR_INIT;
    str_addf(&value, "%.*s/%.*s", SPAN_ARGS(name), SPAN_ARGS(search->id));
    schema_value(&identity, FIELD_ID, str_span(&value));
    terms_add(search->c, search->terms, str_span(&identity));
    str_release(&value);
    str_release(&identity);
    return true;
}

void terms_of_value(struct compiler *c, struct terms *terms,
                    const struct query_node *node)
{
    struct str term = STR_INIT;
    schema_value(&term, node->field, node->text);
    terms_add(c, terms, str_span(&term));
    str_release(&term);
    if (node->field != FIELD_ID)
        return;
    struct id_search search = { c, terms, node->text };
    enum status rc =
        xap_db_each_term(c->db, span_of(schema_fields[FIELD_COLLECTION].prefix),
                         on_collection, &search, c->err);
    if (rc)
        compiler_fail(c, rc);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/compile.h"

#include <stdlib.h>

#include "base/memory.h"
#include "search/expand.h"
#include "text/stem.h"
#include "text/tokens.h"

struct compiler {
    const struct xap_db *db;
    struct arena *memory;
    struct compiled *out;
    uint32_t *column;
    struct error *err;
    enum status rc; /* the first failure */
    struct span languages[COMPILE_LANGUAGES_MAX];
    struct stems *stems[COMPILE_LANGUAGES_MAX];
    size_t language_count;
    bool unstemmed;             /* some articles' language has no stemmer */
    struct compiled_item *item; /* whose terms are being gathered */
    size_t item_capacity;
};

static struct xap_query *compile_node(struct compiler *c,
                                      const struct query_node *node);

static struct xap_query *fail(struct compiler *c, enum status rc)
{
    if (!c->rc)
        c->rc = rc;
    return NULL;
}

static struct xap_query *checked(struct compiler *c, struct xap_query *query)
{
    return query ? query : fail(c, c->err->status);
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

/* English, which articles without a language are read as, and the languages
 * that the archive has most of. */
static void find_languages(struct compiler *c)
{
    struct language_list list = { .memory = c->memory };
    enum status rc =
        xap_db_each_term(c->db, span_of(schema_fields[FIELD_LANGUAGE].prefix),
                         on_language, &list, c->err);
    if (rc)
        fail(c, rc);
    qsort(list.items, list.count, sizeof(*list.items), by_count);
    c->languages[c->language_count++] = span_of("en");
    for (size_t i = 0; i < list.count; i++) {
        struct span code = list.items[i].code;
        if (!stems_knows(code))
            c->unstemmed = true;
        else if (!span_is(code, "en") &&
                 c->language_count < COMPILE_LANGUAGES_MAX)
            c->languages[c->language_count++] = code;
    }
    for (size_t i = 0; i < c->language_count; i++)
        c->stems[i] = stems_new(c->languages[i]);
}

/* ---- Leaves ----------------------------------------------------------- */

/* Different terms only. */
struct terms {
    struct span *items;
    size_t count, capacity;
};

static void add_term(struct compiler *c, struct terms *terms, struct span term)
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

static struct xap_query *join_terms(struct compiler *c,
                                    const struct terms *terms,
                                    enum xap_operator op)
{
    note_terms(c, terms);
    if (!terms->count)
        return checked(c, xap_query_none(c->err));
    if (terms->count == 1)
        return checked(c, xap_query_term(terms->items[0], c->err));
    struct xap_query **parts = memory_new(terms->count, sizeof(*parts));
    for (size_t i = 0; i < terms->count; i++)
        parts[i] = xap_query_term(terms->items[i], c->err);
    struct xap_query *query =
        xap_query_join(op, parts, terms->count, 0, c->err);
    free(parts);
    return checked(c, query);
}

static void exact_term(struct compiler *c, struct terms *terms,
                       const struct query_node *node)
{
    struct str word = STR_INIT, term = STR_INIT;
    token_fold(&word, node->text);
    if (word.size) {
        schema_word(&term, node->field, str_span(&word));
        add_term(c, terms, str_span(&term));
    }
    str_release(&word);
    str_release(&term);
}

static void stem_terms(struct compiler *c, struct terms *terms,
                       const struct query_node *node)
{
    struct str term = STR_INIT;
    for (size_t i = 0; i < c->language_count; i++) {
        const struct word *word = stems_look_up(c->stems[i], node->text);
        if (!word->stem.size)
            continue;
        str_clear(&term);
        schema_stem(&term, node->field, word->stem);
        add_term(c, terms, str_span(&term));
    }
    str_release(&term);
    if (c->unstemmed || !terms->count)
        exact_term(c, terms, node);
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

static void expanded_terms(struct compiler *c, struct terms *terms,
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
        rc = expand_fuzzy(&expansion, c->db, node->field, str_span(&word),
                          node->number, c->memory, c->err);
        str_release(&word);
    }
    if (rc)
        fail(c, rc);
    note_cut(c, node, &expansion);
    terms->items = expansion.terms;
    terms->count = expansion.count;
    terms->capacity = expansion.capacity;
}

/* The raw words, which have positions, that a leaf stands for. */
static bool positional_terms(struct compiler *c, struct terms *terms,
                             const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_EXACT: exact_term(c, terms, node); return true;
    case QUERY_WILDCARD:
    case QUERY_FUZZY: expanded_terms(c, terms, node); return true;
    case QUERY_WORD: break;
    default: return false;
    }
    struct expand_language languages[COMPILE_LANGUAGES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < c->language_count; i++) {
        struct span stem = stems_look_up(c->stems[i], node->text)->stem;
        if (stem.size > 1)
            languages[count++] =
                (struct expand_language){ c->languages[i],
                                          arena_copy(c->memory, stem) };
    }
    exact_term(c, terms, node);
    struct expansion expansion = { .limit = COMPILE_EXPANSIONS_MAX };
    enum status rc = expand_stem(&expansion, c->db, node->field, languages,
                                 count, c->memory, c->err);
    if (rc)
        fail(c, rc);
    for (size_t i = 0; i < expansion.count; i++)
        add_term(c, terms, expansion.terms[i]);
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
    add_term(search->c, search->terms, str_span(&identity));
    str_release(&value);
    str_release(&identity);
    return true;
}

static void value_terms(struct compiler *c, struct terms *terms,
                        const struct query_node *node)
{
    struct str term = STR_INIT;
    schema_value(&term, node->field, node->text);
    add_term(c, terms, str_span(&term));
    str_release(&term);
    if (node->field != FIELD_ID)
        return;
    struct id_search search = { c, terms, node->text };
    enum status rc =
        xap_db_each_term(c->db, span_of(schema_fields[FIELD_COLLECTION].prefix),
                         on_collection, &search, c->err);
    if (rc)
        fail(c, rc);
}

/* ---- Dates ------------------------------------------------------------ */

static struct span day_value(struct compiler *c, int32_t day, int32_t second)
{
    struct str text = STR_INIT;
    const struct date date = { DATE_TIME, day, second, DATE_ZONE_NONE };
    schema_date_value(&text, date);
    struct span value = arena_copy(c->memory, str_span(&text));
    str_release(&text);
    return value;
}

/*
 * Articles whose day is in the range, and those of which only the month or
 * year is known, if that reaches into it: their first day is in the slot of
 * the date, their last in a slot of its own.
 */
static struct xap_query *published(struct compiler *c,
                                   const struct query_node *node)
{
    unsigned slot = (unsigned)schema_fields[FIELD_DATE].slot;
    bool open_start = node->first_day == QUERY_DAY_FIRST;
    bool open_end = node->last_day == QUERY_DAY_LAST;
    struct span low = day_value(
        c, open_start ? date_day(DATE_YEAR_MIN, 1, 1) : node->first_day, 0);
    struct span high = day_value(
        c, open_end ? date_day(DATE_YEAR_MAX, 12, 31) : node->last_day, 86399);
    struct xap_query *partial[] = {
        xap_query_range(SCHEMA_SLOT_LAST_DAY, &low, NULL, c->err),
        xap_query_range(slot, NULL, &high, c->err),
    };
    struct xap_query *either[] = {
        xap_query_range(slot, &low, &high, c->err),
        xap_query_join(XAP_AND, partial, 2, 0, c->err),
    };
    return checked(c, xap_query_join(XAP_OR, either, 2, 0, c->err));
}

static struct xap_query *undated(struct compiler *c)
{
    unsigned slot = (unsigned)schema_fields[FIELD_DATE].slot;
    struct span low = day_value(c, date_day(DATE_YEAR_MIN, 1, 1), 0);
    struct xap_query *parts[] = {
        xap_query_all(c->err),
        xap_query_range(slot, &low, NULL, c->err),
    };
    return checked(c, xap_query_join(XAP_AND_NOT, parts, 2, 0, c->err));
}

/* Mentioned dates are terms of days, months and years: the fewest that cover
 * the range. */
static void add_date_term(struct compiler *c, struct terms *terms,
                          struct date date)
{
    struct str text = STR_INIT;
    schema_date(&text, FIELD_ABOUT, date);
    struct span rest = str_span(&text), term;
    if (span_next(&rest, '\0', &term))
        add_term(c, terms, term); /* the most precise comes first */
    str_release(&text);
}

enum { MENTIONED_DAYS_MAX = 200 * 366 };

static void mentioned_terms(struct compiler *c, struct terms *terms,
                            int32_t first, int32_t last)
{
    for (int32_t day = first; day <= last;) {
        int year, month, of_month;
        date_civil(day, &year, &month, &of_month);
        struct date whole;
        if (month == 1 && of_month == 1 && date_of_year(&whole, year) &&
            date_last_day(whole) <= last)
            ;
        else if (of_month == 1 && date_of_month(&whole, year, month) &&
                 date_last_day(whole) <= last)
            ;
        else
            date_of_day(&whole, year, month, of_month);
        add_date_term(c, terms, whole);
        day = date_last_day(whole) + 1;
    }
}

static struct xap_query *mentioned(struct compiler *c,
                                   const struct query_node *node)
{
    struct terms terms = { NULL, 0, 0 };
    int32_t first = node->first_day, last = node->last_day;
    if (first > last || first == QUERY_DAY_FIRST || last == QUERY_DAY_LAST ||
        last - first > MENTIONED_DAYS_MAX) {
        *c->column = node->column;
        return fail(c, error_set(c->err, STATUS_BAD_QUERY,
                                 "about: wants a date or a range of at most "
                                 "200 years"));
    }
    mentioned_terms(c, &terms, first, last);
    return join_terms(c, &terms, XAP_OR);
}

static struct xap_query *compile_date(struct compiler *c,
                                      const struct query_node *node)
{
    if (node->field == FIELD_ABOUT)
        return mentioned(c, node);
    return node->first_day > node->last_day ? undated(c) : published(c, node);
}

/* ---- Windows ---------------------------------------------------------- */

static struct xap_query *not_here(struct compiler *c,
                                  const struct query_node *node,
                                  const char *what)
{
    *c->column = node->column;
    return fail(c, error_set(c->err, STATUS_BAD_QUERY, "%s", what));
}

/* libxapian wants each side of a window to be terms, one or any of several. */
static struct xap_query *window_part(struct compiler *c,
                                     const struct query_node *node)
{
    struct terms terms = { NULL, 0, 0 };
    if (node->kind == QUERY_OR) {
        for (size_t i = 0; i < node->part_count; i++) {
            struct terms more = { NULL, 0, 0 };
            if (!positional_terms(c, &more, node->parts[i]))
                return not_here(c, node->parts[i],
                                "only words can be within a window");
            for (size_t j = 0; j < more.count; j++)
                add_term(c, &terms, more.items[j]);
        }
    } else if (!positional_terms(c, &terms, node)) {
        return not_here(c, node, "only words can be within a window");
    }
    return join_terms(c, &terms, XAP_OR);
}

static uint32_t window_size(const struct query_node *node)
{
    if (node->kind == QUERY_PHRASE)
        return (uint32_t)node->part_count;
    if (node->unit == QUERY_PARAGRAPH)
        return TOKENS_PARAGRAPH_GAP;
    /* w/N: N words apart; libxapian counts both ends. */
    return node->number + (uint32_t)node->part_count - 1;
}

static struct xap_query *compile_window(struct compiler *c,
                                        const struct query_node *node)
{
    if (node->unit == QUERY_SENTENCE)
        return not_here(c, node, "w/s is not known here; w/20 and w/p are");
    bool ordered = node->kind == QUERY_PHRASE || node->ordered;
    struct xap_query **parts = memory_new(node->part_count, sizeof(*parts));
    for (size_t i = 0; i < node->part_count; i++)
        parts[i] = window_part(c, node->parts[i]);
    struct xap_query *query =
        xap_query_join(ordered ? XAP_PHRASE : XAP_NEAR, parts, node->part_count,
                       window_size(node), c->err);
    free(parts);
    return checked(c, query);
}

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
    return checked(c, xap_query_join(op, both, 2, 0, c->err));
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
    return checked(c, xap_query_join(op, parts, count, 0, c->err));
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
    if (without && query)
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
    return query ? query : fail(c, c->rc ? c->rc : STATUS_INTERNAL);
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
    return checked(c, query);
}

static struct xap_query *compile_leaf(struct compiler *c,
                                      const struct query_node *node)
{
    struct terms terms = { NULL, 0, 0 };
    switch (node->kind) {
    case QUERY_WORD: stem_terms(c, &terms, node); break;
    case QUERY_EXACT: exact_term(c, &terms, node); break;
    case QUERY_VALUE:
        value_terms(c, &terms, node);
        return join_terms(c, &terms, XAP_OR);
    default: expanded_terms(c, &terms, node); break;
    }
    return join_terms(c, &terms, XAP_SYNONYM);
}

static struct xap_query *compile_bare(struct compiler *c,
                                      const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_DATE: return compile_date(c, node);
    case QUERY_PHRASE:
    case QUERY_NEAR: return compile_window(c, node);
    case QUERY_LIST: return compile_list(c, node, XAP_AND);
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_NOT: return compile_operator(c, node);
    case QUERY_ATLEAST:
        return not_here(c, node, "atleastN( ) is not known here");
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
        query = checked(c, xap_query_scale(query, node->boost, c->err));
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
                          : checked(c, xap_query_all(c->err));
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
    find_languages(&compiler);
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

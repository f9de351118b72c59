/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/results.h"

#include "newsdb/schema.h"
#include "search/compile.h"
#include "search/ranking.h"

struct running {
    struct results *out;
    struct archive *archive;
    const struct question *question;
    struct arena *memory;
    struct compiled compiled;
    struct facet_counter *counter; /* NULL: nothing to count */
    struct xap_set *answers;       /* NULL: some are on other machines */
    size_t capacity;
    uint32_t *column;
    struct error *err;
};

/* ---- One search ------------------------------------------------------- */

static enum xap_order order_of(enum results_order order)
{
    switch (order) {
    case ORDER_NEWEST: return XAP_BY_VALUE_DESCENDING;
    case ORDER_OLDEST: return XAP_BY_VALUE_ASCENDING;
    default: return XAP_BY_RELEVANCE;
    }
}

static uint32_t two_digits(uint32_t number)
{
    uint64_t unit = 1;
    while (number / unit >= 100)
        unit *= 10;
    return (uint32_t)((number + unit / 2) / unit * unit);
}

/* Articles of other machines can be counted only by looking at each while
 * searching; of those that are here the best are found without, and the others
 * are counted where the search does not know how many they are. But windows are
 * looked into once. */
static enum status count_here(struct running *r, const struct xap_query *query,
                              struct xap_matches *matches)
{
    bool exact;
    enum status rc = STATUS_OK;
    r->out->total = xap_matches_total(matches, &exact);
    if (xap_matches_is_estimate(matches)) {
        r->out->estimated = true;
        r->out->total = two_digits(r->out->total);
        return STATUS_OK;
    }
    if (exact && !r->counter)
        return STATUS_OK;
    xap_set_free(r->answers);
    r->answers = xap_matches_take_set(matches);
    if (!r->answers)
        rc = xap_set_new(&r->answers, archive_db(r->archive), query, r->err);
    if (!rc)
        r->out->total = xap_set_size(r->answers);
    return rc;
}

/* Without hits: where a page of them is asked for as well, libxapian counts
 * some documents of other machines twice. */
static enum status count_afar(struct running *r, struct xap_search search)
{
    struct xap_matches *matches;
    search.offset = search.limit = 0;
    search.check_at_least = UINT32_MAX;
    facet_counter_join(r->counter, &search);
    enum status rc =
        xap_search_run(&matches, archive_db(r->archive), &search, r->err);
    if (!rc)
        r->out->total = xap_matches_total(matches, NULL);
    xap_matches_free(matches);
    return rc;
}

/* `counted`: for the total and the facets too. */
static enum status search(struct running *r, const struct xap_query *query,
                          bool counted, uint32_t offset, uint32_t limit,
                          struct xap_matches **out)
{
    const struct xap_db *db = archive_db(r->archive);
    bool afar = counted && xap_db_is_remote(db);
    bool apart = afar && r->counter;
    bool at_once = !apart && (afar || (counted && !r->counter && limit &&
                                       xap_query_has_windows(query)));
    struct xap_search search = {
        .query = query,
        .bm25 = ranking_bm25,
        .offset = offset,
        .limit = limit,
        .check_at_least = at_once ? UINT32_MAX : 0,
        .estimate_over = counted && !r->counter && limit ? RESULTS_SURE : 0,
        .count_all = !counted,
        .keeps_set = counted && r->counter,
        .order = order_of(r->question->order),
        .sort_slot = (unsigned)schema_fields[FIELD_DATE].slot,
    };
    enum status rc = apart ? count_afar(r, search) : STATUS_OK;
    *out = NULL;
    if (!rc)
        rc = xap_search_run(out, db, &search, r->err);
    if (!rc && afar && !apart)
        r->out->total = xap_matches_total(*out, NULL);
    return !rc && counted && !afar ? count_here(r, query, *out) : rc;
}

/* ---- Hits ------------------------------------------------------------- */

/* Among those that were counted are the ones that lack nothing; where none is,
 * those that lack something were counted. */
static bool lacks_nothing(const struct running *r, uint32_t document)
{
    return !r->out->some && r->answers && xap_set_has(r->answers, document);
}

static enum status add_hits(struct running *r,
                            const struct xap_matches *matches, bool lacking,
                            uint32_t rank_base)
{
    struct results *out = r->out;
    for (size_t i = 0; i < xap_matches_size(matches); i++) {
        out->hits = arena_grow(r->memory, out->hits, out->count, &r->capacity,
                               sizeof(*out->hits));
        struct hit *hit = &out->hits[out->count];
        uint32_t document;
        enum status rc =
            hit_load(hit, matches, i, rank_base, &document, r->memory, r->err);
        if (!rc && lacking && !lacks_nothing(r, document))
            rc = hit_find_lacks(hit, matches, i, &r->compiled, r->memory,
                                r->err);
        if (rc)
            return rc;
        out->count++;
    }
    return STATUS_OK;
}

/* ---- The page --------------------------------------------------------- */

/* How many articles the page is made of. */
static uint32_t page_limit(const struct question *question)
{
    if (question->count_only)
        return 0;
    return question->fold ? question->limit * RESULTS_FOLD_FACTOR
                          : question->limit;
}

static void note_missing(struct running *r)
{
    size_t count = archive_missing_count(r->archive);
    struct results *out = r->out;
    out->missing = arena_alloc(r->memory, count * sizeof(*out->missing));
    for (size_t i = 0; i < count; i++)
        out->missing[out->missing_count++] =
            arena_copy(r->memory, span_of(archive_missing(r->archive, i)));
}

/* ---- The question ----------------------------------------------------- */

/* Answers that may lack words. They are counted where none has all. */
static enum status add_partial(struct running *r, const struct xap_query *query,
                               uint32_t offset, uint32_t limit,
                               uint32_t rank_base)
{
    struct results *out = r->out;
    struct xap_matches *matches;
    bool none = !out->total;
    enum status rc = search(r, query, none, offset, limit, &matches);
    out->some = none && out->total;
    if (!rc)
        rc = add_hits(r, matches, true, rank_base);
    xap_matches_free(matches);
    return rc;
}

/* What is left of the page after the articles with all the words. */
static enum status fill_up(struct running *r, uint32_t limit)
{
    struct xap_query *parts[] = {
        xap_query_copy(r->compiled.some, r->err),
        xap_query_copy(r->compiled.all, r->err),
    };
    struct xap_query *rest = xap_query_join(XAP_AND_NOT, parts, 2, 0, r->err);
    if (!rest)
        return r->err->status;
    uint32_t all = r->out->total, asked = r->question->offset;
    uint32_t offset = asked > all ? asked - all : 0;
    enum status rc =
        add_partial(r, rest, offset, limit - (uint32_t)r->out->count, all);
    xap_query_free(rest);
    return rc;
}

/* Whether those with all the words stand among those with some, by weight. */
static bool is_mixed(const struct running *r)
{
    return r->compiled.some && !r->question->insist &&
           r->question->order == ORDER_RELEVANCE &&
           r->compiled.item_count > RANKING_ALL_FIRST_MAX;
}

/* The best with some of the words; those with all are counted while these are
 * sought, where that can be. */
static enum status find_mixed(struct running *r, uint32_t limit)
{
    struct results *out = r->out;
    const struct compiled *compiled = &r->compiled;
    struct xap_matches *matches, *none = NULL;
    bool known;
    enum status rc =
        search(r, compiled->some, false, r->question->offset, limit, &matches);
    if (rc)
        return rc;
    out->total = xap_matches_with_all(matches, &known);
    if (!known || (out->total && r->counter))
        rc = search(r, compiled->all, true, 0, 0, &none);
    if (!rc && !out->total) {
        rc = count_here(r, compiled->some, matches);
        out->some = out->total;
    }
    if (!rc)
        rc = add_hits(r, matches, true, 0);
    xap_matches_free(none);
    xap_matches_free(matches);
    return rc;
}

static enum status find_hits(struct running *r)
{
    const struct question *question = r->question;
    struct results *out = r->out;
    uint32_t limit = page_limit(question);
    bool mixed = is_mixed(r);
    if (mixed && limit && !xap_db_is_remote(archive_db(r->archive)))
        return find_mixed(r, limit);
    struct xap_matches *matches;
    enum status rc = search(r, r->compiled.all, true, question->offset,
                            mixed ? 0 : limit, &matches);
    if (!rc)
        rc = add_hits(r, matches, false, 0);
    xap_matches_free(matches);
    bool more = r->compiled.some && !question->insist &&
                (out->count < limit || !out->total);
    if (rc || !more)
        return rc;
    return mixed ? add_partial(r, r->compiled.some, question->offset, limit, 0)
                 : fill_up(r, limit);
}

/* Nothing where no page is ordered by weight. */
static enum status freshen(struct running *r)
{
    const struct question *question = r->question;
    if (question->order != ORDER_RELEVANCE || question->count_only ||
        !question->limit)
        return STATUS_OK;
    enum status rc =
        fresh_weigh(&r->compiled.all, &question->freshness, r->err);
    return rc ? rc
              : fresh_weigh(&r->compiled.some, &question->freshness, r->err);
}

static enum status ask(void *payload)
{
    struct running *r = payload;
    struct results *out = r->out;
    *out = (struct results){ .hits = NULL };
    r->capacity = 0;
    xap_set_free(r->answers);
    r->answers = NULL;
    enum status rc =
        compile(&r->compiled, r->question->tree, r->question->filter,
                archive_db(r->archive), r->memory, r->column, r->err);
    if (rc)
        return rc;
    facet_counter_clear(r->counter);
    rc = freshen(r);
    if (!rc)
        rc = find_hits(r);
    if (!rc)
        rc = facet_counter_finish(&out->facets, r->counter, r->answers,
                                  out->total, archive_db(r->archive), r->memory,
                                  r->err);
    if (!rc)
        out->notes = arena_copy(r->memory, str_span(&r->compiled.notes));
    compiled_release(&r->compiled);
    return rc;
}

enum status results_run(struct results *out, struct archive *archive,
                        const struct question *question, struct arena *memory,
                        uint32_t *column, struct error *err)
{
    struct error own = ERROR_INIT;
    struct running running = { .out = out,
                               .archive = archive,
                               .question = question,
                               .counter = facet_counter_new(&question->facets),
                               .memory = memory,
                               .column = column,
                               .err = err ? err : &own };
    enum status rc = archive_ask(archive, ask, &running, running.err);
    if (!rc) {
        note_missing(&running);
        out->seen = (uint32_t)out->count;
        if (question->fold)
            out->seen =
                hits_fold(out->hits, &out->count, question->limit, memory);
        hits_make_snippets(out->hits, out->count, question->tree,
                           question->filter, &question->snippet, memory);
    }
    facet_counter_free(running.counter);
    xap_set_free(running.answers);
    return rc;
}

/* ---- Single articles -------------------------------------------------- */

/* Until the old copy of an article that is being replaced is gone. */
static bool is_same_article(const struct record *a, const struct record *b)
{
    return span_equal(a->id, b->id) && span_equal(a->collection, b->collection);
}

enum status results_show(struct record *out, struct archive *archive,
                         struct span id, struct arena *memory,
                         struct error *err)
{
    const struct query_settings settings = { 0, false };
    struct query_node *node;
    enum status rc = query_value(&node, FIELD_ID, id, &settings, memory, err);
    if (rc)
        return rc;
    const struct question question = { .tree = node, .limit = 2 };
    struct results results;
    uint32_t column;
    rc = results_run(&results, archive, &question, memory, &column, err);
    if (rc)
        return rc;
    if (!results.count)
        return error_set(err, STATUS_SKIPPED, "no article has the id '%.*s'",
                         SPAN_ARGS(id));
    if (results.count > 1 &&
        !is_same_article(&results.hits[0].record, &results.hits[1].record))
        return error_set(err, STATUS_BAD_QUERY,
                         "several articles have the id '%.*s'; write "
                         "'%.*s/%.*s'",
                         SPAN_ARGS(id),
                         SPAN_ARGS(results.hits[0].record.collection),
                         SPAN_ARGS(id));
    *out = results.hits[0].record;
    return STATUS_OK;
}

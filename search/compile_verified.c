/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "newsdb/record.h"
#include "search/compiler.h"
#include "search/match.h"
#include "search/ranking.h"

/* Looking at texts, one after the other. */
struct looking {
    struct compiler *c;
    struct verified *out;
    struct arena *memory; /* of one article */
    struct matcher *matcher;
    struct str language; /* that the matcher is for */
    struct str data;
};

static void choose_matcher(struct looking *l, struct span language)
{
    if (l->matcher && span_equal(str_span(&l->language), language))
        return;
    matcher_free(l->matcher);
    l->matcher = matcher_new(l->out->node, NULL, language);
    str_clear(&l->language);
    str_add(&l->language, language);
}

static void add_identity(struct looking *l, const struct record *record)
{
    struct str value = STR_INIT, term = STR_INIT;
    str_addf(&value, "%.*s/%.*s", SPAN_ARGS(record->collection),
             SPAN_ARGS(record->id));
    schema_value(&term, FIELD_ID, str_span(&value));
    struct verified *out = l->out;
    out->identities = arena_grow(l->c->memory, out->identities, out->count,
                                 &out->capacity, sizeof(*out->identities));
    out->identities[out->count++] = arena_copy(l->c->memory, str_span(&term));
    str_release(&value);
    str_release(&term);
}

static void add_document(struct looking *l, uint32_t document)
{
    struct verified *out = l->out;
    out->documents = arena_grow(l->c->memory, out->documents, out->count,
                                &out->capacity, sizeof(*out->documents));
    out->documents[out->count++] = document;
}

static enum status look_at(struct looking *l, uint32_t document)
{
    struct record record;
    struct found_list found;
    arena_reset(l->memory);
    str_clear(&l->data);
    enum status rc = xap_db_data(l->c->db, document, &l->data, l->c->err);
    if (!rc)
        rc = record_decode(&record, str_span(&l->data), l->memory, l->c->err);
    if (rc)
        return rc;
    choose_matcher(l, record.language);
    matcher_run(l->matcher, record.text, record.title_size, l->memory, &found);
    if (found.count && xap_db_is_remote(l->c->db))
        add_identity(l, &record);
    else if (found.count)
        add_document(l, document);
    return STATUS_OK;
}

/* Whether the index counts at least as many occurrences as there are: some of
 * them weigh more (indexer/document.h). */
static bool is_counted(const struct compiler *c, const struct query_node *node)
{
    if (node->kind != QUERY_ATLEAST || xap_db_is_remote(c->db) || c->unstemmed)
        return false;
    const struct query_node *part = node->parts[0];
    return part->field == FIELD_TEXT &&
           (part->kind == QUERY_WORD || part->kind == QUERY_EXACT);
}

/* Those that may have the word of an atleastN() so often; how many they are. */
static enum status keep_frequent(struct looking *l, uint32_t *documents,
                                 size_t *count)
{
    const struct query_node *node = l->out->node, *word = node->parts[0];
    struct terms terms = { NULL, 0, 0 };
    uint32_t *times = memory_new(*count, sizeof(*times));
    if (word->kind == QUERY_WORD)
        terms_of_stems(l->c, &terms, word);
    else
        terms_of_word(l->c, &terms, word);
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < terms.count; i++)
        rc = xap_db_add_counts(l->c->db, terms.items[i], documents, *count,
                               times, l->c->err);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (times[i] >= node->number)
            documents[kept++] = documents[i];
    *count = kept;
    free(times);
    return rc;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* In the order of their numbers, in which texts and lists lie. */
static enum status look_at_each(struct looking *l,
                                const struct xap_matches *matches)
{
    size_t count = xap_matches_size(matches);
    uint32_t *documents = memory_new(count, sizeof(*documents));
    for (size_t i = 0; i < count; i++)
        documents[i] = xap_matches_at(matches, i).document;
    if (count)
        qsort(documents, count, sizeof(*documents), by_number);
    enum status rc = STATUS_OK;
    if (is_counted(l->c, l->out->node))
        rc = keep_frequent(l, documents, &count);
    for (size_t i = 0; !rc && i < count; i++)
        rc = look_at(l, documents[i]);
    free(documents);
    return rc;
}

static enum status look_through(struct looking *l,
                                const struct xap_query *candidates)
{
    struct compiler *c = l->c;
    const uint32_t most = xap_db_is_remote(c->db) ? COMPILE_VERIFIED_REMOTE_MAX
                                                  : COMPILE_VERIFIED_MAX;
    const struct xap_search search = {
        .query = candidates,
        .bm25 = ranking_bm25,
        .limit = most,
        .check_at_least = UINT32_MAX,
        .sort_slot = (unsigned)schema_fields[FIELD_DATE].slot,
    };
    struct xap_matches *matches;
    enum status rc = xap_search_run(&matches, c->db, &search, c->err);
    if (rc)
        return rc;
    rc = look_at_each(l, matches);
    uint32_t total = xap_matches_total(matches, NULL);
    if (!rc && total > most)
        str_addf(&c->out->notes,
                 "of %" PRIu32 " articles that may have it, the best %" PRIu32
                 " were looked at\n",
                 total, most);
    xap_matches_free(matches);
    return rc;
}

/* The node's articles; a tree is compiled more than once, its texts are looked
 * at once.  NULL where that failed. */
static const struct verified *verify(struct compiler *c,
                                     const struct query_node *node,
                                     const struct xap_query *candidates)
{
    for (size_t i = 0; i < c->verified_count; i++)
        if (c->verified[i].node == node)
            return &c->verified[i];
    assert(c->verified_count < QUERY_VERIFIED_MAX);
    struct looking looking = {
        .c = c,
        .out = &c->verified[c->verified_count++],
        .memory = arena_new(),
        .language = STR_INIT,
        .data = STR_INIT,
    };
    *looking.out = (struct verified){ .node = node };
    enum status rc = look_through(&looking, candidates);
    matcher_free(looking.matcher);
    arena_free(looking.memory);
    str_release(&looking.language);
    str_release(&looking.data);
    if (rc)
        compiler_fail(c, rc);
    return rc ? NULL : looking.out;
}

/* As a question. Each identity is a list for libxapian to read, of which a
 * thousand are slow and large: other machines cannot be told otherwise. */
static struct xap_query *any_of(struct compiler *c,
                                const struct verified *verified)
{
    size_t count = verified->count;
    if (verified->documents)
        return xap_query_documents(c->db, verified->documents, count, c->err);
    struct xap_query **parts = memory_new(count, sizeof(*parts));
    for (size_t i = 0; i < count; i++)
        parts[i] = xap_query_term(verified->identities[i], c->err);
    struct xap_query *any = xap_query_join(XAP_OR, parts, count, 0, c->err);
    free(parts);
    return any;
}

struct xap_query *compiler_verified(struct compiler *c,
                                    const struct query_node *node,
                                    struct xap_query *candidates)
{
    const struct verified *verified =
        candidates ? verify(c, node, candidates) : NULL;
    if (!verified || !verified->count) {
        xap_query_free(candidates);
        return verified ? compiler_checked(c, xap_query_none(c->err)) : NULL;
    }
    struct xap_query *both[] = { candidates, any_of(c, verified) };
    return compiler_checked(c, xap_query_join(XAP_FILTER, both, 2, 0, c->err));
}

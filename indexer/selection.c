/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/selection.h"

#include <time.h>

#include "search/compile.h"

/* Every match, in pages. */
enum { PAGE = 10000 };

static enum status each_match(const struct xap_db *db,
                              const struct xap_query *query,
                              xap_on_number *on_document, void *payload,
                              struct error *err)
{
    enum status rc = STATUS_OK;
    bool more = true;
    for (uint32_t offset = 0; !rc && more; offset += PAGE) {
        const struct xap_search search = {
            .query = query,
            .bm25 = { 1, 0, 1, 0.5, 0.5 },
            .offset = offset,
            .limit = PAGE,
            .order = XAP_BY_NUMBER,
        };
        struct xap_matches *matches;
        rc = xap_search_run(&matches, db, &search, err);
        size_t count = rc ? 0 : xap_matches_size(matches);
        more = count == PAGE;
        for (size_t i = 0; !rc && i < count; i++)
            if (!on_document(payload, xap_matches_at(matches, i).document)) {
                more = false;
                break;
            }
        xap_matches_free(matches);
    }
    return rc;
}

static bool stop_at_first(void *payload, uint32_t document)
{
    *(uint32_t *)payload = document;
    return false;
}

static bool has_slash(struct span operand)
{
    return span_find_char(operand, 0, '/') != SIZE_MAX;
}

/* newsq --show takes the id alone; here it may be meant as a word, with other
 * articles. */
static enum status refuse_bare(struct span id, struct error *err)
{
    return error_set(err, STATUS_BAD_QUERY,
                     "'%.*s' is an id, too; write COLLECTION/%.*s, or "
                     "text:%.*s for the word",
                     SPAN_ARGS(id), SPAN_ARGS(id), SPAN_ARGS(id));
}

/* A slash makes an id, but not that of "kirby w/5 psaki". */
static bool looks_like_id(struct span operand)
{
    static const char *const operators[] = { " w/", " near/", " pre/" };
    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
        if (span_find(operand, 0, span_of(operators[i])) != SIZE_MAX)
            return false;
    return has_slash(operand) && span_find_char(operand, 0, ':') == SIZE_MAX;
}

/* The articles of an id; NULL where there are none. */
static enum status find_id(struct query_node **out, const struct xap_db *db,
                           struct span id, struct arena *memory,
                           struct error *err)
{
    const struct query_settings settings = { 0, false };
    struct compiled compiled;
    uint32_t column, found = 0;
    enum status rc = query_value(out, FIELD_ID, id, &settings, memory, err);
    if (!rc)
        rc = compile(&compiled, *out, NULL, db, memory, &column, err);
    if (rc)
        return rc;
    rc = each_match(db, compiled.all, stop_at_first, &found, err);
    compiled_release(&compiled);
    if (!found)
        *out = NULL;
    return rc;
}

/* Operands that are all ids, as newsq prints them, need no query: `*out` is
 * NULL where they are not, or no article has any of them. */
static enum status ids_of(struct query_node **out, const struct xap_db *db,
                          char *const *operands, size_t count,
                          struct arena *memory, struct span *missing,
                          struct error *err)
{
    struct query_node **nodes = arena_alloc(memory, count * sizeof(*nodes));
    struct span lost = { "", 0 };
    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        struct span id = span_of(operands[i]);
        enum status rc = find_id(&nodes[i], db, id, memory, err);
        if (rc)
            return rc;
        if (nodes[i] && !has_slash(id))
            return count > 1 ? STATUS_OK : refuse_bare(id, err);
        if (!nodes[i] && !looks_like_id(id))
            return STATUS_OK;
        if (!nodes[i] && !lost.size)
            lost = id;
    }
    *missing = lost;
    *out = query_any_of(nodes, count, memory);
    return STATUS_OK;
}

static enum status query_of(struct query_node **out, char *const *operands,
                            size_t count, struct arena *memory,
                            struct error *err)
{
    struct date today;
    date_of_epoch(&today, (int64_t)time(NULL));
    const struct query_settings settings = { today.day, false };
    struct query_report report = QUERY_REPORT_INIT;
    struct str text = STR_INIT;
    for (size_t i = 0; i < count; i++)
        str_addf(&text, "%s%s", i ? " " : "", operands[i]);
    enum status rc = query_parse(out, arena_copy(memory, str_span(&text)),
                                 &settings, memory, &report, err);
    if (rc && report.column)
        error_context(err, "column %u", (unsigned)report.column);
    else if (!rc && !*out)
        rc = error_set(err, STATUS_BAD_QUERY, "the query has no words");
    str_release(&report.notes);
    str_release(&text);
    return rc;
}

enum status selection_each(const struct archive *archive, char *const *operands,
                           size_t count, xap_on_number *on_document,
                           void *payload, struct span *missing,
                           struct error *err)
{
    const struct xap_db *db = archive_db(archive);
    *missing = (struct span){ "", 0 };
    if (!count)
        return xap_db_each_document(db, span_of(""), on_document, payload, err);
    struct arena *memory = arena_new();
    struct query_node *tree;
    enum status rc = ids_of(&tree, db, operands, count, memory, missing, err);
    if (!rc && !tree && !missing->size)
        rc = query_of(&tree, operands, count, memory, err);
    if (!rc && tree) {
        struct compiled compiled;
        uint32_t column;
        rc = compile(&compiled, tree, NULL, db, memory, &column, err);
        if (!rc) {
            rc = each_match(db, compiled.all, on_document, payload, err);
            compiled_release(&compiled);
        }
    }
    arena_free(memory);
    return rc;
}

enum status selection_outcome(struct span missing, uint64_t found,
                              struct error *err)
{
    if (missing.size)
        return error_set(err, STATUS_SKIPPED, "no article has the id '%.*s'",
                         SPAN_ARGS(missing));
    return found ? STATUS_OK
                 : error_set(err, STATUS_SKIPPED, "no article matches");
}

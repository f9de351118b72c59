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

/* A slash makes an id, but not that of "kirby w/5 psaki". */
static bool is_id(struct span operand)
{
    static const char *const operators[] = { " w/", " near/", " pre/" };
    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
        if (span_find(operand, 0, span_of(operators[i])) != SIZE_MAX)
            return false;
    return span_find_char(operand, 0, '/') != SIZE_MAX &&
           span_find_char(operand, 0, ':') == SIZE_MAX;
}

/* Operands that are all ids, as newsq prints them, need no query. */
static struct query_node *ids_of(char *const *operands, size_t count,
                                 struct arena *memory)
{
    const struct query_settings settings = { 0, false };
    struct query_node **nodes = arena_alloc(memory, count * sizeof(*nodes));
    for (size_t i = 0; i < count; i++) {
        struct span id = span_of(operands[i]);
        if (!is_id(id) ||
            query_value(&nodes[i], FIELD_ID, id, &settings, memory, NULL))
            return NULL;
    }
    return query_any_of(nodes, count, memory);
}

static enum status tree_of(struct query_node **out, char *const *operands,
                           size_t count, struct arena *memory,
                           struct error *err)
{
    *out = ids_of(operands, count, memory);
    if (*out)
        return STATUS_OK;
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
                           void *payload, struct error *err)
{
    const struct xap_db *db = archive_db(archive);
    if (!count)
        return xap_db_each_document(db, span_of(""), on_document, payload, err);
    struct arena *memory = arena_new();
    struct query_node *tree;
    enum status rc = tree_of(&tree, operands, count, memory, err);
    if (!rc) {
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/tools/database_compare.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "xapian-c/xapian-c.h"

/*
 * Each database is described as a list of items, in an order that depends on
 * what they are only.  An item is a kind, a name and the hash of its
 * description; only where hashes differ is the description made again, to be
 * shown.
 */
enum item_kind {
    ITEM_FIGURES,
    ITEM_METADATA,
    ITEM_TERM,
    ITEM_DOCUMENT,
    ITEM_SLOT,
    ITEM_QUERY,
};

static const char *const kind_names[] = { "figures",  "metadata", "term",
                                          "document", "slot",     "query" };

enum {
    DIFFERENCES_MAX = 20, /* that are shown */
    SHOWN_MAX = 400,      /* bytes of a description */
    QUERIES_MAX = 300,
    TOP = 10,
};

struct item {
    enum item_kind kind;
    struct span name;
    uint32_t number; /* of a document or a slot */
    uint64_t hash;
};

struct inventory {
    struct xap_db *db;
    struct arena *memory;
    struct item *items;
    size_t count, capacity;
};

/* ---- Descriptions ----------------------------------------------------- */

static bool add_posting(void *payload, const struct xap_posting *posting)
{
    struct str *out = payload;
    str_addf(out, " %u:%u", posting->document, posting->wdf);
    for (size_t i = 0; i < posting->position_count; i++)
        str_addf(out, "@%u", posting->positions[i]);
    return true;
}

static bool add_length(void *payload, const struct xap_posting *posting)
{
    str_addf(payload, " %u:%u", posting->document, posting->length);
    return true;
}

static bool add_term(void *payload, struct span term, uint32_t wdf)
{
    str_addf(payload, " '%.*s'", SPAN_ARGS(term));
    str_add(payload, term);
    str_addf(payload, ":%u", wdf);
    return true;
}

static bool add_value(void *payload, uint32_t number, struct span value)
{
    str_addf(payload, " %u=%zu:", number, value.size);
    str_add(payload, value);
    return true;
}

static enum status describe_figures(struct str *out, const struct xap_db *db,
                                    struct error *err)
{
    struct xap_db_figures figures;
    struct xap_length_bounds bounds = { 0 };
    enum status rc = xap_db_measure(db, &figures, err);
    if (!rc)
        rc = xap_db_bounds(db, &bounds, err);
    if (rc)
        return rc;
    str_addf(out,
             "%u documents, last %u, total %" PRIu64
             ", positions %d, shortest %u, longest %u:",
             figures.documents, figures.last_document, figures.total_length,
             figures.has_positions, bounds.shortest, bounds.longest);
    return xap_db_each_posting(db, (struct span){ NULL, 0 }, add_length, out,
                               err);
}

static enum status describe_term(struct str *out, const struct xap_db *db,
                                 struct span term, struct error *err)
{
    uint32_t documents, bound = 0;
    uint64_t occurrences;
    enum status rc = xap_db_frequency(db, term, &documents, &occurrences, err);
    if (!rc)
        rc = xap_db_wdf_bound(db, term, &bound, err);
    if (rc)
        return rc;
    str_addf(out, "in %u, %" PRIu64 " times, wdf up to %u:", documents,
             occurrences, bound);
    return xap_db_each_posting(db, term, add_posting, out, err);
}

static enum status describe_document(struct str *out, const struct xap_db *db,
                                     uint32_t document, struct error *err)
{
    enum status rc = xap_db_data(db, document, out, err);
    str_addf(out, "; terms:");
    if (!rc)
        rc = xap_db_each_document_term(db, document, add_term, out, err);
    str_addf(out, "; values:");
    if (!rc)
        rc = xap_db_each_document_value(db, document, add_value, out, err);
    return rc;
}

static enum status describe_slot(struct str *out, const struct xap_db *db,
                                 unsigned slot, struct error *err)
{
    struct str lowest = STR_INIT, highest = STR_INIT;
    uint32_t count;
    enum status rc =
        xap_db_value_bounds(db, slot, &count, &lowest, &highest, err);
    if (!rc) {
        str_addf(out, "%u values, '", count);
        str_add(out, str_span(&lowest));
        str_addf(out, "' to '");
        str_add(out, str_span(&highest));
        str_addf(out, "':");
        rc = xap_db_each_value(db, slot, add_value, out, err);
    }
    str_release(&lowest);
    str_release(&highest);
    return rc;
}

/* The name is two terms with a line feed between. */
static enum status describe_query(struct str *out, const struct xap_db *db,
                                  struct span name, struct error *err)
{
    struct xap_query *parts[2];
    struct span rest = name, part = { NULL, 0 };
    for (size_t i = 0; i < 2; i++) {
        span_next(&rest, '\n', &part);
        parts[i] = xap_query_term(part, err);
    }
    struct xap_query *query = xap_query_join(XAP_OR, parts, 2, 0, err);
    if (!query)
        return STATUS_INTERNAL;
    struct xap_search search = {
        .query = query,
        .bm25 = { 1.2, 0, 1, 0.75, 0.5 },
        .limit = TOP,
        .order = XAP_BY_RELEVANCE,
    };
    struct xap_matches *matches;
    enum status rc = xap_search_run(&matches, db, &search, err);
    for (size_t i = 0; !rc && i < xap_matches_size(matches); i++) {
        struct xap_match match = xap_matches_at(matches, i);
        str_addf(out, " %u %.17g", match.document, match.weight);
    }
    xap_matches_free(matches);
    xap_query_free(query);
    return rc;
}

static enum status describe(struct str *out, const struct xap_db *db,
                            const struct item *item, struct error *err)
{
    switch (item->kind) {
    case ITEM_FIGURES: return describe_figures(out, db, err);
    case ITEM_METADATA: return xap_db_metadata(db, item->name, out, err);
    case ITEM_TERM: return describe_term(out, db, item->name, err);
    case ITEM_DOCUMENT: return describe_document(out, db, item->number, err);
    case ITEM_SLOT: return describe_slot(out, db, item->number, err);
    case ITEM_QUERY: return describe_query(out, db, item->name, err);
    }
    return STATUS_INTERNAL;
}

/* ---- Inventories ------------------------------------------------------ */

static void add_item(struct inventory *inventory, enum item_kind kind,
                     struct span name, uint32_t number)
{
    MEMORY_GROW(inventory->items, inventory->count, inventory->capacity);
    inventory->items[inventory->count++] =
        (struct item){ kind, arena_copy(inventory->memory, name), number, 0 };
}

static bool on_metadata(void *payload, struct span key, struct span value)
{
    (void)value;
    add_item(payload, ITEM_METADATA, key, 0);
    return true;
}

static bool on_term(void *payload, struct span term, uint32_t count)
{
    (void)count;
    add_item(payload, ITEM_TERM, term, 0);
    return true;
}

static bool on_document(void *payload, uint32_t document)
{
    add_item(payload, ITEM_DOCUMENT, (struct span){ NULL, 0 }, document);
    return true;
}

/* Slots that any document uses, each once. */
struct slots {
    uint32_t *numbers;
    size_t count, capacity;
};

static bool on_slot(void *payload, uint32_t slot, struct span value)
{
    struct slots *slots = payload;
    (void)value;
    for (size_t i = 0; i < slots->count; i++)
        if (slots->numbers[i] == slot)
            return true;
    MEMORY_GROW(slots->numbers, slots->count, slots->capacity);
    slots->numbers[slots->count++] = slot;
    return true;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum status list_slots(struct inventory *inventory, struct error *err)
{
    struct slots slots = { 0 };
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < inventory->count; i++)
        if (inventory->items[i].kind == ITEM_DOCUMENT)
            rc = xap_db_each_document_value(inventory->db,
                                            inventory->items[i].number, on_slot,
                                            &slots, err);
    if (slots.count)
        qsort(slots.numbers, slots.count, sizeof(*slots.numbers),
              compare_numbers);
    for (size_t i = 0; i < slots.count; i++)
        add_item(inventory, ITEM_SLOT, (struct span){ NULL, 0 },
                 slots.numbers[i]);
    free(slots.numbers);
    return rc;
}

static bool may_be_asked(const struct item *item)
{
    return item->kind == ITEM_TERM &&
           span_find_char(item->name, 0, '\n') == SIZE_MAX;
}

/* Questions of two terms, spread over the whole dictionary. */
static void list_queries(struct inventory *inventory)
{
    size_t count = inventory->count;
    size_t step = count / QUERIES_MAX + 1;
    struct str name = STR_INIT;
    for (size_t i = 0; i < count; i += step) {
        const struct item *first = &inventory->items[i];
        const struct item *second = &inventory->items[(i * 7919 + 13) % count];
        if (!may_be_asked(first) || !may_be_asked(second))
            continue;
        str_clear(&name);
        str_add(&name, first->name);
        str_add_char(&name, '\n');
        str_add(&name, second->name);
        add_item(inventory, ITEM_QUERY, str_span(&name), 0);
    }
    str_release(&name);
}

static enum status hash_items(struct inventory *inventory, struct error *err)
{
    struct str text = STR_INIT;
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < inventory->count; i++) {
        struct item *item = &inventory->items[i];
        str_clear(&text);
        rc = describe(&text, inventory->db, item, err);
        if (rc)
            error_context(err, "%s '%.*s' %u", kind_names[item->kind],
                          SPAN_ARGS(item->name), item->number);
        item->hash = span_hash(str_span(&text), 0);
    }
    str_release(&text);
    return rc;
}

static enum status take_inventory(struct inventory *out, const char *path,
                                  struct error *err)
{
    *out = (struct inventory){ .memory = arena_new() };
    struct span nothing = { NULL, 0 };
    enum status rc = xap_db_open(&out->db, path, err);
    if (rc)
        return rc;
    add_item(out, ITEM_FIGURES, nothing, 0);
    rc = xap_db_each_metadata(out->db, nothing, on_metadata, out, err);
    if (!rc)
        rc = xap_db_each_term(out->db, nothing, on_term, out, err);
    if (!rc)
        rc = xap_db_each_document(out->db, nothing, on_document, out, err);
    if (!rc)
        rc = list_slots(out, err);
    if (rc)
        return rc;
    list_queries(out);
    rc = hash_items(out, err);
    return rc ? error_context(err, "%s", path) : STATUS_OK;
}

static void release(struct inventory *inventory)
{
    xap_db_free(inventory->db);
    arena_free(inventory->memory);
    free(inventory->items);
}

/* ---- Comparing -------------------------------------------------------- */

static int compare_items(const struct item *a, const struct item *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return span_compare(a->name, b->name);
}

static void show_name(struct str *report, const struct item *item)
{
    str_addf(report, "%s", kind_names[item->kind]);
    if (item->name.size)
        str_addf(report, " '%.*s'", SPAN_ARGS(item->name));
    if (item->number)
        str_addf(report, " %u", item->number);
}

static void show_side(struct str *report, const struct inventory *inventory,
                      const struct item *item, size_t from)
{
    struct str text = STR_INIT;
    describe(&text, inventory->db, item, NULL);
    struct span shown = span_slice(str_span(&text), from, from + SHOWN_MAX);
    str_addf(report, "    (%zu bytes, from %zu) %.*s\n", text.size, from,
             SPAN_ARGS(shown));
    str_release(&text);
}

static void show_difference(struct str *report, const struct inventory *a,
                            const struct inventory *b, const struct item *item)
{
    struct str x = STR_INIT, y = STR_INIT;
    describe(&x, a->db, item, NULL);
    describe(&y, b->db, item, NULL);
    size_t same = 0;
    while (same < x.size && same < y.size && x.data[same] == y.data[same])
        same++;
    str_release(&x);
    str_release(&y);
    size_t from = same > SHOWN_MAX / 2 ? same - SHOWN_MAX / 2 : 0;
    show_name(report, item);
    str_addf(report, " differs at byte %zu\n", same);
    show_side(report, a, item, from);
    show_side(report, b, item, from);
}

static size_t compare_inventories(const struct inventory *a,
                                  const struct inventory *b, struct str *report)
{
    size_t differences = 0, i = 0, j = 0;
    while ((i < a->count || j < b->count) && differences < DIFFERENCES_MAX) {
        int order = i == a->count   ? 1
                    : j == b->count ? -1
                                    : compare_items(&a->items[i], &b->items[j]);
        if (!order && a->items[i].hash == b->items[j].hash) {
            i++;
            j++;
            continue;
        }
        differences++;
        if (!order) {
            show_difference(report, a, b, &a->items[i]);
            i++;
            j++;
            continue;
        }
        str_addf(report, "only in the %s: ", order < 0 ? "first" : "second");
        show_name(report, order < 0 ? &a->items[i++] : &b->items[j++]);
        str_add_char(report, '\n');
    }
    return differences;
}

enum status database_compare(const char *path_a, const char *path_b,
                             struct str *report, struct error *err)
{
    struct inventory a = { 0 }, b = { 0 };
    enum status rc = take_inventory(&a, path_a, err);
    if (!rc)
        rc = take_inventory(&b, path_b, err);
    if (!rc && compare_inventories(&a, &b, report))
        rc = error_set(err, STATUS_MISMATCH, "'%s' and '%s' differ", path_a,
                       path_b);
    release(&a);
    release(&b);
    return rc;
}

enum status database_read(const char *path, uint64_t *count, struct error *err)
{
    struct inventory inventory = { 0 };
    enum status rc = take_inventory(&inventory, path, err);
    *count = inventory.count;
    release(&inventory);
    return rc;
}

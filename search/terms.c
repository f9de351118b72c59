/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/terms.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "text/folding.h"

struct gather {
    struct term_count *items; /* at most twice the limit */
    size_t count, capacity, limit;
    bool cut;
    struct arena *memory;
    enum field_id field;
    size_t prefix_size; /* of the field's terms */
    bool values;        /* whole values, else words */
};

/* ---- Gathering -------------------------------------------------------- */

static int by_count(const void *a, const void *b)
{
    const struct term_count *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return span_compare(x->term, y->term);
}

static void keep_best(struct gather *g)
{
    if (g->count)
        qsort(g->items, g->count, sizeof(*g->items), by_count);
    if (g->count <= g->limit)
        return;
    g->cut = true;
    g->count = g->limit;
}

/* The term as a question has it. */
static struct span as_asked(const struct gather *g, struct span value)
{
    struct str text = STR_INIT;
    bool quoted = span_find_char(value, 0, ' ') != SIZE_MAX;
    if (g->field != FIELD_TEXT)
        str_addf(&text, "%s:", schema_fields[g->field].name);
    str_addf(&text, "%s%.*s%s", quoted ? "\"" : "", SPAN_ARGS(value),
             quoted ? "\"" : "");
    struct span out = arena_copy(g->memory, str_span(&text));
    str_release(&text);
    return out;
}

static bool on_term(void *payload, struct span term, uint32_t count)
{
    struct gather *g = payload;
    struct span value = span_slice(term, g->prefix_size, term.size);
    const struct field *field = &schema_fields[g->field];
    /* Terms of other fields begin with a capital, whole values with a colon;
     * a value of one word is among the words already. */
    bool both = field->flags & FIELD_WORDS;
    /* A term that was cut ends in a hash, which is nothing to ask for. */
    if (!value.size || term.size == SCHEMA_TERM_MAX ||
        (!g->values && (value.data[0] == ':' ||
                        (value.data[0] >= 'A' && value.data[0] <= 'Z'))))
        return true;
    if (g->values && both && span_find_char(value, 0, ' ') == SIZE_MAX)
        return true;
    if (g->count == g->limit * 2) {
        keep_best(g);
        if (count < g->items[g->count - 1].count)
            return true;
    }
    MEMORY_GROW(g->items, g->count, g->capacity);
    g->items[g->count++] = (struct term_count){ as_asked(g, value), count };
    return true;
}

static enum status walk(struct gather *g, const struct xap_db *db, bool values,
                        struct span folded, struct error *err)
{
    const struct field *field = &schema_fields[g->field];
    struct str prefix = STR_INIT;
    str_add_text(&prefix, field->prefix);
    if (values && field->flags & FIELD_WORDS)
        str_add_char(&prefix, ':');
    g->prefix_size = prefix.size;
    g->values = values;
    str_add(&prefix, folded);
    enum status rc =
        prefix.size > SCHEMA_TERM_MAX
            ? STATUS_OK
            : xap_db_each_term(db, str_span(&prefix), on_term, g, err);
    str_release(&prefix);
    return rc;
}

/* "person:ki" into the field and "ki". */
static enum status read_prefix(enum field_id *field, struct span *prefix,
                               struct error *err)
{
    *field = FIELD_TEXT;
    size_t colon = span_find_char(*prefix, 0, ':');
    if (colon == SIZE_MAX)
        return STATUS_OK;
    struct span name = span_slice(*prefix, 0, colon);
    *field = schema_find(name);
    *prefix = span_slice(*prefix, colon + 1, prefix->size);
    if (prefix->size && prefix->data[0] == '"')
        *prefix = span_slice(*prefix, 1, prefix->size);
    if (*field == FIELD_COUNT)
        return error_set(err, STATUS_BAD_QUERY,
                         "--terms: there is no field '%.*s'; see --fields",
                         SPAN_ARGS(name));
    if (*field != FIELD_ID && !(schema_fields[*field].flags & FIELD_RANGE))
        return STATUS_OK;
    return error_set(err, STATUS_BAD_QUERY,
                     "--terms does not list the field %s",
                     schema_fields[*field].name);
}

enum status terms_find(struct term_list *out, const struct xap_db *db,
                       struct span prefix, size_t limit, struct arena *memory,
                       struct error *err)
{
    struct gather g = { .memory = memory,
                        .limit =
                            limit < TERMS_LIMIT_MAX ? limit : TERMS_LIMIT_MAX };
    struct str folded = STR_INIT;
    *out = (struct term_list){ NULL, 0, false };
    enum status rc = read_prefix(&g.field, &prefix, err);
    text_fold(&folded, prefix);
    bool wordy = g.field == FIELD_TEXT || g.field == FIELD_TITLE;
    if (!rc && wordy && !folded.size)
        rc =
            error_set(err, STATUS_BAD_QUERY, "--terms wants a letter at least");
    struct span from = g.field == FIELD_COLLECTION ? prefix : str_span(&folded);
    unsigned flags = rc ? 0 : schema_fields[g.field].flags;
    if (g.limit && flags & FIELD_WORDS)
        rc = walk(&g, db, false, from, err);
    if (!rc && g.limit && flags & FIELD_EXACT)
        rc = walk(&g, db, true, from, err);
    keep_best(&g);
    if (!rc) {
        out->items = arena_alloc(memory, (g.count + 1) * sizeof(*out->items));
        if (g.count)
            memcpy(out->items, g.items, g.count * sizeof(*g.items));
        out->count = g.count;
        out->cut = g.cut;
    }
    free(g.items);
    str_release(&folded);
    return rc;
}

/* ---- Printing --------------------------------------------------------- */

static void print_json(struct str *out, const struct term_list *list)
{
    struct json json = json_begin(out);
    json_object(&json);
    json_key(&json, "format");
    json_number(&json, 1);
    json_key(&json, "more");
    json_bool(&json, list->cut);
    json_key(&json, "terms");
    json_array(&json);
    for (size_t i = 0; i < list->count; i++) {
        json_object(&json);
        json_text(&json, "term", list->items[i].term);
        json_key(&json, "count");
        json_number(&json, list->items[i].count);
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
    str_add_char(out, '\n');
}

enum status terms_print(struct str *out, const struct term_list *list,
                        const char *format, struct error *err)
{
    bool text = !format || !strcmp(format, "text");
    if (!text && !strcmp(format, "json")) {
        print_json(out, list);
        return STATUS_OK;
    }
    if (!text && strcmp(format, "tsv"))
        return error_set(err, STATUS_USAGE,
                         "--terms prints text, json or tsv, not '%s'", format);
    if (!text)
        str_add_text(out, "term\tcount\n");
    for (size_t i = 0; i < list->count; i++)
        if (text)
            str_addf(out, "%8" PRIu32 "  %.*s\n", list->items[i].count,
                     SPAN_ARGS(list->items[i].term));
        else
            str_addf(out, "%.*s\t%" PRIu32 "\n", SPAN_ARGS(list->items[i].term),
                     list->items[i].count);
    return STATUS_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_spelling.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/value_counts.h"

enum { ASKED = 8 }; /* answers for each value */

/* The values of the answers that are asked; the same ones come often. */
struct spelling {
    struct facet_best *best;
    enum field_id field;
    struct value_counts terms; /* of the best: 1 and its place among them */
    struct value_counts known; /* spellings: the same; NOT_SHOWN for others */
    struct value_counts seen;  /* spellings of the best: answers */
    uint32_t *documents;
    size_t count, capacity;
    size_t asked; /* of the documents, for the value at hand */
};

static const uint64_t NOT_SHOWN = UINT64_MAX;

static bool note_document(void *payload, uint32_t document)
{
    struct spelling *spelling = payload;
    MEMORY_GROW(spelling->documents, spelling->count, spelling->capacity);
    spelling->documents[spelling->count++] = document;
    return ++spelling->asked < ASKED;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static enum status choose_answers(struct spelling *spelling,
                                  const struct xap_set *answers,
                                  struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < spelling->best->count; i++) {
        struct span term = spelling->best->items[i].term;
        value_counts_add(&spelling->terms, term, i + 1);
        spelling->asked = 0;
        rc = xap_set_each_document(answers, term, note_document, spelling, err);
    }
    if (spelling->count)
        qsort(spelling->documents, spelling->count,
              sizeof(*spelling->documents), by_number);
    return rc;
}

static void look_at_value(struct spelling *spelling, struct span value)
{
    uint64_t place = value_counts_get(&spelling->known, value);
    if (!place) {
        struct str term = STR_INIT;
        schema_facet_term(&term, spelling->field, value);
        place = value_counts_get(&spelling->terms, str_span(&term));
        if (!place)
            place = NOT_SHOWN;
        value_counts_add(&spelling->known, value, place);
        str_release(&term);
    }
    if (place != NOT_SHOWN)
        value_counts_add(&spelling->seen, value, 1);
}

static enum status look_at_answers(struct spelling *spelling,
                                   const struct xap_db *db, struct error *err)
{
    struct str packed = STR_INIT;
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < spelling->count; i++) {
        if (i && spelling->documents[i] == spelling->documents[i - 1])
            continue;
        str_clear(&packed);
        rc = xap_db_value(db, spelling->documents[i],
                          (unsigned)schema_fields[spelling->field].slot,
                          &packed, err);
        struct span rest = str_span(&packed), value;
        while (rest.size && schema_unpack_value(&rest, &value))
            look_at_value(spelling, value);
    }
    str_release(&packed);
    return rc;
}

/* Of spellings that as many have, the last in byte order: "Kano", not "KANO".
 * A value that no answer could keep in its slot is shown as its term has it. */
static void choose_spellings(struct spelling *spelling, struct arena *memory)
{
    struct facet_best *best = spelling->best;
    uint64_t *most = memory_new(best->count, sizeof(*most));
    value_counts_gather(&spelling->seen);
    struct str prefix = STR_INIT;
    schema_value(&prefix, spelling->field, (struct span){ NULL, 0 });
    for (size_t i = 0; i < best->count; i++)
        best->items[i].value = span_slice(best->items[i].term, prefix.size,
                                          best->items[i].term.size);
    str_release(&prefix);
    for (size_t i = 0; i < spelling->seen.count; i++) {
        const struct value_count *one = &spelling->seen.places[i];
        size_t at = (size_t)value_counts_get(&spelling->known, one->value) - 1;
        if (one->count > most[at] ||
            (one->count == most[at] &&
             span_compare(one->value, best->items[at].value) > 0)) {
            best->items[at].value = one->value;
            most[at] = one->count;
        }
    }
    for (size_t i = 0; i < best->count; i++)
        best->items[i].value = arena_copy(memory, best->items[i].value);
    free(most);
}

enum status facet_spell(struct facet_best *best, enum field_id field,
                        const struct xap_set *answers, const struct xap_db *db,
                        struct arena *memory, struct error *err)
{
    struct spelling spelling = { .best = best, .field = field };
    value_counts_begin(&spelling.terms, SIZE_MAX);
    value_counts_begin(&spelling.known, SIZE_MAX);
    value_counts_begin(&spelling.seen, SIZE_MAX);
    enum status rc = choose_answers(&spelling, answers, err);
    if (!rc)
        rc = look_at_answers(&spelling, db, err);
    choose_spellings(&spelling, memory);
    value_counts_release(&spelling.terms);
    value_counts_release(&spelling.known);
    value_counts_release(&spelling.seen);
    free(spelling.documents);
    return rc;
}

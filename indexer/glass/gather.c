/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/gather.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/glass/glass_position.h"

enum {
    KEEP_COUNT = 1 << 18, /* postings; what a larger document took is freed */
    FETCH_AHEAD = 12, /* how far ahead of the posting at hand to fetch terms */
    /* Bytes that a posting takes here and, in the worst case, in the inverter:
     * a term of its own, with what the pool doubles and the table grows. */
    NEED_HERE = sizeof(uint32_t) + 56,
    NEED_INVERTED = 128,
    /* The same of a position, which is packed at most as it is. */
    NEED_POSITION = 3 * sizeof(uint32_t),
};

/* A term of the document. */
struct use {
    uint32_t term;
    uint32_t wdf;
    uint32_t position_count;
    uint32_t position_at; /* in gather->positions */
};

struct gather {
    uint32_t *use_of; /* of each posting: an index of uses */
    size_t posting_capacity;
    uint32_t *positions; /* use by use */
    size_t position_capacity;
    struct use *uses;
    struct inverter_item *order; /* the uses, sorted */
    size_t use_count, use_capacity, order_capacity;
    uint64_t length;
};

struct gather *gather_new(void)
{
    return memory_new(1, sizeof(struct gather));
}

static void release(struct gather *gather)
{
    free(gather->use_of);
    free(gather->positions);
    free(gather->uses);
    free(gather->order);
    *gather = (struct gather){ 0 };
}

void gather_free(struct gather *gather)
{
    if (!gather)
        return;
    release(gather);
    free(gather);
}

static size_t count_positions(const struct document *document)
{
    size_t count = 0;
    for (size_t i = 0; i < document->posting_count; i++)
        count += document->postings[i].position
                     ? 1 + (size_t)document->postings[i].further_count
                     : 0;
    return count;
}

uint64_t gather_need(const struct document *document)
{
    return (uint64_t)document->posting_count * (NEED_HERE + NEED_INVERTED) +
           (uint64_t)count_positions(document) * NEED_POSITION;
}

uint64_t gather_held(const struct gather *gather)
{
    return (gather->posting_capacity + gather->position_capacity) *
               sizeof(uint32_t) +
           gather->use_capacity * sizeof(struct use) +
           gather->order_capacity * sizeof(struct inverter_item);
}

static void prepare(struct gather *gather, const struct document *document)
{
    size_t positions = count_positions(document);
    if (gather->posting_capacity > KEEP_COUNT ||
        gather->position_capacity > KEEP_COUNT)
        release(gather);
    if (gather->posting_capacity < document->posting_count) {
        gather->posting_capacity = document->posting_count;
        gather->use_of = memory_resize(gather->use_of, gather->posting_capacity,
                                       sizeof(*gather->use_of));
    }
    if (gather->position_capacity < positions) {
        gather->position_capacity = positions;
        gather->positions =
            memory_resize(gather->positions, gather->position_capacity,
                          sizeof(*gather->positions));
    }
    gather->use_count = 0;
    gather->length = 0;
}

/* The inverter's number of a term.  Notes of terms that come again hold the
 * inverter's epoch and the number. */
static uint32_t number_of(struct inverter *inverter,
                          const struct posting *posting)
{
    uint64_t *note = posting->note;
    if (note && *note >> 32 == inverter->epoch)
        return (uint32_t)*note;
    uint32_t number = inverter_look_up(inverter, posting->term, posting->hash);
    if (note)
        *note = (uint64_t)inverter->epoch << 32 | number;
    return number;
}

static void fetch(const struct inverter *inverter,
                  const struct posting *posting)
{
    const uint64_t *note = posting->note;
    if (note && *note >> 32 == inverter->epoch)
        inverter_fetch_term(inverter, (uint32_t)*note);
    else
        inverter_fetch_slot(inverter, posting->hash);
}

/* The use of the term in this document.  A term remembers the last use it had
 * in any document: if that one is of this term, it is of this document. */
static uint32_t use_of(struct gather *gather, struct inverter *inverter,
                       const struct posting *posting)
{
    uint32_t number = number_of(inverter, posting);
    struct inverter_term *term = inverter_at(inverter, number);
    uint32_t use = term->gathered;
    if (use < gather->use_count && gather->uses[use].term == number)
        return use;
    MEMORY_GROW(gather->uses, gather->use_count, gather->use_capacity);
    use = (uint32_t)gather->use_count++;
    gather->uses[use] = (struct use){ number, 0, 0, 0 };
    term->gathered = use;
    return use;
}

static enum status refuse(struct span term, const char *why, struct error *err)
{
    return error_set(err, STATUS_TOO_BIG, "term '%.*s' %s",
                     SPAN_ARGS(span_slice(term, 0, GLASS_TERM_MAX)), why);
}

/* First pass: what terms there are, and how many positions each has. */
static enum status count_uses(struct gather *gather, struct inverter *inverter,
                              const struct document *document,
                              struct error *err)
{
    const struct posting *postings = document->postings;
    size_t count = document->posting_count;
    for (size_t i = 0; i < count; i++) {
        if (i + FETCH_AHEAD < count)
            fetch(inverter, &postings[i + FETCH_AHEAD]);
        const struct posting *posting = &postings[i];
        if (posting->term.size - 1 >= GLASS_TERM_MAX / 2 &&
            !glass_is_term(posting->term))
            return refuse(posting->term, "is empty or too long", err);
        uint32_t at = use_of(gather, inverter, posting);
        struct use *use = &gather->uses[at];
        gather->use_of[i] = at;
        gather->length += posting->wdf;
        use->wdf += posting->wdf;
        use->position_count +=
            posting->position ? 1 + posting->further_count : 0;
    }
    if (gather->length > UINT32_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "a document's length is over 32 bits");
    return STATUS_OK;
}

/* Give each use its place for positions; the counts become ends. */
static void place_positions(struct gather *gather)
{
    uint32_t at = 0;
    for (size_t i = 0; i < gather->use_count; i++) {
        gather->uses[i].position_at = at;
        at += gather->uses[i].position_count;
        gather->uses[i].position_count = 0;
    }
}

/* One that is stated twice is kept once. */
static enum status put_position(struct gather *gather, struct use *use,
                                uint32_t position, struct error *err)
{
    uint32_t *positions = gather->positions + use->position_at;
    uint32_t count = use->position_count;
    if (count && positions[count - 1] >= position) {
        if (positions[count - 1] == position)
            return STATUS_OK;
        return error_set(err, STATUS_INTERNAL,
                         "the positions of a term descend");
    }
    if (count == GLASS_POSITIONS_MAX)
        return error_set(err, STATUS_TOO_BIG, "a term stands in over %d places",
                         GLASS_POSITIONS_MAX);
    positions[count] = position;
    use->position_count = count + 1;
    return STATUS_OK;
}

/* Second pass: the positions. */
static enum status put_positions(struct gather *gather,
                                 const struct document *document,
                                 struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < document->posting_count; i++) {
        const struct posting *posting = &document->postings[i];
        if (!posting->position)
            continue;
        struct use *use = &gather->uses[gather->use_of[i]];
        rc = put_position(gather, use, posting->position, err);
        for (uint32_t k = 0; !rc && k < posting->further_count; k++)
            rc = put_position(gather, use, posting->further[k], err);
    }
    return rc;
}

static void sort_uses(struct gather *gather, const struct inverter *inverter)
{
    if (gather->order_capacity < gather->use_count) {
        gather->order_capacity = gather->use_capacity;
        gather->order = memory_resize(gather->order, gather->order_capacity,
                                      sizeof(*gather->order));
    }
    for (uint32_t i = 0; i < gather->use_count; i++)
        gather->order[i] = (struct inverter_item){ 0, gather->uses[i].term, i };
    inverter_sort_items(inverter, gather->order, gather->use_count);
}

enum status gather_document(struct gather *gather, struct inverter *inverter,
                            const struct document *document, struct error *err)
{
    prepare(gather, document);
    enum status rc = count_uses(gather, inverter, document, err);
    if (rc)
        return rc;
    place_positions(gather);
    rc = put_positions(gather, document, err);
    if (!rc)
        sort_uses(gather, inverter);
    return rc;
}

size_t gather_count(const struct gather *gather)
{
    return gather->use_count;
}

struct gathered_term gather_at(const struct gather *gather, size_t i)
{
    const struct use *use = &gather->uses[gather->order[i].payload];
    return (struct gathered_term){ use->term, use->wdf,
                                   gather->positions + use->position_at,
                                   use->position_count };
}

uint32_t gather_length(const struct gather *gather)
{
    return (uint32_t)gather->length;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/gather.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/glass/glass_position.h"

enum {
    KEEP_COUNT = 1 << 18, /* postings; what a larger document took is freed */
    /* How far ahead of the posting at hand to fetch: first its place in the
     * table of terms, then the term. */
    SLOT_AHEAD = 24,
    TERM_AHEAD = 12,
    /* Bytes that a posting takes here and, in the worst case, in the inverter:
     * a term of its own, with what the pool doubles and the table grows. */
    NEED_HERE = 2 * sizeof(uint32_t) + 56,
    NEED_INVERTED = 128,
};

/* A term of the document. */
struct use {
    uint32_t term;
    uint32_t wdf;
    uint32_t position_count;
    uint32_t position_at; /* in gather->positions */
};

struct gather {
    uint32_t *use_of;    /* of each posting: an index of uses */
    uint32_t *positions; /* use by use */
    size_t capacity;     /* of both */
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

uint64_t gather_need(size_t posting_count)
{
    return (uint64_t)posting_count * (NEED_HERE + NEED_INVERTED);
}

uint64_t gather_held(const struct gather *gather)
{
    return gather->capacity * 2 * sizeof(uint32_t) +
           gather->use_capacity * sizeof(struct use) +
           gather->order_capacity * sizeof(struct inverter_item);
}

static void prepare(struct gather *gather, size_t posting_count)
{
    if (gather->capacity > KEEP_COUNT)
        release(gather);
    if (gather->capacity < posting_count) {
        gather->capacity = posting_count;
        gather->use_of = memory_resize(gather->use_of, posting_count,
                                       sizeof(*gather->use_of));
        gather->positions = memory_resize(gather->positions, posting_count,
                                          sizeof(*gather->positions));
    }
    gather->use_count = 0;
    gather->length = 0;
}

/* The use of the term in this document.  A term remembers the last use it had
 * in any document: if that one is of this term, it is of this document. */
static uint32_t use_of(struct gather *gather, struct inverter *inverter,
                       const struct posting *posting)
{
    uint32_t number = inverter_look_up(inverter, posting->term, posting->hash);
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
        if (i + SLOT_AHEAD < count)
            inverter_fetch_slot(inverter, postings[i + SLOT_AHEAD].hash);
        if (i + TERM_AHEAD < count)
            inverter_fetch_term(inverter, postings[i + TERM_AHEAD].hash);
        const struct posting *posting = &postings[i];
        if (posting->term.size - 1 >= GLASS_TERM_MAX / 2 &&
            !glass_is_term(posting->term))
            return refuse(posting->term, "is empty or too long", err);
        uint32_t at = use_of(gather, inverter, posting);
        struct use *use = &gather->uses[at];
        gather->use_of[i] = at;
        gather->length += posting->wdf;
        use->wdf += posting->wdf;
        use->position_count += posting->position ? 1 : 0;
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

/* Second pass: the positions; one that is stated twice is kept once. */
static enum status put_positions(struct gather *gather,
                                 const struct document *document,
                                 struct error *err)
{
    for (size_t i = 0; i < document->posting_count; i++) {
        uint32_t position = document->postings[i].position;
        if (!position)
            continue;
        struct use *use = &gather->uses[gather->use_of[i]];
        uint32_t *positions = gather->positions + use->position_at;
        uint32_t count = use->position_count;
        if (count && positions[count - 1] >= position) {
            if (positions[count - 1] == position)
                continue;
            return error_set(err, STATUS_INTERNAL,
                             "the positions of a term descend");
        }
        if (count == GLASS_POSITIONS_MAX)
            return refuse(document->postings[i].term,
                          "stands in too many places", err);
        positions[count] = position;
        use->position_count = count + 1;
    }
    return STATUS_OK;
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
    prepare(gather, document->posting_count);
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

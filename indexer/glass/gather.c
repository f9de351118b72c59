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
    NEED_HERE = sizeof(uint32_t) + 104,
    NEED_INVERTED = 128,
    /* The same of a position, which is packed at most as it is. */
    NEED_POSITION = 3 * sizeof(uint32_t),
};

/* A term of the document. */
struct use {
    struct gathered_term term;
    /* Its positions stand in several postings, or not in order in one; those
     * of others are taken from their posting as they are. */
    bool scattered;
    size_t place; /* where they are brought together, in gather->positions */
};

struct gather {
    uint32_t *use_of; /* of each posting: an index of uses */
    size_t posting_capacity;
    uint32_t *positions; /* of scattered uses, use by use */
    size_t position_capacity;
    struct use *uses;
    struct inverter_item *order;  /* the uses, sorted; and spare room */
    struct gathered_term *sorted; /* they themselves */
    size_t use_count, use_capacity, sorted_capacity;
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
    free(gather->sorted);
    *gather = (struct gather){ 0 };
}

void gather_free(struct gather *gather)
{
    if (!gather)
        return;
    release(gather);
    free(gather);
}

uint64_t gather_need(const struct document *document)
{
    uint64_t positions = 0;
    for (size_t i = 0; i < document->posting_count; i++) {
        uint32_t count;
        posting_positions(&document->postings[i], &count);
        positions += count;
    }
    return (uint64_t)document->posting_count * (NEED_HERE + NEED_INVERTED) +
           positions * NEED_POSITION;
}

uint64_t gather_held(const struct gather *gather)
{
    return (gather->posting_capacity + gather->position_capacity) *
               sizeof(uint32_t) +
           gather->use_capacity * sizeof(*gather->uses) +
           gather->sorted_capacity *
               (2 * sizeof(*gather->order) + sizeof(*gather->sorted));
}

static void prepare(struct gather *gather, const struct document *document)
{
    if (gather->posting_capacity > KEEP_COUNT ||
        gather->position_capacity > KEEP_COUNT)
        release(gather);
    if (gather->posting_capacity < document->posting_count) {
        gather->posting_capacity = document->posting_count;
        gather->use_of = memory_resize(gather->use_of, gather->posting_capacity,
                                       sizeof(*gather->use_of));
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

/* The use of the term in this document, which is added where it is new.  A term
 * remembers the last use it had in any document: if that one is of this term,
 * it is of this document. */
static uint32_t use_of(struct gather *gather, struct inverter *inverter,
                       const struct posting *posting)
{
    uint32_t number = number_of(inverter, posting);
    struct inverter_term *term = inverter_at(inverter, number);
    uint32_t use = term->gathered;
    if (use < gather->use_count && gather->uses[use].term.term == number)
        return use;
    MEMORY_GROW(gather->uses, gather->use_count, gather->use_capacity);
    use = (uint32_t)gather->use_count++;
    gather->uses[use] = (struct use){ .term.term = number };
    term->gathered = use;
    return use;
}

static enum status refuse(struct span term, const char *why, struct error *err)
{
    return error_set(err, STATUS_TOO_BIG, "term '%.*s' %s",
                     SPAN_ARGS(span_slice(term, 0, GLASS_TERM_MAX)), why);
}

static bool is_ascending(const uint32_t *positions, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (positions[i - 1] >= positions[i])
            return false;
    return true;
}

static void add_positions(struct use *use, const struct posting *posting)
{
    uint32_t count;
    const uint32_t *positions = posting_positions(posting, &count);
    if (!count)
        return;
    use->scattered = use->scattered || use->term.position_count ||
                     count > GLASS_POSITIONS_MAX ||
                     !is_ascending(positions, count);
    use->term.positions = positions;
    use->term.position_count += count;
}

/* First pass: what terms there are, and how many positions each has. */
static enum status find_uses(struct gather *gather, struct inverter *inverter,
                             const struct document *document, struct error *err)
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
        gather->use_of[i] = at;
        gather->length += posting->wdf;
        gather->uses[at].term.wdf += posting->wdf;
        add_positions(&gather->uses[at], posting);
    }
    if (gather->length > UINT32_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "a document's length is over 32 bits");
    return STATUS_OK;
}

/* Give each scattered use its place for positions; the counts begin anew. */
static bool place_positions(struct gather *gather)
{
    size_t count = 0;
    for (size_t i = 0; i < gather->use_count; i++)
        if (gather->uses[i].scattered)
            count += gather->uses[i].term.position_count;
    if (gather->position_capacity < count) {
        gather->position_capacity = count;
        gather->positions =
            memory_resize(gather->positions, gather->position_capacity,
                          sizeof(*gather->positions));
    }
    size_t at = 0;
    for (size_t i = 0; i < gather->use_count; i++) {
        struct use *use = &gather->uses[i];
        if (!use->scattered)
            continue;
        use->place = at;
        use->term.positions = gather->positions + at;
        at += use->term.position_count;
        use->term.position_count = 0;
    }
    return count;
}

/* One that is stated twice is kept once. */
static enum status put_position(struct gather *gather, struct use *use,
                                uint32_t position, struct error *err)
{
    uint32_t *positions = gather->positions + use->place;
    uint32_t count = use->term.position_count;
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
    use->term.position_count = count + 1;
    return STATUS_OK;
}

/* Second pass: the positions that are scattered. */
static enum status put_positions(struct gather *gather,
                                 const struct document *document,
                                 struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < document->posting_count; i++) {
        struct use *use = &gather->uses[gather->use_of[i]];
        if (!use->scattered)
            continue;
        uint32_t count;
        const uint32_t *positions =
            posting_positions(&document->postings[i], &count);
        for (uint32_t k = 0; !rc && k < count; k++)
            rc = put_position(gather, use, positions[k], err);
    }
    return rc;
}

static void sort_uses(struct gather *gather, const struct inverter *inverter)
{
    size_t count = gather->use_count;
    if (gather->sorted_capacity < count) {
        gather->sorted_capacity = gather->use_capacity;
        gather->order = memory_resize(
            gather->order, 2 * gather->sorted_capacity, sizeof(*gather->order));
        gather->sorted = memory_resize(gather->sorted, gather->sorted_capacity,
                                       sizeof(*gather->sorted));
    }
    for (uint32_t i = 0; i < count; i++)
        gather->order[i].term = gather->uses[i].term.term;
    inverter_sort_items(inverter, gather->order, gather->order + count, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t term = gather->order[i].term;
        gather->sorted[i] =
            gather->uses[inverter_at(inverter, term)->gathered].term;
    }
}

enum status gather_document(struct gather *gather, struct inverter *inverter,
                            const struct document *document, struct error *err)
{
    prepare(gather, document);
    enum status rc = find_uses(gather, inverter, document, err);
    if (!rc && place_positions(gather))
        rc = put_positions(gather, document, err);
    if (!rc)
        sort_uses(gather, inverter);
    return rc;
}

const struct gathered_term *gather_terms(const struct gather *gather,
                                         size_t *count)
{
    *count = gather->use_count;
    return gather->sorted;
}

uint32_t gather_length(const struct gather *gather)
{
    return (uint32_t)gather->length;
}

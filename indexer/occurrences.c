/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/occurrences.h"

#include <stdlib.h>
#include <string.h>

#include "base/large.h"
#include "base/memory.h"

enum { KEEP_COUNT = 1 << 18 }; /* what a larger text took is freed */

struct use {
    uint32_t number;
    uint32_t wdf;
    uint32_t position_count;
    uint32_t position_end; /* in occurrences->positions */
};

/* Where a term stands. */
struct place {
    uint32_t use;
    uint32_t position;
};

struct occurrences {
    /* The use that a number had last, in any text: if that one is of this
     * number, it is of this text.  So nothing is cleared between texts. */
    uint32_t *use_of;
    size_t number_room;
    struct use *uses;
    size_t use_count, use_capacity;
    struct place *places;
    size_t place_count, place_capacity;
    uint32_t *positions;
    size_t position_capacity;
};

struct occurrences *occurrences_new(void)
{
    return memory_new(1, sizeof(struct occurrences));
}

void occurrences_free(struct occurrences *occurrences)
{
    if (!occurrences)
        return;
    LARGE_RESIZE(occurrences->use_of, occurrences->number_room, 0);
    free(occurrences->uses);
    free(occurrences->places);
    free(occurrences->positions);
    free(occurrences);
}

void occurrences_begin(struct occurrences *occurrences)
{
    if (occurrences->place_capacity > KEEP_COUNT) {
        free(occurrences->places);
        free(occurrences->positions);
        occurrences->places = NULL;
        occurrences->positions = NULL;
        occurrences->place_capacity = occurrences->position_capacity = 0;
    }
    occurrences->use_count = 0;
    occurrences->place_count = 0;
}

static void make_room(struct occurrences *occurrences, uint32_t number)
{
    size_t room = occurrences->number_room * 2;
    if (room <= number)
        room = (size_t)number + 1024;
    LARGE_RESIZE(occurrences->use_of, occurrences->number_room, room);
}

static uint32_t use_of(struct occurrences *occurrences, uint32_t number)
{
    if (number >= occurrences->number_room)
        make_room(occurrences, number);
    uint32_t use = occurrences->use_of[number];
    if (use < occurrences->use_count && occurrences->uses[use].number == number)
        return use;
    MEMORY_GROW(occurrences->uses, occurrences->use_count,
                occurrences->use_capacity);
    use = (uint32_t)occurrences->use_count++;
    occurrences->uses[use] = (struct use){ number, 0, 0, 0 };
    occurrences->use_of[number] = use;
    return use;
}

void occurrences_add(struct occurrences *occurrences, uint32_t number,
                     uint32_t position, uint32_t wdf)
{
    uint32_t at = use_of(occurrences, number);
    occurrences->uses[at].wdf += wdf;
    if (!position)
        return;
    occurrences->uses[at].position_count++;
    MEMORY_GROW(occurrences->places, occurrences->place_count,
                occurrences->place_capacity);
    occurrences->places[occurrences->place_count++] =
        (struct place){ at, position };
}

size_t occurrences_end(struct occurrences *occurrences)
{
    if (occurrences->position_capacity < occurrences->place_count) {
        occurrences->position_capacity = occurrences->place_capacity;
        occurrences->positions = memory_resize(occurrences->positions,
                                               occurrences->position_capacity,
                                               sizeof(*occurrences->positions));
    }
    uint32_t end = 0;
    for (size_t i = 0; i < occurrences->use_count; i++) {
        struct use *use = &occurrences->uses[i];
        use->position_end = end;
        end += use->position_count;
    }
    for (size_t i = 0; i < occurrences->place_count; i++) {
        struct place place = occurrences->places[i];
        struct use *use = &occurrences->uses[place.use];
        occurrences->positions[use->position_end++] = place.position;
    }
    return occurrences->use_count;
}

struct occurrences_term occurrences_at(const struct occurrences *occurrences,
                                       size_t i)
{
    const struct use *use = &occurrences->uses[i];
    size_t start = use->position_end - use->position_count;
    return (struct occurrences_term){ use->number, use->wdf,
                                      use->position_count
                                          ? occurrences->positions + start
                                          : NULL,
                                      use->position_count };
}

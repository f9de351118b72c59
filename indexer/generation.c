/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/generation.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"

/* Where the newest article of an identity is. */
struct claim {
    uint64_t hash;
    uint64_t version, sequence;
    uint32_t identity;       /* its place in `identities`, plus 1; 0: free */
    uint32_t part, document; /* 0: withdrawn */
};

struct generation {
    pthread_mutex_t mutex;
    struct claim *claims; /* open addressing; a power of two, half full */
    size_t claim_room;
    struct span *identities;
    size_t identity_count, identity_capacity;
    struct arena *memory;
    struct generation_input *inputs;
    size_t input_count, input_capacity;
    bool inputs_taken, spoiled;
    size_t part_count;
    struct generation_part parts[];
};

enum { CLAIM_ROOM_FIRST = 1024 };

struct generation *generation_new(size_t workers)
{
    struct generation *generation = memory_new(
        1, sizeof(*generation) + workers * sizeof(generation->parts[0]));
    pthread_mutex_init(&generation->mutex, NULL);
    generation->claim_room = CLAIM_ROOM_FIRST;
    generation->claims =
        memory_new(CLAIM_ROOM_FIRST, sizeof(*generation->claims));
    generation->memory = arena_new();
    generation->part_count = workers;
    return generation;
}

void generation_free(struct generation *generation)
{
    if (!generation)
        return;
    for (size_t i = 0; i < generation->part_count; i++) {
        free(generation->parts[i].path);
        free(generation->parts[i].dead);
    }
    for (size_t i = 0; i < generation->input_count; i++) {
        free(generation->inputs[i].ledger.collection);
        free(generation->inputs[i].ledger.path);
    }
    free(generation->inputs);
    free(generation->identities);
    free(generation->claims);
    arena_free(generation->memory);
    pthread_mutex_destroy(&generation->mutex);
    free(generation);
}

static struct claim *find_claim(const struct generation *generation,
                                struct span identity, uint64_t hash)
{
    size_t mask = generation->claim_room - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct claim *claim = &generation->claims[i];
        if (!claim->identity ||
            (claim->hash == hash &&
             span_equal(generation->identities[claim->identity - 1], identity)))
            return claim;
    }
}

static void make_room(struct generation *generation)
{
    if (generation->identity_count * 2 < generation->claim_room)
        return;
    struct claim *old = generation->claims;
    size_t old_room = generation->claim_room;
    generation->claim_room *= 2;
    generation->claims =
        memory_new(generation->claim_room, sizeof(*generation->claims));
    size_t mask = generation->claim_room - 1;
    for (size_t i = 0; i < old_room; i++) {
        if (!old[i].identity)
            continue;
        size_t at = old[i].hash & mask;
        while (generation->claims[at].identity)
            at = (at + 1) & mask;
        generation->claims[at] = old[i];
    }
    free(old);
}

static void mark_dead(struct generation_part *part, uint32_t document)
{
    if (!document)
        return;
    MEMORY_GROW(part->dead, part->dead_count, part->dead_capacity);
    part->dead[part->dead_count++] = document;
}

static void remember(struct generation *generation, struct claim *claim,
                     struct span identity, uint64_t hash)
{
    MEMORY_GROW(generation->identities, generation->identity_count,
                generation->identity_capacity);
    generation->identities[generation->identity_count++] =
        arena_copy(generation->memory, identity);
    claim->hash = hash;
    claim->identity = (uint32_t)generation->identity_count;
}

bool generation_claim(struct generation *generation, struct span identity,
                      uint64_t version, uint64_t sequence, size_t part,
                      uint32_t document)
{
    uint64_t hash = span_hash(identity, 0);
    pthread_mutex_lock(&generation->mutex);
    make_room(generation);
    struct claim *claim = find_claim(generation, identity, hash);
    bool first = !claim->identity;
    if (first)
        remember(generation, claim, identity, hash);
    bool loses =
        !first && (claim->version > version ||
                   (claim->version == version && claim->sequence > sequence));
    if (loses) {
        mark_dead(&generation->parts[part], document);
    } else {
        if (!first)
            mark_dead(&generation->parts[claim->part], claim->document);
        claim->version = version;
        claim->sequence = sequence;
        claim->part = (uint32_t)part;
        claim->document = document;
    }
    pthread_mutex_unlock(&generation->mutex);
    return first;
}

void generation_add_input(struct generation *generation,
                          struct generation_input input)
{
    MEMORY_GROW(generation->inputs, generation->input_count,
                generation->input_capacity);
    generation->inputs[generation->input_count++] = input;
}

struct generation_part *generation_part(struct generation *generation,
                                        size_t part)
{
    return &generation->parts[part];
}

size_t generation_parts(const struct generation *generation)
{
    return generation->part_count;
}

void generation_spoil(struct generation *generation)
{
    generation->spoiled = true;
}

bool generation_is_whole(const struct generation *generation)
{
    return !generation->spoiled;
}

size_t generation_take_inputs(struct generation *generation,
                              struct generation_input **out)
{
    pthread_mutex_lock(&generation->mutex);
    size_t count = generation->inputs_taken ? 0 : generation->input_count;
    generation->inputs_taken = true;
    pthread_mutex_unlock(&generation->mutex);
    *out = generation->inputs;
    return count;
}

void generation_each_version(struct generation *generation,
                             bool (*visit)(void *payload, struct span identity,
                                           uint64_t version),
                             void *payload)
{
    for (size_t i = 0; i < generation->claim_room; i++) {
        const struct claim *claim = &generation->claims[i];
        if (!claim->identity || !claim->version)
            continue;
        struct span *identity = &generation->identities[claim->identity - 1];
        if (visit(payload, *identity, claim->version))
            continue;
        mark_dead(&generation->parts[claim->part], claim->document);
        identity->size = 0;
    }
    size_t kept = 0;
    for (size_t i = 0; i < generation->identity_count; i++)
        if (generation->identities[i].size)
            generation->identities[kept++] = generation->identities[i];
    generation->identity_count = kept;
}

size_t generation_identities(const struct generation *generation,
                             const struct span **out)
{
    *out = generation->identities;
    return generation->identity_count;
}

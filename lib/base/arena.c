/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    BLOCK_SIZE = 64 * 1024,      /* the usual block */
    KEEP_SIZE = 4 * 1024 * 1024, /* a reset frees what is held over this */
};

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) char data[];
};

/* `first` is the block in use; full ones and reserves follow it. */
struct arena {
    struct block *first;
    struct block *spare;
    size_t held;
};

struct arena *arena_new(void)
{
    return memory_new(1, sizeof(struct arena));
}

static struct block *take_spare(struct arena *arena, size_t size)
{
    for (struct block **p = &arena->spare; *p; p = &(*p)->next)
        if ((*p)->size >= size) {
            struct block *block = *p;
            *p = block->next;
            return block;
        }
    return NULL;
}

static struct block *add_block(struct arena *arena, size_t size)
{
    struct block *block = take_spare(arena, size);
    if (!block) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = memory_resize(NULL, 1, sizeof(*block) + room);
        block->size = room;
        arena->held += room;
    }
    block->used = 0;
    block->next = arena->first;
    arena->first = block;
    return block;
}

static void *take(struct arena *arena, size_t size)
{
    size_t rounded =
        (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct block *block = arena->first;
    if (!block || block->size - block->used < rounded)
        block = add_block(arena, rounded);
    void *memory = block->data + block->used;
    block->used += rounded;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

struct span arena_copy(struct arena *arena, struct span bytes)
{
    char *copy = take(arena, bytes.size + 1);
    if (bytes.size)
        memcpy(copy, bytes.data, bytes.size);
    copy[bytes.size] = '\0';
    return (struct span){ copy, bytes.size };
}

void *arena_grow(struct arena *arena, void *items, size_t count,
                 size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity ? *capacity * 2 : 8;
    void *larger = take(arena, *capacity * size);
    if (count)
        memcpy(larger, items, count * size);
    memset((char *)larger + count * size, 0, (*capacity - count) * size);
    return larger;
}

void arena_reset(struct arena *arena)
{
    while (arena->first) {
        struct block *block = arena->first;
        arena->first = block->next;
        if (arena->held > KEEP_SIZE) {
            arena->held -= block->size;
            free(block);
        } else {
            block->next = arena->spare;
            arena->spare = block;
        }
    }
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->first);
    free_blocks(arena->spare);
    free(arena);
}

size_t arena_held(const struct arena *arena)
{
    return arena->held;
}

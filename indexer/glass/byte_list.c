/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/byte_list.h"

#include "base/large.h"
#include "base/memory.h"

enum {
    POOL_SIZE_FIRST = 256 * 1024,
    LINK_SIZE = sizeof(uint32_t), /* behind the bytes of a chunk */
    SLACK = 8, /* readable behind the last byte: see byte_list.h */
};

/* Bytes of the chunks of a list, one after the other.  Half of all terms
 * occur in one document only and need seven or eight bytes. */
static const uint16_t chunk_sizes[] = { 8,   16,  24,  40,   64,   104, 168,
                                        272, 440, 712, 1152, 1864, 2048 };

enum { GROWTH_MAX = sizeof(chunk_sizes) / sizeof(chunk_sizes[0]) - 1 };

void byte_pool_release(struct byte_pool *pool)
{
    large_resize(pool->base, pool->capacity, 0);
    *pool = (struct byte_pool)BYTE_POOL_INIT;
}

void byte_pool_clear(struct byte_pool *pool)
{
    pool->used = 0;
}

uint32_t byte_pool_alloc(struct byte_pool *pool, size_t size)
{
    uint64_t offset = (pool->used + 3) & ~UINT64_C(3);
    uint64_t needed = offset + size;
    if (needed + SLACK > BYTE_POOL_MAX)
        memory_exhausted(size);
    if (needed + SLACK > pool->capacity) {
        /* Pages that were never touched cost nothing: doubling is cheap. */
        uint64_t capacity =
            pool->capacity ? pool->capacity * 2 : POOL_SIZE_FIRST;
        if (capacity < needed + SLACK)
            capacity = needed + SLACK;
        if (capacity > BYTE_POOL_MAX)
            capacity = BYTE_POOL_MAX;
        pool->base = large_resize(pool->base, pool->capacity, capacity);
        pool->capacity = capacity;
    }
    pool->used = needed;
    return (uint32_t)offset;
}

struct byte_list byte_list_new(struct byte_pool *pool)
{
    struct byte_list list = { 0 };
    list.first = byte_pool_alloc(pool, chunk_sizes[0] + LINK_SIZE);
    list.at = list.first;
    list.end = list.first + chunk_sizes[0];
    return list;
}

static void add_chunk(struct byte_list *list, struct byte_pool *pool)
{
    if (list->growth < GROWTH_MAX)
        list->growth++;
    size_t size = chunk_sizes[list->growth];
    uint32_t chunk = byte_pool_alloc(pool, size + LINK_SIZE);
    memcpy(byte_pool_at(pool, list->end), &chunk, LINK_SIZE);
    list->at = chunk;
    list->end = chunk + (uint32_t)size;
}

void byte_list_add(struct byte_list *list, struct byte_pool *pool,
                   struct span bytes)
{
    for (;;) {
        size_t room = list->end - list->at;
        size_t size = bytes.size < room ? bytes.size : room;
        if (size)
            memcpy(byte_pool_at(pool, list->at), bytes.data, size);
        list->at += (uint32_t)size;
        if (size == bytes.size)
            return;
        bytes = (struct span){ bytes.data + size, bytes.size - size };
        add_chunk(list, pool);
    }
}

/* ---- Reading ---------------------------------------------------------- */

static void enter_chunk(struct byte_list_source *walk, uint32_t chunk)
{
    const struct byte_pool *pool = walk->pool;
    uint32_t end = chunk + chunk_sizes[walk->growth];
    /* The list's end may stand at the very end of its last chunk. */
    walk->last = walk->at >= chunk && walk->at <= end;
    walk->link = end;
    walk->source.at = byte_pool_at(pool, chunk);
    walk->source.end = byte_pool_at(pool, walk->last ? walk->at : end);
}

static enum status next_chunk(struct byte_source *source, struct error *err)
{
    (void)err;
    struct byte_list_source *walk = (struct byte_list_source *)source;
    if (walk->last)
        return STATUS_END;
    uint32_t chunk;
    memcpy(&chunk, byte_pool_at(walk->pool, walk->link), LINK_SIZE);
    if (walk->growth < GROWTH_MAX)
        walk->growth++;
    enter_chunk(walk, chunk);
    return source->at == source->end ? STATUS_END : STATUS_OK;
}

void byte_list_read(struct byte_list_source *out, const struct byte_list *list,
                    const struct byte_pool *pool)
{
    *out = (struct byte_list_source){ .source = { .refill = next_chunk },
                                      .pool = pool,
                                      .at = list->at };
    enter_chunk(out, list->first);
}

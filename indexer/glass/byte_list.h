/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * byte_list.h - a very large number of growing byte strings in one pool.
 *
 * The inverter keeps a list for each term, and most lists stay short.  A list
 * is a chain of chunks that begin small and grow with the list; everything
 * lives in one pool that is emptied at once.  Places in the pool are 32-bit
 * offsets, half the size of pointers, so that a term costs little memory; a
 * pool holds at most BYTE_POOL_MAX bytes.
 */
#ifndef NEWS_GLASS_BYTE_LIST_H
#define NEWS_GLASS_BYTE_LIST_H

#include <string.h>

#include "base/span.h"
#include "indexer/glass/byte_source.h"

#define BYTE_POOL_MAX (UINT64_C(3584) * 1024 * 1024)

struct byte_pool {
    char *base;
    uint64_t used, capacity;
};

#define BYTE_POOL_INIT \
    {                  \
        NULL, 0, 0     \
    }

void byte_pool_release(struct byte_pool *pool);
void byte_pool_clear(struct byte_pool *pool); /* keep the memory */

/* `size` bytes on a boundary of four, not initialised: an offset for
 * byte_pool_at().  The process ends where BYTE_POOL_MAX is passed, so the
 * caller empties the pool long before. */
uint32_t byte_pool_alloc(struct byte_pool *pool, size_t size);

/* Valid until the next allocation, also by byte_list_add().  Eight bytes
 * behind anything in the pool may be read, whatever they hold. */
static inline char *byte_pool_at(const struct byte_pool *pool, uint32_t offset)
{
    return pool->base + offset;
}

struct byte_list {
    uint32_t first;   /* chunk */
    uint32_t at, end; /* in the last chunk: the next byte, the link behind */
    uint8_t growth;   /* of the last chunk, an index of sizes */
};

/* An empty list. */
struct byte_list byte_list_new(struct byte_pool *pool);

/* The list itself must not stand in the pool, which may move. */
void byte_list_add(struct byte_list *list, struct byte_pool *pool,
                   struct span bytes);

/* A walk over the bytes of a list; valid until the pool changes. */
struct byte_list_source {
    struct byte_source source; /* first, so that it can be cast back */
    const struct byte_pool *pool;
    uint32_t at;   /* the end of the whole list */
    uint32_t link; /* behind the chunk being read */
    uint8_t growth;
    bool last;
};

void byte_list_read(struct byte_list_source *out, const struct byte_list *list,
                    const struct byte_pool *pool);

#endif

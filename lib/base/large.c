/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/large.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/memory.h"

static bool is_mapped(size_t size)
{
    return size >= LARGE_PAGE;
}

static size_t whole_pages(size_t size)
{
    return (size + LARGE_PAGE - 1) & ~(size_t)(LARGE_PAGE - 1);
}

/* Fresh zeroed pages that begin where a large one can. */
static char *map(size_t size)
{
    size_t mapped = size + LARGE_PAGE;
    char *all = mmap(NULL, mapped, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED)
        memory_exhausted(size);
    size_t before = -(uintptr_t)all & (LARGE_PAGE - 1);
    if (before)
        munmap(all, before);
    if (before < LARGE_PAGE)
        munmap(all + before + size, LARGE_PAGE - before);
    madvise(all + before, size, MADV_HUGEPAGE);
    return all + before;
}

/* The pages move to a place that has room behind it. */
static char *remap(char *old, size_t old_size, size_t size)
{
    if (size == old_size)
        return old;
    char *moved =
        mremap(old, old_size, size, MREMAP_MAYMOVE | MREMAP_FIXED, map(size));
    if (moved == MAP_FAILED)
        memory_exhausted(size);
    return moved;
}

static void release(void *old, size_t old_size)
{
    if (is_mapped(old_size))
        munmap(old, whole_pages(old_size));
    else
        free(old);
}

static char *allocate(size_t size)
{
    if (is_mapped(size))
        return map(whole_pages(size));
    enum { LINE = 64 };
    size_t lines = (size + LINE - 1) & ~(size_t)(LINE - 1);
    char *bytes = aligned_alloc(LINE, lines);
    if (!bytes)
        memory_exhausted(size);
    return memset(bytes, 0, size);
}

void *large_resize(void *old, size_t old_size, size_t size)
{
    if (size > SIZE_MAX - 2 * (size_t)LARGE_PAGE)
        memory_exhausted(size);
    if (is_mapped(old_size) && size)
        return remap(old, whole_pages(old_size), whole_pages(size));
    char *fresh = size ? allocate(size) : NULL;
    if (fresh && old_size)
        memcpy(fresh, old, old_size);
    release(old, old_size);
    return fresh;
}

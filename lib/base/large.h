/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * large.h - memory for large tables that are looked up at random.
 *
 * From LARGE_PAGE bytes on a table lies on pages of that size, where the system
 * has them (Linux: transparent_hugepage/enabled is "always" or "madvise"), so
 * that a look-up waits for one line of memory and not for the page table too;
 * and it grows without being copied.
 */
#ifndef NEWS_BASE_LARGE_H
#define NEWS_BASE_LARGE_H

#include <stddef.h>

enum { LARGE_PAGE = 2 * 1024 * 1024 };

/*
 * Make a table of `old_size` bytes (NULL and 0: there is none yet) one of
 * `size` bytes, and return where it is now.  It begins with a line of the
 * processor's cache, 64 bytes; what is added is zeroed.  A table only grows, or
 * ends: with size 0 it is freed, NULL.  Does not fail, as in memory.h.
 */
void *large_resize(void *old, size_t old_size, size_t size);

/* The same of a table of items, of which there is room for `capacity`. */
#define LARGE_RESIZE(items, capacity, new_capacity)                    \
    do {                                                               \
        size_t large_old_ = (capacity), large_new_ = (new_capacity);   \
        (items) = large_resize((items), large_old_ * sizeof(*(items)), \
                               large_new_ * sizeof(*(items)));         \
        (capacity) = large_new_;                                       \
    } while (0)

#endif

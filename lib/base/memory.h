/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.h - allocation that does not fail.
 *
 * When memory is gone these end the process with one line on stderr and exit
 * status 4.  Therefore every size that comes from input is compared with a
 * named limit before it reaches them: only our own mistakes can exhaust
 * memory.
 */
#ifndef NEWS_BASE_MEMORY_H
#define NEWS_BASE_MEMORY_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed memory for `count` items; the caller frees it with free(). */
void *memory_new(size_t count, size_t size);

/* realloc() for `count` items; the added bytes are not initialised. */
void *memory_resize(void *old, size_t count, size_t size);

/* A NUL-terminated copy; the caller frees it. */
char *memory_string(const char *text);

/* Make room for one more item in the array `items` of `count` items: grows by
 * half and updates `capacity`. */
#define MEMORY_GROW(items, count, capacity)                                 \
    do {                                                                    \
        if ((count) == (capacity)) {                                        \
            (capacity) = (capacity) ? (capacity) + (capacity) / 2 + 1 : 8;  \
            (items) = memory_resize((items), (capacity), sizeof(*(items))); \
        }                                                                   \
    } while (0)

/* Report and end the process: for the two allocators of C++ and zlib too. */
__attribute__((noreturn)) void memory_exhausted(size_t size);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena.h - memory that dies together.
 *
 * Anything that lives exactly as long as an article lives in the article's
 * arena; arena_reset() forgets all of it at once and keeps the memory for the
 * next article.  Not shared between threads.
 */
#ifndef NEWS_BASE_ARENA_H
#define NEWS_BASE_ARENA_H

#include "base/span.h"

struct arena;

struct arena *arena_new(void);

/* Zeroed, aligned for any type; valid until arena_reset() or arena_free(). */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of the bytes followed by a zero; valid as above. */
struct span arena_copy(struct arena *arena, struct span bytes);

/* Room for one more item in an array that lives in the arena: returns `items`
 * or a larger copy of it and updates `*capacity`. */
void *arena_grow(struct arena *arena, void *items, size_t count,
                 size_t *capacity, size_t size);

void arena_reset(struct arena *arena);
void arena_free(struct arena *arena); /* NULL is fine */

/* Bytes held, used or not: what a memory budget should count. */
size_t arena_held(const struct arena *arena);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_index.h - which names a word or a few words may stand for, in one
 * article: a hash table from a space (a small number) and a key to the names
 * that were added under them.  Lives in an arena.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_INDEX_H
#define NEWS_INDEXER_NAMES_NAME_INDEX_H

#include "base/arena.h"

#define NAME_INDEX_NONE SIZE_MAX

struct name_index;

/* `expected` keys fit without growing; more are fine. */
struct name_index *name_index_new(struct arena *memory, size_t expected);

/* The place of a key's one number, NAME_INDEX_NONE when new; valid until the
 * next call.  The key is borrowed. */
size_t *name_index_at(struct name_index *index, unsigned space,
                      struct span key);

/* Add a name under a key; it may be there already. */
void name_index_add(struct name_index *index, unsigned space, struct span key,
                    size_t name);

/* The only name under a key; NONE where there are none or several. */
size_t name_index_one(const struct name_index *index, unsigned space,
                      struct span key);

/* Mark a name of the key as the last one seen; the one marked last, else the
 * only one. */
void name_index_touch(struct name_index *index, unsigned space, struct span key,
                      size_t name);
size_t name_index_last(const struct name_index *index, unsigned space,
                       struct span key);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_btree.h - one table of a glass database, written as a stream.
 *
 * A table is a B-tree of key -> tag in a file of blocks; block n stands at
 * n * GLASS_BLOCK_SIZE.  Because keys arrive in ascending order one open block
 * for each level is enough and the file is only appended to: a full block gets
 * the next number, and its number with a separating key goes into the open
 * block one level up.  At the end the levels are closed from below; the last
 * block without a parent is the root.
 *
 * What blocks and items are made of is told in lib/glass/glass_format.h.  All
 * blocks have the revision 1 and no holes.
 *
 * A tag that is too long for one item (a quarter of a block) is cut into
 * components with the same key, and so are tags that fill the block that is
 * open: the tables come out full.
 */
#ifndef NEWS_GLASS_BTREE_H
#define NEWS_GLASS_BTREE_H

#include "base/error.h"
#include "glass/glass_format.h"
#include "glass/glass_pack.h"

enum {
    GLASS_BLOCK_SIZE = 8192,
    /* Four items, with their places in the directory, fit in a block. */
    GLASS_ITEM_MAX = (GLASS_BLOCK_SIZE - GLASS_BLOCK_HEADER - 4 * 2) / 4,
};

/* What the version file says of a table. */
struct glass_root {
    bool exists; /* else there is no file */
    uint32_t block;
    unsigned level;
    uint32_t block_count;
    uint64_t entry_count;
};

struct glass_btree;

/* Begin the table in a new file `directory`/`name`. */
enum status glass_btree_open(struct glass_btree **out, const char *directory,
                             const char *name, struct error *err);

/* Add an entry; keys are not empty and ascend.  TOO_BIG where the tag is over
 * GLASS_TAG_MAX: nothing is added then. */
enum status glass_btree_add(struct glass_btree *tree, struct span key,
                            struct span tag, bool compressed,
                            struct error *err);

/* The longest tag for a key of `key_size` bytes that will not be cut in the
 * leaf that is open; 0 where not even an empty one fits. */
size_t glass_btree_room(const struct glass_btree *tree, size_t key_size);

/* The same for a leaf that is empty. */
size_t glass_btree_room_max(size_t key_size);

/* Bytes of the file so far, and of memory held. */
uint64_t glass_btree_size(const struct glass_btree *tree);
uint64_t glass_btree_held(const struct glass_btree *tree);

/* Write what is open, close and free, whatever the status. */
enum status glass_btree_finish(struct glass_btree *tree, struct glass_root *out,
                               struct error *err);
void glass_btree_abandon(struct glass_btree *tree); /* NULL is fine */

#endif

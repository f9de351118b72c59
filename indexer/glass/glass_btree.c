/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_btree.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/glass/append_file.h"

enum {
    REVISION = 1,
    FILE_BUFFER_SIZE = 16 * GLASS_BLOCK_SIZE,
    LEAF_OVERHEAD = 3,  /* I and K */
    COMPONENT_SIZE = 2, /* X */
    DIRECTORY_ENTRY = 2,
    COMPRESSED = 0x8000,
    LAST = 0x4000,
    FIRST = 0x2000,
    /* A piece shorter than this is not worth an item of its own, nor the
     * second block that a reader has to fetch. */
    PIECE_MIN = 64,
};

/* Stands between two neighbours of one level: the entries of the right one
 * are not below it, those of the left one are. */
struct separator {
    struct glass_key key;
    unsigned component;
};

struct level {
    bool open;
    struct separator separator; /* from the block's left neighbour */
    size_t directory_end, lowest;
    unsigned char block[GLASS_BLOCK_SIZE];
};

struct glass_btree {
    struct append_file *file;
    struct level *levels[GLASS_LEVELS_MAX];
    uint32_t block_count;
    uint64_t entry_count;
    struct glass_key last_key; /* of the leaf that was closed last */
};

static void put_16(unsigned char *to, size_t value)
{
    to[0] = (unsigned char)(value >> 8);
    to[1] = (unsigned char)value;
}

static void put_32(unsigned char *to, uint32_t value)
{
    put_16(to, value >> 16);
    put_16(to + 2, value & 0xFFFF);
}

/* ---- Blocks ----------------------------------------------------------- */

static struct level *begin_block(struct glass_btree *tree, unsigned at)
{
    if (!tree->levels[at])
        tree->levels[at] = memory_new(1, sizeof(*tree->levels[at]));
    struct level *level = tree->levels[at];
    memset(level->block, 0, sizeof(level->block));
    put_32(level->block, REVISION);
    level->block[4] = (unsigned char)at;
    level->directory_end = GLASS_BLOCK_HEADER;
    level->lowest = GLASS_BLOCK_SIZE;
    level->open = true;
    return level;
}

/* The bytes of the largest item that may be put into the block. */
static size_t block_room(const struct level *level)
{
    size_t free_bytes = level->lowest - level->directory_end;
    return free_bytes < DIRECTORY_ENTRY ? 0 : free_bytes - DIRECTORY_ENTRY;
}

/* Room for an item behind the others; the caller has asked block_room(). */
static unsigned char *begin_item(struct level *level, size_t size)
{
    level->lowest -= size;
    put_16(level->block + level->directory_end, level->lowest);
    level->directory_end += DIRECTORY_ENTRY;
    return level->block + level->lowest;
}

static enum status write_block(struct glass_btree *tree, struct level *level,
                               uint32_t *number, struct error *err)
{
    size_t free_bytes = level->lowest - level->directory_end;
    put_16(level->block + 5, free_bytes);
    put_16(level->block + 7, free_bytes);
    put_16(level->block + 9, level->directory_end);
    level->open = false;
    *number = tree->block_count++;
    return append_file_write(
        tree->file,
        (struct span){ (const char *)level->block, GLASS_BLOCK_SIZE }, err);
}

/* ---- Branches --------------------------------------------------------- */

static unsigned char *put_key(unsigned char *to, struct span key)
{
    *to++ = (unsigned char)key.size;
    if (key.size)
        memcpy(to, key.data, key.size);
    return to + key.size;
}

static void put_branch_item(struct level *level, struct span key,
                            unsigned component, uint32_t block)
{
    unsigned char *p = begin_item(level, 4 + 1 + key.size + COMPONENT_SIZE);
    put_32(p, block);
    put_16(put_key(p + 4, key), component);
}

/* Note in level `at` that `block` begins at the separator. */
static enum status add_branch(struct glass_btree *tree, unsigned at,
                              const struct separator *separator, uint32_t block,
                              struct error *err)
{
    if (at == GLASS_LEVELS_MAX)
        return error_set(err, STATUS_TOO_BIG, "a table is over %d levels high",
                         GLASS_LEVELS_MAX);
    struct span key = glass_key_span(&separator->key);
    struct level *level = tree->levels[at];
    if (level && level->open) {
        if (block_room(level) >= 4 + 1 + key.size + COMPONENT_SIZE) {
            put_branch_item(level, key, separator->component, block);
            return STATUS_OK;
        }
        uint32_t number;
        enum status rc = write_block(tree, level, &number, err);
        if (!rc)
            rc = add_branch(tree, at + 1, &level->separator, number, err);
        if (rc)
            return rc;
    }
    /* The first child's separator becomes the block's own. */
    level = begin_block(tree, at);
    level->separator = *separator;
    put_branch_item(level, (struct span){ NULL, 0 }, 0, block);
    return STATUS_OK;
}

/* ---- Leaves ----------------------------------------------------------- */

static struct span last_key(const struct level *leaf)
{
    const unsigned char *item = leaf->block + leaf->lowest;
    return (struct span){ (const char *)item + LEAF_OVERHEAD, item[2] };
}

static enum status close_leaf(struct glass_btree *tree, struct error *err)
{
    struct level *leaf = tree->levels[0];
    tree->last_key.size = 0;
    glass_key_add(&tree->last_key, last_key(leaf));
    uint32_t number;
    enum status rc = write_block(tree, leaf, &number, err);
    return rc ? rc : add_branch(tree, 1, &leaf->separator, number, err);
}

/* The shortest beginning of `key` that is above the last key; all of it where
 * a tag goes on over the edge. */
static void begin_leaf(struct glass_btree *tree, struct span key,
                       unsigned component)
{
    struct level *leaf = begin_block(tree, 0);
    struct span last = glass_key_span(&tree->last_key);
    size_t common = 0;
    while (common < last.size && common < key.size &&
           last.data[common] == key.data[common])
        common++;
    leaf->separator.key.size = 0;
    glass_key_add(&leaf->separator.key, span_slice(key, 0, common + 1));
    leaf->separator.component = component;
}

static void put_leaf_item(struct level *leaf, unsigned flags, struct span key,
                          unsigned component, struct span piece)
{
    size_t number_size = flags & FIRST ? 0 : COMPONENT_SIZE;
    size_t size = LEAF_OVERHEAD + key.size + number_size + piece.size;
    unsigned char *p = begin_item(leaf, size);
    put_16(p, flags | (size - 3));
    p = put_key(p + 2, key);
    if (number_size)
        put_16(p, component);
    if (piece.size)
        memcpy(p + number_size, piece.data, piece.size);
}

/* How much of `size` bytes of tag to put into the open leaf; false where it is
 * better to begin a new one. */
static bool choose_piece(const struct level *leaf, size_t overhead, size_t size,
                         size_t *out)
{
    size_t room = block_room(leaf);
    size_t want = size;
    if (want > GLASS_ITEM_MAX - overhead)
        want = GLASS_ITEM_MAX - overhead;
    *out = want;
    if (room >= overhead + want)
        return true;
    *out = room > overhead ? room - overhead : 0;
    return *out >= PIECE_MIN + overhead;
}

static enum status add_pieces(struct glass_btree *tree, struct span key,
                              struct span tag, unsigned flags,
                              struct error *err)
{
    size_t done = 0;
    for (unsigned component = 1;; component++) {
        size_t overhead = LEAF_OVERHEAD + key.size;
        if (component > 1)
            overhead += COMPONENT_SIZE;
        size_t size;
        if (!choose_piece(tree->levels[0], overhead, tag.size - done, &size)) {
            enum status rc = close_leaf(tree, err);
            if (rc)
                return rc;
            begin_leaf(tree, key, component);
            choose_piece(tree->levels[0], overhead, tag.size - done, &size);
        }
        bool last = done + size == tag.size;
        put_leaf_item(tree->levels[0],
                      flags | (component == 1 ? FIRST : 0) | (last ? LAST : 0),
                      key, component, span_slice(tag, done, done + size));
        if (last)
            return STATUS_OK;
        done += size;
    }
}

enum status glass_btree_add(struct glass_btree *tree, struct span key,
                            struct span tag, bool compressed, struct error *err)
{
    if (tag.size > GLASS_TAG_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "an entry of %zu bytes is over %d", tag.size,
                         GLASS_TAG_MAX);
    if (key.size > GLASS_KEY_MAX ||
        span_compare(last_key(tree->levels[0]), key) >= 0)
        return error_set(err, STATUS_INTERNAL,
                         "keys of a table do not ascend or are too long");
    tree->entry_count++;
    return add_pieces(tree, key, tag, compressed ? COMPRESSED : 0, err);
}

size_t glass_btree_room_max(size_t key_size)
{
    return GLASS_ITEM_MAX - LEAF_OVERHEAD - key_size;
}

size_t glass_btree_room(const struct glass_btree *tree, size_t key_size)
{
    size_t room = block_room(tree->levels[0]);
    size_t overhead = LEAF_OVERHEAD + key_size;
    size_t most = glass_btree_room_max(key_size);
    if (room < overhead)
        return 0;
    return room - overhead < most ? room - overhead : most;
}

/* ---- The whole table -------------------------------------------------- */

enum status glass_btree_open(struct glass_btree **out, const char *directory,
                             const char *name, struct error *err)
{
    *out = NULL;
    struct append_file *file;
    enum status rc =
        append_file_open(&file, directory, name, FILE_BUFFER_SIZE, err);
    if (rc)
        return rc;
    struct glass_btree *tree = memory_new(1, sizeof(*tree));
    tree->file = file;
    /* The null item, below every key. */
    put_leaf_item(begin_block(tree, 0), FIRST | LAST, (struct span){ NULL, 0 },
                  1, (struct span){ NULL, 0 });
    *out = tree;
    return STATUS_OK;
}

uint64_t glass_btree_size(const struct glass_btree *tree)
{
    return append_file_size(tree->file);
}

uint64_t glass_btree_held(const struct glass_btree *tree)
{
    uint64_t held = sizeof(*tree) + FILE_BUFFER_SIZE;
    for (unsigned i = 0; i < GLASS_LEVELS_MAX && tree->levels[i]; i++)
        held += sizeof(*tree->levels[i]);
    return held;
}

/* Close the levels from below; the last one is the root. */
static enum status close_levels(struct glass_btree *tree,
                                struct glass_root *out, struct error *err)
{
    for (unsigned at = 0;; at++) {
        struct level *level = tree->levels[at];
        uint32_t number;
        enum status rc = write_block(tree, level, &number, err);
        if (rc)
            return rc;
        bool root = at + 1 == GLASS_LEVELS_MAX || !tree->levels[at + 1];
        if (root) {
            *out = (struct glass_root){ true, number, at, tree->block_count,
                                        tree->entry_count };
            return STATUS_OK;
        }
        rc = add_branch(tree, at + 1, &level->separator, number, err);
        if (rc)
            return rc;
    }
}

static void release(struct glass_btree *tree)
{
    for (unsigned i = 0; i < GLASS_LEVELS_MAX; i++)
        free(tree->levels[i]);
    free(tree);
}

enum status glass_btree_finish(struct glass_btree *tree, struct glass_root *out,
                               struct error *err)
{
    enum status rc = close_levels(tree, out, err);
    if (rc)
        append_file_abandon(tree->file);
    else
        rc = append_file_close(tree->file, err);
    release(tree);
    return rc;
}

void glass_btree_abandon(struct glass_btree *tree)
{
    if (!tree)
        return;
    append_file_abandon(tree->file);
    release(tree);
}

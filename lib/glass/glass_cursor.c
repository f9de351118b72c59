/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/glass_cursor.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"

/* A block, and an item of it. */
struct level {
    unsigned char *bytes;
    uint32_t items, at;
};

struct glass_cursor {
    const struct glass_table *table;
    unsigned level_count;
    struct level levels[GLASS_LEVELS_MAX]; /* 0: leaves */
    bool begun, at_end;
    struct str long_tag;
};

static enum status load(struct glass_cursor *cursor, unsigned level,
                        uint32_t block, struct error *err)
{
    struct level *to = &cursor->levels[level];
    to->items = to->at = 0;
    return glass_table_read(cursor->table, block, level, to->bytes, &to->items,
                            err);
}

static enum status say_cut_off(const struct glass_cursor *cursor,
                               struct error *err)
{
    return glass_table_damaged(cursor->table, "a tag is cut off", err);
}

/* ---- Items ------------------------------------------------------------ */

static const unsigned char *item_at(const struct level *level, uint32_t i)
{
    return level->bytes +
           glass_number_16(level->bytes + GLASS_BLOCK_HEADER + 2 * i);
}

static struct span leaf_key(const struct level *leaf, uint32_t i)
{
    const unsigned char *item = item_at(leaf, i);
    return (struct span){ (const char *)item + 3, item[2] };
}

static bool is_first(const struct level *leaf, uint32_t i)
{
    return item_at(leaf, i)[0] & 0x20;
}

static bool is_last(const struct level *leaf, uint32_t i)
{
    return item_at(leaf, i)[0] & 0x40;
}

static struct span piece_of_tag(const struct level *leaf, uint32_t i)
{
    const unsigned char *item = item_at(leaf, i);
    size_t before = 3u + item[2] + (is_first(leaf, i) ? 0 : 2);
    size_t size = (glass_number_16(item) & 0x1FFF) + 3;
    return (struct span){ (const char *)item + before, size - before };
}

static bool branch_passes(const struct level *branch, uint32_t i,
                          struct span key)
{
    const unsigned char *item = item_at(branch, i);
    struct span own = { (const char *)item + 5, item[4] };
    int order = span_compare(own, key);
    return order > 0 || (!order && glass_number_16(item + 5 + own.size) > 1);
}

static uint32_t child_at(const struct level *branch, uint32_t i)
{
    return glass_number_32(item_at(branch, i));
}

/* ---- Moving ----------------------------------------------------------- */

/* Whether all that stands at or behind an item is beyond a key. */
typedef bool is_beyond(const struct level *level, uint32_t i, struct span key);

static bool leaf_reaches(const struct level *leaf, uint32_t i, struct span key)
{
    return span_compare(leaf_key(leaf, i), key) >= 0;
}

static bool leaf_passes(const struct level *leaf, uint32_t i, struct span key)
{
    return span_compare(leaf_key(leaf, i), key) > 0;
}

/* The first such item from the one at hand on.  In most cases it is near. */
static inline uint32_t find(const struct level *level, is_beyond *beyond,
                            struct span key)
{
    uint32_t low = level->at, high = low, step = 1;
    while (high < level->items && !beyond(level, high, key)) {
        low = high + 1;
        high = low + step - 1;
        step *= 2;
    }
    high = high < level->items ? high : level->items;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (beyond(level, middle, key))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Down to the leaf that the branch at hand, and those below, say the key is
 * in, where it is behind the one at hand. */
static enum status descend(struct glass_cursor *cursor, struct span key,
                           struct error *err)
{
    enum status rc = STATUS_OK;
    const struct level *leaf = &cursor->levels[0];
    if (cursor->begun &&
        span_compare(leaf_key(leaf, leaf->items - 1), key) >= 0)
        return STATUS_OK;
    bool moved = !cursor->begun;
    if (moved)
        rc = load(cursor, cursor->level_count - 1,
                  glass_table_root(cursor->table), err);
    for (unsigned l = cursor->level_count; !rc && l-- > 1;) {
        struct level *branch = &cursor->levels[l];
        uint32_t before = branch->at;
        uint32_t behind = find(branch, branch_passes, key);
        branch->at = behind > before ? behind - 1 : before;
        moved = moved || branch->at != before;
        if (moved)
            rc = load(cursor, l - 1, child_at(branch, branch->at), err);
    }
    cursor->begun = !rc;
    return rc;
}

/* To the first item of the next leaf. */
static enum status next_leaf(struct glass_cursor *cursor, struct error *err)
{
    unsigned l = 1;
    while (l < cursor->level_count &&
           cursor->levels[l].at + 1 == cursor->levels[l].items)
        l++;
    if (l >= cursor->level_count) {
        cursor->at_end = true;
        return STATUS_END;
    }
    cursor->levels[l].at++;
    enum status rc = STATUS_OK;
    for (; !rc && l > 0; l--) {
        const struct level *branch = &cursor->levels[l];
        rc = load(cursor, l - 1, child_at(branch, branch->at), err);
    }
    cursor->begun = !rc;
    return rc;
}

/* To the item before the one at hand. */
static enum status step_back(struct glass_cursor *cursor, struct error *err)
{
    unsigned l = 0;
    while (l < cursor->level_count && !cursor->levels[l].at)
        l++;
    if (l == cursor->level_count)
        return say_cut_off(cursor, err);
    cursor->levels[l].at--;
    enum status rc = STATUS_OK;
    for (; !rc && l > 0; l--) {
        const struct level *branch = &cursor->levels[l];
        struct level *below = &cursor->levels[l - 1];
        rc = load(cursor, l - 1, child_at(branch, branch->at), err);
        below->at = rc ? 0 : below->items - 1;
    }
    cursor->begun = !rc;
    return rc;
}

/* The item at hand, or the first of the next leaf where there is none. */
static enum status to_item(struct glass_cursor *cursor, struct error *err)
{
    const struct level *leaf = &cursor->levels[0];
    return leaf->at < leaf->items ? STATUS_OK : next_leaf(cursor, err);
}

/* Past the rest of a tag that began before. */
static enum status to_entry(struct glass_cursor *cursor, struct error *err)
{
    struct level *leaf = &cursor->levels[0];
    enum status rc = to_item(cursor, err);
    while (!rc && !is_first(leaf, leaf->at)) {
        leaf->at++;
        rc = to_item(cursor, err);
    }
    return rc;
}

struct glass_cursor *glass_cursor_new(const struct glass_table *table)
{
    struct glass_cursor *cursor = memory_new(1, sizeof(*cursor));
    cursor->table = table;
    cursor->level_count = glass_table_levels(table);
    cursor->long_tag = (struct str)STR_INIT;
    size_t size = glass_table_block_size(table) + GLASS_CURSOR_SLACK;
    for (unsigned i = 0; i < cursor->level_count; i++)
        cursor->levels[i].bytes = memory_new(size, 1);
    return cursor;
}

void glass_cursor_free(struct glass_cursor *cursor)
{
    if (!cursor)
        return;
    for (unsigned i = 0; i < cursor->level_count; i++)
        free(cursor->levels[i].bytes);
    str_release(&cursor->long_tag);
    free(cursor);
}

enum status glass_cursor_ceiling(struct glass_cursor *cursor, struct span key,
                                 struct error *err)
{
    struct level *leaf = &cursor->levels[0];
    if (cursor->at_end)
        return STATUS_END;
    enum status rc = descend(cursor, key, err);
    if (rc)
        return rc;
    leaf->at = find(leaf, leaf_reaches, key);
    return to_entry(cursor, err);
}

enum status glass_cursor_floor(struct glass_cursor *cursor, struct span key,
                               struct error *err)
{
    struct level *leaf = &cursor->levels[0];
    enum status rc = descend(cursor, key, err);
    if (rc)
        return rc;
    leaf->at = find(leaf, leaf_passes, key);
    do
        rc = step_back(cursor, err);
    while (!rc && !is_first(leaf, leaf->at));
    return rc;
}

enum status glass_cursor_next(struct glass_cursor *cursor, struct error *err)
{
    cursor->levels[0].at++;
    return to_entry(cursor, err);
}

struct span glass_cursor_key(const struct glass_cursor *cursor)
{
    return leaf_key(&cursor->levels[0], cursor->levels[0].at);
}

enum status glass_cursor_tag(struct glass_cursor *cursor, struct span *tag,
                             struct error *err)
{
    struct level *leaf = &cursor->levels[0];
    *tag = piece_of_tag(leaf, leaf->at);
    if (is_last(leaf, leaf->at))
        return STATUS_OK;
    struct str *whole = &cursor->long_tag;
    str_clear(whole);
    str_add(whole, *tag);
    while (!is_last(leaf, leaf->at)) {
        leaf->at++;
        enum status rc = to_item(cursor, err);
        if (rc)
            return rc == STATUS_END ? say_cut_off(cursor, err) : rc;
        str_add(whole, piece_of_tag(leaf, leaf->at));
        if (whole->size > GLASS_TAG_MAX || is_first(leaf, leaf->at))
            return say_cut_off(cursor, err);
    }
    *tag = str_span(whole);
    str_reserve(whole, GLASS_CURSOR_SLACK);
    memset(whole->data + whole->size, 0, GLASS_CURSOR_SLACK);
    tag->data = whole->data;
    return STATUS_OK;
}

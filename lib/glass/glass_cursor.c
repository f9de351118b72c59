/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/position_table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/pack.h"
#include "glass/position_code.h"

enum {
    LEVELS_MAX = 10,
    HEADER = 11,
    VERSION_SIZE_MAX = 256,
    MAGIC_SIZE = 16,
    UUID_SIZE = 16,
    POSITION_ROOT = 3, /* tables before it in the version file */
    FAKE = 1,
    TAG_MAX = 100 << 20,
};

struct position_table {
    int fd;
    uint32_t root, block_size;
    unsigned levels;
    uint64_t revision;
};

static enum status say_damaged(struct error *err, const char *what)
{
    return error_set(err, STATUS_CORRUPT, "position table: %s", what);
}

/* ---- The version file ------------------------------------------------- */

struct root {
    uint64_t block, flags, entries, block_units, compress_min;
    struct span free_list;
};

static bool parse_root(struct span *bytes, struct root *out)
{
    return unpack_number(bytes, &out->block) &&
           unpack_number(bytes, &out->flags) &&
           unpack_number(bytes, &out->entries) &&
           unpack_number(bytes, &out->block_units) &&
           unpack_number(bytes, &out->compress_min) &&
           unpack_string(bytes, &out->free_list);
}

static bool take_root(struct position_table *table, const struct root *root)
{
    uint64_t units = root->block_units, levels = (root->flags >> 2) + 1;
    if (root->block > UINT32_MAX || levels > LEVELS_MAX || units < 1 ||
        units > 32 || units & (units - 1))
        return false;
    table->root = (uint32_t)root->block;
    table->levels = (unsigned)levels;
    table->block_size = (uint32_t)units << 11;
    return true;
}

/* Five groups of lower-case digits. */
static void print_uuid(struct str *out, struct span uuid)
{
    for (size_t i = 0; i < uuid.size; i++)
        str_addf(out, "%s%02x",
                 i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
                 (unsigned char)uuid.data[i]);
}

static bool is_uuid(struct span uuid, struct span text)
{
    struct str own = STR_INIT;
    print_uuid(&own, uuid);
    bool same = span_equal(str_span(&own), text);
    str_release(&own);
    return same;
}

static enum status say_changed(struct error *err)
{
    return error_set(err, STATUS_STALE, "the database was changed");
}

static enum status parse_version(struct position_table *table,
                                 struct span bytes, struct span uuid,
                                 struct error *err)
{
    static const char magic[] = "\x0F\x0DXapian Glass\x04\x6E";
    uint64_t revision;
    if (!span_equal(span_slice(bytes, 0, MAGIC_SIZE),
                    (struct span){ magic, MAGIC_SIZE }))
        return error_set(err, STATUS_MISMATCH,
                         "not a glass database of the known format");
    bytes = span_slice(bytes, MAGIC_SIZE, bytes.size);
    if (!is_uuid(span_slice(bytes, 0, UUID_SIZE), uuid))
        return say_changed(err);
    bytes = span_slice(bytes, UUID_SIZE, bytes.size);
    if (!unpack_number(&bytes, &revision))
        return say_damaged(err, "its database states no revision");
    if (revision != table->revision)
        return say_changed(err);
    struct root root;
    for (int i = 0; i <= POSITION_ROOT; i++)
        if (!parse_root(&bytes, &root))
            return say_damaged(err, "its database states no root");
    if (root.flags & FAKE)
        return error_set(err, STATUS_NOT_FOUND, "no positions");
    return take_root(table, &root) ? STATUS_OK
                                   : say_damaged(err, "its root is wrong");
}

static enum status read_version(struct position_table *table,
                                const char *directory, struct span uuid,
                                struct error *err)
{
    struct str bytes = STR_INIT;
    char *path = file_join(directory, "iamglass");
    enum status rc = file_read(path, VERSION_SIZE_MAX, &bytes, err);
    if (rc == STATUS_NOT_FOUND)
        rc = say_changed(err);
    if (!rc)
        rc = parse_version(table, str_span(&bytes), uuid, err);
    str_release(&bytes);
    free(path);
    return rc;
}

/* One that has no positions has no file. */
static enum status open_file(struct position_table *table,
                             const char *directory, struct error *err)
{
    char *path = file_join(directory, "position.glass");
    table->fd = open(path, O_RDONLY | O_CLOEXEC);
    enum status rc = STATUS_OK;
    if (table->fd < 0 && errno != ENOENT)
        rc = error_set_errno(err, "cannot open '%s'", path);
    free(path);
    return rc;
}

/* The file first: as long as the version is behind it what was asked for, it
 * cannot be that of a database which took the place meanwhile. */
enum status position_table_open(struct position_table **out,
                                const char *directory,
                                const struct position_snapshot *snapshot,
                                struct error *err)
{
    struct position_table *table = memory_new(1, sizeof(*table));
    *table = (struct position_table){ .revision = snapshot->revision };
    enum status rc = open_file(table, directory, err);
    if (!rc)
        rc = read_version(table, directory, snapshot->uuid, err);
    if (!rc && table->fd < 0)
        rc = say_changed(err);
    if (rc) {
        position_table_close(table);
        table = NULL;
    }
    *out = table;
    return rc;
}

void position_table_close(struct position_table *table)
{
    if (!table)
        return;
    if (table->fd >= 0)
        close(table->fd);
    free(table);
}

/* ---- Blocks ----------------------------------------------------------- */

/* A block, and an item of it. */
struct level {
    unsigned char *bytes;
    uint32_t items, at;
};

struct position_cursor {
    const struct position_table *table;
    struct level levels[LEVELS_MAX]; /* 0: leaves */
    bool begun, at_end;
    struct str long_tag;
};

static uint32_t number_16(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

static uint32_t number_32(const unsigned char *bytes)
{
    return number_16(bytes) << 16 | number_16(bytes + 2);
}

/* All that is used of the block stands within it. */
static bool is_sound(const unsigned char *bytes, uint32_t size, unsigned level,
                     uint32_t items)
{
    for (uint32_t i = 0; i < items; i++) {
        uint32_t at = number_16(bytes + HEADER + 2 * i);
        if (at < HEADER + 2 * items || at + 7 > size + (level ? 0 : 4))
            return false;
        uint32_t key = bytes[at + (level ? 4 : 2)], item;
        if (level) {
            item = key + 7;
        } else {
            uint32_t flags = number_16(bytes + at);
            item = (flags & 0x1FFF) + 3;
            if (item < key + (flags & 0x2000 ? 3 : 5))
                return false;
        }
        if (item > size - at)
            return false;
    }
    return true;
}

static enum status read_block(const struct position_table *table,
                              uint32_t block, unsigned char *to,
                              struct error *err)
{
    size_t have = 0, size = table->block_size;
    while (have < size) {
        ssize_t got = pread(table->fd, to + have, size - have,
                            (off_t)block * (off_t)size + (off_t)have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(err, "cannot read the position table");
        if (!got)
            return say_damaged(err, "a block is cut off");
        have += (size_t)got;
    }
    return STATUS_OK;
}

static enum status load(struct position_cursor *cursor, unsigned level,
                        uint32_t block, struct error *err)
{
    const struct position_table *table = cursor->table;
    struct level *to = &cursor->levels[level];
    to->items = to->at = 0;
    enum status rc = read_block(table, block, to->bytes, err);
    if (rc)
        return rc;
    if (number_32(to->bytes) > table->revision)
        return say_changed(err);
    uint32_t end = number_16(to->bytes + 9), size = table->block_size;
    uint32_t items = end < HEADER ? 0 : (end - HEADER) / 2;
    if (to->bytes[4] != level || !items || end > size ||
        !is_sound(to->bytes, size, level, items))
        return say_damaged(err, "a block is damaged");
    to->items = items;
    return STATUS_OK;
}

/* ---- Items ------------------------------------------------------------ */

static const unsigned char *item_at(const struct level *level, uint32_t i)
{
    return level->bytes + number_16(level->bytes + HEADER + 2 * i);
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
    size_t size = (number_16(item) & 0x1FFF) + 3;
    return (struct span){ (const char *)item + before, size - before };
}

/* Whether all that stands at or behind an item of a branch is behind `key`. */
static bool is_behind(const struct level *branch, uint32_t i, struct span key)
{
    const unsigned char *item = item_at(branch, i);
    struct span own = { (const char *)item + 5, item[4] };
    int order = span_compare(own, key);
    return order > 0 || (!order && number_16(item + 5 + own.size) > 1);
}

static uint32_t child_at(const struct level *branch, uint32_t i)
{
    return number_32(item_at(branch, i));
}

/* ---- Moving ----------------------------------------------------------- */

/* Of a leaf: an item that is not before the key; of a branch: one behind it. */
static bool is_beyond(const struct level *level, bool leaf, uint32_t i,
                      struct span key)
{
    return leaf ? span_compare(leaf_key(level, i), key) >= 0
                : is_behind(level, i, key);
}

/* The first such item from the one at hand on.  In most cases it is near. */
static uint32_t find(const struct level *level, bool leaf, struct span key)
{
    uint32_t low = level->at, high = low, step = 1;
    while (high < level->items && !is_beyond(level, leaf, high, key)) {
        low = high + 1;
        high = low + step - 1;
        step *= 2;
    }
    high = high < level->items ? high : level->items;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (is_beyond(level, leaf, middle, key))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* Down to the leaf that the branch at hand, and those below, say the key is
 * in. */
static enum status descend(struct position_cursor *cursor, struct span key,
                           struct error *err)
{
    enum status rc = STATUS_OK;
    bool moved = !cursor->begun;
    if (moved)
        rc = load(cursor, cursor->table->levels - 1, cursor->table->root, err);
    for (unsigned l = cursor->table->levels; !rc && l-- > 1;) {
        struct level *branch = &cursor->levels[l];
        uint32_t before = branch->at;
        uint32_t behind = find(branch, false, key);
        branch->at = behind > before ? behind - 1 : before;
        moved = moved || branch->at != before;
        if (moved)
            rc = load(cursor, l - 1, child_at(branch, branch->at), err);
    }
    cursor->begun = !rc;
    return rc;
}

/* To the first item of the next leaf. */
static enum status next_leaf(struct position_cursor *cursor, struct error *err)
{
    unsigned l = 1;
    while (l < cursor->table->levels &&
           cursor->levels[l].at + 1 == cursor->levels[l].items)
        l++;
    if (l >= cursor->table->levels) {
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

/* The item at hand, or the first of the next leaf where there is none. */
static enum status to_item(struct position_cursor *cursor, struct error *err)
{
    const struct level *leaf = &cursor->levels[0];
    return leaf->at < leaf->items ? STATUS_OK : next_leaf(cursor, err);
}

/* Past the rest of a tag that began before. */
static enum status to_entry(struct position_cursor *cursor, struct error *err)
{
    struct level *leaf = &cursor->levels[0];
    enum status rc = to_item(cursor, err);
    while (!rc && !is_first(leaf, leaf->at)) {
        leaf->at++;
        rc = to_item(cursor, err);
    }
    return rc;
}

struct position_cursor *position_cursor_new(const struct position_table *table)
{
    struct position_cursor *cursor = memory_new(1, sizeof(*cursor));
    cursor->table = table;
    cursor->long_tag = (struct str)STR_INIT;
    for (unsigned i = 0; i < table->levels; i++)
        cursor->levels[i].bytes =
            memory_new(table->block_size + POSITION_CODE_SLACK, 1);
    return cursor;
}

void position_cursor_free(struct position_cursor *cursor)
{
    if (!cursor)
        return;
    for (unsigned i = 0; i < cursor->table->levels; i++)
        free(cursor->levels[i].bytes);
    str_release(&cursor->long_tag);
    free(cursor);
}

enum status position_cursor_seek(struct position_cursor *cursor,
                                 struct span key, struct error *err)
{
    struct level *leaf = &cursor->levels[0];
    if (cursor->at_end)
        return STATUS_END;
    if (!cursor->begun ||
        span_compare(leaf_key(leaf, leaf->items - 1), key) < 0) {
        enum status rc = descend(cursor, key, err);
        if (rc)
            return rc;
    }
    leaf->at = find(leaf, true, key);
    return to_entry(cursor, err);
}

enum status position_cursor_next(struct position_cursor *cursor,
                                 struct error *err)
{
    cursor->levels[0].at++;
    return to_entry(cursor, err);
}

struct span position_cursor_key(const struct position_cursor *cursor)
{
    return leaf_key(&cursor->levels[0], cursor->levels[0].at);
}

enum status position_cursor_tag(struct position_cursor *cursor,
                                struct span *tag, struct error *err)
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
            return rc == STATUS_END ? say_damaged(err, "a tag is cut off") : rc;
        str_add(whole, piece_of_tag(leaf, leaf->at));
        if (whole->size > TAG_MAX || is_first(leaf, leaf->at))
            return say_damaged(err, "a tag is cut off");
    }
    *tag = str_span(whole);
    str_reserve(whole, POSITION_CODE_SLACK);
    memset(whole->data + whole->size, 0, POSITION_CODE_SLACK);
    tag->data = whole->data;
    return STATUS_OK;
}

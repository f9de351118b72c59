/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/glass_table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/pack.h"

struct glass_table {
    int fd;
    enum glass_kind kind;
    uint32_t root, block_size;
    unsigned levels;
    uint64_t revision;
};

static const char *const names[GLASS_KINDS] = {
    "postlist", "docdata", "termlist", "position", "spelling", "synonym",
};

enum status glass_table_damaged(const struct glass_table *table,
                                const char *what, struct error *err)
{
    return error_set(err, STATUS_CORRUPT, "%s table: %s", names[table->kind],
                     what);
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

static bool take_root(struct glass_table *table, const struct root *root)
{
    uint64_t units = root->block_units,
             levels = (root->flags >> GLASS_LEVEL_SHIFT) + 1;
    if (root->block > UINT32_MAX || levels > GLASS_LEVELS_MAX || units < 1 ||
        units > 32 || units & (units - 1))
        return false;
    table->root = (uint32_t)root->block;
    table->levels = (unsigned)levels;
    table->block_size = (uint32_t)units << GLASS_SIZE_SHIFT;
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

static enum status parse_version(struct glass_table *table, struct span bytes,
                                 struct span uuid, struct error *err)
{
    uint64_t revision;
    if (!span_equal(span_slice(bytes, 0, GLASS_MAGIC.size), GLASS_MAGIC))
        return error_set(err, STATUS_MISMATCH,
                         "not a glass database of the known format");
    bytes = span_slice(bytes, GLASS_MAGIC.size, bytes.size);
    if (!is_uuid(span_slice(bytes, 0, GLASS_UUID_SIZE), uuid))
        return say_changed(err);
    bytes = span_slice(bytes, GLASS_UUID_SIZE, bytes.size);
    if (!unpack_number(&bytes, &revision))
        return glass_table_damaged(table, "its database states no revision",
                                   err);
    if (revision != table->revision)
        return say_changed(err);
    struct root root;
    for (int i = 0; i <= (int)table->kind; i++)
        if (!parse_root(&bytes, &root))
            return glass_table_damaged(table, "its database states no root",
                                       err);
    if (root.flags & GLASS_FAKE)
        return error_set(err, STATUS_NOT_FOUND, "no %s table",
                         names[table->kind]);
    return take_root(table, &root)
               ? STATUS_OK
               : glass_table_damaged(table, "its root is wrong", err);
}

static enum status read_version(struct glass_table *table,
                                const char *directory, struct span uuid,
                                struct error *err)
{
    struct str bytes = STR_INIT;
    char *path = file_join(directory, GLASS_VERSION_FILE);
    enum status rc = file_read(path, GLASS_VERSION_MAX, &bytes, err);
    if (rc == STATUS_NOT_FOUND)
        rc = say_changed(err);
    if (!rc)
        rc = parse_version(table, str_span(&bytes), uuid, err);
    str_release(&bytes);
    free(path);
    return rc;
}

/* One that has no entries has no file. */
static enum status open_file(struct glass_table *table, const char *directory,
                             struct error *err)
{
    struct str name = STR_INIT;
    str_addf(&name, "%s.glass", names[table->kind]);
    char *path = file_join(directory, name.data);
    table->fd = open(path, O_RDONLY | O_CLOEXEC);
    enum status rc = STATUS_OK;
    if (table->fd < 0 && errno != ENOENT)
        rc = error_set_errno(err, "cannot open '%s'", path);
    free(path);
    str_release(&name);
    return rc;
}

/* The file first: as long as the version is behind it what was asked for, it
 * cannot be that of a database which took the place meanwhile. */
enum status glass_table_open(struct glass_table **out, const char *directory,
                             enum glass_kind kind,
                             const struct glass_snapshot *snapshot,
                             struct error *err)
{
    struct glass_table *table = memory_new(1, sizeof(*table));
    *table =
        (struct glass_table){ .kind = kind, .revision = snapshot->revision };
    enum status rc = open_file(table, directory, err);
    if (!rc)
        rc = read_version(table, directory, snapshot->uuid, err);
    if (!rc && table->fd < 0)
        rc = say_changed(err);
    if (rc) {
        glass_table_close(table);
        table = NULL;
    }
    *out = table;
    return rc;
}

void glass_table_close(struct glass_table *table)
{
    if (!table)
        return;
    if (table->fd >= 0)
        close(table->fd);
    free(table);
}

unsigned glass_table_levels(const struct glass_table *table)
{
    return table->levels;
}

uint32_t glass_table_root(const struct glass_table *table)
{
    return table->root;
}

uint32_t glass_table_block_size(const struct glass_table *table)
{
    return table->block_size;
}

/* ---- Blocks ----------------------------------------------------------- */

/* All that is used of the block stands within it. */
static bool is_sound(const unsigned char *bytes, uint32_t size, unsigned level,
                     uint32_t items)
{
    for (uint32_t i = 0; i < items; i++) {
        uint32_t at = glass_number_16(bytes + GLASS_BLOCK_HEADER + 2 * i);
        if (at < GLASS_BLOCK_HEADER + 2 * items ||
            at + 7 > size + (level ? 0 : 4))
            return false;
        uint32_t key = bytes[at + (level ? 4 : 2)], item;
        if (level) {
            item = key + 7;
        } else {
            uint32_t flags = glass_number_16(bytes + at);
            item = (flags & 0x1FFF) + 3;
            if (item < key + (flags & 0x2000 ? 3 : 5))
                return false;
        }
        if (item > size - at)
            return false;
    }
    return true;
}

static enum status read_block(const struct glass_table *table, uint32_t block,
                              unsigned char *to, struct error *err)
{
    size_t have = 0, size = table->block_size;
    while (have < size) {
        ssize_t got = pread(table->fd, to + have, size - have,
                            (off_t)block * (off_t)size + (off_t)have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(err, "cannot read the %s table",
                                   names[table->kind]);
        if (!got)
            return glass_table_damaged(table, "a block is cut off", err);
        have += (size_t)got;
    }
    return STATUS_OK;
}

enum status glass_table_read(const struct glass_table *table, uint32_t block,
                             unsigned level, unsigned char *to, uint32_t *items,
                             struct error *err)
{
    enum status rc = read_block(table, block, to, err);
    if (rc)
        return rc;
    if (glass_number_32(to) > table->revision)
        return say_changed(err);
    uint32_t end = glass_number_16(to + 9);
    *items = end < GLASS_BLOCK_HEADER ? 0 : (end - GLASS_BLOCK_HEADER) / 2;
    if (to[4] != level || !*items || end > table->block_size ||
        !is_sound(to, table->block_size, level, *items))
        return glass_table_damaged(table, "a block is damaged", err);
    return STATUS_OK;
}

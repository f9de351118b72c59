/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_table.h - one table of a glass database that is on disk, to be read.
 *
 * libxapian may have changed a table since it was written, so it is read as
 * libxapian reads it: one revision of it, whose blocks are good for as long as
 * none has a later revision; then STALE.
 */
#ifndef NEWS_GLASS_TABLE_H
#define NEWS_GLASS_TABLE_H

#include "base/error.h"
#include "glass/glass_format.h"

#ifdef __cplusplus
extern "C" {
#endif

/* May be read by several threads. */
struct glass_table;

/* What is to be read: as libxapian tells both. */
struct glass_snapshot {
    struct span uuid; /* "01234567-89ab-cdef-0123-456789abcdef" */
    uint64_t revision;
};

/* Of the database in `directory`.  STALE where that is gone, another one or not
 * in that revision any more; NOT_FOUND where it has no such table; CORRUPT,
 * MISMATCH, IO. */
enum status glass_table_open(struct glass_table **out, const char *directory,
                             enum glass_kind kind,
                             const struct glass_snapshot *snapshot,
                             struct error *err);
void glass_table_close(struct glass_table *table); /* NULL is fine */

unsigned glass_table_levels(const struct glass_table *table); /* 1 and up */
uint32_t glass_table_root(const struct glass_table *table);   /* its block */
uint32_t glass_table_block_size(const struct glass_table *table);

/* Read a block of a level, 0 for leaves, to where a block has room.  Where that
 * succeeds it has `*items`, one at least, all of them within the block. */
enum status glass_table_read(const struct glass_table *table, uint32_t block,
                             unsigned level, unsigned char *to, uint32_t *items,
                             struct error *err);

/* CORRUPT, of the table by its name. */
enum status glass_table_damaged(const struct glass_table *table,
                                const char *what, struct error *err);

/* A number of a block. */
static inline uint32_t glass_number_16(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

static inline uint32_t glass_number_32(const unsigned char *bytes)
{
    return glass_number_16(bytes) << 16 | glass_number_16(bytes + 2);
}

#ifdef __cplusplus
}
#endif

#endif

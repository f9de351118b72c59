/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * position_table.h - the position table of a glass database, in key order.
 *
 * libxapian looks up each list of positions from the root of the table.  Where
 * a phrase of two frequent words asks for a hundred thousand of them, which lie
 * side by side, that takes most of its time.
 *
 * What a table is made of is told in indexer/glass/glass_btree.h, and how a
 * database says where it begins in glass_version.h.  libxapian may have changed
 * a table since, so it is read as libxapian reads it: one revision of it, whose
 * blocks are good for as long as none has a later revision; then STALE.
 */
#ifndef NEWS_GLASS_POSITION_TABLE_H
#define NEWS_GLASS_POSITION_TABLE_H

#include "base/error.h"
#include "base/span.h"

#ifdef __cplusplus
extern "C" {
#endif

/* May be read by several threads, each with cursors of its own. */
struct position_table;

/* What is to be read: as libxapian tells both. */
struct position_snapshot {
    struct span uuid; /* "01234567-89ab-cdef-0123-456789abcdef" */
    uint64_t revision;
};

/* Of the database in `directory`.  STALE where that is gone, another one or not
 * in that revision any more; NOT_FOUND where it has no positions; CORRUPT,
 * MISMATCH, IO. */
enum status position_table_open(struct position_table **out,
                                const char *directory,
                                const struct position_snapshot *snapshot,
                                struct error *err);
void position_table_close(struct position_table *table); /* NULL is fine */

/* A place in the table, before its first entry when new.  It holds a block of
 * each level, some 32 kB; the table must live as long. */
struct position_cursor;
struct position_cursor *position_cursor_new(const struct position_table *table);
void position_cursor_free(struct position_cursor *cursor); /* NULL is fine */

/* Move forward to the first entry whose key is not before `key`; the cursor
 * stays where it is when it is there or beyond.  END where there is none. */
enum status position_cursor_seek(struct position_cursor *cursor,
                                 struct span key, struct error *err);
/* The same to the entry behind the one at hand. */
enum status position_cursor_next(struct position_cursor *cursor,
                                 struct error *err);
/* Of the entry; valid until the cursor moves.  Behind the tag stand
 * POSITION_CODE_SLACK bytes. */
struct span position_cursor_key(const struct position_cursor *cursor);
enum status position_cursor_tag(struct position_cursor *cursor,
                                struct span *tag, struct error *err);

#ifdef __cplusplus
}
#endif

#endif

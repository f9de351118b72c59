/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_cursor.h - a place in a table of a glass database, moved in key order.
 *
 * libxapian looks up each list of positions from the root of the table.  Where
 * a phrase of two frequent words asks for a hundred thousand of them, which lie
 * side by side, that takes most of its time.
 */
#ifndef NEWS_GLASS_CURSOR_H
#define NEWS_GLASS_CURSOR_H

#include "glass/glass_table.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
    GLASS_CURSOR_SLACK = 8
}; /* bytes behind a tag that are read, not used */

/* Before the first entry when new.  It holds a block of each level, some 32 kB;
 * the table must live as long. */
struct glass_cursor;
struct glass_cursor *glass_cursor_new(const struct glass_table *table);
void glass_cursor_free(struct glass_cursor *cursor); /* NULL is fine */

/* Move forward to the first entry whose key is not before `key`; the cursor
 * stays where it is when it is there or beyond.  END where there is none. */
enum status glass_cursor_ceiling(struct glass_cursor *cursor, struct span key,
                                 struct error *err);
/* Move forward to the last entry whose key is not behind `key`.  The cursor
 * stands at an entry that is not behind it. */
enum status glass_cursor_floor(struct glass_cursor *cursor, struct span key,
                               struct error *err);
/* To the entry behind the one at hand; END where there is none. */
enum status glass_cursor_next(struct glass_cursor *cursor, struct error *err);

/* Of the entry; valid until the cursor moves.  Behind the tag stand
 * GLASS_CURSOR_SLACK bytes. */
struct span glass_cursor_key(const struct glass_cursor *cursor);
enum status glass_cursor_tag(struct glass_cursor *cursor, struct span *tag,
                             struct error *err);

#ifdef __cplusplus
}
#endif

#endif

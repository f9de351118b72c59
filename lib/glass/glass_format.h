/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_format.h - the tables of a glass database, and the file that says where
 * they begin (see glass_pack.h for what numbers and strings look like).
 *
 * A table is a B-tree of key -> tag in a file of blocks; block n stands at n
 * times their size.  A block (numbers big-endian):
 *
 *    0  4  revision in which it was written
 *    4  1  level, 0 for leaves
 *    5  2  free bytes in one piece
 *    7  2  free bytes in all
 *    9  2  end of the directory, 11 + 2 * items
 *   11     directory: the offset of each item, in key order; the items
 *          themselves fill the block from its end downwards
 *
 * An item of a leaf:
 *
 *   I(2)   bit 15 compressed, 14 last component, 13 first component, and below
 *          them the size of the item less 3
 *   K(1)   key
 *   X(2)   the component's number, 2 and up: left out on the first
 *   rest   a piece of the tag
 *
 * A tag that is too long for one item (a quarter of a block) is cut into
 * components with the same key.  Readers put them together wherever they were
 * cut.  The very first item of a table has an empty key and no tag and is
 * counted nowhere.
 *
 * An item of a branch: block number(4), K(1), key, X(2).  All entries below
 * the block are at or after (key, X); the first key of each branch block is
 * cut to nothing.
 *
 * The version file, "iamglass":
 *
 *   0F 0D "Xapian Glass", then the format version 04 6E, which is the day
 *   2016-03-14: (year - 2014) << 9 | month << 5 | day
 *   a UUID (16 bytes), new for each database
 *   uint(revision): no block of it has a later one
 *   a root for each table, in the order of enum glass_kind:
 *     uint(root block) uint(level << 2 | sequential << 1 | fake)
 *     uint(entries) uint(block size >> 11)
 *     uint(size over which tags are worth compressing; 0: none are)
 *     str(free list)
 *   uint(documents)
 *   uint(last document - documents)
 *   uint(smallest document length over 0)
 *   uint(largest wdf)
 *   uint(largest document length - largest wdf)
 *   uint(oldest changeset): 0
 *   uint(total length)
 *   uint(largest spelling frequency)
 *
 * "Sequential" holds for a table whose leaves stand in key order.  A table
 * without a file has a fake root.
 */
#ifndef NEWS_GLASS_FORMAT_H
#define NEWS_GLASS_FORMAT_H

#include "base/span.h"

enum glass_kind {
    GLASS_POSTLIST,
    GLASS_DOCDATA,
    GLASS_TERMLIST,
    GLASS_POSITION,
    GLASS_SPELLING,
    GLASS_SYNONYM,
    GLASS_KINDS
};

enum {
    GLASS_BLOCK_HEADER = 11,
    GLASS_LEVELS_MAX = 10,
    /* Bytes of a tag as it is stored: less than 65,535 components. */
    GLASS_TAG_MAX = 100 * 1024 * 1024,
    GLASS_UUID_SIZE = 16,
    GLASS_VERSION_MAX = 255, /* bytes of the file: libxapian's buffer */
    /* Of a root. */
    GLASS_FAKE = 1,
    GLASS_SEQUENTIAL = 2,
    GLASS_LEVEL_SHIFT = 2,
    GLASS_SIZE_SHIFT = 11,
};

static const char GLASS_VERSION_FILE[] = "iamglass";
static const struct span GLASS_MAGIC = { "\x0F\x0DXapian Glass\x04\x6E", 16 };

#endif

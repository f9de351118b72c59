/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_version.h - iamglass, the file that makes a directory a database.
 *
 * A reader takes the root of each table and the statistics from it, and
 * nothing is a database without it: therefore it is written last.
 *
 *   0F 0D "Xapian Glass", then the format version 04 6E, which is the day
 *   2016-03-14: (year - 2014) << 9 | month << 5 | day
 *   a UUID (16 bytes), new for each database
 *   uint(revision): 1, as in the blocks
 *   six tables: postlist, docdata, termlist, position, spelling, synonym:
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
 *   uint(largest spelling frequency): 0
 *
 * "Sequential" holds for a table whose leaves stand in key order, as here.  A
 * table without a file has a fake root.  The free list of a table that was
 * only appended to: uint(revision) uint(number of blocks), four zeros.
 */
#ifndef NEWS_GLASS_VERSION_H
#define NEWS_GLASS_VERSION_H

#include "indexer/glass/glass_btree.h"

struct glass_version {
    struct glass_root postlist, docdata, termlist, position;
    uint32_t document_count; /* numbered from 1 without gaps */
    uint32_t shortest;       /* document that is not empty; 0: none */
    uint32_t longest;
    uint32_t wdf_max;
    uint64_t total_length;
};

/* Create the file in a directory. */
enum status glass_version_write(const struct glass_version *version,
                                const char *directory, struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_version.h - iamglass, the file that makes a directory a database.
 *
 * A reader takes the root of each table and the statistics from it, and
 * nothing is a database without it: therefore it is written last.
 * What it is made of is told in lib/glass/glass_format.h.  Here the revision is
 * 1, all tables that exist are sequential, and documents are numbered without
 * gaps.  The free list of a table that was only appended to: uint(revision)
 * uint(number of blocks), four zeros.
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge.h - which segments of an archive are merged into one.
 */
#ifndef NEWS_NEWSDB_MERGE_H
#define NEWS_NEWSDB_MERGE_H

#include "newsdb/segment.h"

enum { MERGE_SOURCES_MAX = 64 }; /* each takes five file descriptors or so */

/*
 * How many of the segments, which are sorted by size, the smallest first, to
 * merge so that at most `most` remain; 0: none.  No more than are needed for
 * that and for a segment that is at least twice as large as each of them: a
 * byte is written again only as often as its segment can double.  Where sizes
 * are so far apart that no choice is like that, as many as are needed.
 */
size_t merge_choose(const struct segment *const *sorted, size_t count,
                    size_t most);

#endif

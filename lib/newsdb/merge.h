/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge.h - which segments of an archive are merged into one, and the merge
 * that is done in the background.
 *
 * It is begun by archive_writer_merge_beside() and reads its sources, which
 * must not change meanwhile, with handles of its own.
 */
#ifndef NEWS_NEWSDB_MERGE_H
#define NEWS_NEWSDB_MERGE_H

#include "newsdb/archive.h"
#include "newsdb/journal.h"

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

struct merge;

/* Whether the merge (NULL is fine) reads a segment that the journal is about
 * to change or to drop. */
bool merge_reads(const struct merge *merge, const struct journal *journal);

/* Wait for the writer's merge, if there is one, and publish the outcome.  A
 * failure is kept for archive_writer_merge() or its like to tell. */
void merge_end(struct archive_writer *writer);

/* Wait for it and throw it away. */
void merge_abandon(struct archive_writer *writer);

#endif

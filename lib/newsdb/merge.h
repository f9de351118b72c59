/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge.h - several segments of an archive made into one: which of them, and
 * the writing of it.
 *
 * The sources must not change meanwhile; they are read with handles of their
 * own.  To publish the one and drop the others is the caller's.
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

/* A merge of some of these segments of the archive at `archive`, after which at
 * most `most` remain; NULL: they are few enough. */
struct merge *merge_new(const char *archive, const struct segment *segments,
                        size_t count, size_t most);
/* Waits for what merge_start() began. */
void merge_free(struct merge *merge);

/* Write the segment, whose directory `path` does not exist yet and is the
 * merge's to free: here and now, or in a thread.  False where there is none. */
void merge_run(struct merge *merge, char *path);
bool merge_start(struct merge *merge, char *path);

/* Whether what was started need not be waited for. */
bool merge_is_finished(const struct merge *merge);

/* Whether the merge (NULL is fine) reads a segment that the journal is about
 * to change or to drop. */
bool merge_reads(const struct merge *merge, const struct journal *journal);

/* Wait for it and tell what is to be published, valid until merge_free().
 * After a failure, remains of the segment may be there. */
enum status merge_wait(struct merge *merge, struct archive_change *out,
                       struct error *err);

#endif

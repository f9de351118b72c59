/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * copies.h - the published copies of articles that are about to be replaced.
 */
#ifndef NEWS_NEWSDB_COPIES_H
#define NEWS_NEWSDB_COPIES_H

#include "newsdb/archive.h"
#include "newsdb/journal.h"

/* Add to the journal each document of the segment, below the archive at
 * `path`, that carries one of the change's identity terms. */
enum status copies_find(struct journal *journal, const char *path,
                        const struct segment *segment,
                        const struct archive_change *change, struct error *err);

#endif

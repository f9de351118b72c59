/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * copies.h - the published copies of articles that are about to be replaced.
 */
#ifndef NEWS_NEWSDB_COPIES_H
#define NEWS_NEWSDB_COPIES_H

#include "newsdb/archive.h"
#include "newsdb/journal.h"

/* The identity terms of a change, borrowed from it: ascending, each once. */
struct copies {
    struct span *terms;
    size_t count;
};

void copies_begin(struct copies *out, const struct archive_change *change);
void copies_release(struct copies *copies);

/* Add to the journal each document of the segment, below the archive at
 * `path`, that carries one of the terms. */
enum status copies_find(struct journal *journal, const char *path,
                        const struct segment *segment,
                        const struct copies *copies, struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rewrite.h - articles of an archive indexed anew from what the archive
 * remembers of them.
 *
 * The corpora are not read.  The new copies go into one segment, which is
 * published together with the deletion of the old ones; until then nothing is
 * changed, and a rewriting that is abandoned leaves the archive as it was.  A
 * segment that does not read back is written again by the reference writer.
 *
 *     rewrite = rewrite_new(writer, db, &segment_writer_bulk, program);
 *     rewrite_article(rewrite, document, change, payload, err);   each once
 *     rewrite_publish(rewrite, &count, err);
 *     rewrite_free(rewrite);
 */
#ifndef NEWS_INDEXER_REWRITE_H
#define NEWS_INDEXER_REWRITE_H

#include "indexer/segment_writer.h"
#include "newsdb/archive.h"
#include "newsdb/record.h"

enum { REWRITE_MEMORY = 256 * 1024 * 1024 }; /* bytes for the new segment */

struct rewrite;

/* `db` is the archive as the writer sees it; `program` begins what is said on
 * stderr.  All must outlive the rewrite. */
struct rewrite *rewrite_new(struct archive_writer *writer,
                            const struct xap_db *db,
                            const struct segment_writer_class *class,
                            const char *program);
void rewrite_free(struct rewrite *rewrite); /* NULL is fine */

/* Change a record; false: it is right as it is.  What is new lives in
 * `memory`. */
typedef bool rewrite_change(void *payload, struct record *record,
                            struct arena *memory);

/* Have one article changed; none may be given twice.  `change` may be asked
 * again until rewrite_publish(), and says the same then. */
enum status rewrite_article(struct rewrite *rewrite, uint32_t document,
                            rewrite_change *change, void *payload,
                            struct error *err);

/* Make all changes visible; `*count` is the number of articles changed. */
enum status rewrite_publish(struct rewrite *rewrite, uint64_t *count,
                            struct error *err);

#endif

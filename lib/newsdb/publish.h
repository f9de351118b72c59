/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * publish.h - a change of an archive's list made durable and visible.
 */
#ifndef NEWS_NEWSDB_PUBLISH_H
#define NEWS_NEWSDB_PUBLISH_H

#include "newsdb/archive.h"

/* What archive_writer_publish() promises, at once: where the change deletes
 * articles of segments that the writer's merge reads, nothing is done, and
 * `*waits` is true. */
enum status publish(struct archive_writer *writer,
                    const struct archive_change *change, uint64_t *deleted,
                    bool *waits, struct error *err);

#endif

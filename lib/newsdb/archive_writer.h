/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive_writer.h - what the writer of an archive has in hand, for those who
 * are one together: archive_writer.c opens it, publish.c changes the list,
 * archive_merge.c makes few segments of many.  Each calls those before it.
 *
 * All of it is the thread's that opened the writer, but for the next number.
 */
#ifndef NEWS_NEWSDB_ARCHIVE_WRITER_H
#define NEWS_NEWSDB_ARCHIVE_WRITER_H

#include <pthread.h>

#include "newsdb/archive.h"
#include "newsdb/stub.h"

struct archive_writer {
    char *path;
    int lock;
    struct stub stub;         /* as published */
    struct segment *segments; /* of the stub, in its order */
    bool unsettled;           /* a publication failed: ask the disk how far */
    struct merge *merge;      /* in the background, or NULL */
    struct error merge_err;   /* of one that failed, until it is told */
    pthread_mutex_t mutex;    /* for the next */
    unsigned next_number;
};

/* Look at the segments of the list; what cannot be opened ends it. */
enum status archive_writer_load(struct archive_writer *writer,
                                struct error *err);
void archive_writer_forget(struct archive_writer *writer);

/* Complete the publication that the journal tells of, or forget it. */
enum status archive_writer_recover(struct archive_writer *writer,
                                   struct error *err);

/* Append what a segment of the list notes of its inputs. */
enum status archive_writer_add_inputs(const struct archive_writer *writer,
                                      struct segment_inputs *out,
                                      const char *name, struct error *err);

#endif

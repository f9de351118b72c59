/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * archive.h - an archive on disk: a list of segments that is itself a Xapian
 * database.
 *
 *     ARCHIVE/XAPIANDB          the list of segments, a stub database file: the
 *                               only mutable truth, replaced by rename(2)
 *     ARCHIVE/segments/000042/  an ordinary glass database
 *     ARCHIVE/lock              held by the one writer (fcntl)
 *     ARCHIVE/journal           while a publication is being completed
 *
 * A writer never changes the postings a reader walks: it builds new segment
 * directories, makes them durable and publishes them by replacing XAPIANDB.  A
 * crash before that loses only unpublished work; the next writer removes
 * segments that nothing lists.  Old copies of replaced articles are deleted
 * from older segments after the publication, listed beforehand in the
 * journal; a writer that finds a journal completes it, and to readers its
 * articles are hidden already (xap_db_hide()).
 *
 * What is known about a segment is user metadata inside it (segment.h).
 */
#ifndef NEWS_NEWSDB_ARCHIVE_H
#define NEWS_NEWSDB_ARCHIVE_H

#include "newsdb/segment.h"
#include "xapian-c/xapian-c.h"

/* The archive that is meant where none is named: $NEWS_ARCHIVE, else
 * ${XDG_DATA_HOME:-$HOME/.local/share}/news-archive.  The caller frees it. */
char *archive_default_path(void);

/* ---- Reading ---------------------------------------------------------- */

struct archive;

/* NOT_FOUND where there is none (the message says how to make one), MISMATCH
 * where its schema is another, BAD_FORMAT where the path is something else. */
enum status archive_open(struct archive **out, const char *path,
                         struct error *err);
void archive_close(struct archive *archive); /* NULL is fine */

/* Before HOST:PORT of an archive that xapian-tcpsrv(1) serves on another
 * machine; other places are directories. */
#define ARCHIVE_REMOTE "tcp:"

struct archive_settings {
    bool partial;        /* go on without machines that do not answer */
    unsigned timeout_ms; /* for each of their answers */
};
enum { ARCHIVE_TIMEOUT_MS = 10000 };

/*
 * Several archives that are asked as one.  `settings` may be NULL: every
 * machine must answer, within ARCHIVE_TIMEOUT_MS.  Fails as archive_open()
 * does, and with UNREACHABLE.
 */
enum status archive_open_all(struct archive **out, const char *const *places,
                             size_t count,
                             const struct archive_settings *settings,
                             struct error *err);

/* After a question failed as UNREACHABLE: name the machine that is gone. */
void archive_blame(const struct archive *archive, struct error *err);

/* "HOST:PORT" of the machines that are left out; valid as the db is. */
size_t archive_missing_count(const struct archive *archive);
const char *archive_missing(const struct archive *archive, size_t i);

/* Everything that newsq does goes through this; valid until archive_close()
 * or archive_refresh(). */
const struct xap_db *archive_db(const struct archive *archive);

/* Move to what is published now, or before a question.  After a failure the
 * archive is what it was. */
enum status archive_refresh(struct archive *archive, struct error *err);

/* Whether a question that failed so is worth asking again once the archive is
 * refreshed: it moved, or a machine that may be left out is gone. */
bool archive_moved(const struct archive *archive, enum status rc);

/* Ask something of the archive; where it moves meanwhile, refresh it and ask
 * again, up to ARCHIVE_TRIES times more.  What a try that failed left behind
 * is for the next one to clear away. */
enum { ARCHIVE_TRIES = 3 };
typedef enum status archive_question(void *payload);
enum status archive_ask(struct archive *archive, archive_question *ask,
                        void *payload, struct error *err);

/* The local segments in the order of the lists; valid as the db is. */
size_t archive_segment_count(const struct archive *archive);
const struct segment *archive_segment(const struct archive *archive, size_t i);

/* ---- Writing ---------------------------------------------------------- */

struct archive_writer;

/*
 * Take the lock, create the archive where there is none, complete or undo what
 * an earlier writer left.  LOCKED where another writer is at work for longer
 * than `wait_seconds` (the message has its process number).
 */
enum status archive_writer_open(struct archive_writer **out, const char *path,
                                unsigned wait_seconds, struct error *err);
void archive_writer_close(struct archive_writer *writer); /* NULL is fine */

/* The published segments; valid until the next publication, none after one
 * that failed. */
size_t archive_writer_segment_count(const struct archive_writer *writer);
const struct segment *archive_writer_segment(
    const struct archive_writer *writer, size_t i);

/* The inputs of all published segments, sorted out (segment.h); the caller
 * releases them. */
enum status archive_writer_inputs(const struct archive_writer *writer,
                                  struct segment_inputs *out,
                                  struct error *err);

/* The path of a segment directory that does not exist yet; the caller frees
 * it.  Thread-safe. */
char *archive_writer_new_segment(struct archive_writer *writer);

/* Remove a segment that was not published, as after a failure; one that was
 * stays. */
void archive_writer_discard(struct archive_writer *writer, const char *path);

/* What one publication changes. */
struct archive_change {
    char *const *added; /* paths of finished segment directories */
    size_t added_count;
    bool complete; /* they have their columns (column.h) and are durable */
    const char *const *dropped; /* names of published segments to forget */
    size_t dropped_count;
    /* Terms of articles that the added segments replace or that are to be
     * removed: every published document with one of them is deleted, but not
     * those in the added segments. */
    const struct span *identities;
    size_t identity_count;
};

/*
 * Make the change durable and visible: all of it, whatever happens, once
 * XAPIANDB is replaced.  Added segments are synced here.  `*deleted` (may be
 * NULL) is the number of old documents that went.  After a failure the change
 * may be visible or not; the next publication or the next writer completes or
 * forgets it as a whole.
 */
enum status archive_writer_publish(struct archive_writer *writer,
                                   const struct archive_change *change,
                                   uint64_t *deleted, struct error *err);

/*
 * Merge segments so that a reader opens at most ARCHIVE_SEGMENTS_MAX (a million
 * articles are written as some ten, so small ones find room beside them), no
 * more than that takes (merge.h); or all into one where `all` is true.
 * Published as any change.  Where merging fails, here or before in the
 * background, what was published is there as it was.
 */
enum { ARCHIVE_SEGMENTS_MAX = 16 };
enum status archive_writer_merge(struct archive_writer *writer, bool all,
                                 struct error *err);

/*
 * The same while the caller goes on, so that there is room for `more` segments
 * soon: publish what an earlier call began where that is finished, and begin
 * what is next, one at a time.  A thread reads segments that stay published
 * and writes one that is not yet; all else is done by the caller's thread, in
 * the functions of the writer.  A publication that deletes articles of the
 * segments in question waits until they are merged, any other does not.
 * archive_writer_merge() waits too; archive_writer_close() does, and forgets.
 */
enum status archive_writer_merge_beside(struct archive_writer *writer,
                                        size_t more, struct error *err);

#endif

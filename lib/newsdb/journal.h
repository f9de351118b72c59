/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * journal.h - ARCHIVE/journal, what a publication has still to do once it is
 * visible: deletions from older segments.
 *
 * Text lines: "add NAME" for each segment that the publication adds to the
 * list, "drop NAME" for each that it takes from it, "delete NAME DOCUMENT" for
 * each document that it replaces.  A list that has all of the first and none of
 * the second is that of a publication that happened; its deletions may be done
 * again without harm.  A publication that only deletes leaves the list as it
 * is: it happened when its journal was written.
 */
#ifndef NEWS_NEWSDB_JOURNAL_H
#define NEWS_NEWSDB_JOURNAL_H

#include "newsdb/stub.h"

struct journal_deletion {
    const char *segment; /* borrowed from `names` */
    uint32_t document;
};

struct journal {
    struct name_list added, dropped;
    struct name_list names;             /* the segments that deletions are in */
    struct journal_deletion *deletions; /* grouped by segment */
    size_t count, capacity;
};

#define JOURNAL_INIT                                               \
    {                                                              \
        { NULL, 0, 0 }, { NULL, 0, 0 }, { NULL, 0, 0 }, NULL, 0, 0 \
    }

void journal_add(struct journal *journal, const char *segment,
                 uint32_t document);
void journal_release(struct journal *journal);

/* NOT_FOUND where there is no journal. */
enum status journal_read(struct journal *out, const char *path,
                         struct error *err);
enum status journal_write(const struct journal *journal, const char *path,
                          struct error *err);
enum status journal_remove(const char *path, struct error *err);

/* Whether the journal's publication is visible in the list. */
bool journal_happened(const struct journal *journal, const struct stub *stub);

/* Delete the documents from the segments below `path`; segments that are gone
 * are passed over. */
enum status journal_carry_out(const struct journal *journal, const char *path,
                              struct error *err);

#endif

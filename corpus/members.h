/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * members.h - what one file holds: itself, or the members of the archive that
 * it is, and of archives in that, one level down.
 *
 * A member's path is "archive!member", its path below the collection
 * "archive/member" without ".." and leading slashes.  Members that begin with a
 * dot and papers (walk.h) are passed over.
 */
#ifndef NEWS_CORPUS_MEMBERS_H
#define NEWS_CORPUS_MEMBERS_H

#include "corpus/source.h"
#include "corpus/walk.h"

enum {
    MEMBERS_DEPTH_MAX = 2,   /* archives in one another */
    MEMBERS_MAX = 10000000,  /* members of one file */
    MEMBERS_NAME_MAX = 4096, /* bytes of a member's name */
};

struct members;

/* NOT_FOUND, IO, BAD_FORMAT. */
enum status members_open(struct members **out, const struct walk_entry *entry,
                         struct error *err);
void members_close(struct members *members); /* NULL is fine */

bool members_is_archive(const struct members *members);

/* The next file; the caller owns the source and reads it before the next call.
 * `entry` is valid until then.  END; TOO_BIG for a limit and CORRUPT for
 * damage, after which the rest of that archive is left alone. */
enum status members_next(struct members *members, struct walk_entry *entry,
                         struct source **source, struct error *err);

/* The file itself: what is read of it, its checksum and its damage.  Where it
 * is no archive, it is the source that was handed out. */
const struct source *members_file(const struct members *members);

/* Read to the end, where an archive ends before the file does. */
void members_finish(struct members *members);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_lists.h - what the user knows better: other spellings of names, and
 * words that are no names.
 *
 * An alias file has a line for each spelling, tabs between:
 *
 *     # variant     name              kind (person, org or place; may be left
 * out) Bob Iger      Robert A. Iger    person DoD           US Department of
 * Defense
 *
 * A stop list has a name a line, with or without a kind behind it.  Blank lines
 * and lines that begin with '#' are passed over.  Spellings are compared by
 * their keys (name_clean.h).  Where there is no kind, the line is for every
 * kind.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_LISTS_H
#define NEWS_INDEXER_NAMES_NAME_LISTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/name.h"

enum {
    NAME_LISTS_SIZE_MAX = 64 * 1024 * 1024, /* bytes of a file */
    NAME_LISTS_LINES_MAX = 1000000,
};

/* Where a key leads to, for each kind; `form.size` is 0 where it does not. */
struct name_alias {
    struct span form, key;
};

struct name_lists; /* never changes while it is looked into */

struct name_lists *name_lists_new(void);
void name_lists_free(struct name_lists *lists); /* NULL is fine */

/* Read a file; of two lines for the same spelling the later holds.  BAD_FORMAT
 * names the line. */
enum status name_lists_add_aliases(struct name_lists *lists, const char *path,
                                   struct error *err);
enum status name_lists_add_stops(struct name_lists *lists, const char *path,
                                 struct error *err);

/* The same of a text that is in memory; `title` names it in messages. */
enum status name_lists_read_aliases(struct name_lists *lists, struct span text,
                                    const char *title, struct error *err);
enum status name_lists_read_stops(struct name_lists *lists, struct span text,
                                  const char *title, struct error *err);

/* Valid as long as the lists; empty where there is no alias. */
struct name_alias name_lists_alias(const struct name_lists *lists,
                                   enum name_kind kind, struct span key);
bool name_lists_stops(const struct name_lists *lists, enum name_kind kind,
                      struct span key);

/* Each spelling and each stopped name, by kind and key, until `visit` returns
 * false; in no order. */
void name_lists_each(const struct name_lists *lists,
                     bool (*visit)(void *payload, enum name_kind kind,
                                   struct span key),
                     void *payload);

/* The kind that "person", "org" or "place" says; false for others. */
bool name_kind_find(struct span word, enum name_kind *out);
const char *name_kind_name(enum name_kind kind);

#endif

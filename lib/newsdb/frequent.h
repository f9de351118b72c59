/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * frequent.h - which values of a field most articles of a segment have.
 *
 * Who counts the values of a hundred thousand articles need not look at each
 * of them: beginning with the values that most articles of the archive have,
 * he can stop where the next one has fewer articles in all than the last that
 * he would show has among his (Fagin, Lotem and Naor 2001, the threshold
 * algorithm).  A segment notes its most frequent values for that, as user
 * metadata:
 *
 *     news.frequent.FIELD.LEVEL   FIELD as in schema.h, LEVEL from 0
 *         number                  the last document number of the segment
 *         number                  articles that a value of no level so far has
 *                                 at most; 0: there is no other value
 *         string, number ...      terms without their prefix, and how many
 *                                 articles have them; most frequent first
 *
 * Articles are deleted from a segment, never added: the bound stays one.  Where
 * somebody else added some, the last document number tells.
 */
#ifndef NEWS_NEWSDB_FREQUENT_H
#define NEWS_NEWSDB_FREQUENT_H

#include "base/arena.h"
#include "newsdb/schema.h"
#include "xapian-c/xapian-c.h"

enum { FREQUENT_LEVELS = 4, FREQUENT_FIRST = 128 };

/* Terms in all levels up to this one: 128, 512, 2048, 8192. */
size_t frequent_level_end(unsigned level);

/* Note the values of a finished segment that is not published yet. */
enum status frequent_write(const char *directory, struct error *err);

struct frequent_term {
    struct span name;   /* without the prefix of the field's terms */
    uint64_t frequency; /* articles of the segment, or fewer by now */
};

struct frequent {
    bool known;     /* false: not noted, broken, or no longer true */
    uint64_t bound; /* as above */
    struct frequent_term *terms;
    size_t count;
};

/* One level of one part (xap_db_parts()) of a database, in the arena.  One
 * beyond the last is not known, and the bound of the last stays. */
enum status frequent_read(struct frequent *out, const struct xap_db *db,
                          size_t part, enum field_id field, unsigned level,
                          struct arena *memory, struct error *err);

#endif

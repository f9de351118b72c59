/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * terms.h - what an archive holds that begins with some letters: for
 * completion, and to see how a word or a name is written.
 *
 *     paki          words of the texts
 *     person:ki     words of the field, and whole values, as a question has
 *                   them: person:kirby, person:"kirby adams"
 */
#ifndef NEWS_SEARCH_TERMS_H
#define NEWS_SEARCH_TERMS_H

#include "base/arena.h"
#include "newsdb/schema.h"
#include "xapian-c/xapian-c.h"

enum {
    TERMS_LIMIT_MAX = 10000, /* of one answer */
};

struct term_count {
    struct span term; /* folded, as a question may have it */
    uint32_t count;   /* articles with it */
};

struct term_list {
    struct term_count *items; /* the most frequent first, then by name */
    size_t count;
    bool cut; /* there are more */
};

/* BAD_QUERY for a field without words or values, and for words without a
 * letter. */
enum status terms_find(struct term_list *out, const struct xap_db *db,
                       struct span prefix, size_t limit, struct arena *memory,
                       struct error *err);

/* Append as "text", "json" or "tsv"; USAGE for another. */
enum status terms_print(struct str *out, const struct term_list *list,
                        const char *format, struct error *err);

#endif

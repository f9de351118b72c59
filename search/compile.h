/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compile.h - a tree (query.h) into a question for libxapian.
 *
 * A word stands for its stems in the languages of the archive; patterns and
 * fuzzy words for the terms of the archive that they match, up to a limit that
 * the notes name when it is met.  Sentences and numbers of occurrences are not
 * in the index: the texts of articles that may answer are looked at.  A list of
 * words gives two questions: the
 * articles with all of them, and those with some.
 */
#ifndef NEWS_SEARCH_COMPILE_H
#define NEWS_SEARCH_COMPILE_H

#include "search/query.h"
#include "xapian-c/xapian-c.h"

enum {
    COMPILE_EXPANSIONS_MAX = 1000, /* terms of one pattern */
    COMPILE_LANGUAGES_MAX = 16,    /* of the archive; the most frequent */
    COMPILE_VERIFIED_MAX = 20000,  /* articles whose text is looked at for one
                                      w/s or atleastN(), the best first */
    COMPILE_VERIFIED_REMOTE_MAX = 2000, /* where another machine is asked too */
};

/* One item of the list at the root, to tell what a hit lacks. */
struct compiled_item {
    struct span label;  /* as typed */
    struct span *terms; /* any of them: the hit has it */
    size_t term_count;
};

struct compiled {
    struct xap_query *all;  /* articles with all the words */
    struct xap_query *some; /* with some of them; NULL where that is the same */
    struct compiled_item *items; /* of the list; none where `some` is NULL */
    size_t item_count;
    struct str notes;     /* limits that were met, a line each */
    struct arena *memory; /* borrowed: of items */
};

/* Compile for the archive `db`.  `tree` may be NULL: every article.  `filter`
 * may be NULL; it decides but does not weigh.  BAD_QUERY for what cannot be
 * asked; `*column` says where. */
enum status compile(struct compiled *out, const struct query_node *tree,
                    const struct query_node *filter, const struct xap_db *db,
                    struct arena *memory, uint32_t *column, struct error *err);
void compiled_release(struct compiled *compiled);

#endif

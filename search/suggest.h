/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * suggest.h - "did you mean": the question with its rare words replaced by
 * words of the archive that are written nearly so and are frequent.
 *
 * The words come from the fields that they are looked for in, so names are
 * corrected as names.
 */
#ifndef NEWS_SEARCH_SUGGEST_H
#define NEWS_SEARCH_SUGGEST_H

#include "search/query.h"
#include "xapian-c/xapian-c.h"

enum {
    SUGGEST_BELOW = 3,     /* answers with all the words: then it is time */
    SUGGEST_WORDS_MAX = 8, /* of a question that are looked at */
    SUGGEST_LETTERS_MIN = 4,
    SUGGEST_RARE = 1000, /* articles with a word that may be a mistake */
    SUGGEST_RARER = 10,  /* likewise, of two letters */
    SUGGEST_NAMED = 3,   /* in names of more articles it is no mistake */
    SUGGEST_TIMES = 20,  /* the other word must be more frequent */
    SUGGEST_NEAR = 5000, /* words of the archive that are compared */
};

/* Append the other question; nothing where there is none. */
enum status suggest(struct str *out, const struct xap_db *db,
                    struct span question, const struct query_node *tree,
                    struct arena *memory, struct error *err);

#endif

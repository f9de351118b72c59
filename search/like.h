/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * like.h - a question that articles like a given one answer: any of the words
 * and names that tell it from the others of the archive.
 *
 * A word is the better the more often it stands in the article and the fewer
 * articles have it (tf and idf).
 */
#ifndef NEWS_SEARCH_LIKE_H
#define NEWS_SEARCH_LIKE_H

#include "newsdb/record.h"
#include "search/query.h"
#include "xapian-c/xapian-c.h"

enum {
    LIKE_WORDS = 20,                  /* of the question, at most */
    LIKE_NAMES = 8,                   /* likewise */
    LIKE_TOKENS_MAX = 20000,          /* of the text that are looked at */
    LIKE_FILE_SIZE_MAX = 1024 * 1024, /* bytes */
};

/* The question in `*out`; NULL where the text has no word of the archive.  The
 * article itself is left out where the record has an id. */
enum status like_question(struct query_node **out, const struct record *record,
                          const struct xap_db *db, struct arena *memory,
                          struct error *err);

#endif

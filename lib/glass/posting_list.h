/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * posting_list.h - the documents that have one term, ascending, and how often
 * each has it.
 *
 * libxapian hands such a list out entry by entry through several virtual calls.
 * A question of frequent words goes over a million entries: here one takes some
 * two nanoseconds.
 *
 * What a list is made of is told in indexer/glass/glass_postlist.h.
 */
#ifndef NEWS_GLASS_POSTING_LIST_H
#define NEWS_GLASS_POSTING_LIST_H

#include "glass/glass_cursor.h"
#include "glass/glass_pack.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Behind every document. */
static const uint32_t POSTING_END = UINT32_MAX;

struct posting_list {
    uint32_t document; /* the one at hand, POSTING_END behind the last */
    uint32_t wdf;      /* how often it has the term; its length in the list of
                          document lengths */
    const unsigned char *at, *end; /* the rest of the chunk */
    uint32_t chunk_last;           /* document of it */
    bool is_last_chunk;
    struct glass_cursor *cursor;
    struct glass_key key; /* as far as all chunks have it but the first */
    size_t prefix;        /* bytes of that */
};

/* Stand at the first document of a term, or of all documents, in a postlist
 * table, which must live as long.  CORRUPT, IO, STALE; NULL then. */
enum status posting_list_new(struct posting_list **out,
                             const struct glass_table *table, struct span term,
                             struct error *err);
enum status posting_list_new_lengths(struct posting_list **out,
                                     const struct glass_table *table,
                                     struct error *err);
void posting_list_free(struct posting_list *list); /* NULL is fine */

/* To the next document; not at POSTING_END. */
enum status posting_list_next_far(struct posting_list *list, struct error *err);
static inline enum status posting_list_next(struct posting_list *list,
                                            struct error *err)
{
    const unsigned char *at = list->at;
    if (list->end - at >= 2 && !((at[0] | at[1]) & 0x80)) {
        list->document += (uint32_t)at[0] + 1;
        list->wdf = at[1];
        list->at = at + 2;
        return STATUS_OK;
    }
    return posting_list_next_far(list, err);
}

/* To the first document that is not before `wanted`. */
enum status posting_list_seek(struct posting_list *list, uint32_t wanted,
                              struct error *err);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_postlist.h - posting lists and document lengths, in the postlist
 * table.
 *
 * Keys of the table, in its order; a term's key never begins with 00 C0..E0,
 * because a 00 in a term is written as 00 FF:
 *
 *   00 C0 name                            user metadata: the tag is its value
 *   00 D0 uint_last(slot)                 statistics of a value slot \ see
 *   00 D8 uint(slot) sort_uint(document)  values                     / values.h
 *   00 E0                                 document lengths: first chunk
 *   00 E0 sort_uint(document)             document lengths: next chunks
 *   sort_str(term), without the last 00   postings: first chunk
 *   sort_str(term) sort_uint(document)    postings: next chunks
 *
 * A list is cut into chunks; the document in the key is the first one of its
 * chunk.  A chunk:
 *
 *   first chunk only: uint(documents) uint(occurrences) uint(first document -
 * 1) bool(last chunk), the character '0' or '1' uint(last document - first
 * document), both of this chunk uint(wdf) { uint(document - previous document -
 * 1) uint(wdf) }
 *
 * The list of document lengths has every document, a length for the wdf, and
 * zeros for the two totals.
 *
 * A chunk is as long as the rest of the open leaf lets it be without being cut
 * in two, so leaves are full and a reader needs one block for a chunk.
 */
#ifndef NEWS_GLASS_POSTLIST_H
#define NEWS_GLASS_POSTLIST_H

#include "indexer/glass/glass_btree.h"

struct glass_postlist;

struct glass_postlist *glass_postlist_new(struct glass_btree *table);
void glass_postlist_free(struct glass_postlist *list); /* NULL is fine */

/* Begin the list of a term, given as sort_str() without its end. */
void glass_postlist_begin(struct glass_postlist *list, struct span term,
                          uint32_t documents, uint32_t occurrences);
/* Begin the list of document lengths. */
void glass_postlist_begin_lengths(struct glass_postlist *list);

/* The next document, ascending. */
enum status glass_postlist_add(struct glass_postlist *list, uint32_t document,
                               uint32_t wdf, struct error *err);

/* Write the last chunk; at least one document was added. */
enum status glass_postlist_end(struct glass_postlist *list, struct error *err);

#endif

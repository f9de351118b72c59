/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_termlist.h - the terms of each document: the termlist table.
 *
 * libxapian needs them to delete and replace documents.  Key:
 * sort_uint(document); tag, compressed where that makes it smaller:
 *
 *   uint(document length) uint(number of terms)
 *   first term: length(1) bytes uint(wdf)
 *   next terms, in byte order, where `reuse` bytes are those of the term
 *   before, which has `p` of them:
 *     b(1) length(1) rest            where b = (wdf + 1) * (p + 1) + reuse fits
 *                                    in a byte: a reader sees that it is over p
 *     reuse(1) length(1) rest uint(wdf)      otherwise
 *
 * A document without terms has an empty tag.  A document with values has a
 * second entry; key: sort_uint(document) 00, tag: the slots that it uses,
 * uint(first slot) { uint(slot - previous slot - 1) }.
 */
#ifndef NEWS_GLASS_TERMLIST_H
#define NEWS_GLASS_TERMLIST_H

#include "indexer/glass/glass_btree.h"

struct glass_termlist;

enum status glass_termlist_open(struct glass_termlist **out,
                                const char *directory, struct error *err);

/* A document, ascending: begin it with its length and its number of terms, add
 * them in byte order, write it.  Each term stays where it is until the next
 * one, and eight bytes behind it may be read.  TOO_BIG where a list is over
 * GLASS_TAG_MAX: the document is not added then. */
void glass_termlist_begin(struct glass_termlist *list, uint32_t length,
                          uint32_t count);
void glass_termlist_add(struct glass_termlist *list, struct span term,
                        uint32_t wdf);
enum status glass_termlist_end(struct glass_termlist *list, uint32_t document,
                               struct error *err);

/* After its terms: the slots that the document uses, ascending. */
void glass_termlist_add_slot(struct glass_termlist *list, unsigned slot);
enum status glass_termlist_end_slots(struct glass_termlist *list,
                                     uint32_t document, struct error *err);

/* Bytes of the file so far, and of memory held. */
uint64_t glass_termlist_size(const struct glass_termlist *list);
uint64_t glass_termlist_held(const struct glass_termlist *list);

/* Close and free, whatever the status. */
enum status glass_termlist_finish(struct glass_termlist *list,
                                  struct glass_root *out, struct error *err);
void glass_termlist_abandon(struct glass_termlist *list); /* NULL is fine */

#endif

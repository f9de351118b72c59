/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_values.h - the values of documents, in the postlist table.
 *
 * The values of a slot are a list over the documents that have one, cut into
 * chunks (keys: glass_postlist.h).  A chunk:
 *
 *   str(value) { uint(document - previous document - 1) str(value) }
 *
 * and the statistics of the slot:
 *
 *   uint(number of values) str(lowest value) highest value
 *
 * The highest is left out where it is equal to the lowest.  Empty values are
 * not stored and not counted.  Which slots a document uses is in the termlist
 * table (glass_termlist.h).
 */
#ifndef NEWS_GLASS_VALUES_H
#define NEWS_GLASS_VALUES_H

#include "indexer/glass/glass_btree.h"

/* ---- Statistics, gathered while documents come ------------------------ */

struct glass_slots;

struct glass_slots *glass_slots_new(void);
void glass_slots_free(struct glass_slots *slots); /* NULL is fine */

/* Count a value, which is not empty. */
void glass_slots_count(struct glass_slots *slots, unsigned slot,
                       struct span value);
uint64_t glass_slots_held(const struct glass_slots *slots);
/* Write the statistics of all slots; nothing can be counted after that. */
enum status glass_slots_write(struct glass_slots *slots,
                              struct glass_btree *table, struct error *err);

/* ---- Values, slot by slot --------------------------------------------- */

/* What the keys of a slot's chunks begin with. */
void glass_value_key(struct glass_key *out, unsigned slot);

struct glass_value_list;

struct glass_value_list *glass_value_list_new(struct glass_btree *table);
void glass_value_list_free(struct glass_value_list *list); /* NULL is fine */

/* Begin the list of a slot, by glass_value_key(); add its values in ascending
 * order of documents; write the last chunk. */
void glass_value_list_begin(struct glass_value_list *list, struct span key);
enum status glass_value_list_add(struct glass_value_list *list,
                                 uint32_t document, struct span value,
                                 struct error *err);
enum status glass_value_list_end(struct glass_value_list *list,
                                 struct error *err);

#endif

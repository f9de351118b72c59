/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inverter.h - from documents to lists: for each term its documents.
 *
 * Holds what came since it was emptied last: a dictionary of terms (open
 * addressing by the hash that comes with each term) and a list for each, in
 * one pool.  The values of a slot and the lengths of all documents are lists
 * too, so that all that has to be turned round goes one way: when memory is
 * full, everything is walked in the order of the postlist table's keys and
 * written as a sorted run (runs.h).
 *
 * A list is a string of entries, documents ascending:
 *
 *   uint(document - previous document - 1)     before the first: document 0
 *   uint(wdf)
 *   uint(size) bytes         the term's positions, packed (glass_position.h);
 *                            the value
 */
#ifndef NEWS_GLASS_INVERTER_H
#define NEWS_GLASS_INVERTER_H

#include "glass/glass_pack.h"
#include "indexer/glass/byte_list.h"

/* Lives in the inverter's pool. */
struct inverter_term {
    struct byte_list list;
    uint32_t last_document;
    uint32_t document_count;
    uint32_t occurrences; /* sum of wdf */
    uint32_t gathered;    /* scratch of gather.c */
    uint32_t bucket;      /* not below that of any lower term */
    uint8_t size;
    char text[]; /* of the term, or the key of another list */
};

/* An item to be sorted by the text of its term. */
struct inverter_item {
    uint32_t term;
    uint32_t bucket; /* scratch of the sort */
    uint64_t order;
};

struct inverter_slot {
    uint32_t tag;  /* half of the hash */
    uint32_t term; /* 0: free */
};

struct inverter_values {
    unsigned slot;
    uint32_t term;
};

struct inverter {
    struct byte_pool pool;
    uint32_t epoch; /* of no other filling of any inverter; not 0 */
    struct inverter_slot *slots;
    size_t slot_count; /* a power of two */
    size_t term_count;
    uint32_t lengths; /* the list of document lengths; 0: none yet */
    struct inverter_values *values; /* ascending slots */
    size_t value_count, value_capacity;
    struct inverter_item *sorted;
    size_t sorted_count, sorted_at;
};

struct inverter *inverter_new(void);
void inverter_free(struct inverter *inverter); /* NULL is fine */

/* Forget everything but the memory of the pool. */
void inverter_clear(struct inverter *inverter);

/* Bytes of memory in use, with what a sort will take. */
uint64_t inverter_held(const struct inverter *inverter);

/* ---- Filling ---------------------------------------------------------- */

/* The number of a term, which is added where it is new; valid until
 * inverter_clear(), as long as `epoch` is the same. */
uint32_t inverter_look_up(struct inverter *inverter, struct span term,
                          uint64_t hash);

/* Fetch what a look-up of the hash, or a look at the term, will touch. */
static inline void inverter_fetch_slot(const struct inverter *inverter,
                                       uint64_t hash)
{
    __builtin_prefetch(&inverter->slots[hash & (inverter->slot_count - 1)]);
}

static inline void inverter_fetch_term(const struct inverter *inverter,
                                       uint32_t term)
{
    __builtin_prefetch(byte_pool_at(&inverter->pool, term));
}

/* Valid until the next call that adds. */
static inline struct inverter_term *inverter_at(const struct inverter *inverter,
                                                uint32_t term)
{
    return (struct inverter_term *)(void *)byte_pool_at(&inverter->pool, term);
}

/* Fetch what adding a posting to the term will touch. */
static inline void inverter_fetch_end(const struct inverter *inverter,
                                      uint32_t term)
{
    __builtin_prefetch(
        byte_pool_at(&inverter->pool, inverter_at(inverter, term)->list.at), 1);
}

/* Documents of a list ascend.  The sum of wdf of a term must stay within 32
 * bits. */
void inverter_add_posting(struct inverter *inverter, uint32_t term,
                          uint32_t document, uint32_t wdf,
                          struct span positions);
void inverter_add_length(struct inverter *inverter, uint32_t document,
                         uint32_t length);
void inverter_add_value(struct inverter *inverter, unsigned slot,
                        uint32_t document, struct span value);

/* ---- Order ------------------------------------------------------------ */

/* Sort items by the text of their terms, which are all different; `spare` is
 * room for as many. */
void inverter_sort_items(const struct inverter *inverter,
                         struct inverter_item *items,
                         struct inverter_item *spare, size_t count);

/* One list while they are walked in the order of their keys. */
struct inverter_list {
    struct glass_key key; /* of the postlist table: its first chunk */
    uint32_t document_count, occurrences;
    const struct byte_list *bytes;
};

/* Begin the walk; then nothing may be added before inverter_clear(). */
void inverter_sort(struct inverter *inverter);
bool inverter_next(struct inverter *inverter, struct inverter_list *out);

#endif

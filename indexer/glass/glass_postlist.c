/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_postlist.h"

#include <stdlib.h>

#include "base/memory.h"

enum {
    /* The most that can stand before the entries: five numbers of 32 bits,
     * one of them in the first chunk only, and the bool. */
    HEADER_MAX = 4 * 5 + 1,
    /* Less room than this in the open leaf is left alone. */
    ROOM_MIN = 100,
};

struct glass_postlist {
    struct glass_btree *table;
    struct glass_key key; /* what all chunks begin with */
    bool is_term;
    bool is_first; /* the chunk at hand */
    uint32_t documents, occurrences;
    uint32_t first, last; /* documents of the chunk; last 0: no chunk yet */
    size_t limit;         /* of the entries */
    char *end;            /* of the entries */
    char buffer[HEADER_MAX + GLASS_ITEM_MAX + 2 * GLASS_UINT_MAX];
};

struct glass_postlist *glass_postlist_new(struct glass_btree *table)
{
    struct glass_postlist *list = memory_new(1, sizeof(*list));
    list->table = table;
    return list;
}

void glass_postlist_free(struct glass_postlist *list)
{
    free(list);
}

static void begin(struct glass_postlist *list, struct span key, bool is_term)
{
    list->key.size = 0;
    glass_key_add(&list->key, key);
    list->is_term = is_term;
    list->is_first = true;
    list->last = 0;
}

void glass_postlist_begin(struct glass_postlist *list, struct span term,
                          uint32_t documents, uint32_t occurrences)
{
    begin(list, term, true);
    list->documents = documents;
    list->occurrences = occurrences;
}

void glass_postlist_begin_lengths(struct glass_postlist *list)
{
    begin(list, (struct span){ "\0\xE0", 2 }, false);
    list->documents = 0;
    list->occurrences = 0;
}

static char *entries(struct glass_postlist *list)
{
    return list->buffer + HEADER_MAX;
}

/* The key of the chunk that begins with list->first. */
static struct glass_key chunk_key(const struct glass_postlist *list)
{
    struct glass_key key;
    key.size = 0;
    glass_key_add(&key, glass_key_span(&list->key));
    if (list->is_first)
        return key;
    if (list->is_term)
        glass_key_add_byte(&key, 0);
    glass_key_add_sort_uint(&key, list->first);
    return key;
}

static void begin_chunk(struct glass_postlist *list, uint32_t document,
                        uint32_t wdf)
{
    list->first = list->last = document;
    struct glass_key key = chunk_key(list);
    size_t room = glass_btree_room(list->table, key.size);
    if (room < ROOM_MIN)
        room = glass_btree_room_max(key.size);
    list->limit = room - HEADER_MAX;
    list->end = glass_put_uint(entries(list), wdf);
}

static enum status write_chunk(struct glass_postlist *list, bool is_last,
                               struct error *err)
{
    char header[HEADER_MAX + GLASS_UINT_MAX];
    char *p = header;
    if (list->is_first) {
        p = glass_put_uint(p, list->documents);
        p = glass_put_uint(p, list->occurrences);
        p = glass_put_uint(p, list->first - 1);
    }
    *p++ = is_last ? '1' : '0';
    p = glass_put_uint(p, list->last - list->first);
    size_t size = (size_t)(p - header);
    char *start = entries(list) - size;
    memcpy(start, header, size);
    struct glass_key key = chunk_key(list);
    list->is_first = false;
    return glass_btree_add(list->table, glass_key_span(&key),
                           (struct span){ start, (size_t)(list->end - start) },
                           false, err);
}

enum status glass_postlist_add(struct glass_postlist *list, uint32_t document,
                               uint32_t wdf, struct error *err)
{
    if (list->last) {
        char *end = glass_put_uint(list->end, document - list->last - 1);
        end = glass_put_uint(end, wdf);
        if ((size_t)(end - entries(list)) <= list->limit) {
            list->end = end;
            list->last = document;
            return STATUS_OK;
        }
        enum status rc = write_chunk(list, false, err);
        if (rc)
            return rc;
    }
    begin_chunk(list, document, wdf);
    return STATUS_OK;
}

enum status glass_postlist_end(struct glass_postlist *list, struct error *err)
{
    return write_chunk(list, true, err);
}

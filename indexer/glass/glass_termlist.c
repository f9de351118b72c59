/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_termlist.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/pack.h"
#include "base/str.h"
#include "indexer/glass/glass_deflate.h"

enum {
    WORD = sizeof(uint64_t), /* bytes that are looked at together */
    /* Of one term at most. */
    TERM_ROOM = 2 + GLASS_TERM_MAX + GLASS_UINT_MAX + WORD,
    PACKED_WDF_MAX = 126,
    KEEP_SIZE = 1024 * 1024, /* a larger buffer is freed after use */
};

struct glass_termlist {
    struct glass_btree *table;
    struct glass_deflate *deflate;
    struct str tag;       /* of the document at hand */
    struct span previous; /* term, borrowed from the caller */
    int64_t last_slot;    /* -1: none */
};

enum status glass_termlist_open(struct glass_termlist **out,
                                const char *directory, struct error *err)
{
    *out = NULL;
    struct glass_btree *table;
    enum status rc = glass_btree_open(&table, directory, "termlist.glass", err);
    if (rc)
        return rc;
    struct glass_termlist *list = memory_new(1, sizeof(*list));
    list->table = table;
    list->deflate = glass_deflate_new();
    list->tag = (struct str)STR_INIT;
    *out = list;
    return STATUS_OK;
}

/* The str keeps its terminating zero only when a tag is complete. */
static char *tag_end(struct glass_termlist *list, size_t room)
{
    str_reserve(&list->tag, room);
    return list->tag.data + list->tag.size;
}

static void set_tag_end(struct glass_termlist *list, const char *end)
{
    list->tag.size = (size_t)(end - list->tag.data);
}

static void clear(struct glass_termlist *list)
{
    if (list->tag.capacity > KEEP_SIZE)
        str_release(&list->tag);
    list->tag.size = 0;
    list->previous = (struct span){ NULL, 0 };
    list->last_slot = -1;
}

void glass_termlist_begin(struct glass_termlist *list, uint32_t length,
                          uint32_t count)
{
    clear(list);
    if (!count)
        return;
    char *p = tag_end(list, 2 * GLASS_UINT_MAX);
    p = glass_put_uint(p, length);
    set_tag_end(list, glass_put_uint(p, count));
}

static size_t common_prefix(struct span a, struct span b)
{
    size_t most = a.size < b.size ? a.size : b.size;
    for (size_t i = 0; i < most; i += WORD) {
        uint64_t differ = unpack_64(a.data + i) ^ unpack_64(b.data + i);
        if (differ) {
            i += (size_t)__builtin_ctzll(differ) / 8;
            return i < most ? i : most;
        }
    }
    return most;
}

/* Also copies what stands behind the bytes, up to the end of a word. */
static void copy_words(char *to, const char *from, size_t size)
{
    for (size_t i = 0; i < size; i += WORD)
        memcpy(to + i, from + i, WORD);
}

void glass_termlist_add(struct glass_termlist *list, struct span term,
                        uint32_t wdf)
{
    char *p = tag_end(list, TERM_ROOM);
    bool first = !list->previous.size;
    size_t reuse = 0;
    bool packed = false;
    if (!first) {
        reuse = common_prefix(list->previous, term);
        size_t both = 0;
        if (wdf <= PACKED_WDF_MAX)
            both = (wdf + 1) * (list->previous.size + 1) + reuse;
        packed = wdf <= PACKED_WDF_MAX && both < 256;
        *p++ = (char)(packed ? both : reuse);
    }
    size_t rest = term.size - reuse;
    *p++ = (char)rest;
    copy_words(p, term.data + reuse, rest);
    p += rest;
    set_tag_end(list, packed ? p : glass_put_uint(p, wdf));
    list->previous = term;
}

enum status glass_termlist_end(struct glass_termlist *list, uint32_t document,
                               struct error *err)
{
    struct glass_key key;
    key.size = 0;
    glass_key_add_sort_uint(&key, document);
    bool compressed;
    struct span tag =
        glass_deflate_tag(list->deflate, str_span(&list->tag), &compressed);
    enum status rc = glass_btree_add(list->table, glass_key_span(&key), tag,
                                     compressed, err);
    clear(list);
    return rc;
}

void glass_termlist_add_slot(struct glass_termlist *list, unsigned slot)
{
    char *p = tag_end(list, GLASS_UINT_MAX);
    set_tag_end(list,
                glass_put_uint(p, (uint64_t)(slot - list->last_slot - 1)));
    list->last_slot = slot;
}

enum status glass_termlist_end_slots(struct glass_termlist *list,
                                     uint32_t document, struct error *err)
{
    struct glass_key key;
    key.size = 0;
    glass_key_add_sort_uint(&key, document);
    glass_key_add_byte(&key, 0);
    enum status rc = glass_btree_add(list->table, glass_key_span(&key),
                                     str_span(&list->tag), false, err);
    clear(list);
    return rc;
}

uint64_t glass_termlist_size(const struct glass_termlist *list)
{
    return glass_btree_size(list->table);
}

uint64_t glass_termlist_held(const struct glass_termlist *list)
{
    return glass_btree_held(list->table) + glass_deflate_held(list->deflate) +
           list->tag.capacity;
}

static void release(struct glass_termlist *list)
{
    glass_deflate_free(list->deflate);
    str_release(&list->tag);
    free(list);
}

enum status glass_termlist_finish(struct glass_termlist *list,
                                  struct glass_root *out, struct error *err)
{
    enum status rc = glass_btree_finish(list->table, out, err);
    release(list);
    return rc;
}

void glass_termlist_abandon(struct glass_termlist *list)
{
    if (!list)
        return;
    glass_btree_abandon(list->table);
    release(list);
}

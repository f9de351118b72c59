/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/posting_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pack.h"

static enum status say_damaged(struct error *err)
{
    return error_set(err, STATUS_CORRUPT,
                     "postlist table: a list of documents is damaged");
}

/* ---- Chunks ----------------------------------------------------------- */

static bool take_number(struct posting_list *list, uint64_t most, uint64_t *out)
{
    struct span rest = { (const char *)list->at,
                         (size_t)(list->end - list->at) };
    if (!unpack_number(&rest, out))
        return false;
    list->at = (const unsigned char *)rest.data;
    return *out <= most;
}

static void stand_behind(struct posting_list *list)
{
    list->document = POSTING_END;
    list->wdf = 0;
    list->at = list->end = NULL;
}

/* How many documents and occurrences there are in all, libxapian tells. */
static bool take_head(struct posting_list *list, uint64_t *first)
{
    uint64_t unused;
    if (!take_number(list, UINT32_MAX, &unused) ||
        !take_number(list, UINT64_MAX, &unused) ||
        !take_number(list, POSTING_END - 2, first))
        return false;
    ++*first;
    return true;
}

/* What stands before the second document of a chunk, whose first one is the
 * key's where it is not 0. */
static bool take_chunk(struct posting_list *list, uint64_t first)
{
    uint64_t before = list->document, more, wdf;
    if (!first && !take_head(list, &first))
        return false;
    if (first <= before || list->at == list->end)
        return false;
    unsigned char is_last = *list->at++;
    if ((is_last != '0' && is_last != '1') ||
        !take_number(list, POSTING_END - 1 - first, &more) ||
        !take_number(list, UINT32_MAX, &wdf))
        return false;
    list->is_last_chunk = is_last == '1';
    list->chunk_last = (uint32_t)(first + more);
    list->document = (uint32_t)first;
    list->wdf = (uint32_t)wdf;
    return true;
}

static enum status open_chunk(struct posting_list *list, uint64_t first,
                              struct error *err)
{
    struct span tag;
    enum status rc = glass_cursor_tag(list->cursor, &tag, err);
    if (rc)
        return rc;
    list->at = (const unsigned char *)tag.data;
    list->end = list->at + tag.size;
    return take_chunk(list, first) ? STATUS_OK : say_damaged(err);
}

/* Of the chunk that the cursor stands at; 0: it is the list's first one, whose
 * key does not tell. */
static bool parse_key(const struct posting_list *list, uint64_t *first)
{
    struct span key = glass_cursor_key(list->cursor);
    *first = 0;
    if (key.size < list->prefix)
        return true;
    return !memcmp(key.data, list->key.data, list->prefix) &&
           (key.size == list->prefix ||
            glass_parse_sort_uint(span_slice(key, list->prefix, key.size),
                                  first));
}

static enum status next_chunk(struct posting_list *list, struct error *err)
{
    uint64_t first;
    enum status rc = glass_cursor_next(list->cursor, err);
    if (rc == STATUS_END || (!rc && (!parse_key(list, &first) || !first)))
        return say_damaged(err);
    return rc ? rc : open_chunk(list, first, err);
}

/* To the last chunk that begins at or before a document behind the chunk at
 * hand; where that is this one, to the next. */
static enum status seek_chunk(struct posting_list *list, uint32_t document,
                              struct error *err)
{
    uint64_t first;
    list->key.size = list->prefix;
    glass_key_add_sort_uint(&list->key, document);
    struct span key = glass_key_span(&list->key);
    enum status rc = glass_cursor_floor(list->cursor, key, err);
    if (rc)
        return rc;
    if (!parse_key(list, &first))
        return say_damaged(err);
    return first > list->document ? open_chunk(list, first, err)
                                  : next_chunk(list, err);
}

/* ---- Documents -------------------------------------------------------- */

/* Of a key; without one there is no list. */
static enum status begin(struct posting_list **out,
                         const struct glass_table *table,
                         const struct glass_key *key, bool is_term,
                         struct error *err)
{
    struct posting_list *list = memory_new(1, sizeof(*list));
    *out = NULL;
    list->cursor = glass_cursor_new(table);
    list->key = *key;
    struct span first = glass_key_span(key);
    enum status rc = STATUS_END;
    if (first.size)
        rc = glass_cursor_ceiling(list->cursor, first, err);
    if (is_term)
        glass_key_add_byte(&list->key, 0);
    list->prefix = list->key.size;
    if (!rc && span_equal(glass_cursor_key(list->cursor), first))
        rc = open_chunk(list, 0, err);
    else if (!rc || rc == STATUS_END)
        stand_behind(list), rc = STATUS_OK;
    if (rc)
        posting_list_free(list);
    else
        *out = list;
    return rc;
}

enum status posting_list_new(struct posting_list **out,
                             const struct glass_table *table, struct span term,
                             struct error *err)
{
    struct glass_key key = { .size = 0 };
    if (glass_is_term(term))
        glass_key_add_sort_str(&key, term);
    return begin(out, table, &key, true, err);
}

enum status posting_list_new_lengths(struct posting_list **out,
                                     const struct glass_table *table,
                                     struct error *err)
{
    struct glass_key key = { .size = 0 };
    glass_key_add_byte(&key, 0x00);
    glass_key_add_byte(&key, 0xE0);
    return begin(out, table, &key, false, err);
}

void posting_list_free(struct posting_list *list)
{
    if (!list)
        return;
    glass_cursor_free(list->cursor);
    free(list);
}

enum status posting_list_next_far(struct posting_list *list, struct error *err)
{
    if (list->at < list->end) {
        uint64_t gap, wdf;
        if (!take_number(list, POSTING_END - 2 - list->document, &gap) ||
            !take_number(list, UINT32_MAX, &wdf))
            return say_damaged(err);
        list->document += (uint32_t)gap + 1;
        list->wdf = (uint32_t)wdf;
        return STATUS_OK;
    }
    if (list->document != list->chunk_last)
        return say_damaged(err);
    if (!list->is_last_chunk)
        return next_chunk(list, err);
    stand_behind(list);
    return STATUS_OK;
}

enum status posting_list_seek(struct posting_list *list, uint32_t wanted,
                              struct error *err)
{
    enum status rc = STATUS_OK;
    if (list->document >= wanted)
        return STATUS_OK;
    if (wanted > list->chunk_last) {
        if (list->is_last_chunk)
            stand_behind(list);
        else
            rc = seek_chunk(list, wanted, err);
    }
    while (!rc && list->document < wanted)
        rc = posting_list_next(list, err);
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/position_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/glass_pack.h"

enum {
    DOCUMENT_SIZE_MAX = 5, /* of a number as keys have it */
    NEAR = 4,              /* entries on are walked to */
};

/* Behind a zero byte of a term; no number begins with it. */
static const char ESCAPE = '\xFF';

struct position_list {
    struct position_cursor *cursor;
    struct glass_key key; /* of the last document asked for */
    size_t prefix;        /* bytes of it that are the term's */
    uint64_t document; /* that the cursor stands at; 0: it is before the first,
                          UINT64_MAX: behind the last */
    struct position_code code;
};

/* ---- Keys ------------------------------------------------------------- */

/* sort_uint(); false where that is no number, or not all of the bytes. */
static bool parse_document(struct span bytes, uint64_t *out)
{
    if (bytes.size < 2 || bytes.size > DOCUMENT_SIZE_MAX)
        return false;
    unsigned more = (unsigned)bytes.size - 2;
    unsigned char first = (unsigned char)bytes.data[0];
    unsigned char mask = (unsigned char)(0xFF >> (more + 1));
    if ((first | mask) != (unsigned char)(0xFF00 >> more | mask))
        return false;
    *out = first & mask;
    for (size_t i = 1; i < bytes.size; i++)
        *out = *out << 8 | (unsigned char)bytes.data[i];
    return *out <= UINT32_MAX;
}

/* ---- Documents -------------------------------------------------------- */

struct position_list *position_list_new(const struct position_table *table,
                                        struct span term)
{
    struct position_list *list = memory_new(1, sizeof(*list));
    list->cursor = position_cursor_new(table);
    if (!glass_is_term(term)) {
        list->document = UINT64_MAX;
        return list;
    }
    glass_key_add_sort_str(&list->key, term);
    glass_key_add_byte(&list->key, 0);
    list->prefix = list->key.size;
    return list;
}

void position_list_free(struct position_list *list)
{
    if (!list)
        return;
    position_cursor_free(list->cursor);
    free(list);
}

/* Which document the cursor stands at. */
static enum status look(struct position_list *list, struct error *err)
{
    struct span key = position_cursor_key(list->cursor);
    list->document = UINT64_MAX;
    if (key.size <= list->prefix ||
        memcmp(key.data, list->key.data, list->prefix) ||
        key.data[list->prefix] == ESCAPE) /* a longer term */
        return STATUS_OK;
    if (!parse_document(span_slice(key, list->prefix, key.size),
                        &list->document))
        return error_set(err, STATUS_CORRUPT,
                         "a key of the position table has no document");
    return STATUS_OK;
}

static enum status look_after(struct position_list *list, enum status moved,
                              struct error *err)
{
    if (moved != STATUS_END)
        return moved ? moved : look(list, err);
    list->document = UINT64_MAX;
    return STATUS_OK;
}

/* To the document or the next that there is. */
static enum status move(struct position_list *list, uint32_t document,
                        struct error *err)
{
    enum status rc = STATUS_OK;
    for (int i = 0;
         !rc && list->document && list->document < document && i < NEAR; i++)
        rc = look_after(list, position_cursor_next(list->cursor, err), err);
    if (rc || list->document >= document)
        return rc;
    list->key.size = list->prefix;
    glass_key_add_sort_uint(&list->key, document);
    return look_after(
        list,
        position_cursor_seek(list->cursor, glass_key_span(&list->key), err),
        err);
}

enum status position_list_seek(struct position_list *list, uint32_t document,
                               struct position_code **code, struct error *err)
{
    *code = &list->code;
    enum status rc = STATUS_OK;
    if (list->document < document)
        rc = move(list, document, err);
    if (rc || list->document != document) {
        position_code_none(&list->code);
        return rc;
    }
    struct span tag;
    rc = position_cursor_tag(list->cursor, &tag, err);
    if (rc)
        return rc;
    position_code_begin(&list->code, tag);
    return STATUS_OK;
}

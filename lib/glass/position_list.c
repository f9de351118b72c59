/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/position_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "glass/glass_cursor.h"
#include "glass/glass_pack.h"

enum { NEAR = 4 }; /* entries on are walked to */

struct position_list {
    struct glass_cursor *cursor;
    struct glass_key key; /* of the last document asked for */
    size_t prefix;        /* bytes of it that are the term's */
    uint64_t document; /* that the cursor stands at; 0: it is before the first,
                          UINT64_MAX: behind the last */
    struct position_code code;
};

/* ---- Documents -------------------------------------------------------- */

struct position_list *position_list_new(const struct glass_table *table,
                                        struct span term)
{
    struct position_list *list = memory_new(1, sizeof(*list));
    list->cursor = glass_cursor_new(table);
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
    glass_cursor_free(list->cursor);
    free(list);
}

/* Which document the cursor stands at. */
static enum status look(struct position_list *list, struct error *err)
{
    struct span key = glass_cursor_key(list->cursor);
    list->document = UINT64_MAX;
    if (key.size <= list->prefix ||
        memcmp(key.data, list->key.data, list->prefix) ||
        (unsigned char)key.data[list->prefix] ==
            GLASS_ESCAPE) /* a longer term */
        return STATUS_OK;
    if (!glass_parse_sort_uint(span_slice(key, list->prefix, key.size),
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
        rc = look_after(list, glass_cursor_next(list->cursor, err), err);
    if (rc || list->document >= document)
        return rc;
    list->key.size = list->prefix;
    glass_key_add_sort_uint(&list->key, document);
    return look_after(
        list,
        glass_cursor_ceiling(list->cursor, glass_key_span(&list->key), err),
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
    rc = glass_cursor_tag(list->cursor, &tag, err);
    if (rc)
        return rc;
    position_code_begin(&list->code, tag);
    return STATUS_OK;
}

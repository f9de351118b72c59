/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_values.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/pack.h"

/* ---- Statistics ------------------------------------------------------- */

struct slot {
    unsigned number;
    uint32_t count;
    struct str lowest, highest;
};

struct glass_slots {
    struct slot *items; /* ascending numbers */
    size_t count, capacity;
};

struct glass_slots *glass_slots_new(void)
{
    return memory_new(1, sizeof(struct glass_slots));
}

void glass_slots_free(struct glass_slots *slots)
{
    if (!slots)
        return;
    for (size_t i = 0; i < slots->count; i++) {
        str_release(&slots->items[i].lowest);
        str_release(&slots->items[i].highest);
    }
    free(slots->items);
    free(slots);
}

/* The first slot that is not below `number`. */
static size_t find_slot(const struct glass_slots *slots, unsigned number)
{
    size_t low = 0, high = slots->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slots->items[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct slot *slot_for(struct glass_slots *slots, unsigned number)
{
    size_t at = find_slot(slots, number);
    if (at < slots->count && slots->items[at].number == number)
        return &slots->items[at];
    MEMORY_GROW(slots->items, slots->count, slots->capacity);
    memmove(slots->items + at + 1, slots->items + at,
            (slots->count - at) * sizeof(*slots->items));
    slots->count++;
    slots->items[at] = (struct slot){ number, 0, STR_INIT, STR_INIT };
    return &slots->items[at];
}

static void replace(struct str *s, struct span bytes)
{
    str_clear(s);
    str_add(s, bytes);
}

void glass_slots_count(struct glass_slots *slots, unsigned slot,
                       struct span value)
{
    struct slot *s = slot_for(slots, slot);
    bool first = !s->count++;
    if (first || span_compare(value, str_span(&s->lowest)) < 0)
        replace(&s->lowest, value);
    if (first || span_compare(value, str_span(&s->highest)) > 0)
        replace(&s->highest, value);
}

uint64_t glass_slots_held(const struct glass_slots *slots)
{
    uint64_t held = slots->capacity * sizeof(*slots->items);
    for (size_t i = 0; i < slots->count; i++)
        held +=
            slots->items[i].lowest.capacity + slots->items[i].highest.capacity;
    return held;
}

static void statistics_key(struct glass_key *out, unsigned slot)
{
    out->size = 0;
    glass_key_add(out, (struct span){ "\0\xD0", 2 });
    glass_key_add_uint_last(out, slot);
}

/* Keys end in little-endian numbers: their order is not that of the slots. */
static int compare_keys(const void *a, const void *b)
{
    struct glass_key x, y;
    statistics_key(&x, ((const struct slot *)a)->number);
    statistics_key(&y, ((const struct slot *)b)->number);
    return span_compare(glass_key_span(&x), glass_key_span(&y));
}

enum status glass_slots_write(struct glass_slots *slots,
                              struct glass_btree *table, struct error *err)
{
    if (slots->count)
        qsort(slots->items, slots->count, sizeof(*slots->items), compare_keys);
    enum status rc = STATUS_OK;
    struct str tag = STR_INIT;
    for (size_t i = 0; !rc && i < slots->count; i++) {
        const struct slot *s = &slots->items[i];
        struct span lowest = str_span(&s->lowest);
        struct span highest = str_span(&s->highest);
        str_clear(&tag);
        pack_number(&tag, s->count);
        pack_string(&tag, lowest);
        if (!span_equal(lowest, highest))
            str_add(&tag, highest);
        struct glass_key key;
        statistics_key(&key, s->number);
        rc = glass_btree_add(table, glass_key_span(&key), str_span(&tag), false,
                             err);
    }
    str_release(&tag);
    return rc;
}

/* ---- Values ----------------------------------------------------------- */

enum { CHUNK_SIZE = 2000 }; /* begun anew when this is reached */

struct glass_value_list {
    struct glass_btree *table;
    struct glass_key key;
    uint32_t first, last; /* documents of the chunk; last 0: no chunk yet */
    struct str chunk;
};

void glass_value_key(struct glass_key *out, unsigned slot)
{
    out->size = 0;
    glass_key_add(out, (struct span){ "\0\xD8", 2 });
    glass_key_add_uint(out, slot);
}

struct glass_value_list *glass_value_list_new(struct glass_btree *table)
{
    struct glass_value_list *list = memory_new(1, sizeof(*list));
    list->table = table;
    list->chunk = (struct str)STR_INIT;
    return list;
}

void glass_value_list_free(struct glass_value_list *list)
{
    if (!list)
        return;
    str_release(&list->chunk);
    free(list);
}

void glass_value_list_begin(struct glass_value_list *list, struct span key)
{
    list->key.size = 0;
    glass_key_add(&list->key, key);
    list->last = 0;
}

enum status glass_value_list_end(struct glass_value_list *list,
                                 struct error *err)
{
    if (!list->last)
        return STATUS_OK;
    struct glass_key key;
    key.size = 0;
    glass_key_add(&key, glass_key_span(&list->key));
    glass_key_add_sort_uint(&key, list->first);
    list->last = 0;
    return glass_btree_add(list->table, glass_key_span(&key),
                           str_span(&list->chunk), false, err);
}

enum status glass_value_list_add(struct glass_value_list *list,
                                 uint32_t document, struct span value,
                                 struct error *err)
{
    if (list->last && list->chunk.size >= CHUNK_SIZE) {
        enum status rc = glass_value_list_end(list, err);
        if (rc)
            return rc;
    }
    if (list->last) {
        pack_number(&list->chunk, document - list->last - 1);
    } else {
        list->first = document;
        str_clear(&list->chunk);
    }
    pack_string(&list->chunk, value);
    list->last = document;
    return STATUS_OK;
}

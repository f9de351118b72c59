/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/inverter.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/large.h"
#include "base/memory.h"
#include "indexer/glass/glass_values.h"

enum {
    SLOTS_FIRST = 1 << 12,
    ORDER_BYTES = 7,     /* of a term that are compared at once */
    INSERTION_SIZE = 12, /* items that are sorted by insertion */
    LETTERS = 3,         /* of a term that its bucket is chosen by */
    LETTER_BITS = 5,
    LOW_BITS = 8, /* of a bucket's number, which are sorted by first */
    HIGH_BITS = 2 + LETTERS * LETTER_BITS - LOW_BITS,
};

/* Terms are told from nothing by their number: 0 is none.  After 2^32 fillings
 * by one process epochs begin again, with no note left of the first ones. */
static void begin_filling(struct inverter *inverter)
{
    static _Atomic uint32_t epochs;
    do
        inverter->epoch = ++epochs;
    while (!inverter->epoch);
    byte_pool_alloc(&inverter->pool, 4);
}

struct inverter *inverter_new(void)
{
    struct inverter *inverter = memory_new(1, sizeof(*inverter));
    begin_filling(inverter);
    LARGE_RESIZE(inverter->slots, inverter->slot_count, SLOTS_FIRST);
    return inverter;
}

void inverter_free(struct inverter *inverter)
{
    if (!inverter)
        return;
    byte_pool_release(&inverter->pool);
    LARGE_RESIZE(inverter->slots, inverter->slot_count, 0);
    free(inverter->values);
    free(inverter->sorted);
    free(inverter);
}

void inverter_clear(struct inverter *inverter)
{
    byte_pool_clear(&inverter->pool);
    begin_filling(inverter);
    memset(inverter->slots, 0, inverter->slot_count * sizeof(*inverter->slots));
    inverter->term_count = 0;
    inverter->lengths = 0;
    inverter->value_count = 0;
    free(inverter->sorted);
    inverter->sorted = NULL;
    inverter->sorted_count = 0;
}

uint64_t inverter_held(const struct inverter *inverter)
{
    return inverter->pool.used +
           inverter->slot_count * sizeof(*inverter->slots) +
           inverter->value_capacity * sizeof(*inverter->values) +
           2 * (inverter->term_count + inverter->value_count + 1) *
               sizeof(*inverter->sorted);
}

/* ---- The order of terms ------------------------------------------------ */

/* The bytes of a term from `depth` on as a number that orders as they do: the
 * next seven, and how many are left, so that an end comes before a zero. */
static uint64_t order_of(const struct inverter_term *term, size_t depth)
{
    const unsigned char *p = (const unsigned char *)term->text + depth;
    size_t left = term->size - depth;
    uint64_t bytes = (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 |
                     (uint64_t)p[2] << 40 | (uint64_t)p[3] << 32 |
                     (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
                     (uint64_t)p[6] << 8;
    if (left > ORDER_BYTES)
        return bytes | (ORDER_BYTES + 1);
    return (left ? bytes & ~UINT64_C(0) << (64 - 8 * left) : 0) | left;
}

/* The first letters of a term as a number that orders as they do, up to the
 * first byte that is none. */
static uint32_t letters_of(uint64_t order)
{
    uint32_t number = 0;
    for (int i = 0; i < LETTERS; i++, order <<= 8) {
        unsigned byte = (unsigned)(order >> 56);
        number <<= LETTER_BITS;
        if (byte >= 'a' && byte <= 'z')
            number |= byte - 'a' + 1;
        else
            return (number | (byte < 'a' ? 0 : 27))
                   << (LETTERS - 1 - i) * LETTER_BITS;
    }
    return number;
}

/* Where a term belongs.  Most terms are words and, behind a Z, their stems. */
static uint32_t bucket_of(uint64_t order)
{
    unsigned first = (unsigned)(order >> 56);
    uint32_t part = 1u << LETTERS * LETTER_BITS;
    if (first == 'Z')
        return part | letters_of(order << 8);
    if (first > 'Z')
        return 2 * part | letters_of(order);
    return (uint32_t)(order >> (64 - LETTERS * LETTER_BITS));
}

/* ---- Filling ---------------------------------------------------------- */

static uint32_t new_term(struct inverter *inverter, struct span text)
{
    uint32_t number = byte_pool_alloc(
        &inverter->pool, offsetof(struct inverter_term, text) + text.size);
    struct byte_list list = byte_list_new(&inverter->pool);
    struct inverter_term *term = inverter_at(inverter, number);
    *term = (struct inverter_term){ .list = list, .size = (uint8_t)text.size };
    memcpy(term->text, text.data, text.size);
    term->bucket = bucket_of(order_of(term, 0));
    return number;
}

static void grow_slots(struct inverter *inverter)
{
    struct inverter_slot *old = inverter->slots;
    size_t old_count = inverter->slot_count;
    inverter->slots = NULL;
    inverter->slot_count = 0;
    LARGE_RESIZE(inverter->slots, inverter->slot_count, old_count * 2);
    size_t mask = inverter->slot_count - 1;
    for (size_t i = 0; i < old_count; i++) {
        if (!old[i].term)
            continue;
        size_t at = old[i].tag & mask;
        while (inverter->slots[at].term)
            at = (at + 1) & mask;
        inverter->slots[at] = old[i];
    }
    LARGE_RESIZE(old, old_count, 0);
}

uint32_t inverter_look_up(struct inverter *inverter, struct span term,
                          uint64_t hash)
{
    uint32_t tag = (uint32_t)hash;
    size_t mask = inverter->slot_count - 1;
    size_t at = tag & mask;
    for (; inverter->slots[at].term; at = (at + 1) & mask) {
        if (inverter->slots[at].tag != tag)
            continue;
        const struct inverter_term *known =
            inverter_at(inverter, inverter->slots[at].term);
        if (known->size == term.size &&
            !memcmp(known->text, term.data, term.size))
            return inverter->slots[at].term;
    }
    uint32_t number = new_term(inverter, term);
    inverter->slots[at] = (struct inverter_slot){ tag, number };
    inverter->term_count++;
    if (inverter->term_count > inverter->slot_count / 3 * 2)
        grow_slots(inverter);
    return number;
}

/* An entry that goes over the end of the list's last chunk. */
static void add_entry(struct inverter *inverter, uint32_t term,
                      struct span numbers, struct span bytes)
{
    struct byte_list list = inverter_at(inverter, term)->list;
    byte_list_add(&list, &inverter->pool, numbers);
    byte_list_add(&list, &inverter->pool, bytes);
    inverter_at(inverter, term)->list = list;
}

void inverter_add_posting(struct inverter *inverter, uint32_t term,
                          uint32_t document, uint32_t wdf, struct span bytes)
{
    struct inverter_term *known = inverter_at(inverter, term);
    uint32_t gap = document - known->last_document - 1;
    known->last_document = document;
    known->document_count++;
    known->occurrences += wdf;
    char numbers[3 * GLASS_UINT_MAX];
    char *end = glass_put_uint(numbers, gap);
    end = glass_put_uint(glass_put_uint(end, wdf), bytes.size);
    size_t size = (size_t)(end - numbers);
    struct byte_list *list = &known->list;
    if (list->end - list->at < size + bytes.size) {
        add_entry(inverter, term, (struct span){ numbers, size }, bytes);
        return;
    }
    char *to = byte_pool_at(&inverter->pool, list->at);
    memcpy(to, numbers, size);
    if (bytes.size)
        memcpy(to + size, bytes.data, bytes.size);
    list->at += (uint32_t)(size + bytes.size);
}

void inverter_add_length(struct inverter *inverter, uint32_t document,
                         uint32_t length)
{
    if (!inverter->lengths)
        inverter->lengths = new_term(inverter, (struct span){ "\0\xE0", 2 });
    inverter_add_posting(inverter, inverter->lengths, document, length,
                         (struct span){ NULL, 0 });
}

/* The list of a slot; slots that are not there yet are put in order. */
static uint32_t values_of(struct inverter *inverter, unsigned slot)
{
    size_t low = 0, high = inverter->value_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (inverter->values[middle].slot < slot)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < inverter->value_count && inverter->values[low].slot == slot)
        return inverter->values[low].term;
    MEMORY_GROW(inverter->values, inverter->value_count,
                inverter->value_capacity);
    memmove(inverter->values + low + 1, inverter->values + low,
            (inverter->value_count - low) * sizeof(*inverter->values));
    inverter->value_count++;
    struct glass_key key;
    glass_value_key(&key, slot);
    uint32_t term = new_term(inverter, glass_key_span(&key));
    inverter->values[low] = (struct inverter_values){ slot, term };
    return term;
}

void inverter_add_value(struct inverter *inverter, unsigned slot,
                        uint32_t document, struct span value)
{
    inverter_add_posting(inverter, values_of(inverter, slot), document, 0,
                         value);
}

/* ---- Order ------------------------------------------------------------ */

static bool goes_on(uint64_t order)
{
    return (order & 0xFF) == ORDER_BYTES + 1;
}

static void set_orders(const struct inverter *inverter,
                       struct inverter_item *items, size_t count, size_t depth)
{
    for (size_t i = 0; i < count; i++)
        items[i].order = order_of(inverter_at(inverter, items[i].term), depth);
}

static bool is_below(const struct inverter *inverter,
                     const struct inverter_item *a,
                     const struct inverter_item *b, size_t depth)
{
    if (a->order != b->order)
        return a->order < b->order;
    if (!goes_on(a->order))
        return false;
    depth += ORDER_BYTES;
    const struct inverter_term *x = inverter_at(inverter, a->term);
    const struct inverter_term *y = inverter_at(inverter, b->term);
    return span_compare((struct span){ x->text + depth, x->size - depth },
                        (struct span){ y->text + depth, y->size - depth }) < 0;
}

static void insertion_sort(const struct inverter *inverter,
                           struct inverter_item *items, size_t count,
                           size_t depth)
{
    for (size_t i = 1; i < count; i++) {
        struct inverter_item item = items[i];
        size_t at = i;
        for (; at && is_below(inverter, &item, &items[at - 1], depth); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static uint64_t median(uint64_t a, uint64_t b, uint64_t c)
{
    if (a > b) {
        uint64_t t = a;
        a = b;
        b = t;
    }
    return c < a ? a : c > b ? b : c;
}

/* Bring the items whose order is below `limit` to the front: how many there
 * are.  Without a branch that depends on the data, which would be guessed
 * wrong half of the time. */
static size_t partition(struct inverter_item *items, size_t count,
                        uint64_t limit)
{
    size_t front = 0;
    for (size_t i = 0; i < count; i++) {
        struct inverter_item item = items[i];
        items[i] = items[front];
        items[front] = item;
        front += item.order < limit;
    }
    return front;
}

/* Multikey quicksort (Bentley and Sedgewick 1997), seven bytes at a time,
 * which are kept with the items: a term is visited once for each seven. */
static void sort(const struct inverter *inverter, struct inverter_item *items,
                 size_t count, size_t depth)
{
    while (count > INSERTION_SIZE) {
        uint64_t pivot = median(items[count / 7].order, items[count / 2].order,
                                items[count - 1 - count / 7].order);
        size_t low = partition(items, count, pivot);
        if (!low) {
            /* The pivot is the lowest: all that are equal to it go on with
             * their next bytes. */
            low = partition(items, count, pivot + 1);
            if (goes_on(pivot)) {
                set_orders(inverter, items, low, depth + ORDER_BYTES);
                sort(inverter, items, low, depth + ORDER_BYTES);
            }
            items += low;
            count -= low;
        } else if (low < count - low) {
            /* The shorter side by recursion: the stack stays small. */
            sort(inverter, items, low, depth);
            items += low;
            count -= low;
        } else {
            sort(inverter, items + low, count - low, depth);
            count = low;
        }
    }
    insertion_sort(inverter, items, count, depth);
}

/* Counting sort by `bits` bits of the buckets' numbers. */
static void spread(struct inverter_item *to, const struct inverter_item *from,
                   size_t count, unsigned shift, unsigned bits)
{
    size_t starts[1 << HIGH_BITS] = { 0 };
    uint32_t mask = (1u << bits) - 1;
    for (size_t i = 0; i < count; i++)
        starts[from[i].bucket >> shift & mask]++;
    size_t at = 0;
    for (uint32_t i = 0; i <= mask; i++) {
        size_t next = at + starts[i];
        starts[i] = at;
        at = next;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].bucket >> shift & mask]++] = from[i];
}

void inverter_sort_items(const struct inverter *inverter,
                         struct inverter_item *items,
                         struct inverter_item *spare, size_t count)
{
    for (size_t i = 0; i < count; i++)
        items[i].bucket = inverter_at(inverter, items[i].term)->bucket;
    spread(spare, items, count, 0, LOW_BITS);
    spread(items, spare, count, LOW_BITS, HIGH_BITS);
    for (size_t at = 0, end; at < count; at = end) {
        for (end = at + 1; end < count; end++)
            if (items[end].bucket != items[at].bucket)
                break;
        if (end - at == 1)
            continue;
        set_orders(inverter, items + at, end - at, 0);
        sort(inverter, items + at, end - at, 0);
    }
}

void inverter_sort(struct inverter *inverter)
{
    size_t others = inverter->value_count + (inverter->lengths ? 1 : 0);
    size_t all = others + inverter->term_count;
    struct inverter_item *items = memory_resize(NULL, all, sizeof(*items));
    struct inverter_item *spare = memory_resize(NULL, all, sizeof(*spare));
    size_t count = 0;
    for (size_t i = 0; i < inverter->value_count; i++)
        items[count++].term = inverter->values[i].term;
    if (inverter->lengths)
        items[count++].term = inverter->lengths;
    for (size_t i = 0; i < inverter->slot_count; i++)
        if (inverter->slots[i].term)
            items[count++].term = inverter->slots[i].term;
    /* The keys of the other lists are below those of all terms. */
    inverter_sort_items(inverter, items, spare, others);
    inverter_sort_items(inverter, items + others, spare, count - others);
    free(spare);
    free(inverter->sorted);
    inverter->sorted = items;
    inverter->sorted_count = count;
    inverter->sorted_at = 0;
}

bool inverter_next(struct inverter *inverter, struct inverter_list *out)
{
    if (inverter->sorted_at == inverter->sorted_count)
        return false;
    size_t at = inverter->sorted_at++;
    size_t others = inverter->sorted_count - inverter->term_count;
    const struct inverter_term *term =
        inverter_at(inverter, inverter->sorted[at].term);
    struct span text = { term->text, term->size };
    out->key.size = 0;
    if (at < others)
        glass_key_add(&out->key, text);
    else
        glass_key_add_sort_str(&out->key, text);
    out->document_count = term->document_count;
    out->occurrences = term->occurrences;
    out->bytes = &term->list;
    return true;
}

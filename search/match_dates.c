/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/match_dates.h"

#include "search/match_units.h"

enum { DATE_UNIT = MATCH_UNITS_MAX - 1 };

/* Whether the tree asks for what lies within the days, and not to be without
 * it. */
static bool asks_for(const struct query_node *node, int32_t first, int32_t last)
{
    if (!node || node->mark == QUERY_MINUS)
        return false;
    if (node->kind == QUERY_DATE)
        return node->field == FIELD_ABOUT && node->first_day <= first &&
               last <= node->last_day;
    size_t count = node->kind == QUERY_NOT ? 1 : node->part_count;
    for (size_t i = 0; i < count; i++)
        if (asks_for(node->parts[i], first, last))
            return true;
    return false;
}

static uint32_t end_of(const struct found *found)
{
    return found->offset + found->size;
}

/* Put a place among the others; where it overlaps one it is marked already. */
static void put(struct found_list *list, struct found found)
{
    size_t at = list->count;
    while (at && list->items[at - 1].offset > found.offset)
        at--;
    if ((at && end_of(&list->items[at - 1]) > found.offset) ||
        (at < list->count && list->items[at].offset < end_of(&found)))
        return;
    for (size_t i = list->count++; i > at; i--)
        list->items[i] = list->items[i - 1];
    list->items[at] = found;
}

void match_dates(struct found_list *found, const struct query_node *tree,
                 const struct query_node *filter, const struct record *record,
                 struct arena *memory)
{
    struct found_list all = { NULL, 0 };
    for (size_t i = 0; i < record->date_count; i++) {
        const struct mentioned_date *mention = &record->dates[i];
        int32_t first = mention->date.day, last = date_last_day(mention->date);
        if (!asks_for(tree, first, last) && !asks_for(filter, first, last))
            continue;
        if (!all.items) {
            all.items =
                arena_alloc(memory, (found->count + record->date_count) *
                                        sizeof(*all.items));
            for (; all.count < found->count; all.count++)
                all.items[all.count] = found->items[all.count];
        }
        put(&all, (struct found){ .offset = mention->offset,
                                  .size = mention->size,
                                  .unit = DATE_UNIT });
    }
    if (all.items)
        *found = all;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/xml_ids.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void xml_ids_release(struct xml_ids *ids)
{
    free(ids->items);
    *ids = (struct xml_ids){ NULL, 0, 0 };
}

void xml_ids_add(struct xml_ids *ids, struct span value,
                 const struct xml_node *node)
{
    if (!value.size)
        return;
    MEMORY_GROW(ids->items, ids->count, ids->capacity);
    ids->items[ids->count] = (struct xml_id){ value, node, ids->count };
    ids->count++;
}

void xml_ids_add_all(struct xml_ids *ids, const struct xml_node *root,
                     const char *name, const char *attribute)
{
    const struct xml_node *node = root;
    while ((node = xml_walk(root, node)))
        if (!name || !strcmp(xml_name(node), name))
            xml_ids_add(ids, xml_attribute(node, attribute), node);
}

static int compare(const void *a, const void *b)
{
    const struct xml_id *x = a, *y = b;
    int order = span_compare(x->value, y->value);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

void xml_ids_sort(struct xml_ids *ids)
{
    if (ids->count)
        qsort(ids->items, ids->count, sizeof(*ids->items), compare);
}

const struct xml_id *xml_ids_find(const struct xml_ids *ids, struct span value)
{
    size_t low = 0, high = ids->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(ids->items[middle].value, value) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < ids->count && span_equal(ids->items[low].value, value);
    return found ? &ids->items[low] : NULL;
}

const struct xml_id *xml_ids_next(const struct xml_ids *ids,
                                  const struct xml_id *id)
{
    const struct xml_id *next = id + 1;
    bool more =
        next < ids->items + ids->count && span_equal(next->value, id->value);
    return more ? next : NULL;
}

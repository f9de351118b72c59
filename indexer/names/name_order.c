/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/name_order.h"

#include <stdlib.h>

static int by_weight(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    if (x->mention_count != y->mention_count)
        return x->mention_count < y->mention_count ? 1 : -1;
    if (x->stated != y->stated)
        return x->stated ? -1 : 1;
    if (x->mention_count && x->mentions[0].offset != y->mentions[0].offset)
        return x->mentions[0].offset < y->mentions[0].offset ? -1 : 1;
    int order = span_compare(x->key, y->key);
    return order ? order : (int)x->kind - (int)y->kind;
}

void names_order(struct name *items, size_t count)
{
    if (count)
        qsort(items, count, sizeof(*items), by_weight);
}

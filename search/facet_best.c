/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_best.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* ---- The best --------------------------------------------------------- */

/* Negative where `a` is shown before `b`. */
static int by_count(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return span_compare(x->term, y->term);
}

static int by_score(const void *a, const void *b)
{
    const struct facet_value *x = a, *y = b;
    return x->score < y->score ? 1 : x->score > y->score ? -1 : by_count(a, b);
}

static bool is_worse(const struct facet_best *best, const struct facet_value *a,
                     const struct facet_value *b)
{
    return (best->significant ? by_score(a, b) : by_count(a, b)) > 0;
}

void facet_best_release(struct facet_best *best)
{
    free(best->items);
    *best = (struct facet_best){ .items = NULL };
}

static void swap(struct facet_value *a, struct facet_value *b)
{
    struct facet_value kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_up(struct facet_best *best, size_t at)
{
    struct facet_value *items = best->items;
    for (; at && is_worse(best, &items[at], &items[(at - 1) / 2]);
         at = (at - 1) / 2)
        swap(&items[at], &items[(at - 1) / 2]);
}

static void sift_down(struct facet_best *best, size_t at)
{
    struct facet_value *items = best->items;
    for (size_t child; (child = at * 2 + 1) < best->count; at = child) {
        if (child + 1 < best->count &&
            is_worse(best, &items[child + 1], &items[child]))
            child++;
        if (!is_worse(best, &items[child], &items[at]))
            return;
        swap(&items[child], &items[at]);
    }
}

void facet_best_add(struct facet_best *best, const struct facet_value *value)
{
    if (!best->limit)
        return;
    if (best->count < best->limit) {
        MEMORY_GROW(best->items, best->count, best->capacity);
        best->items[best->count] = *value;
        sift_up(best, best->count++);
    } else if (is_worse(best, &best->items[0], value)) {
        best->items[0] = *value;
        sift_down(best, 0);
    }
}

const struct facet_value *facet_best_worst(const struct facet_best *best)
{
    return best->count < best->limit || !best->count ? NULL : &best->items[0];
}

void facet_best_sort(struct facet_best *best)
{
    if (best->count)
        qsort(best->items, best->count, sizeof(*best->items),
              best->significant ? by_score : by_count);
}

/* ---- Significance ----------------------------------------------------- */

enum status facet_weigh(struct facet_value *value,
                        const struct facet_source *source, struct error *err)
{
    uint32_t frequency = 0;
    uint64_t occurrences;
    enum status rc = xap_db_frequency(source->db, value->term, &frequency,
                                      &occurrences, err);
    value->archive = frequency > value->count ? frequency : value->count;
    double share = (double)value->count / (double)source->total;
    double everywhere = (double)value->archive / source->documents;
    value->score = share * log2(share / everywhere);
    return rc;
}

/* No more answers can have it than there are articles with it. */
double facet_score_bound(uint64_t archive, const struct facet_source *source)
{
    double total = (double)source->total;
    double share = archive < source->total ? (double)archive / total : 1;
    return share * log2(source->documents / total);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/facet_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "newsdb/column.h"

void facet_run_release(struct facet_run *run)
{
    free(run->items);
    *run = (struct facet_run){ .items = NULL };
}

static bool is_same_value(const struct facet_spelling *a,
                          const struct facet_spelling *b)
{
    return !((a->number ^ b->number) >> COLUMN_SPELLING_BITS);
}

static int by_number(const void *a, const void *b)
{
    const struct facet_spelling *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

struct facet_run facet_run_of(struct facet_spelling *items, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(items, count, sizeof(*items), by_number);
    for (size_t i = 0; i < count; i++)
        if (kept && items[kept - 1].number == items[i].number)
            items[kept - 1].count += items[i].count;
        else
            items[kept++] = items[i];
    return (struct facet_run){ items, kept, UINT64_MAX };
}

size_t facet_run_value(const struct facet_run *run, size_t i, uint32_t *total)
{
    size_t end = i;
    for (*total = 0;
         end < run->count && is_same_value(&run->items[i], &run->items[end]);
         end++)
        *total += run->items[end].count;
    return end;
}

/* ---- Joining ---------------------------------------------------------- */

/* Which of two is next is anybody's guess, the processor's too: no branches. */
static size_t walk_both(struct facet_spelling *out, size_t most,
                        const struct facet_run *a, const struct facet_run *b)
{
    size_t count = 0, i = 0, j = 0;
    while (i < a->count && j < b->count && count < most) {
        struct facet_spelling x = a->items[i], y = b->items[j];
        bool first = x.number <= y.number, second = y.number <= x.number;
        uint32_t none_of_first = first - 1U, none_of_second = second - 1U;
        uint32_t example = x.example | none_of_first;
        uint32_t other = y.example | none_of_second;
        out[count++] = (struct facet_spelling){
            .number = first ? x.number : y.number,
            .count = (x.count & ~none_of_first) + (y.count & ~none_of_second),
            .example = example < other ? example : other,
        };
        i += first;
        j += second;
    }
    while (i < a->count && count < most)
        out[count++] = a->items[i++];
    while (j < b->count && count < most)
        out[count++] = b->items[j++];
    return count;
}

/* A value is left out with all its spellings, or not. */
static void cut(struct facet_run *run, const struct facet_runs *to)
{
    size_t below = 0;
    while (below < run->count && run->items[below].number < to->from)
        below++;
    run->count -= below;
    if (below)
        memmove(run->items, run->items + below,
                run->count * sizeof(*run->items));
    if (run->count > to->limit) {
        uint64_t out = run->items[to->limit].number >> COLUMN_SPELLING_BITS;
        run->last = (out << COLUMN_SPELLING_BITS) - 1;
    }
    while (run->count && run->items[run->count - 1].number > run->last)
        run->count--;
}

static struct facet_run join(struct facet_run *a, struct facet_run *b,
                             const struct facet_runs *to)
{
    struct facet_run joined = { .last = a->last < b->last ? a->last : b->last };
    size_t most = a->count + b->count;
    most = most > to->limit ? to->limit + 1 : most;
    joined.items = memory_resize(NULL, most + 1, sizeof(*joined.items));
    joined.count = walk_both(joined.items, most, a, b);
    cut(&joined, to);
    facet_run_release(a);
    facet_run_release(b);
    return joined;
}

void facet_runs_add(struct facet_runs *runs, struct facet_run run)
{
    cut(&run, runs);
    if (!run.count) {
        facet_run_release(&run);
        return;
    }
    while (runs->count && runs->runs[runs->count - 1].count / 2 <= run.count) {
        runs->count--;
        run = join(&runs->runs[runs->count], &run, runs);
    }
    runs->runs[runs->count++] = run;
}

struct facet_run facet_runs_join(struct facet_runs *runs)
{
    struct facet_run run = { .last = UINT64_MAX };
    if (runs->count)
        run = runs->runs[--runs->count];
    while (runs->count) {
        runs->count--;
        run = join(&runs->runs[runs->count], &run, runs);
    }
    return run;
}

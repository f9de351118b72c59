/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facet_run.h - how many answers have each value, by its number
 * (newsdb/column.h).
 *
 * A run is in the order of the numbers, so that spellings of one value are
 * neighbours, and two runs are joined by walking both.
 */
#ifndef NEWS_SEARCH_FACET_RUN_H
#define NEWS_SEARCH_FACET_RUN_H

#include <stddef.h>
#include <stdint.h>

/* One spelling of a value. */
struct facet_spelling {
    uint64_t number;
    uint32_t count;   /* of answers */
    uint32_t example; /* one of them, or what else can tell the spelling */
};

struct facet_run {
    struct facet_spelling *items; /* ascending */
    size_t count;
    uint64_t last; /* spellings up to this number are in it */
};

void facet_run_release(struct facet_run *run);

/* A run of items in any order, of which some may have the same number; they are
 * the callee's now. */
struct facet_run facet_run_of(struct facet_spelling *items, size_t count);

/* The end of the spellings of the value that begins at `i`, and how many
 * answers have it. */
size_t facet_run_value(const struct facet_run *run, size_t i, uint32_t *total);

/* ---- Joining many ----------------------------------------------------- */

/* What comes out is the same in whatever order runs are added. */

struct facet_runs {
    struct facet_run runs[64]; /* each at least twice as long as the next */
    size_t count;
    uint64_t from; /* what is below, and what is above the first `limit` */
    size_t limit;  /* spellings, is left out */
};

/* Add a run, which is the callee's now. */
void facet_runs_add(struct facet_runs *runs, struct facet_run run);
/* All in one, which is the caller's; empty after. */
struct facet_run facet_runs_join(struct facet_runs *runs);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facet_best.h - the values of a facet that are shown, out of many (facets.h is
 * the door). */
#ifndef NEWS_SEARCH_FACET_BEST_H
#define NEWS_SEARCH_FACET_BEST_H

#include "search/facet_source.h"
#include "search/facets.h"

/* Those with the highest score where `significant`, else count; of equal ones
 * those whose terms come first. */
struct facet_best {
    struct facet_value *items; /* a heap, the worst on top */
    size_t count, capacity, limit;
    bool significant;
};

void facet_best_release(struct facet_best *best);
void facet_best_add(struct facet_best *best, const struct facet_value *value);
/* The value that a further one must exceed; NULL while there is room. */
const struct facet_value *facet_best_worst(const struct facet_best *best);
/* Put the best first; nothing may be added after. */
void facet_best_sort(struct facet_best *best);

/* Look up the articles of the archive with the term, and compute the score; the
 * caller holds the source. */
enum status facet_weigh(struct facet_value *value,
                        const struct facet_source *source, struct error *err);
/* What the score of a value cannot exceed, by its articles in the archive;
 * grows with them. */
double facet_score_bound(uint64_t archive, const struct facet_source *source);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facet_values.h - the best values of a facet out of all that the answers have
 * (facets.h is the door). */
#ifndef NEWS_SEARCH_FACET_VALUES_H
#define NEWS_SEARCH_FACET_VALUES_H

#include "base/value_counts.h"
#include "search/facet_best.h"

/* Join the spellings that were counted, and find the best; their values are
 * copied into the arena.  Of significance only the most frequent are weighed.
 * Nothing may be added to `counts` after. */
enum status facet_values_count(struct facet_best *best, enum field_id field,
                               struct value_counts *counts,
                               const struct facet_scale *scale,
                               size_t *distinct, struct arena *memory,
                               struct error *err);

#endif

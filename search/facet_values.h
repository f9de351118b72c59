/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facet_values.h - the best values of a facet out of all that were counted
 * (facets.h is the door). */
#ifndef NEWS_SEARCH_FACET_VALUES_H
#define NEWS_SEARCH_FACET_VALUES_H

#include "base/value_counts.h"
#include "search/facet_best.h"
#include "search/facet_run.h"

/*
 * Find the best among those in the run, and add how many there are to
 * `*distinct`.  They are spelled as their examples: documents of the
 * archive, or, where `strings` is not NULL, its places.  Of significance only
 * the most frequent are weighed, FACET_WEIGHED_MAX and those as frequent.  What
 * comes out is in the arena.
 */
enum { FACET_WEIGHED_MAX = 2048 };
enum status facet_values_find(struct facet_best *best, enum field_id field,
                              const struct facet_run *run,
                              const struct value_counts *strings,
                              struct facet_source *source, size_t *distinct,
                              struct arena *memory, struct error *err);

#endif

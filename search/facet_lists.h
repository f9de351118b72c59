/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facet_lists.h - counting the values of many answers without looking at each
 * (facets.h is the door).
 *
 * The values that most articles of the archive have (newsdb/frequent.h) are
 * counted one after the other by walking their lists of articles, until no
 * further one can be among the best.
 */
#ifndef NEWS_SEARCH_FACET_LISTS_H
#define NEWS_SEARCH_FACET_LISTS_H

#include "search/facet_best.h"

/*
 * The best values of `field` among the answers in `set`.  `*done` is false
 * where it cannot be told so, or would take longer than looking at the answers.
 * `*distinct` is the number of all values among the answers; 0: not counted.
 */
enum status facet_lists_count(struct facet_best *best, enum field_id field,
                              const struct xap_set *set,
                              const struct facet_scale *scale, bool *done,
                              size_t *distinct, struct arena *memory,
                              struct error *err);

#endif

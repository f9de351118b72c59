/* SPDX-License-Identifier: GPL-2.0-or-later */
/* facet_spelling.h - how values of which only the terms are known are spelled
 * (facets.h is the door). */
#ifndef NEWS_SEARCH_FACET_SPELLING_H
#define NEWS_SEARCH_FACET_SPELLING_H

#include "search/facet_best.h"

/* Give each value the spelling that most of the first answers with its term
 * have, copied into the arena. */
enum status facet_spell(struct facet_best *best, enum field_id field,
                        const struct xap_set *answers, const struct xap_db *db,
                        struct arena *memory, struct error *err);

#endif

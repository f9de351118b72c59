/* SPDX-License-Identifier: GPL-2.0-or-later */
/* render_facets.h - counts (facets.h) as each renderer prints them; nothing
 * where nothing was counted. */
#ifndef NEWS_SEARCH_RENDER_FACETS_H
#define NEWS_SEARCH_RENDER_FACETS_H

#include "search/render.h"

/* For people: values with their counts, and bars. */
void render_facets_text(struct str *out, const struct facets *facets,
                        const struct render_options *options);

/* The members "facets" and "timeline" of an object, each with a comma before
 * it. */
void render_facets_json(struct str *out, const struct facets *facets);

/* Lines of field, value, count and, of significant names, count in the archive
 * and score; the dates of a timeline under the field "timeline". */
void render_facets_tsv(struct str *out, const struct facets *facets);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * match.h - where a text answers a question: what is highlighted is what
 * matched.
 *
 * Words are found by stem, forms by form, patterns by pattern; a phrase is
 * marked only where all of it stands, words within a window only where the
 * window holds them all, and what must be there at least so often only where
 * it is. Words that are asked for in fields of
 * names (person:kirby) are marked in the text too; those of a title, only in
 * the title.
 */
#ifndef NEWS_SEARCH_MATCH_H
#define NEWS_SEARCH_MATCH_H

#include "base/arena.h"
#include "search/found.h"
#include "search/query.h"

enum { MATCH_FOUND_MAX = 5000 }; /* places of one text */

struct matcher;

/* For texts of that language; the trees may be NULL and must outlive it. */
struct matcher *matcher_new(const struct query_node *tree,
                            const struct query_node *filter,
                            struct span language);
void matcher_free(struct matcher *matcher); /* NULL is fine */

/* Find the places of what was asked for: where the tree is one window or one
 * atleastN(), none means that the text does not answer it.  The list lives in
 * `memory`.  `title_size` bytes at the front of the text are its title. */
void matcher_run(struct matcher *matcher, struct span text, uint32_t title_size,
                 struct arena *memory, struct found_list *out);

#endif

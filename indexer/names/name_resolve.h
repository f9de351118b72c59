/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_resolve.h - from the mentions in one article to its names: one name for
 * one person, organisation and place.
 *
 *  - Equal keys are one name (name_clean.h); so are two full names of a person
 *    that differ in middle names or initials only.
 *  - A person of one word is the one whose full name ends in it: the last one
 *    named before, or the only one that comes after.  Else the one whose full
 *    name alone begins with it.
 *  - "International Grain Council (IGC)" makes IGC that organisation; so do the
 *    initials of one organisation alone, and so does the beginning of one
 *    ("Goldman", of Goldman Sachs).
 *  - What the corpus states is right: a mention with a stated name's key is of
 *    its kind, and a stated name joins the mentions as any full name does.
 *  - The name is shown as the corpus states it, else as its longest mention
 *    that is not all in capitals.
 *
 * Nothing here looks beyond the one article, except the lists (name_lists.h).
 * Time and memory are linear in the number of mentions.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_RESOLVE_H
#define NEWS_INDEXER_NAMES_NAME_RESOLVE_H

#include "indexer/names/name_lists.h"
#include "indexer/names/recogniser.h"

enum { NAMES_PER_ARTICLE_MAX = 5000 }; /* that are kept */

/* `stated`: kind and form are read.  All of `out` lives in `memory` or points
 * into the text, the stated forms and the lists; it is in the order of
 * name_order.h. */
void names_resolve(struct names *out, struct span text,
                   const struct entity *entities, size_t entity_count,
                   const struct name *stated, size_t stated_count,
                   const struct name_lists *lists, struct arena *memory);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_apply.h - the user's lists applied to names that were found before.
 *
 * What an archive remembers of an article is enough to take a wrong name out
 * or to make one name of two, without the model and without the corpus.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_APPLY_H
#define NEWS_INDEXER_NAMES_NAME_APPLY_H

#include "base/arena.h"
#include "indexer/names/name_lists.h"

/*
 * Drop the names that the lists stop, rename those that have an alias, and
 * join names of one kind and key: mentions in text order, stated where either
 * was.  The names that count most stand first (name_order.h).  False, and
 * nothing changed, where the lists say nothing of these names.  What is new
 * lives in `memory` and in the lists.
 */
bool names_apply(struct names *names, const struct name_lists *lists,
                 struct arena *memory);

#endif

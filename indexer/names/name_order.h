/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_order.h - the order in which an article has its names: those that count
 * most stand first.
 */
#ifndef NEWS_INDEXER_NAMES_NAME_ORDER_H
#define NEWS_INDEXER_NAMES_NAME_ORDER_H

#include "base/name.h"

/* Sort by mentions, then those that are stated, then by the first mention. */
void names_order(struct name *items, size_t count);

#endif

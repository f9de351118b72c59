/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * position_list.h - where one term stands, document by document.
 */
#ifndef NEWS_GLASS_POSITION_LIST_H
#define NEWS_GLASS_POSITION_LIST_H

#include "glass/glass_table.h"
#include "glass/position_code.h"

#ifdef __cplusplus
extern "C" {
#endif

struct position_list;

/* Of a position table, which must live as long. */
struct position_list *position_list_new(const struct glass_table *table,
                                        struct span term);
void position_list_free(struct position_list *list); /* NULL is fine */

/* The positions in a document, of which each call asks for a later one; `*code`
 * stands at POSITION_END where there are none, and is the list's until the next
 * call.  CORRUPT, IO, STALE. */
enum status position_list_seek(struct position_list *list, uint32_t document,
                               struct position_code **code, struct error *err);

#ifdef __cplusplus
}
#endif

#endif

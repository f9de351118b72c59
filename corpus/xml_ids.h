/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xml_ids.h - elements of a tree by the value of an attribute, for documents
 * that refer to their own elements. */
#ifndef NEWS_CORPUS_XML_IDS_H
#define NEWS_CORPUS_XML_IDS_H

#include "corpus/xml_tree.h"

struct xml_id {
    struct span value; /* as long-lived as what was added */
    const struct xml_node *node;
    size_t at; /* in the order of adding */
};

/* All zeros is an empty list. */
struct xml_ids {
    struct xml_id *items;
    size_t count, capacity;
};

void xml_ids_release(struct xml_ids *ids);
void xml_ids_add(struct xml_ids *ids, struct span value,
                 const struct xml_node *node);
/* The elements below `root` that have the attribute, of that name where `name`
 * is not NULL. */
void xml_ids_add_all(struct xml_ids *ids, const struct xml_node *root,
                     const char *name, const char *attribute);

/* After everything was added, before anything is sought. */
void xml_ids_sort(struct xml_ids *ids);
/* The first with the value, and behind it the others, in the order of adding;
 * NULL where there is none. */
const struct xml_id *xml_ids_find(const struct xml_ids *ids, struct span value);
/* The next with the same value, or NULL. */
const struct xml_id *xml_ids_next(const struct xml_ids *ids,
                                  const struct xml_id *id);

#endif

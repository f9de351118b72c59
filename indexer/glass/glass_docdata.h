/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_docdata.h - the data of documents: the docdata table.
 *
 * Key: sort_uint(document).  Tag: the data, compressed where that makes it
 * smaller.  Empty data has no entry, and where there are no entries there is
 * no file.
 */
#ifndef NEWS_GLASS_DOCDATA_H
#define NEWS_GLASS_DOCDATA_H

#include "indexer/glass/glass_btree.h"

struct glass_docdata;

/* Begin the table in a directory, a borrowed string. */
struct glass_docdata *glass_docdata_new(const char *directory);

/* Documents ascend.  TOO_BIG over GLASS_TAG_MAX: nothing is added then. */
enum status glass_docdata_add(struct glass_docdata *docdata, uint32_t document,
                              struct span data, struct error *err);

/* Bytes of the file so far, and of memory held. */
uint64_t glass_docdata_size(const struct glass_docdata *docdata);
uint64_t glass_docdata_held(const struct glass_docdata *docdata);

/* Close and free, whatever the status. */
enum status glass_docdata_finish(struct glass_docdata *docdata,
                                 struct glass_root *out, struct error *err);
void glass_docdata_abandon(struct glass_docdata *docdata); /* NULL is fine */

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * record_json.h - a record as one line of JSON, in names that `newsidx add`
 * reads back (corpus/field_names.c): an export that is added again gives equal
 * articles.
 */
#ifndef NEWS_INDEXER_RECORD_JSON_H
#define NEWS_INDEXER_RECORD_JSON_H

#include "newsdb/record.h"

/* Append one JSON object, without a line end. */
void record_json(struct str *out, const struct record *record);

#endif

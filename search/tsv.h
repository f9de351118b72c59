/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tsv.h - tab-separated values: a row is a line, and no cell holds a tab or a
 * line end.
 */
#ifndef NEWS_SEARCH_TSV_H
#define NEWS_SEARCH_TSV_H

#include "base/str.h"

/* Append a value as a cell, with blanks for what would end it. */
void tsv_cell(struct str *out, struct span text);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* names_print.h - how `newsidx names` shows a name: one table of formats. */
#ifndef NEWS_INDEXER_NAMES_PRINT_H
#define NEWS_INDEXER_NAMES_PRINT_H

#include "indexer/names_tally.h"

struct names_format {
    const char *name;
    const char *head, *separator, *tail; /* around and between the names */
    void (*print)(struct str *out, const struct tallied *name);
};

/* "text" where `name` is NULL; NULL for one that is not. */
const struct names_format *names_format_find(const char *name);

#endif

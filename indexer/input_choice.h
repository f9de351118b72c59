/* SPDX-License-Identifier: GPL-2.0-or-later */
/* input_choice.h - how the command line says inputs are to be read. */
#ifndef NEWS_INDEXER_INPUT_CHOICE_H
#define NEWS_INDEXER_INPUT_CHOICE_H

#include "corpus/input.h"
#include "indexer/command.h"

enum { INPUT_MAP_MAX = 64 }; /* entries of --map */

/* --format, --map and --date-order; `entries` has INPUT_MAP_MAX of them and
 * lives as long as `out`.  USAGE. */
enum status input_choice(const struct newsidx_options *options,
                         struct input_options *out,
                         struct field_map_entry *entries, struct error *err);

#endif

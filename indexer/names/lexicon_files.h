/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lexicon_files.h - the lexicon of a model from files of word classes and of
 * names; for the trainer.
 *
 * The tables live in `memory`.  BAD_FORMAT names the line.
 */
#ifndef NEWS_INDEXER_NAMES_LEXICON_FILES_H
#define NEWS_INDEXER_NAMES_LEXICON_FILES_H

#include "base/arena.h"
#include "base/error.h"
#include "indexer/names/lexicon.h"

enum { LEXICON_TITLES = 8 }; /* the list of what stands before people */

/* Word classes: bit path, word, count, tabs between. */
enum status lexicon_read_classes(struct lexicon *lexicon, const char *path,
                                 struct arena *memory, struct error *err);

/* Lists: number 0 to 10 or 14, name; a tab between. */
enum status lexicon_read_lists(struct lexicon *lexicon, const char *path,
                               struct arena *memory, struct error *err);

/* The hash of a word in lower case: what lists are looked up with. */
uint64_t lexicon_hash_lower(struct span word);

#endif

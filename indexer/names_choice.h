/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names_choice.h - which model and lists a command finds names with.
 *
 * The model is --names FILE, else english.names beside the program, else the
 * installed one.  Aliases and stops are those kept with the archive
 * (ARCHIVE/names/aliases.tsv and stops.tsv, where they are), then those of the
 * options.
 */
#ifndef NEWS_INDEXER_NAMES_CHOICE_H
#define NEWS_INDEXER_NAMES_CHOICE_H

#include "indexer/command.h"
#include "indexer/names/names_finder.h"

#define NAMES_DIRECTORY "names"                /* below the archive */
#define NAMES_ALIASES_FILE "names/aliases.tsv" /* below the archive */
#define NAMES_STOPS_FILE "names/stops.tsv"

/* A finder without a model, which keeps what corpora state, for --no-names and
 * where no model is found; `*note` (may be NULL) says the latter.  Fails as
 * names_finder_open() and names_finder_add_aliases() do. */
enum status names_choice(struct names_finder **out,
                         const struct newsidx_options *options,
                         const char *archive, const char **note,
                         struct error *err);

#endif

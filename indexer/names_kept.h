/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * names_kept.h - the lists of names that an archive keeps, and its articles as
 * they have it.
 *
 *     ARCHIVE/names/aliases.tsv    other spellings (name_lists.h)
 *     ARCHIVE/names/stops.tsv      what is no name
 *
 * Every later `newsidx add` uses them.  They are plain files that may be
 * edited by hand.
 */
#ifndef NEWS_INDEXER_NAMES_KEPT_H
#define NEWS_INDEXER_NAMES_KEPT_H

#include <signal.h>

#include "newsdb/archive.h"

/* Append the lines of `lines` that the list (NAMES_ALIASES_FILE or
 * NAMES_STOPS_FILE, names_choice.h) does not have yet; nothing where there are
 * none.  The caller has checked them. */
enum status names_keep(const char *archive, const char *list, struct span lines,
                       struct error *err);

/* Have the archive's articles named as its lists say.  Only the articles whose
 * names they speak of are looked at; `*count` is the number changed. `program`
 * begins what is said on stderr. */
enum status names_kept_apply(struct archive_writer *writer, const char *archive,
                             const char *program,
                             const volatile sig_atomic_t *stop, uint64_t *count,
                             struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * runs.h - sorted runs on disk, and their merge.
 *
 * When the inverter has filled its memory, its lists are written in the order
 * of their keys to a file, a run, and it begins anew.  At the end the runs and
 * what is still in memory are read side by side: for each key the lists of the
 * runs, one behind the other, are the list of the whole segment, because a
 * later run holds later documents.
 *
 * A run is, for each key ascending: uint(length of key) key uint(documents)
 * uint(occurrences), then the entries of the inverter's list.  Its file is
 * unlinked as soon as it is made, so nothing is left behind whatever happens.
 */
#ifndef NEWS_GLASS_RUNS_H
#define NEWS_GLASS_RUNS_H

#include "indexer/glass/inverter.h"

enum {
    RUNS_MAX = 32, /* then they are merged into one */
    RUN_BUFFER_SIZE = 64 * 1024,
};

struct runs;

/* `directory` is borrowed. */
struct runs *runs_new(const char *directory);
void runs_free(struct runs *runs); /* NULL is fine */

/* Write what the inverter holds as the next run, and empty it. */
enum status runs_spill(struct runs *runs, struct inverter *inverter,
                       struct error *err);

size_t runs_count(const struct runs *runs);
/* Bytes on disk, and of memory that a merge takes. */
uint64_t runs_size(const struct runs *runs);
uint64_t runs_held(const struct runs *runs);

/* ---- Merging ---------------------------------------------------------- */

enum run_list_kind { RUN_VALUES, RUN_LENGTHS, RUN_TERM };

struct run_list {
    enum run_list_kind kind;
    struct span key; /* of the postlist table; valid until the next list */
    uint32_t document_count;
    uint32_t occurrences;
};

struct run_entry {
    uint32_t document;
    uint32_t wdf;      /* or the length */
    struct span bytes; /* packed positions, or the value; valid until the next
                          entry */
};

/* Begin to read all runs, with the inverter's lists as the last one. */
enum status runs_merge(struct runs *runs, struct inverter *inverter,
                       struct error *err);

/* The next list; STATUS_END after the last.  TOO_BIG where a term occurs more
 * than 2^32 - 1 times. */
enum status runs_next_list(struct runs *runs, struct run_list *out,
                           struct error *err);
/* The next entry of that list; STATUS_END after its last. */
enum status runs_next_entry(struct runs *runs, struct run_entry *out,
                            struct error *err);

#endif

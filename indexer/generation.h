/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * generation.h - what is between two checkpoints of a run.
 *
 * The articles of a generation go into one segment for each worker and are
 * published together.  A generation knows which article came later when an id
 * occurs twice, whichever worker is faster, and how far each input was read.
 * Shared by all threads.
 */
#ifndef NEWS_INDEXER_GENERATION_H
#define NEWS_INDEXER_GENERATION_H

#include "base/span.h"
#include "base/str.h"
#include "newsdb/segment.h"

/* An input that ended in this generation or was being read at its end. */
struct generation_input {
    size_t report_number;
    struct segment_input ledger; /* strings are owned by the generation */
};

/* What one worker made. */
struct generation_part {
    char *path;     /* of its segment; NULL: no articles */
    uint32_t *dead; /* documents that gave way to a later article */
    size_t dead_count, dead_capacity;
};

struct generation;

struct generation *generation_new(size_t workers);
void generation_free(struct generation *generation); /* NULL is fine */

/*
 * Say that worker `part` has added the article with that identity term as its
 * document number `document`; `sequence` is its place in the order of arrival.
 * False where there is another of the same identity: the one of lower version,
 * of equal ones the earlier, is marked dead.  Document 0: the article is
 * withdrawn, and nothing takes its place.
 */
bool generation_claim(struct generation *generation, struct span identity,
                      uint64_t version, uint64_t sequence, size_t part,
                      uint32_t document);

/* By the reader, before the checkpoint.  Takes the strings of `input`. */
void generation_add_input(struct generation *generation,
                          struct generation_input input);

/* The rest is used when every article of the generation is in. */
struct generation_part *generation_part(struct generation *generation,
                                        size_t part);
size_t generation_parts(const struct generation *generation);
/* Not all of it was written: it is not to be published. */
void generation_spoil(struct generation *generation);
bool generation_is_whole(const struct generation *generation);
/* The inputs, to be written into one segment: the first caller gets them all,
 * later ones none. */
size_t generation_take_inputs(struct generation *generation,
                              struct generation_input **out);
/* Calls `visit` for each identity whose article has a version over 0; where it
 * answers false the article gives way to what is published, and the identity
 * is taken off the list. */
void generation_each_version(struct generation *generation,
                             bool (*visit)(void *payload, struct span identity,
                                           uint64_t version),
                             void *payload);
/* The identity terms of all articles, each once, dead or alive. */
size_t generation_identities(const struct generation *generation,
                             const struct span **out);

#endif

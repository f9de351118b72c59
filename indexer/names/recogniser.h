/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recogniser.h - people, organisations and places in running text, as they are
 * written: a conditional random field over runs of capitalised words, read
 * twice (context.h).
 *
 * The model never changes and serves all threads; a reader is one thread's work
 * space and word cache.  The same text gives the same entities, whatever the
 * reader read before.  Time is linear in the text; memory is bounded, because
 * a long text is read in parts of about RECOGNISER_PART tokens, each an article
 * of its own.
 */
#ifndef NEWS_INDEXER_NAMES_RECOGNISER_H
#define NEWS_INDEXER_NAMES_RECOGNISER_H

#include "base/name.h"
#include "indexer/names/model_file.h"
#include "indexer/names/name_tokens.h"

enum { RECOGNISER_PART = 32768 };

struct entity {
    enum name_kind kind;
    uint8_t confidence;    /* percent */
    bool in_capitals;      /* in a line all in capitals */
    uint32_t offset, size; /* bytes of the text */
};

/* In text order, never overlapping; owned by the reader. */
struct entities {
    struct entity *items;
    size_t count, capacity;
};

struct name_reader;

/* The model must outlive the reader. */
struct name_reader *name_reader_new(const struct model *model);
void name_reader_free(struct name_reader *reader); /* NULL is fine */

/* Find the names of `text` (valid UTF-8, under 4 GB).  Valid until the next
 * call. */
const struct entities *name_reader_run(struct name_reader *reader,
                                       struct span text);

#endif

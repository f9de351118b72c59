/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * self_check.h - a finished segment is read back before it is published.
 *
 * Some documents are remembered while a segment is written (the first, the
 * second, the fourth, the eighth, ...).  When it is finished it is opened with
 * libxapian: the number of documents must be right, and each of those must
 * have its record, stand in the list of its identity, and have a list of terms
 * that adds up to its length.  That takes milliseconds and finds what a
 * libxapian of another mind, or a disk that lies, would do to a whole segment;
 * newsidx check reads everything.  The reference writer then writes the same
 * articles.
 */
#ifndef NEWS_INDEXER_SELF_CHECK_H
#define NEWS_INDEXER_SELF_CHECK_H

#include "base/error.h"
#include "base/span.h"

enum { SELF_CHECK_SAMPLES_MAX = 32 };

struct self_check_sample {
    uint32_t document;
    uint64_t hash;        /* of its record */
    size_t size;          /* of its record: a writer may pad it */
    struct span identity; /* term; owned */
};

struct self_check {
    uint32_t documents;
    struct self_check_sample samples[SELF_CHECK_SAMPLES_MAX];
    size_t sample_count;
};

#define SELF_CHECK_INIT \
    {                   \
        .documents = 0  \
    }

void self_check_release(struct self_check *check);

/* The next document of the segment, with its record and identity term. */
void self_check_add(struct self_check *check, struct span record,
                    struct span identity);

/* Read the segment back.  CORRUPT, with what is wrong, where it is not what
 * was added. */
enum status self_check_run(const struct self_check *check, const char *path,
                           struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * progress.h - how far a long run is, on stderr: a line that is rewritten on a
 * terminal, a new line every ten seconds elsewhere.
 */
#ifndef NEWS_INDEXER_PROGRESS_H
#define NEWS_INDEXER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* `total` input bytes, 0 where that is not known. */
struct progress *progress_new(const char *program, uint64_t total, bool quiet);

/* Call as often as you like: shows at most four times a second. */
void progress_show(struct progress *progress, uint64_t input_bytes,
                   uint64_t articles, uint64_t text_bytes);

/* Show what is done instead, on a terminal. */
void progress_say(struct progress *progress, const char *what);

/* Clear the line and free; NULL is fine. */
void progress_free(struct progress *progress);

/* Seconds on a clock that only goes forwards. */
double progress_clock(void);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deflate.h - a file being written, compressed where its name ends in ".gz".
 */
#ifndef NEWS_CORPUS_DEFLATE_H
#define NEWS_CORPUS_DEFLATE_H

#include "base/error.h"
#include "base/span.h"

struct sink;

/* "-" is standard output.  A file that exists is replaced. */
enum status sink_open(struct sink **out, const char *path, struct error *err);
enum status sink_write(struct sink *sink, struct span bytes, struct error *err);
/* Write what is left and free the sink whatever the status; NULL is fine. */
enum status sink_close(struct sink *sink, struct error *err);

#endif

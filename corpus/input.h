/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * input.h - one file of a corpus being read: its source and its format.
 *
 * One thread opens the input and walks its records; any thread may parse a
 * record of it as long as it holds a reference.
 */
#ifndef NEWS_CORPUS_INPUT_H
#define NEWS_CORPUS_INPUT_H

#include "corpus/format.h"
#include "corpus/walk.h"

struct input;

struct input_options {
    const struct format *format; /* NULL: found by content */
    struct format_options format_options;
    /* How numeric dates are read where the input itself leaves it in doubt:
     * as in the input before it, say.  Looked at while opening only. */
    enum date_order date_order_hint;
};

/* Opens with one reference.  An empty file has no records and no format.
 * `entry` is copied, `options` must outlive the input. */
enum status input_open(struct input **out, const struct walk_entry *entry,
                       const struct input_options *options, struct error *err);
/* The same over a source that is open already (members.h); it becomes the
 * input's, also where this fails. */
enum status input_open_source(struct input **out,
                              const struct walk_entry *entry,
                              struct source *source,
                              const struct input_options *options,
                              struct error *err);
/* The same over bytes in memory, which must outlive it. */
enum status input_open_bytes(struct input **out, const char *path,
                             struct span bytes,
                             const struct input_options *options,
                             struct error *err);

struct input *input_hold(struct input *input); /* thread-safe */
void input_release(struct input *input);       /* thread-safe; NULL is fine */

/* The next record, valid until the next call.  END; BAD_RECORD or TOO_BIG for
 * one record ("PATH:OFFSET: why"), after which the next may be read; other
 * failures end the input: BAD_FORMAT, in the place of END, where the format
 * that was asked for found nothing of its own in it. */
enum status input_next(struct input *input, struct raw_record *out,
                       struct error *err);

/* Read a record into a finished article whose memory is `memory`.  Thread-safe.
 * OK, SKIPPED or BAD_RECORD ("PATH:OFFSET: why"). */
enum status input_parse(const struct input *input, const struct raw_record *raw,
                        struct arena *memory, struct article *out,
                        struct error *err);

/* How its numeric dates are read; DATE_ORDER_ONE: in doubt. */
enum date_order input_date_order(const struct input *input);
const struct walk_entry *input_entry(const struct input *input);
const struct format *input_format(const struct input *input); /* may be NULL */
const struct source *input_source(const struct input *input);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inflate.h - gzip data (RFC 1952) as it is fed in; the door to ISA-L's
 * reading half.
 *
 * Any number of members are read as one stream.  What is damaged is passed
 * over: the inflater looks for the next member and goes on there.
 */
#ifndef NEWS_CORPUS_INFLATE_H
#define NEWS_CORPUS_INFLATE_H

#include "base/str.h"

/* Append what deflate data expands to, with zlib's wrapper (RFC 1950) or
 * without (RFC 1951), up to `limit` bytes.  False where it is damaged or cut
 * off; what came before is appended. */
bool inflate_all(struct str *out, struct span packed, size_t limit);

struct inflater;

enum inflate_answer {
    INFLATE_MORE,    /* wants more input, or room for output */
    INFLATE_DAMAGED, /* something is wrong here; call again to go on behind it
                      */
};

/* True where the bytes begin a gzip member. */
bool inflate_is_gzip(struct span head);

struct inflater *inflater_new(void);
void inflater_free(struct inflater *inflater); /* NULL is fine */

/* Move input into `out`; `*in` becomes what is left of it and `*written` the
 * bytes of output.  With `last` no more input will come. */
enum inflate_answer inflater_run(struct inflater *inflater, struct span *in,
                                 bool last, char *out, size_t room,
                                 size_t *written);

/* What was wrong: "cut off", "damaged", "followed by something else". */
const char *inflater_complaint(const struct inflater *inflater);

#endif

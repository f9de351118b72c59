/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * number.h - numbers read from text, with overflow reported.
 *
 * All of the span must be the number: no blanks, no sign unless said.  Where
 * it is not, the functions return false and leave `*out` as it was.
 */
#ifndef NEWS_BASE_NUMBER_H
#define NEWS_BASE_NUMBER_H

#include "base/span.h"

/* Decimal digits, at most `max`. */
bool number_parse(struct span text, uint64_t max, uint64_t *out);

/* The same with an optional leading '-' or '+'. */
bool number_parse_signed(struct span text, int64_t *out);

/* A decimal fraction such as "0.75" or "-3"; no exponent, no infinities. */
bool number_parse_real(struct span text, double *out);

/* A size in bytes: digits and an optional K, M, G or T (powers of 1024). */
bool number_parse_size(struct span text, uint64_t *out);

/* The digits at the beginning of `*text` are cut off and read; false where it
 * does not begin with a digit or the value is over `max`. */
bool number_take(struct span *text, uint64_t max, uint64_t *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wire_text.h - what ANPA 1312 and IPTC 7901 have in common, the two forms in
 * which agencies' text came over the wire: messages that begin with SOH, the
 * letters and the number of the message, and end in ETX and the time.
 */
#ifndef NEWS_CORPUS_WIRE_TEXT_H
#define NEWS_CORPUS_WIRE_TEXT_H

#include "corpus/format.h"

#define WIRE_SOH "\x01"
#define WIRE_STX "\x02"
#define WIRE_ETX "\x03"

/* Whether the text begins with the shape: 'a' is a letter, '0' a digit, any
 * other character itself. */
bool wire_has_shape(struct span text, const char *shape);

/* The bytes of the number in front, "w2870" or "eca0003"; 0: none. */
size_t wire_number_size(struct span text);

/* What follows the number of the first message, behind SOH; else empty. */
struct span wire_behind_number(struct span head);

struct wire_cut {
    bool marked; /* messages begin with SOH; else the file is one */
};

/* As format.begin and format.next: records begin behind SOH. */
enum status wire_begin(void *state, struct source *source,
                       const struct format_options *options, struct error *err);
enum status wire_next(void *state, struct source *source,
                      struct raw_record *out, struct error *err);

/* A section from its letter; the id from the message's number and its day,
 * since numbers come again; the dateline in front of "(AP) - ". */
void wire_add_category(struct article *out, char letter);
void wire_add_id(struct article *out, struct span number);
void wire_add_dateline(struct article *out, struct span body);

#endif

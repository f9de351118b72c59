/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * read_back.h - whether libxapian can read what it writes.
 *
 * libxapian 1.4 deflates document data and lists of terms, and inflates them
 * in pieces of 8,192 bytes; it calls a stream damaged whose last byte is used
 * up while inflate still holds output back.  Through its own interface one
 * text in seven of some 8,200 equal letters can be stored and never be read
 * again; of prose hardly any.  What is surely read back, however it is cut
 * into blocks, is a stream that needs its last byte for its end mark alone.
 */
#ifndef NEWS_INDEXER_READ_BACK_H
#define NEWS_INDEXER_READ_BACK_H

#include <stdint.h>

#include "base/str.h"

/* Whether libxapian surely reads back a tag that it deflates. */
bool read_back_is_sure(struct span tag);

/* A document's list of terms as libxapian stores it. */
struct term_list {
    struct str body, last;
    uint64_t length;
    uint32_t count;
};

#define TERM_LIST_INIT           \
    {                            \
        STR_INIT, STR_INIT, 0, 0 \
    }

/* Terms come in byte order. */
void term_list_add(struct term_list *list, struct span term, uint32_t wdf);
bool term_list_is_sure(const struct term_list *list);
/* Whether it would be with one more term. */
bool term_list_is_sure_with(const struct term_list *list, struct span term);
void term_list_release(struct term_list *list);

/* The noise that makes a tag readable is one of so many; each is printable in
 * no encoding of text: bytes over 0x90, the first 0xFF. */
enum { READ_BACK_NOISES = 64, READ_BACK_NOISE_SIZE = READ_BACK_NOISES + 1 };

/* Noise number `number`, in `room`. */
struct span read_back_noise(char room[READ_BACK_NOISE_SIZE], unsigned number);

#endif

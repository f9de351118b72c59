/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * found.h - places of a text that answer a question.
 */
#ifndef NEWS_SEARCH_FOUND_H
#define NEWS_SEARCH_FOUND_H

#include <stddef.h>
#include <stdint.h>

struct found {
    uint32_t offset, size; /* bytes of the text */
    uint32_t position;     /* of its first word (tokens.h) */
    uint32_t unit;         /* which of the things looked for it is */
};

struct found_list {
    struct found *items; /* in text order, not overlapping */
    size_t count;
};

#endif

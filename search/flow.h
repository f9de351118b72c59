/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flow.h - text that flows into the lines of a terminal: broken between words,
 * before wide characters too.
 *
 *     struct flow flow = flow_begin(out, 80, 4);
 *     flow_text(&flow, text);
 *     flow_end(&flow);
 */
#ifndef NEWS_SEARCH_FLOW_H
#define NEWS_SEARCH_FLOW_H

#include "base/str.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define MARK "\033[1;31m"
#define PLAIN "\033[0m"

/* Text flowing into lines of `width` columns, set in by `indent`. */
struct flow {
    struct str *out;
    uint32_t width, indent, column;
    struct str word;       /* not placed yet, with its colours */
    uint32_t word_columns; /* of its characters */
    bool blank;            /* one is due before the word */
    uint32_t before;       /* the character before; 0 behind a blank */
    int32_t parting;       /* of unicode_parts() */
};

struct flow flow_begin(struct str *out, uint32_t width, uint32_t indent);
void flow_text(struct flow *flow, struct span text);
/* A sequence that takes no columns; nothing where `on` is false. */
void flow_colour(struct flow *flow, const char *colour, bool on);
void flow_end(struct flow *flow); /* ends the line */

#endif

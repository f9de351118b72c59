/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * terminal.h - where answers are printed: how wide it is, what it can show, and
 * the pager for what is longer than it.
 *
 * NO_COLOR (https://no-color.org), TERM, COLUMNS and PAGER are honoured here
 * and nowhere else.
 */
#ifndef NEWS_SEARCH_TERMINAL_H
#define NEWS_SEARCH_TERMINAL_H

#include "base/error.h"
#include "base/str.h"

enum { TERMINAL_WIDTH = 80, TERMINAL_WIDTH_MIN = 30, TERMINAL_WIDTH_MAX = 120 };

struct terminal {
    bool is_one;            /* standard output is a terminal */
    uint32_t width, height; /* columns of text, also where it is none; lines, 0
                               where they are not known */
    bool colour;            /* whether to use colours */
    bool links;             /* and hyperlinks: OSC 8 of ECMA-48 terminals */
};

/* Look at standard output.  `colour` and `links` are "auto", "always", "never"
 * or NULL, as auto; USAGE for anything else. */
enum status terminal_look(struct terminal *out, const char *colour,
                          const char *links, struct error *err);

/*
 * Write to standard output and close it.  Text with more lines than a terminal
 * goes through $NEWSQ_PAGER, else $PAGER, else less(1) where it is installed;
 * "cat" or an empty variable means none.  Waits until the pager ends.
 */
enum status terminal_print(const struct terminal *terminal, struct span text,
                           bool use_pager, struct error *err);

#endif

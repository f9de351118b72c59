/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * render.h - the forms in which answers are printed.
 *
 * A renderer only appends to a str; it never writes to a stream, so tests
 * compare strings and one place checks for write errors.  Adding one: write
 * render_NAME.c, add it to the table in render.c, describe it in newsq(1).
 */
#ifndef NEWS_SEARCH_RENDER_H
#define NEWS_SEARCH_RENDER_H

#include "search/results.h"

struct render_options {
    bool colour;
    bool links;        /* titles lead to their url, by OSC 8 */
    uint32_t width;    /* columns of the terminal; of plain text too */
    struct span query; /* as typed */
    uint32_t offset;
    bool numbered; /* passages on lines of their own, with their paragraph */
};

struct renderer {
    const char *name, *summary;
    void (*head)(struct str *out, const struct results *results,
                 const struct render_options *options);
    void (*hit)(struct str *out, const struct hit *hit, bool last,
                const struct render_options *options);
    void (*tail)(struct str *out, const struct results *results,
                 const struct render_options *options);
    /* One whole article, for --show. */
    void (*article)(struct str *out, const struct record *record,
                    const struct found_list *found,
                    const struct render_options *options);
};

extern const struct renderer renderer_text, renderer_json, renderer_jsonl,
    renderer_tsv, renderer_ids;

/* NULL-terminated; the first is what newsq prints unless told otherwise. */
extern const struct renderer *const renderers[];

const struct renderer *renderer_by_name(const char *name); /* NULL: none */

#endif

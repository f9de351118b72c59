/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wikitext.h - the readable text of MediaWiki's markup (mediawiki.org,
 * Help:Formatting, Help:Links, Help:Templates), without templates, tables,
 * notes and pictures.
 */
#ifndef NEWS_CORPUS_WIKITEXT_H
#define NEWS_CORPUS_WIKITEXT_H

#include "base/str.h"

enum { WIKITEXT_DEPTH_MAX = 40 }; /* templates and links in one another */

/* What a page says in templates and links; each called as often as it comes. */
struct wikitext_events {
    void (*on_category)(void *payload, struct span name);
    /* {{name|first|...}}: all of what stands between the bars. */
    void (*on_template)(void *payload, struct span name, struct span rest);
    void *payload;
};

/* Append the text as paragraphs; it ends before sections such as "Sources",
 * "References" and "External links". */
void wikitext_read(struct str *out, struct span text,
                   const struct wikitext_events *events);

#endif

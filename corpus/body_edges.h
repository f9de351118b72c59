/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * body_edges.h - what stands around the story in a body: the headline once
 * more, the byline, the marks with which agencies end an item.
 *
 * Bodies are paragraphs with a blank line between (article.h).  A body is never
 * left empty.
 */
#ifndef NEWS_CORPUS_BODY_EDGES_H
#define NEWS_CORPUS_BODY_EDGES_H

#include "base/span.h"

/* Without the headline and a byline in front, which goes to `*byline`. */
struct span body_without_head(struct span body, struct span title,
                              struct span *byline);

/* Without what stands behind the end. */
struct span body_without_end(struct span body);

#endif

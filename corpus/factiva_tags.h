/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * factiva_tags.h - Factiva's field tags (HD, SN, PD, LP, ...) and what their
 * values fill.
 */
#ifndef NEWS_CORPUS_FACTIVA_TAGS_H
#define NEWS_CORPUS_FACTIVA_TAGS_H

#include "corpus/article.h"

/* Whether Factiva has such a tag, of use to us or not. */
bool factiva_is_tag(struct span tag);

/* Whether the tag's value is running text. */
bool factiva_is_text(struct span tag);

/* Add the value of a tag: paragraphs stand apart by blank lines. */
void factiva_add(struct article *out, struct span tag, struct span value);

/* Whether a line is the name of a language, as Factiva writes it. */
bool factiva_language(struct span line);

/* "02:11" or "06:48 AM GMT", of the date that the article has already. */
void factiva_add_time(struct article *out, struct span time);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* alto.h - the words of a scanned page (ALTO 2 to 4, Library of Congress). */
#ifndef NEWS_CORPUS_ALTO_H
#define NEWS_CORPUS_ALTO_H

#include "base/str.h"
#include "corpus/xml_tree.h"

/* Append the text of an element (a page, a block): blocks as paragraphs, words
 * that are divided at the end of a line whole. */
void alto_text(struct str *out, const struct xml_node *top);

#endif

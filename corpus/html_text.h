/* SPDX-License-Identifier: GPL-2.0-or-later */
/* html_text.h - the running text of a web page, without what stands around, and
 * that of a piece of one. */
#ifndef NEWS_CORPUS_HTML_TEXT_H
#define NEWS_CORPUS_HTML_TEXT_H

#include "base/str.h"
#include "corpus/xml_tree.h"

/* Append the article's text as paragraphs. */
void html_text(struct str *out, const struct xml_node *root);

/* Append all of a piece of HTML as paragraphs, without scripts and styles. */
void html_paragraphs(struct str *out, struct span markup);

#endif

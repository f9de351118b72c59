/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * html_snippet.h - the text of a little HTML of the plainest kind, such as
 * feeds hold it, without a parser: paragraphs one after the other, with links
 * and emphasis in them.
 */
#ifndef NEWS_CORPUS_HTML_SNIPPET_H
#define NEWS_CORPUS_HTML_SNIPPET_H

#include "base/str.h"

/* Append what xml_paragraphs() would make of its tree.  False, and nothing is
 * appended, where it is not that plain: a parser has to read it. */
bool html_snippet(struct str *out, struct span html);

#endif

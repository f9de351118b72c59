/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clean.h - text of any make into lines and paragraphs, the shapes that text
 * has in articles.
 *
 * All functions take valid UTF-8 and append valid UTF-8 in NFC.
 */
#ifndef NEWS_CORPUS_CLEAN_H
#define NEWS_CORPUS_CLEAN_H

#include "base/str.h"

/* One line: single blanks, no control characters.  The test says for certain
 * that a text is like that already. */
void clean_line(struct str *out, struct span text);
bool clean_is_line(struct span text);

/*
 * Paragraphs of one line each with a blank line between.  Blank lines divide
 * paragraphs; in hard-wrapped text (every full line of similar width) a line
 * that is set in begins one too; else, where there are no blank lines, each
 * line is a paragraph.  Words divided at line ends are joined (hyphen.h).  A
 * blank line comes first where `out` is not empty.
 */
void clean_paragraphs(struct str *out, struct span text);
bool clean_is_paragraphs(struct span text);

#endif

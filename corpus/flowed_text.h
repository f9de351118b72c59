/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flowed_text.h - text/plain; format=flowed (RFC 3676): paragraphs whose lines
 * are broken where a blank stands at their end.
 */
#ifndef NEWS_CORPUS_FLOWED_TEXT_H
#define NEWS_CORPUS_FLOWED_TEXT_H

#include "base/str.h"

/* Append the text with a line for each paragraph, a blank line around those of
 * several lines, and quotes behind their marks.  With `delete_blank` (delsp=yes) the blanks at the ends are no part of it. */
void flowed_text(struct str *out, struct span text, bool delete_blank);

#endif

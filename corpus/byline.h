/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * byline.h - who wrote it, from the line that says so.
 *
 * "By JANE DOE and John Roe in Paris, Reuters; editing by Ann Poe" names two
 * people and an agency.  What someone is ("Staff Writer", "de notre
 * correspondant") and where is left out, as are editors, photographers and
 * addresses.
 */
#ifndef NEWS_CORPUS_BYLINE_H
#define NEWS_CORPUS_BYLINE_H

#include "base/str.h"

enum { BYLINE_MAX = 2000 }; /* bytes; what is longer is taken as it is */

/* Append the people to `people`, a line end between them, and to an empty
 * `agency` the first agency.  Where nothing in a line is known to be anything
 * (a mail address alone), all of it is a person. */
void byline_read(struct str *people, struct str *agency, struct span text);

/* Whether a line begins as bylines do: "By Jane", "Von Jane", "Par Jane". */
bool byline_begins(struct span line);

#endif

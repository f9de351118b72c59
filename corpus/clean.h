/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clean.h - text of any make into the few shapes that articles have.
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

/* "JANE DOE-ROE" into "Jane Doe-Roe"; what has small letters stays. */
void clean_case(struct str *out, struct span text);

/* "Doe, Jane", "DOE, JANE", "jane-doe" and "Jane Doe's" into "Jane Doe". */
void clean_person(struct str *out, struct span text);

/* Slugs: "opec" into "OPEC", "imf" into "IMF", "worldbank" into "Worldbank";
 * "usa" into "USA", "el-salvador" into "El Salvador", "peru" into "Peru".
 * What has a capital stays. */
void clean_org(struct str *out, struct span text);
void clean_place(struct str *out, struct span text);

/* "PARIS, May 3 (Wire) - " without the dash; nothing where it is a time. */
void clean_dateline(struct str *out, struct span text);

/* "en-US", "English", "eng" into "en"; what is no language into nothing. */
void clean_language(struct str *out, struct span text);

/* HTML or XML text: character references decoded once, tags dropped, the ends
 * of blocks as paragraphs. */
void clean_markup(struct str *out, struct span text);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * office_text.h - the text of Word documents (.docx, ECMA-376) and of rich text
 * (RTF 1.9), in which databases deliver their exports.
 *
 * Paragraphs stand apart by a blank line, cells of a table by a tab; line
 * breaks stay.  Headers, footers, notes and fields are left out.
 */
#ifndef NEWS_CORPUS_OFFICE_TEXT_H
#define NEWS_CORPUS_OFFICE_TEXT_H

#include "base/error.h"
#include "base/str.h"

enum {
    OFFICE_MAX = 64 * 1024 * 1024, /* bytes of a file, and of its text */
    RTF_DEPTH_MAX = 512,           /* groups in one another */
};

/* Whether the first bytes are those of such a document. */
bool office_is_document(struct span head);

/* Append the text of a whole document.  BAD_FORMAT: it is a spreadsheet, say.
 */
enum status office_text(struct str *out, struct span bytes, struct error *err);

/* Append the text of RTF, as far as it can be read (rtf_text.c). */
void rtf_text(struct str *out, struct span bytes);

#endif

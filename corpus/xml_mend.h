/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_mend.h - XML as libxml2 takes it best: for xml_tree.c alone.
 */
#ifndef NEWS_CORPUS_XML_MEND_H
#define NEWS_CORPUS_XML_MEND_H

#include "base/str.h"

/* Append the text of a document or of a record that was cut out of one.  The
 * references to HTML's entities become what they stand for, what is no
 * reference stays as it is written, and prefixes that nobody declared are
 * declared. */
void xml_mend(struct str *out, struct span text);

#endif

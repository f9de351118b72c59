/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml_cut.h - the records of an XML file, cut without parsing: the elements of
 * one name.
 */
#ifndef NEWS_CORPUS_XML_CUT_H
#define NEWS_CORPUS_XML_CUT_H

#include "corpus/format.h"

enum { XML_CUT_NAME_MAX = 64 };

/* What is kept between records: the name as the file writes it, with prefix,
 * and its end tag, which may have blanks: "</nitf >". */
struct xml_cut {
    char name[XML_CUT_NAME_MAX];
    char closing[XML_CUT_NAME_MAX + 8];
    bool begun; /* an element of that name was seen */
};

/* The name of the first element of `head`, behind declarations, comments and
 * a document type; without its prefix.  `*tag` becomes all of the start tag,
 * as far as it is there. */
struct span xml_cut_root(struct span head, struct span *tag);

/* Records are elements of that name, with whatever prefix the file's beginning
 * gives it. */
enum status xml_cut_begin(struct xml_cut *cut, struct source *source,
                          const char *name, struct error *err);

/* The format.next of formats whose state is a struct xml_cut. */
enum status xml_cut_next(void *state, struct source *source,
                         struct raw_record *out, struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sgml_cut.h - the records of files of SGML that has no one root: elements of
 * one name, behind each other.
 */
#ifndef NEWS_CORPUS_SGML_CUT_H
#define NEWS_CORPUS_SGML_CUT_H

#include "corpus/format.h"

/* "<DOC", "</DOC>". */
struct sgml_tags {
    struct span opening, closing;
};

#define SGML_TAGS(name)                                     \
    {                                                       \
        SPAN_LITERAL("<" name), SPAN_LITERAL("</" name ">") \
    }

/* Between records, all zero at first: what was read and not given out.  Behind
 * an article that was cut off stands the next one. */
struct sgml_cut {
    struct span rest;
    uint64_t offset;
};

/* The next element.  BAD_RECORD for one that is not closed before the next one
 * begins or the file ends, and for an end without a beginning; END also where
 * only other things follow. */
enum status sgml_cut_next(struct sgml_cut *cut, const struct sgml_tags *tags,
                          struct source *source, struct raw_record *out,
                          struct error *err);

#endif

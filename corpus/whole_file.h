/* SPDX-License-Identifier: GPL-2.0-or-later */
/* whole_file.h - for formats in which a file is one record. */
#ifndef NEWS_CORPUS_WHOLE_FILE_H
#define NEWS_CORPUS_WHOLE_FILE_H

#include "corpus/format.h"
#include "corpus/xml_tree.h"

/* As format.next: all that is left of the source. */
enum status whole_file_next(struct source *source, struct raw_record *out,
                            struct error *err);

/* All that is left of the source as XML. */
enum status whole_file_xml(struct xml_tree **out, struct source *source,
                           struct error *err);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * factiva_plain.h - Factiva's articles without field tags: the headline and the
 * byline stand in front of "355 words", and the date, the time, the source, its
 * code, the language and a copyright behind it.
 */
#ifndef NEWS_CORPUS_FACTIVA_PLAIN_H
#define NEWS_CORPUS_FACTIVA_PLAIN_H

#include "corpus/article.h"

/* The next line that is not blank, without the blanks around it. */
bool factiva_next_line(struct span *rest, struct span *out);

/* "1,355 words" */
bool factiva_is_word_count(struct span line);

/* The code of "Document J000000020100304e6340001x", with a tag AN in front or
 * not; empty. */
struct span factiva_accession(struct span line);

/* Fill the article; false where there is no count of words. */
bool factiva_read_plain(struct article *out, struct span text);

#endif

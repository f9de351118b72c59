/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * document.h - the terms, values and data under which a record is found.
 *
 * Every word of the record's text stands under its folded form with its
 * positions, and under its stem without them where it has other forms
 * (stem.h); words of the title weigh more and stand in the title's field too.
 * The first words of the body weigh more as well: a news story tells who did
 * what in its lead (the inverted pyramid).
 * Fields with words (people, authors, sections, ...) hold the words of each
 * value, the values a paragraph's gap apart; a value's only word needs no
 * position.  Which fields there are, and what kind they are of, is the schema's
 * to say (newsdb/schema.h).
 *
 * A builder belongs to one thread; it keeps the stem caches and the memory of
 * one document from article to article.
 */
#ifndef NEWS_INDEXER_DOCUMENT_H
#define NEWS_INDEXER_DOCUMENT_H

#include "indexer/segment_writer.h"
#include "newsdb/record.h"

enum {
    DOCUMENT_VALUES_MAX = 500,       /* values of one field that are indexed */
    DOCUMENT_FACET_SIZE_MAX = 16384, /* bytes of one packed facet */
    DOCUMENT_LEAD_WORDS = 30,        /* of the body; a lead sentence */
    DOCUMENT_LEAD_WEIGHT = 3,        /* how often a word of it counts */
};

/* The language whose stems are taken where an article states none. */
#define DOCUMENT_DEFAULT_LANGUAGE "en"

struct document_builder;

struct document_builder *document_builder_new(void);
void document_builder_free(struct document_builder *builder); /* NULL: fine */

/* The document of a record; valid until the next call. */
const struct document *document_build(struct document_builder *builder,
                                      const struct record *record);

/* The identity term of the last built record: schema_value() of FIELD_ID. */
struct span document_identity(const struct document_builder *builder);

/* "collection/id", the value that FIELD_ID is made of. */
void document_identity_value(struct str *out, struct span collection,
                             struct span id);

#endif

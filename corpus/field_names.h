/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * field_names.h - what the fields of an article are called in JSON and CSV
 * corpora: news-please, RealNews, cc_news, All the News, FakeNewsCorpus, TREC
 * Washington Post, webz.io, ninjs, the APIs of newspapers and WordPress, our own
 * export; and in other languages.
 */
#ifndef NEWS_CORPUS_FIELD_NAMES_H
#define NEWS_CORPUS_FIELD_NAMES_H

#include "corpus/format.h"

enum {
    FIELD_NAMES_RANK_MAP = 0, /* of names that --map gives */
    FIELD_NAMES_RANK_MAX = 99,
};

struct field_name {
    struct span name; /* lower case; "entities.persons.name" is nested */
    enum article_field field;
    int rank;    /* where several names of a field occur the lowest wins */
    bool markup; /* the value is HTML */
    bool forms;  /* values of one name are one text in several forms */
};

/*
 * The row of a name; NULL where it means nothing to us.  Names are compared
 * without case, and '-' and ' ' as '_'.  `map` is asked first; what it names
 * goes to `scratch`, which the result then points to.
 */
const struct field_name *field_names_find(const struct field_map *map,
                                          struct span name,
                                          struct field_name *scratch);

/* Whether a value stands for none: "None", "null", "nan", "N/A", "". */
bool field_names_is_nothing(struct span value);

/*
 * The values of one record as they come: of several names of one field the one
 * of lowest rank stays.
 */
struct field_values {
    struct article *article;
    int ranks[ARTICLE_FIELD_COUNT]; /* of what the article has so far */
};
void field_values_begin(struct field_values *values, struct article *article);
void field_values_drop(struct field_values *values); /* those so far */
void field_values_add(struct field_values *values, const struct field_name *row,
                      struct span value);

#endif

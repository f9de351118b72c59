/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * score.h - precision and recall of the recogniser on annotated news, by whole
 * names as CoNLL-2003 counts them: a name is found when its kind and both ends
 * are right.
 */
#ifndef NEWS_INDEXER_NAMES_SCORE_H
#define NEWS_INDEXER_NAMES_SCORE_H

#include "indexer/names/recogniser.h"
#include "indexer/names/tagged.h"

struct score {
    size_t annotated, found, right;
};

struct scores {
    struct score kinds[NAME_KIND_COUNT];
    size_t tokens;
};

/* Read the articles and count. */
void scores_add(struct scores *scores, struct name_reader *reader,
                const struct tagged *tagged);

struct score scores_total(const struct scores *scores);
double score_precision(struct score score); /* percent */
double score_recall(struct score score);
double score_f1(struct score score);

/* Append a table: precision, recall, F1 and number of names by kind. */
void scores_print(struct str *out, const struct scores *scores);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * training.h - from annotated news to the samples that weights are learned
 * from, and from the weights to a model.
 *
 * The order of calls: training_lexicon_*(), training_add() for each file,
 * training_run(), training_write().
 */
#ifndef NEWS_INDEXER_NAMES_TRAINING_H
#define NEWS_INDEXER_NAMES_TRAINING_H

#include "base/error.h"
#include "base/str.h"
#include "indexer/names/gold.h"

struct training_options {
    unsigned rounds;
    unsigned first_rounds; /* of the first reading's own training */
    unsigned folds;        /* that it is done in */
    unsigned seen_min;     /* features seen less often are dropped */
    double decay, rate;
    double weight_min;  /* rows with no weight over it are dropped */
    unsigned scale;     /* units of one nat in the model */
    unsigned capitals;  /* percent of the articles also read in capitals */
    unsigned headlines; /* percent also read as headlines are set */
};

#define TRAINING_OPTIONS_INIT                    \
    {                                            \
        10, 5, 5, 2, 3e-5, 0.1, 0.06, 24, 30, 15 \
    }

struct training;

struct training *training_new(const struct training_options *options);
void training_free(struct training *training);

/* Word classes: bit path, word, count, tabs between. */
enum status training_add_classes(struct training *training, const char *path,
                                 struct error *err);
/* Lists: number 0 to 10 or 14, name; a tab between. */
enum status training_add_lists(struct training *training, const char *path,
                               struct error *err);
enum status training_add(struct training *training, const char *path,
                         struct gold_style style, struct error *err);

void training_run(struct training *training);

/* Append the model file. */
void training_write(struct training *training, struct span card,
                    struct span rules, struct str *out);

#endif

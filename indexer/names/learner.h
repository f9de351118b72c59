/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * learner.h - the weights of a conditional random field, learned by stochastic
 * gradient descent on runs of tokens.
 *
 * Nothing but IEEE additions, multiplications and divisions in a fixed order is
 * done, so the same runs give the same weights on every machine.  Method: Leon
 * Bottou, "Stochastic Gradient Descent Tricks" (decay of the weights by one
 * common factor, averaging over the last rounds).
 */
#ifndef NEWS_INDEXER_NAMES_LEARNER_H
#define NEWS_INDEXER_NAMES_LEARNER_H

#include "indexer/names/samples.h"

struct learner_options {
    unsigned rounds;
    double decay;       /* L2 */
    double rate;        /* of the first step */
    uint32_t leave_out; /* the group that is not learned from */
};

enum { LEARN_ALL = UINT32_MAX };

struct learned {
    float *weights; /* CRF_LANES for each feature */
    size_t feature_count;
    float transitions[CRF_LABELS][CRF_LABELS];
};

void learn(struct learned *out, const struct samples *samples,
           size_t feature_count, const struct learner_options *options);
void learned_release(struct learned *learned);

/* Scores of one token in units of 1/`scale`. */
void learned_score(struct crf_scores *out, const struct learned *learned,
                   const struct samples *samples,
                   const struct sample_token *token, unsigned scale);
void learned_transitions(struct crf_transitions *out,
                         const struct learned *learned, unsigned scale);

#endif

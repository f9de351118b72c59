/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lattice.h - how probable each label of a run of tokens is: forward and
 * backward over all paths of a conditional random field.
 *
 * Scores and transitions are set as logarithms and held as what they are the
 * logarithms of.  Every row is normalised, so no run is too long for doubles.
 * What is found is added up: expected with the labels that the tokens may have,
 * less expected with any, is the way up the likelihood.
 */
#ifndef NEWS_INDEXER_NAMES_LATTICE_H
#define NEWS_INDEXER_NAMES_LATTICE_H

#include "indexer/names/features.h"
#include "indexer/names/samples.h"

enum {
    LATTICE_TOKENS_MAX = RUN_MAX + 4,
    /* Labels that may follow each other: 81 pairs between names and 16 inside
     * one. */
    LATTICE_PAIRS_MAX = 97,
};

struct lattice_pair {
    uint8_t from, to;
};

struct lattice {
    struct lattice_pair pairs[LATTICE_PAIRS_MAX]; /* the only transitions */
    size_t pair_count;
    double scores[LATTICE_TOKENS_MAX][CRF_LABELS];
    double transitions[CRF_LABELS][CRF_LABELS];
    double forward[LATTICE_TOKENS_MAX][CRF_LABELS];
    double backward[LATTICE_TOKENS_MAX][CRF_LABELS];

    /* What is found: of each token, and of each transition. */
    double marginals[LATTICE_TOKENS_MAX][CRF_LABELS];
    double expected[CRF_LABELS][CRF_LABELS];
};

/* Once, for a lattice of zeroes. */
void lattice_begin(struct lattice *l);

void lattice_set_transition(struct lattice *l, struct lattice_pair pair,
                            double score);

/* A run of `count` tokens: nothing is found yet, and the scores of each token
 * follow. */
void lattice_clear(struct lattice *l, size_t count);
void lattice_set_scores(struct lattice *l, size_t i,
                        const double scores[CRF_LABELS]);

/* Add what is expected, times `sign`; `constrained`: of the labels that the
 * tokens may have. */
void lattice_expect(struct lattice *l, const struct sample_token *tokens,
                    size_t count, bool constrained, double sign);

/* The same, constrained and with sign 1, where every token may have one label
 * only; false, and nothing added, where one may have others. */
bool lattice_observe(struct lattice *l, const struct sample_token *tokens,
                     size_t count);

#endif

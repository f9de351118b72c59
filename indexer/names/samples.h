/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * samples.h - runs of tokens with their features and the labels they may have:
 * what is learned from.
 *
 * Features are numbers; what each stands for is known to who adds them.  A run
 * is a stretch of tokens, a token's features are a stretch of features, and
 * each of the three lists only grows at its end.
 */
#ifndef NEWS_INDEXER_NAMES_SAMPLES_H
#define NEWS_INDEXER_NAMES_SAMPLES_H

#include "indexer/names/crf.h"

/* Features of one token, by number, and the labels that it may have. */
struct sample_token {
    uint32_t first, count; /* of samples.features */
    uint32_t allowed;      /* one bit for each label */
};

struct sample_run {
    uint32_t first, count; /* of samples.tokens */
    float weight;
    uint32_t group; /* the fold that it belongs to */
};

struct samples {
    uint32_t *features;
    size_t feature_count, feature_capacity;
    struct sample_token *tokens;
    size_t token_count, token_capacity;
    struct sample_run *runs;
    size_t run_count, run_capacity;
};

/* Add a run of `run.count` tokens, which follow; `run.first` is set here. */
void samples_add_run(struct samples *samples, struct sample_run run);
/* Add a token, and behind it each of its features. */
void samples_add_token(struct samples *samples, uint32_t allowed);
void samples_add_feature(struct samples *samples, uint32_t feature);
void samples_release(struct samples *samples);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/samples.h"

#include <stdlib.h>

#include "base/memory.h"

void samples_add_run(struct samples *samples, struct sample_run run)
{
    MEMORY_GROW(samples->runs, samples->run_count, samples->run_capacity);
    run.first = (uint32_t)samples->token_count;
    samples->runs[samples->run_count++] = run;
}

void samples_add_token(struct samples *samples, uint32_t allowed)
{
    MEMORY_GROW(samples->tokens, samples->token_count, samples->token_capacity);
    samples->tokens[samples->token_count++] =
        (struct sample_token){ (uint32_t)samples->feature_count, 0, allowed };
}

void samples_add_feature(struct samples *samples, uint32_t feature)
{
    MEMORY_GROW(samples->features, samples->feature_count,
                samples->feature_capacity);
    samples->features[samples->feature_count++] = feature;
    samples->tokens[samples->token_count - 1].count++;
}

void samples_release(struct samples *samples)
{
    free(samples->features);
    free(samples->tokens);
    free(samples->runs);
    *samples = (struct samples){ NULL, 0, 0, NULL, 0, 0, NULL, 0, 0 };
}

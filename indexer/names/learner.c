/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/learner.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/names/lattice.h"

void learned_release(struct learned *learned)
{
    free(learned->weights);
    learned->weights = NULL;
}

/* ---- Descent ---------------------------------------------------------- */

struct descent {
    const struct samples *samples;
    struct learned *learned;
    double factor; /* the weights are this times what is stored */
    struct lattice lattice;
    uint32_t *order;
    size_t order_count;
};

static void raw_scores(double out[CRF_LANES], const float *weights,
                       const struct samples *samples,
                       const struct sample_token *token)
{
    float sum[CRF_LANES] = { 0 };
    for (uint32_t i = 0; i < token->count; i++) {
        const float *row =
            weights + (size_t)samples->features[token->first + i] * CRF_LANES;
        for (int lane = 0; lane < CRF_LANES; lane++)
            sum[lane] += row[lane];
    }
    for (int lane = 0; lane < CRF_LANES; lane++)
        out[lane] = (double)sum[lane];
}

static void fill_lattice(struct descent *d, const struct sample_token *tokens,
                         size_t count)
{
    lattice_clear(&d->lattice, count);
    for (size_t i = 0; i < count; i++) {
        double scores[CRF_LABELS] = { 0 };
        raw_scores(scores, d->learned->weights, d->samples, &tokens[i]);
        for (int lane = 0; lane < CRF_LANES; lane++)
            scores[lane] *= d->factor;
        lattice_set_scores(&d->lattice, i, scores);
    }
}

/* Transitions change little from step to step. */
enum { REFRESHED_EVERY = 16 };

static void refresh_transitions(struct descent *d)
{
    struct lattice *l = &d->lattice;
    for (size_t p = 0; p < l->pair_count; p++) {
        struct lattice_pair pair = l->pairs[p];
        lattice_set_transition(
            l, pair,
            (double)d->learned->transitions[pair.from][pair.to] * d->factor);
    }
}

/* A change of less than this in all labels is none. */
static const double change_min = 1e-4;

static bool is_change(const double marginals[CRF_LABELS])
{
    for (int lane = 0; lane < CRF_LANES; lane++)
        if (marginals[lane] > change_min || marginals[lane] < -change_min)
            return true;
    return false;
}

static void step(struct descent *d, const struct sample_run *run, double rate)
{
    const struct sample_token *tokens = d->samples->tokens + run->first;
    struct lattice *l = &d->lattice;
    fill_lattice(d, tokens, run->count);
    if (!lattice_observe(l, tokens, run->count))
        lattice_expect(l, tokens, run->count, true, 1);
    lattice_expect(l, tokens, run->count, false, -1);
    double scaled = rate * (double)run->weight / d->factor;
    for (size_t i = 0; i < run->count; i++) {
        float change[CRF_LANES];
        if (!is_change(l->marginals[i]))
            continue;
        for (int lane = 0; lane < CRF_LANES; lane++)
            change[lane] = (float)(scaled * l->marginals[i][lane]);
        for (uint32_t j = 0; j < tokens[i].count; j++) {
            float *row =
                d->learned->weights +
                (size_t)d->samples->features[tokens[i].first + j] * CRF_LANES;
            for (int lane = 0; lane < CRF_LANES; lane++)
                row[lane] += change[lane];
        }
    }
    for (size_t p = 0; p < l->pair_count; p++) {
        struct lattice_pair pair = l->pairs[p];
        d->learned->transitions[pair.from][pair.to] +=
            (float)(scaled * l->expected[pair.from][pair.to]);
    }
}

static void apply_factor(struct descent *d)
{
    float factor = (float)d->factor;
    for (size_t i = 0; i < d->learned->feature_count * CRF_LANES; i++)
        d->learned->weights[i] *= factor;
    for (unsigned from = 0; from < CRF_LABELS; from++)
        for (unsigned to = 0; to < CRF_LABELS; to++)
            d->learned->transitions[from][to] *= factor;
    d->factor = 1;
}

/* SplitMix64 (Sebastiano Vigna). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void shuffle(struct descent *d, uint64_t *random)
{
    for (size_t i = d->order_count; i > 1; i--) {
        size_t j = (size_t)(next_random(random) % i);
        uint32_t swap = d->order[i - 1];
        d->order[i - 1] = d->order[j];
        d->order[j] = swap;
    }
}

/* The mean of the weights at the ends of the last rounds is what is kept: one
 * more or less of the last runs seen makes no difference then. */
static void add_average(struct learned *average, const struct learned *now,
                        float share)
{
    for (size_t i = 0; i < now->feature_count * CRF_LANES; i++)
        average->weights[i] += now->weights[i] * share;
    for (unsigned from = 0; from < CRF_LABELS; from++)
        for (unsigned to = 0; to < CRF_LABELS; to++)
            average->transitions[from][to] +=
                now->transitions[from][to] * share;
}

static void learned_begin(struct learned *learned, size_t feature_count)
{
    *learned = (struct learned){ .feature_count = feature_count };
    learned->weights = memory_new(feature_count * CRF_LANES, sizeof(float));
}

void learn(struct learned *out, const struct samples *samples,
           size_t feature_count, const struct learner_options *options)
{
    struct learned now;
    learned_begin(&now, feature_count);
    learned_begin(out, feature_count);
    struct descent *d = memory_new(1, sizeof(*d));
    *d = (struct descent){ .samples = samples, .learned = &now, .factor = 1 };
    d->order = memory_new(samples->run_count + 1, sizeof(*d->order));
    for (size_t i = 0; i < samples->run_count; i++)
        if (samples->runs[i].group != options->leave_out)
            d->order[d->order_count++] = (uint32_t)i;
    lattice_begin(&d->lattice);
    uint64_t random = 1;
    double steps = 0;
    unsigned averaged = options->rounds > 4 ? options->rounds / 2 : 1;
    for (unsigned round = 0; round < options->rounds; round++) {
        shuffle(d, &random);
        for (size_t i = 0; i < d->order_count; i++, steps++) {
            double rate =
                options->rate / (1 + options->rate * options->decay * steps);
            d->factor *= 1 - rate * options->decay;
            if (i % REFRESHED_EVERY == 0)
                refresh_transitions(d);
            step(d, &samples->runs[d->order[i]], rate);
            if (d->factor < 1e-3)
                apply_factor(d);
        }
        apply_factor(d);
        if (round + averaged >= options->rounds)
            add_average(out, &now, 1 / (float)averaged);
    }
    learned_release(&now);
    free(d->order);
    free(d);
}

/* ---- Using the weights ------------------------------------------------ */

static int16_t to_units(double value, unsigned scale)
{
    double units = value * scale;
    if (units > INT16_MAX / 4)
        units = INT16_MAX / 4;
    if (units < -(INT16_MAX / 4))
        units = -(INT16_MAX / 4);
    return (int16_t)(units < 0 ? units - 0.5 : units + 0.5);
}

void learned_score(struct crf_scores *out, const struct learned *learned,
                   const struct samples *samples,
                   const struct sample_token *token, unsigned scale)
{
    double sum[CRF_LANES];
    raw_scores(sum, learned->weights, samples, token);
    for (int lane = 0; lane < CRF_LANES; lane++)
        out->lanes[lane] = to_units(sum[lane], scale);
}

void learned_transitions(struct crf_transitions *out,
                         const struct learned *learned, unsigned scale)
{
    for (unsigned from = 0; from < CRF_LABELS; from++)
        for (unsigned to = 0; to < CRF_LABELS; to++)
            out->from_to[from][to] =
                crf_may_follow(from, to)
                    ? to_units((double)learned->transitions[from][to], scale)
                    : INT16_MIN / 2;
}

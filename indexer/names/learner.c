/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/learner.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "indexer/names/features.h"

void samples_release(struct samples *samples)
{
    free(samples->features);
    free(samples->tokens);
    free(samples->runs);
    *samples = (struct samples){ NULL, 0, 0, NULL, 0, 0, NULL, 0, 0 };
}

void learned_release(struct learned *learned)
{
    free(learned->weights);
    learned->weights = NULL;
}

/* e to the x for x <= 0, to about nine digits: libm's own differs in the last
 * bit from one machine to the next. */
static double exp_negative(double x)
{
    static const double inverse[] = { 1.0 / 1, 1.0 / 2, 1.0 / 3, 1.0 / 4,
                                      1.0 / 5, 1.0 / 6, 1.0 / 7, 1.0 / 8,
                                      1.0 / 9, 1.0 / 10 };
    enum { TERMS = sizeof(inverse) / sizeof(*inverse) };
    if (x < -40)
        return 0;
    double scaled = x * 1.4426950408889634;
    int whole = (int)scaled;
    double part = (scaled - whole) * 0.6931471805599453, sum = 1, term = 1;
    for (int i = 0; i < TERMS; i++) {
        term *= part * inverse[i];
        sum += term;
    }
    return sum / (double)(UINT64_C(1) << -whole);
}

/* ---- Forward and backward --------------------------------------------- */

enum { TOKENS_MAX = RUN_MAX + 4 };

/* The labels that may follow each other: 81 pairs between names and 16 inside
 * one. */
enum { PAIRS_MAX = 97 };

struct pair {
    uint8_t from, to;
};

struct lattice {
    struct pair pairs[PAIRS_MAX];
    size_t pair_count;
    double scores[TOKENS_MAX][CRF_LABELS]; /* then their exponentials */
    double transitions[CRF_LABELS][CRF_LABELS];
    double forward[TOKENS_MAX][CRF_LABELS];
    double backward[TOKENS_MAX][CRF_LABELS];
    double marginals[TOKENS_MAX][CRF_LABELS];
    double expected[CRF_LABELS][CRF_LABELS]; /* transitions */
};

static void normalise(double row[CRF_LABELS])
{
    double sum = 0;
    for (int i = 0; i < CRF_LABELS; i++)
        sum += row[i];
    if (sum > 0)
        for (int i = 0; i < CRF_LABELS; i++)
            row[i] /= sum;
}

static bool is_allowed(const struct sample_token *token, unsigned label)
{
    return token->allowed >> label & 1;
}

static void find_pairs(struct lattice *l)
{
    for (unsigned from = 0; from < CRF_LABELS; from++)
        for (unsigned to = 0; to < CRF_LABELS; to++)
            if (crf_may_follow(from, to))
                l->pairs[l->pair_count++] =
                    (struct pair){ (uint8_t)from, (uint8_t)to };
}

static void run_forward(struct lattice *l, const struct sample_token *tokens,
                        size_t count, bool constrained)
{
    for (size_t i = 0; i < count; i++) {
        double *row = l->forward[i];
        for (unsigned to = 0; to < CRF_LABELS; to++)
            row[to] = i ? 0 : l->transitions[CRF_OUTSIDE][to];
        for (size_t p = 0; i && p < l->pair_count; p++) {
            struct pair pair = l->pairs[p];
            row[pair.to] += l->forward[i - 1][pair.from] *
                            l->transitions[pair.from][pair.to];
        }
        for (unsigned to = 0; to < CRF_LABELS; to++)
            row[to] = constrained && !is_allowed(&tokens[i], to)
                          ? 0
                          : row[to] * l->scores[i][to];
        normalise(row);
    }
}

static void run_backward(struct lattice *l, const struct sample_token *tokens,
                         size_t count, bool constrained)
{
    for (size_t i = count; i-- > 0;) {
        double *row = l->backward[i], after[CRF_LABELS] = { 0 };
        bool last = i == count - 1;
        for (unsigned label = 0; label < CRF_LABELS; label++) {
            row[label] = last ? l->transitions[label][CRF_OUTSIDE] : 0;
            if (!last)
                after[label] =
                    l->scores[i + 1][label] * l->backward[i + 1][label];
        }
        for (size_t p = 0; !last && p < l->pair_count; p++) {
            struct pair pair = l->pairs[p];
            row[pair.from] +=
                l->transitions[pair.from][pair.to] * after[pair.to];
        }
        for (unsigned from = 0; constrained && from < CRF_LABELS; from++)
            if (!is_allowed(&tokens[i], from))
                row[from] = 0;
        normalise(row);
    }
}

/* Add the expected transitions between i - 1 and i, times `sign`. */
static void expect_pair(struct lattice *l, size_t i, double sign)
{
    double shares[PAIRS_MAX], sum = 0;
    for (size_t p = 0; p < l->pair_count; p++) {
        struct pair pair = l->pairs[p];
        shares[p] = l->forward[i - 1][pair.from] *
                    l->transitions[pair.from][pair.to] * l->scores[i][pair.to] *
                    l->backward[i][pair.to];
        sum += shares[p];
    }
    for (size_t p = 0; sum > 0 && p < l->pair_count; p++)
        l->expected[l->pairs[p].from][l->pairs[p].to] += sign * shares[p] / sum;
}

static void expect(struct lattice *l, const struct sample_token *tokens,
                   size_t count, bool constrained, double sign)
{
    run_forward(l, tokens, count, constrained);
    run_backward(l, tokens, count, constrained);
    for (size_t i = 0; i < count; i++) {
        double row[CRF_LABELS];
        for (unsigned label = 0; label < CRF_LABELS; label++)
            row[label] = l->forward[i][label] * l->backward[i][label];
        normalise(row);
        for (unsigned label = 0; label < CRF_LABELS; label++) {
            l->marginals[i][label] += sign * row[label];
            if (i == 0)
                l->expected[CRF_OUTSIDE][label] += sign * row[label];
            if (i == count - 1)
                l->expected[label][CRF_OUTSIDE] += sign * row[label];
        }
        if (i)
            expect_pair(l, i, sign);
    }
}

/* The label of a token of which only one is allowed; CRF_LABELS for others. */
static unsigned only_label(const struct sample_token *token)
{
    unsigned label = 0;
    if (!token->allowed || token->allowed & (token->allowed - 1))
        return CRF_LABELS;
    while (!is_allowed(token, label))
        label++;
    return label;
}

/* The same for labels that are known, where there is nothing to expect; false
 * where one is not. */
static bool observe(struct lattice *l, const struct sample_token *tokens,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (only_label(&tokens[i]) == CRF_LABELS)
            return false;
    unsigned from = CRF_OUTSIDE;
    for (size_t i = 0; i < count; i++) {
        unsigned label = only_label(&tokens[i]);
        l->marginals[i][label] += 1;
        l->expected[from][label] += 1;
        from = label;
    }
    l->expected[from][CRF_OUTSIDE] += 1;
    return true;
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
    struct lattice *l = &d->lattice;
    for (size_t i = 0; i < count; i++) {
        double *row = l->scores[i], best = 0;
        raw_scores(row, d->learned->weights, d->samples, &tokens[i]);
        row[CRF_OUTSIDE] = 0;
        for (unsigned label = 0; label < CRF_LABELS; label++) {
            row[label] *= d->factor;
            if (row[label] > best)
                best = row[label];
        }
        for (unsigned label = 0; label < CRF_LABELS; label++)
            row[label] = exp_negative(row[label] - best);
    }
    memset(l->marginals, 0, count * sizeof(*l->marginals));
    memset(l->expected, 0, sizeof(l->expected));
}

/* Transitions change little from step to step. */
enum { REFRESHED_EVERY = 16 };

static void refresh_transitions(struct descent *d)
{
    struct lattice *l = &d->lattice;
    for (size_t p = 0; p < l->pair_count; p++) {
        struct pair pair = l->pairs[p];
        double score =
            (double)d->learned->transitions[pair.from][pair.to] * d->factor;
        l->transitions[pair.from][pair.to] =
            score > 0 ? 1 / exp_negative(-score) : exp_negative(score);
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
    if (!observe(l, tokens, run->count))
        expect(l, tokens, run->count, true, 1);
    expect(l, tokens, run->count, false, -1);
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
        struct pair pair = l->pairs[p];
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
    find_pairs(&d->lattice);
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

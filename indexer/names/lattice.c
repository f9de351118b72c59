/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/lattice.h"

#include <string.h>

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

void lattice_begin(struct lattice *l)
{
    l->pair_count = 0;
    for (unsigned from = 0; from < CRF_LABELS; from++)
        for (unsigned to = 0; to < CRF_LABELS; to++)
            if (crf_may_follow(from, to))
                l->pairs[l->pair_count++] =
                    (struct lattice_pair){ (uint8_t)from, (uint8_t)to };
}

void lattice_clear(struct lattice *l, size_t count)
{
    memset(l->marginals, 0, count * sizeof(*l->marginals));
    memset(l->expected, 0, sizeof(l->expected));
}

void lattice_set_scores(struct lattice *l, size_t i,
                        const double scores[CRF_LABELS])
{
    double best = 0;
    for (unsigned label = 0; label < CRF_LABELS; label++)
        if (scores[label] > best)
            best = scores[label];
    for (unsigned label = 0; label < CRF_LABELS; label++)
        l->scores[i][label] = exp_negative(scores[label] - best);
}

void lattice_set_transition(struct lattice *l, struct lattice_pair pair,
                            double score)
{
    l->transitions[pair.from][pair.to] =
        score > 0 ? 1 / exp_negative(-score) : exp_negative(score);
}

static void run_forward(struct lattice *l, const struct sample_token *tokens,
                        size_t count, bool constrained)
{
    for (size_t i = 0; i < count; i++) {
        double *row = l->forward[i];
        for (unsigned to = 0; to < CRF_LABELS; to++)
            row[to] = i ? 0 : l->transitions[CRF_OUTSIDE][to];
        for (size_t p = 0; i && p < l->pair_count; p++) {
            struct lattice_pair pair = l->pairs[p];
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
            struct lattice_pair pair = l->pairs[p];
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
    double shares[LATTICE_PAIRS_MAX], sum = 0;
    for (size_t p = 0; p < l->pair_count; p++) {
        struct lattice_pair pair = l->pairs[p];
        shares[p] = l->forward[i - 1][pair.from] *
                    l->transitions[pair.from][pair.to] * l->scores[i][pair.to] *
                    l->backward[i][pair.to];
        sum += shares[p];
    }
    for (size_t p = 0; sum > 0 && p < l->pair_count; p++)
        l->expected[l->pairs[p].from][l->pairs[p].to] += sign * shares[p] / sum;
}

void lattice_expect(struct lattice *l, const struct sample_token *tokens,
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

bool lattice_observe(struct lattice *l, const struct sample_token *tokens,
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

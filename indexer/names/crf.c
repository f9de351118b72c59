/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/crf.h"

#include <limits.h>

enum { IMPOSSIBLE = INT_MIN / 4, ENDS = CRF_TYPES * 2 + 1 };

/* Labels after which a name is complete, and those that may come then. */
static const uint8_t ends[ENDS] = { CRF_OUTSIDE, 2, 3, 6, 7, 10, 11, 14, 15 };
static const uint8_t starts[ENDS] = { CRF_OUTSIDE, 0, 3, 4, 7, 8, 11, 12, 15 };

static bool is_complete(unsigned label)
{
    return label == CRF_OUTSIDE || label % 4 >= CRF_LAST;
}

bool crf_may_follow(unsigned from, unsigned to)
{
    bool opens = to == CRF_OUTSIDE || to % 4 == CRF_BEGIN || to % 4 == CRF_UNIT;
    if (is_complete(from))
        return opens;
    return !opens && from / 4 == to / 4;
}

static void step_first(struct crf_step *step, const struct crf_scores *scores,
                       const struct crf_transitions *transitions)
{
    for (unsigned to = 0; to < CRF_LABELS; to++)
        step->best[to] = IMPOSSIBLE;
    for (unsigned i = 0; i < ENDS; i++) {
        unsigned to = starts[i];
        step->best[to] = transitions->from_to[CRF_OUTSIDE][to] +
                         (to == CRF_OUTSIDE ? 0 : scores->lanes[to]);
        step->from[to] = CRF_OUTSIDE;
    }
}

static void take(struct crf_step *step, unsigned to, unsigned from,
                 int32_t score)
{
    if (score > step->best[to]) {
        step->best[to] = score;
        step->from[to] = (uint8_t)from;
    }
}

static void step_next(struct crf_step *step, const struct crf_step *last,
                      const struct crf_scores *scores,
                      const struct crf_transitions *transitions)
{
    int32_t complete[ENDS];
    for (unsigned j = 0; j < ENDS; j++)
        complete[j] = last->best[ends[j]];
    for (unsigned to = 0; to < CRF_LABELS; to++)
        step->best[to] = IMPOSSIBLE;
    for (unsigned i = 0; i < ENDS; i++) {
        int32_t best = IMPOSSIBLE;
        uint8_t from = CRF_OUTSIDE;
        for (unsigned j = 0; j < ENDS; j++) {
            int32_t score =
                complete[j] + transitions->from_to[ends[j]][starts[i]];
            from = score > best ? ends[j] : from;
            best = score > best ? score : best;
        }
        step->best[starts[i]] = best;
        step->from[starts[i]] = from;
    }
    for (unsigned type = 0; type < CRF_LANES; type += 4)
        for (unsigned from = type; from <= type + CRF_INSIDE; from++)
            for (unsigned to = type + CRF_INSIDE; to <= type + CRF_LAST; to++)
                take(step, to, from,
                     last->best[from] + transitions->from_to[from][to]);
    for (unsigned to = 0; to < CRF_LANES; to++)
        step->best[to] += scores->lanes[to];
}

/* The best score of what follows token `i` of the run, for each of its labels,
 * worked out backwards in place. */
static void step_back(int32_t after[CRF_LABELS],
                      const struct crf_scores *next_scores,
                      const struct crf_transitions *transitions)
{
    int32_t next[CRF_LABELS];
    for (unsigned to = 0; to < CRF_LABELS; to++)
        next[to] = after[to] + (to == CRF_OUTSIDE ? 0 : next_scores->lanes[to]);
    for (unsigned from = 0; from < CRF_LABELS; from++)
        after[from] = IMPOSSIBLE;
    for (unsigned j = 0; j < ENDS; j++) {
        int32_t best = IMPOSSIBLE;
        for (unsigned i = 0; i < ENDS; i++) {
            int32_t score =
                next[starts[i]] + transitions->from_to[ends[j]][starts[i]];
            best = score > best ? score : best;
        }
        after[ends[j]] = best;
    }
    for (unsigned type = 0; type < CRF_LANES; type += 4)
        for (unsigned from = type; from <= type + CRF_INSIDE; from++)
            for (unsigned to = type + CRF_INSIDE; to <= type + CRF_LAST; to++) {
                int32_t score = next[to] + transitions->from_to[from][to];
                if (score > after[from])
                    after[from] = score;
            }
}

static int32_t margin_of(const struct crf_step *step,
                         const int32_t after[CRF_LABELS], unsigned label)
{
    int32_t other = IMPOSSIBLE;
    for (unsigned i = 0; i < CRF_LABELS; i++)
        if (i != label && step->best[i] + after[i] > other)
            other = step->best[i] + after[i];
    return step->best[label] + after[label] - other;
}

void crf_decode(uint8_t *labels, int32_t *margins, struct crf_step *steps,
                const struct crf_scores *scores, size_t count,
                const struct crf_transitions *transitions)
{
    if (!count)
        return;
    step_first(&steps[0], &scores[0], transitions);
    for (size_t i = 1; i < count; i++)
        step_next(&steps[i], &steps[i - 1], &scores[i], transitions);
    int32_t after[CRF_LABELS];
    for (unsigned i = 0; i < CRF_LABELS; i++)
        after[i] =
            is_complete(i) ? transitions->from_to[i][CRF_OUTSIDE] : IMPOSSIBLE;
    unsigned label = CRF_OUTSIDE;
    for (unsigned i = 0; i < CRF_LABELS; i++)
        if (steps[count - 1].best[i] + after[i] >
            steps[count - 1].best[label] + after[label])
            label = i;
    for (size_t i = count; i-- > 0;) {
        labels[i] = (uint8_t)label;
        label = steps[i].from[label];
        if (!margins)
            continue;
        margins[i] = margin_of(&steps[i], after, labels[i]);
        if (i)
            step_back(after, &scores[i], transitions);
    }
}

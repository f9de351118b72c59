/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * crf.h - the best labels of a run of tokens: Viterbi over BILOU labels.
 *
 * A token is the begin, the inside, the last or the only token (unit) of a name
 * of one of four types, or outside.  Names that are neither people nor
 * organisations nor places (nationalities, events) are learned as a type of
 * their own and not reported.  Scores are integers relative to "outside".
 */
#ifndef NEWS_INDEXER_NAMES_CRF_H
#define NEWS_INDEXER_NAMES_CRF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum crf_type { CRF_PERSON, CRF_ORG, CRF_PLACE, CRF_OTHER, CRF_TYPES };
enum crf_part { CRF_BEGIN, CRF_INSIDE, CRF_LAST, CRF_UNIT };

enum {
    CRF_LANES = 16, /* type * 4 + part */
    CRF_OUTSIDE = 16,
    CRF_LABELS = 17,
};

/* One token's scores: what is known of it for each label. */
struct crf_scores {
    int16_t lanes[CRF_LANES];
};

static inline void crf_scores_add(struct crf_scores *sum,
                                  const struct crf_scores *other)
{
    for (int i = 0; i < CRF_LANES; i++)
        sum->lanes[i] = (int16_t)(sum->lanes[i] + other->lanes[i]);
}

struct crf_transitions {
    int16_t from_to[CRF_LABELS][CRF_LABELS];
};

/* Whether `to` may follow `from`.  A run begins as after CRF_OUTSIDE and ends
 * as before it. */
bool crf_may_follow(unsigned from, unsigned to);

/* The work space of a run of `count` tokens. */
struct crf_step {
    int32_t best[CRF_LABELS]; /* of a path that ends here */
    uint8_t from[CRF_LABELS];
};

/* Find the best labels.  `margins`, which may be NULL, gets for each token how
 * much worse the best path is that has another label there. */
void crf_decode(uint8_t *labels, int32_t *margins, struct crf_step *steps,
                const struct crf_scores *scores, size_t count,
                const struct crf_transitions *transitions);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * evaluate.h - how well a ranking answers, by judgements of people.
 *
 * Topics, judgements (qrels) and rankings (runs) are read in the forms of TREC.
 * The measures are those of trec_eval 9: a run is ordered by its scores, equal
 * ones by document, descending; documents that nobody judged are not relevant;
 * a topic that the run does not answer counts as 0; topics without a relevant
 * document are passed over.
 *
 * What is read points into the text it was read from, which must live as long.
 */
#ifndef NEWS_BENCH_EVALUATE_H
#define NEWS_BENCH_EVALUATE_H

#include "base/arena.h"
#include "base/error.h"

enum {
    EVALUATE_CUT = 10,         /* of the measures that look at a page */
    EVALUATE_RESAMPLES = 2000, /* of an interval */
};

enum measure { MEASURE_MAP, MEASURE_NDCG, MEASURE_MRR, MEASURE_P };
enum { MEASURE_COUNT = MEASURE_P + 1 };

extern const char *const measure_names[MEASURE_COUNT]; /* "nDCG@10" */

struct topic {
    struct span number, title;
};

struct topics {
    struct topic *items;
    size_t count, capacity;
};

/* Append the <top> elements of a file: <num>, "Number:" or not, and <title>,
 * "Topic:" or not; closing tags may be missing.  BAD_RECORD says which topic
 * lacks one of the two. */
enum status topics_read(struct topics *out, struct span text,
                        struct arena *memory, struct error *err);

/* A line of qrels or of a run; the value is the grade or the score. */
struct judged {
    struct span topic, document;
    double value;
};

struct judged_list {
    struct judged *items; /* by topic, then value descending, then document
                             descending */
    size_t count, capacity;
};

/* "TOPIC 0 DOCUMENT GRADE" and "TOPIC Q0 DOCUMENT RANK SCORE TAG", a line each.
 * BAD_RECORD names the line, also for a document that a topic has twice. */
enum status qrels_read(struct judged_list *out, struct span text,
                       struct arena *memory, struct error *err);
enum status run_read(struct judged_list *out, struct span text,
                     struct arena *memory, struct error *err);

/* The measures of one topic.  `ranked` are the grades of what was found, best
 * rank first; `ideal` all grades of the topic in descending order; a grade over
 * 0 is relevant. */
void measure_topic(double out[MEASURE_COUNT], const double *ranked,
                   size_t ranked_count, const double *ideal,
                   size_t ideal_count);

/* For each topic of the judgements that has a relevant document, in their
 * order, its measures. */
struct evaluation {
    double (*topics)[MEASURE_COUNT];
    size_t count, capacity;
};

void evaluate(struct evaluation *out, const struct judged_list *qrels,
              const struct judged_list *run, struct arena *memory);

struct interval {
    double value, low, high;
};

/* The mean, and the middle 95 % of the means of resampled topics (Efron's
 * percentile bootstrap, always the same random numbers). */
struct interval evaluation_mean(const struct evaluation *evaluation,
                                enum measure measure);

/* The same of the mean of `a` divided by that of `b`; both answer the same
 * topics, which are resampled together. */
struct interval evaluation_ratio(const struct evaluation *a,
                                 const struct evaluation *b,
                                 enum measure measure);

#endif

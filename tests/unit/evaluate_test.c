/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/relevance/evaluate.h"

#include "tests/unit/test.h"

/* Millionths, so that values worked out by hand can be compared. */
static int64_t millionths(double value)
{
    return (int64_t)(value * 1e6 + 0.5);
}

static const struct {
    double ranked[12];
    size_t ranked_count;
    double ideal[4];
    size_t ideal_count;
    int64_t map, ndcg, mrr, p; /* millionths */
} cases[] = {
    /* nothing found */
    { { 0 }, 0, { 1 }, 1, 0, 0, 0, 0 },
    /* the one article, first */
    { { 1 }, 1, { 1 }, 1, 1000000, 1000000, 1000000, 100000 },
    /* the one article, third: 1/3; 1/log2(4) */
    { { 0, 0, 1 }, 3, { 1 }, 1, 333333, 500000, 333333, 100000 },
    /* two of three, second and fourth: (1/2 + 2/4) / 3;
     * (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3) + 1/log2(4))
     * = 1.061606 / 2.130930 */
    { { 0, 1, 0, 1 }, 4, { 1, 1, 1 }, 3, 333333, 498189, 500000, 200000 },
    /* grades 1 then 2: (1 + 2/log2(3)) / (2 + 1/log2(3))
     * = 2.261860 / 2.630930 */
    { { 1, 2 }, 2, { 2, 1 }, 2, 1000000, 859719, 1000000, 200000 },
    /* the eleventh counts for MAP alone: 1/11 */
    { { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 11, { 1 }, 1, 90909, 0, 0, 0 },
    /* a grade below 0 is not relevant */
    { { -1, 1 }, 2, { 1, -1 }, 2, 500000, 630930, 500000, 100000 },
};

TEST(measures_are_as_worked_out_by_hand)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        double out[MEASURE_COUNT];
        measure_topic(out, cases[i].ranked, cases[i].ranked_count,
                      cases[i].ideal, cases[i].ideal_count);
        CHECK_NUMBER(millionths(out[MEASURE_MAP]), cases[i].map);
        CHECK_NUMBER(millionths(out[MEASURE_NDCG]), cases[i].ndcg);
        CHECK_NUMBER(millionths(out[MEASURE_MRR]), cases[i].mrr);
        CHECK_NUMBER(millionths(out[MEASURE_P]), cases[i].p);
    }
}

static void evaluate_texts(struct evaluation *out, const char *qrels_text,
                           const char *run_text, struct arena *memory)
{
    struct judged_list qrels = { NULL, 0, 0 }, run = { NULL, 0, 0 };
    struct error err = ERROR_INIT;
    CHECK_STATUS(qrels_read(&qrels, span_of(qrels_text), memory, &err),
                 STATUS_OK, err);
    CHECK_STATUS(run_read(&run, span_of(run_text), memory, &err), STATUS_OK,
                 err);
    evaluate(out, &qrels, &run, memory);
}

TEST(runs_are_ordered_by_score_and_topics_without_answer_count)
{
    struct arena *memory = arena_new();
    struct evaluation out = { NULL, 0, 0 };
    /* Topic 3 has nothing relevant, topic 2 no answer, topic 9 no judgement;
     * b and c have one score: the later name comes first. */
    evaluate_texts(&out, "1 0 b 1\n2 0 x 1\n3 0 y 0\n",
                   "1 Q0 b 1 2.5 t\n1\tQ0 c 2 2.5 t\r\n1 Q0 a 3 9 t\n"
                   "3 Q0 y 1 1 t\n9 Q0 b 1 1 t\n",
                   memory);
    CHECK_NUMBER(out.count, 2);
    CHECK_NUMBER(millionths(out.topics[0][MEASURE_MRR]), 333333);
    CHECK_NUMBER(millionths(out.topics[1][MEASURE_MRR]), 0);
    CHECK_NUMBER(millionths(evaluation_mean(&out, MEASURE_MRR).value), 166667);
    arena_free(memory);
}

TEST(intervals_hold_the_mean_and_repeat)
{
    struct arena *memory = arena_new();
    double half[100][MEASURE_COUNT] = { { 0 } };
    double all[100][MEASURE_COUNT] = { { 0 } };
    for (int i = 0; i < 100; i++) {
        half[i][MEASURE_MRR] = i % 2;
        all[i][MEASURE_MRR] = 1;
    }
    const struct evaluation a = { half, 100, 100 }, b = { all, 100, 100 };
    struct interval mean = evaluation_mean(&a, MEASURE_MRR);
    struct interval again = evaluation_mean(&a, MEASURE_MRR);
    CHECK_NUMBER(millionths(mean.value), 500000);
    /* Of 100 throws of a coin 95 % lie within 0.5 +- 1.96 * 0.05. */
    CHECK(mean.low > 0.38 && mean.low < 0.42);
    CHECK(mean.high > 0.58 && mean.high < 0.62);
    CHECK(mean.low == again.low && mean.high == again.high);
    /* Topics are resampled together: a run beside itself has no spread. */
    struct interval same = evaluation_ratio(&a, &a, MEASURE_MRR);
    CHECK(same.value == 1 && same.low == 1 && same.high == 1);
    CHECK_NUMBER(millionths(evaluation_ratio(&a, &b, MEASURE_MRR).value),
                 500000);
    arena_free(memory);
}

TEST(topics_are_read_in_their_old_and_new_forms)
{
    struct arena *memory = arena_new();
    struct topics topics = { NULL, 0, 0 };
    struct error err = ERROR_INIT;
    const char *text = "<top>\n<num> Number: 301\n<title> Topic: river floods\n"
                       "<desc> Description:\nWhere?\n</top>\n\n"
                       "<top><num>302</num><title>bank\nrates</title></top>";
    CHECK_STATUS(topics_read(&topics, span_of(text), memory, &err), STATUS_OK,
                 err);
    CHECK_NUMBER(topics.count, 2);
    CHECK_SPAN(topics.items[0].number, "301");
    CHECK_SPAN(topics.items[0].title, "river floods");
    CHECK_SPAN(topics.items[1].number, "302");
    CHECK_SPAN(topics.items[1].title, "bank\nrates");
    arena_free(memory);
}

static const struct {
    bool run;
    const char *text, *message;
} broken[] = {
    { false, "1 0 a\n", "line 1 has not 4 columns with a number in column 4" },
    { false, "1 0 a 1 9\n",
      "line 1 has not 4 columns with a number in column 4" },
    { false, "1 0 a 1\n\n1 0 b x\n",
      "line 3 has not 4 columns with a number in column 4" },
    { false, "1 0 a 1\n1 0 a 0\n", "topic '1' has 'a' twice" },
    { true, "1 Q0 a 1 high tag\n",
      "line 1 has not 6 columns with a number in column 5" },
};

TEST(broken_lines_are_named)
{
    struct arena *memory = arena_new();
    for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
        struct judged_list list = { NULL, 0, 0 };
        struct error err = ERROR_INIT;
        struct span text = span_of(broken[i].text);
        enum status rc = broken[i].run ? run_read(&list, text, memory, &err)
                                       : qrels_read(&list, text, memory, &err);
        CHECK_STATUS(rc, STATUS_BAD_RECORD, err);
        CHECK_STR(err.message, broken[i].message);
    }
    struct topics topics = { NULL, 0, 0 };
    struct error err = ERROR_INIT;
    CHECK_STATUS(
        topics_read(&topics, span_of("<top><title>a</top>"), memory, &err),
        STATUS_BAD_RECORD, err);
    CHECK_STR(err.message, "topic 1 has no <num> or no <title>");
    arena_free(memory);
}

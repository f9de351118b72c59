/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bench/relevance/evaluate.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"

const char *const measure_names[MEASURE_COUNT] = {
    [MEASURE_MAP] = "MAP",
    [MEASURE_NDCG] = "nDCG@10",
    [MEASURE_MRR] = "MRR@10",
    [MEASURE_P] = "P@10",
};

/* ---- Topics ----------------------------------------------------------- */

/* What follows the tag up to the next one, without the word before it. */
static struct span tag_text(struct span top, const char *tag, const char *word)
{
    size_t at = span_find(top, 0, span_of(tag));
    if (at == SIZE_MAX)
        return (struct span){ NULL, 0 };
    at += span_of(tag).size;
    size_t end = span_find_char(top, at, '<');
    struct span text =
        span_trim(span_slice(top, at, end == SIZE_MAX ? top.size : end));
    if (span_starts_nocase(text, word))
        text = span_trim(span_slice(text, span_of(word).size, text.size));
    return text;
}

enum status topics_read(struct topics *out, struct span text,
                        struct arena *memory, struct error *err)
{
    const struct span begin = SPAN_LITERAL("<top>");
    size_t at = span_find(text, 0, begin);
    while (at != SIZE_MAX) {
        size_t next = span_find(text, at + begin.size, begin);
        struct span top =
            span_slice(text, at, next == SIZE_MAX ? text.size : next);
        struct topic topic = { tag_text(top, "<num>", "Number:"),
                               tag_text(top, "<title>", "Topic:") };
        if (!topic.number.size || !topic.title.size)
            return error_set(err, STATUS_BAD_RECORD,
                             "topic %zu has no <num> or no <title>",
                             out->count + 1);
        out->items = arena_grow(memory, out->items, out->count, &out->capacity,
                                sizeof(*out->items));
        out->items[out->count++] = topic;
        at = next;
    }
    return STATUS_OK;
}

/* ---- Judgements and runs ---------------------------------------------- */

static struct span next_word(struct span *rest)
{
    size_t from = 0;
    while (from < rest->size &&
           (rest->data[from] == ' ' || rest->data[from] == '\t'))
        from++;
    size_t to = from;
    while (to < rest->size && rest->data[to] != ' ' && rest->data[to] != '\t')
        to++;
    struct span word = span_slice(*rest, from, to);
    *rest = span_slice(*rest, to, rest->size);
    return word;
}

static int by_topic_document(const void *a, const void *b)
{
    const struct judged *x = a, *y = b;
    int order = span_compare(x->topic, y->topic);
    return order ? order : span_compare(y->document, x->document);
}

static int by_topic_value(const void *a, const void *b)
{
    const struct judged *x = a, *y = b;
    int order = span_compare(x->topic, y->topic);
    if (!order)
        order = (x->value < y->value) - (x->value > y->value);
    return order ? order : span_compare(y->document, x->document);
}

static enum status sort_judged(struct judged_list *list, struct error *err)
{
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items),
              by_topic_document);
    for (size_t i = 1; i < list->count; i++)
        if (!by_topic_document(&list->items[i - 1], &list->items[i]))
            return error_set(err, STATUS_BAD_RECORD,
                             "topic '%.*s' has '%.*s' twice",
                             SPAN_ARGS(list->items[i].topic),
                             SPAN_ARGS(list->items[i].document));
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), by_topic_value);
    return STATUS_OK;
}

/* Lines of `columns` words; the value stands in the one numbered `value`. */
static enum status read_lines(struct judged_list *out, struct span text,
                              size_t columns, size_t value,
                              struct arena *memory, struct error *err)
{
    enum { COLUMNS_MAX = 6 };
    struct span line, words[COLUMNS_MAX];
    for (uint64_t number = 1; span_next(&text, '\n', &line); number++) {
        line = span_trim(line);
        if (!line.size)
            continue;
        for (size_t i = 0; i < columns; i++)
            words[i] = next_word(&line);
        struct judged judged = { words[0], words[2], 0 };
        if (!words[columns - 1].size || span_trim(line).size ||
            !number_parse_real(words[value], &judged.value))
            return error_set(err, STATUS_BAD_RECORD,
                             "line %" PRIu64 " has not %zu columns with a "
                             "number in column %zu",
                             number, columns, value + 1);
        out->items = arena_grow(memory, out->items, out->count, &out->capacity,
                                sizeof(*out->items));
        out->items[out->count++] = judged;
    }
    return sort_judged(out, err);
}

enum status qrels_read(struct judged_list *out, struct span text,
                       struct arena *memory, struct error *err)
{
    return read_lines(out, text, 4, 3, memory, err);
}

enum status run_read(struct judged_list *out, struct span text,
                     struct arena *memory, struct error *err)
{
    return read_lines(out, text, 6, 4, memory, err);
}

/* ---- Measures --------------------------------------------------------- */

static double gain(const double *grades, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count && i < EVALUATE_CUT; i++)
        if (grades[i] > 0)
            sum += grades[i] / log2((double)i + 2);
    return sum;
}

void measure_topic(double out[MEASURE_COUNT], const double *ranked,
                   size_t ranked_count, const double *ideal, size_t ideal_count)
{
    size_t relevant = 0, found = 0;
    for (size_t i = 0; i < ideal_count; i++)
        relevant += ideal[i] > 0;
    for (size_t i = 0; i < MEASURE_COUNT; i++)
        out[i] = 0;
    for (size_t i = 0; i < ranked_count; i++) {
        if (!(ranked[i] > 0))
            continue;
        found++;
        out[MEASURE_MAP] += (double)found / (double)(i + 1);
        if (i < EVALUATE_CUT)
            out[MEASURE_P] += 1.0 / EVALUATE_CUT;
        if (i < EVALUATE_CUT && found == 1)
            out[MEASURE_MRR] = 1.0 / (double)(i + 1);
    }
    if (!relevant)
        return;
    out[MEASURE_MAP] /= (double)relevant;
    out[MEASURE_NDCG] = gain(ranked, ranked_count) / gain(ideal, ideal_count);
}

/* The end of the topic that begins at `from`. */
static size_t topic_end(const struct judged_list *list, size_t from)
{
    size_t end = from;
    while (end < list->count &&
           span_equal(list->items[end].topic, list->items[from].topic))
        end++;
    return end;
}

static double grade_of(const struct judged *judged, size_t count,
                       struct span document)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal(judged[i].document, document))
            return judged[i].value;
    return 0;
}

static void evaluate_topic(double out[MEASURE_COUNT],
                           const struct judged *judged, size_t judged_count,
                           const struct judged *found, size_t found_count)
{
    double *ideal = memory_new(judged_count, sizeof(*ideal));
    double *ranked = memory_new(found_count + 1, sizeof(*ranked));
    for (size_t i = 0; i < judged_count; i++)
        ideal[i] = judged[i].value;
    for (size_t i = 0; i < found_count; i++)
        ranked[i] = grade_of(judged, judged_count, found[i].document);
    measure_topic(out, ranked, found_count, ideal, judged_count);
    free(ideal);
    free(ranked);
}

void evaluate(struct evaluation *out, const struct judged_list *qrels,
              const struct judged_list *run, struct arena *memory)
{
    size_t at = 0, next;
    for (size_t i = 0; i < qrels->count; i = next) {
        const struct judged *first = &qrels->items[i];
        next = topic_end(qrels, i);
        if (!(first->value > 0))
            continue;
        while (at < run->count &&
               span_compare(run->items[at].topic, first->topic) < 0)
            at++;
        size_t end = at;
        if (at < run->count && span_equal(run->items[at].topic, first->topic))
            end = topic_end(run, at);
        out->topics = arena_grow(memory, out->topics, out->count,
                                 &out->capacity, sizeof(*out->topics));
        evaluate_topic(out->topics[out->count++], first, next - i,
                       run->items + at, end - at);
        at = end;
    }
}

/* ---- Intervals -------------------------------------------------------- */

/* splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The mean of `a`, divided by that of `b` where there is one. */
static double statistic(const struct evaluation *a, const struct evaluation *b,
                        enum measure measure, uint64_t *random)
{
    double sum = 0, base = 0;
    for (size_t i = 0; i < a->count; i++) {
        size_t pick = random ? (size_t)(next_random(random) % a->count) : i;
        sum += a->topics[pick][measure];
        base += b ? b->topics[pick][measure] : 1;
    }
    return base > 0 ? sum / base : 0;
}

static struct interval resample(const struct evaluation *a,
                                const struct evaluation *b,
                                enum measure measure)
{
    double *values = memory_new(EVALUATE_RESAMPLES, sizeof(*values));
    uint64_t random = 1;
    for (size_t i = 0; i < EVALUATE_RESAMPLES; i++)
        values[i] = statistic(a, b, measure, &random);
    qsort(values, EVALUATE_RESAMPLES, sizeof(*values), by_number);
    struct interval out = {
        .value = statistic(a, b, measure, NULL),
        .low = values[EVALUATE_RESAMPLES * 25 / 1000],
        .high = values[EVALUATE_RESAMPLES * 975 / 1000],
    };
    free(values);
    return out;
}

struct interval evaluation_mean(const struct evaluation *evaluation,
                                enum measure measure)
{
    return resample(evaluation, NULL, measure);
}

struct interval evaluation_ratio(const struct evaluation *a,
                                 const struct evaluation *b,
                                 enum measure measure)
{
    return resample(a, b, measure);
}

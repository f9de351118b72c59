/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_query - how long questions take in one warm process.
 *
 *     bench_query -a ARCHIVE [-n RUNS] [-f FACETS] [-t UNIT] < QUERIES
 *
 * A line of QUERIES is a class, a tab and a question. Every question is asked
 * RUNS times for the first ten hits with passages, and for facets and a
 * timeline where they are named; the fastest of its runs counts. What the
 * passages of one hit take is told besides, as a class of its own. Prints,
 * tab-separated: class, questions, milliseconds p50, p99 and the slowest, and
 * the hits of all questions, which must not change between programs that are
 * compared.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/options.h"
#include "indexer/progress.h"
#include "search/match.h"
#include "search/results.h"

enum { CLASSES_MAX = 32, LINE_SIZE_MAX = 4096, HITS = 10 };

struct settings {
    uint64_t runs;
    const char *archive, *facets, *timeline;
};

static const struct option_spec specs[] = {
    { OPTION_TEXT, 'a', "archive", "DIR", "the archive to ask",
      offsetof(struct settings, archive) },
    { OPTION_COUNT, 'n', "runs", "RUNS", "how often each is asked (5)",
      offsetof(struct settings, runs) },
    { OPTION_TEXT, 'f', "facets", "FIELD,...", "count these too",
      offsetof(struct settings, facets) },
    { OPTION_TEXT, 't', "timeline", "UNIT", "and by year, month or day",
      offsetof(struct settings, timeline) },
    OPTION_TABLE_END,
};

struct class {
    char *name;
    double *times;
    size_t count, capacity;
    uint64_t hits;
};

static struct class classes[CLASSES_MAX];
static size_t class_count;

static struct class *find_class(struct span name)
{
    for (size_t i = 0; i < class_count; i++)
        if (span_is(name, classes[i].name))
            return &classes[i];
    if (class_count == CLASSES_MAX)
        return &classes[CLASSES_MAX - 1];
    struct str copy = STR_INIT;
    str_add(&copy, name);
    classes[class_count].name = str_detach(&copy);
    return &classes[class_count++];
}

/* What an asked question took, in milliseconds; negative where it fails. */
struct taken {
    double whole;
    double passages; /* of one hit: what matches, and the passages around it */
};

static void show_again(const struct results *results,
                       const struct question *question, struct arena *memory,
                       struct taken *taken)
{
    double started = progress_clock();
    struct matcher *matcher = matcher_new(question->tree, NULL, span_of("en"));
    for (size_t i = 0; i < results->count; i++) {
        const struct record *record = &results->hits[i].record;
        struct found_list found;
        struct snippet snippet;
        matcher_run(matcher, record->text, record->title_size, memory, &found);
        snippet_make(&snippet, record->text, record->title_size, &found,
                     &question->snippet, memory);
    }
    matcher_free(matcher);
    if (results->count)
        taken->passages =
            (progress_clock() - started) * 1000 / (double)results->count;
}

static struct taken ask(struct archive *archive, struct span text,
                        const struct facets_request *facets, uint64_t *hits)
{
    struct taken taken = { -1, 0 };
    const struct query_settings settings = { date_day(2022, 8, 1), true };
    struct query_report report = QUERY_REPORT_INIT;
    struct question question = { .text = text,
                                 .limit = HITS,
                                 .facets = *facets };
    struct query_node *tree;
    struct results results;
    uint32_t column;
    struct arena *memory = arena_new();
    double started = progress_clock();
    enum status rc = query_parse(&tree, text, &settings, memory, &report, NULL);
    question.tree = tree;
    if (!rc)
        rc = results_run(&results, archive, &question, memory, &column, NULL);
    if (!rc) {
        taken.whole = (progress_clock() - started) * 1000;
        show_again(&results, &question, memory, &taken);
    }
    *hits = rc ? 0 : results.count;
    str_release(&report.notes);
    arena_free(memory);
    return taken;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void add_time(struct class *class, double time, uint64_t hits)
{
    MEMORY_GROW(class->times, class->count, class->capacity);
    class->times[class->count++] = time;
    class->hits += hits;
}

static void run_line(struct archive *archive, struct span line,
                     const struct facets_request *facets, uint64_t runs)
{
    struct span name;
    if (!span_next(&line, '\t', &name) || !line.size)
        return;
    struct taken best = { -1, 0 };
    uint64_t hits = 0;
    for (uint64_t i = 0; i < runs; i++) {
        struct taken taken = ask(archive, line, facets, &hits);
        if (taken.whole < 0)
            fprintf(stderr, "fails: %.*s\n", SPAN_ARGS(line));
        if (!i || taken.whole < best.whole)
            best.whole = taken.whole;
        if (!i || taken.passages < best.passages)
            best.passages = taken.passages;
    }
    add_time(find_class(name), best.whole, hits);
    if (hits)
        add_time(find_class(span_of("passages of one hit")), best.passages,
                 hits);
}

int main(int argc, char **argv)
{
    struct settings settings = { .runs = 5, .archive = "." };
    struct facets_request facets = { .count = 0 };
    struct error err = ERROR_INIT;
    struct archive *archive = NULL;
    int rest;
    enum status rc = options_parse(specs, &settings, argc, argv, &rest, &err);
    if (!rc && settings.facets)
        rc = facets_parse(&facets, span_of(settings.facets), &err);
    if (!rc && settings.timeline)
        rc = timeline_parse(&facets.timeline, settings.timeline, &err);
    if (!rc)
        rc = archive_open(&archive, settings.archive, &err);
    if (rc) {
        fprintf(stderr, "bench_query: %s\n", err.message);
        return 2;
    }
    char line[LINE_SIZE_MAX];
    while (fgets(line, sizeof(line), stdin))
        run_line(archive, span_trim(span_of(line)), &facets, settings.runs);
    for (size_t i = 0; i < class_count; i++) {
        struct class *class = &classes[i];
        qsort(class->times, class->count, sizeof(*class->times), compare);
        printf("%s\t%zu\t%.3f\t%.3f\t%.3f\t%" PRIu64 "\n", class->name,
               class->count, class->times[class->count / 2],
               class->times[class->count * 99 / 100],
               class->times[class->count - 1], class->hits);
        free(class->times);
        free(class->name);
    }
    archive_close(archive);
    return 0;
}

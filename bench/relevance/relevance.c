/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * relevance - how well newsq ranks.
 *
 *     relevance make -o DIR [-q title|summary] [-n TOPICS] FILE...
 *     relevance topics TOPICS
 *     relevance run -a ARCHIVE [-n HITS] [-t TAG] TOPICS
 *     relevance score QRELS RUN...
 *
 * "make" writes known-item searches (known_items.h): DIR/articles.jsonl and,
 * for the halves "tune" and "test", DIR/HALF.topics and DIR/HALF.qrels.
 * "topics" prints number, tab and title for programs that do not read TREC's
 * form. "run" asks and prints a run in TREC's form. "score" prints a row of
 * Markdown for each run, with intervals of 95 %, and what the first run has of
 * each other one's measure.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/options.h"
#include "bench/relevance/evaluate.h"
#include "bench/relevance/known_items.h"
#include "corpus/input.h"
#include "search/results.h"

enum {
    TEXT_SIZE_MAX = 1 << 30, /* bytes of a file of topics, qrels or a run */
    HITS_MAX = 1000,         /* of one topic */
    BUFFER_SIZE = 1 << 20,
};

struct settings {
    const char *out, *question, *archive, *tag;
    uint64_t count;
};

static const struct option_spec specs[] = {
    { OPTION_TEXT, 'o', "out", "DIR", "where a set is written",
      offsetof(struct settings, out) },
    { OPTION_TEXT, 'q', "question", "FIELD", "title or summary (title)",
      offsetof(struct settings, question) },
    { OPTION_TEXT, 'a', "archive", "DIR", "the archive to ask",
      offsetof(struct settings, archive) },
    { OPTION_TEXT, 't', "tag", "TAG", "the name of the run (newsq)",
      offsetof(struct settings, tag) },
    { OPTION_COUNT, 'n', "count", "N",
      "topics of a half (1500), hits of a topic (100)",
      offsetof(struct settings, count) },
    OPTION_TABLE_END,
};

/* ---- Making a set ----------------------------------------------------- */

static void add_input(struct known_items *items, const struct walk_entry *entry,
                      struct arena *memory, struct str *buffer, FILE *file)
{
    const struct input_options options = { .format = NULL };
    struct input *input;
    struct raw_record raw;
    struct article article;
    enum status rc;
    if (input_open(&input, entry, &options, NULL))
        return;
    while ((rc = input_next(input, &raw, NULL)) == STATUS_OK ||
           rc == STATUS_BAD_RECORD) {
        arena_reset(memory);
        if (!rc && !input_parse(input, &raw, memory, &article, NULL))
            known_items_add(items, &article, buffer);
        if (buffer->size > BUFFER_SIZE) {
            fwrite(buffer->data, 1, buffer->size, file);
            str_clear(buffer);
        }
    }
    input_release(input);
}

static enum status write_articles(struct known_items *items, const char *path,
                                  char *const *paths, size_t count,
                                  struct error *err)
{
    FILE *file = fopen(path, "w");
    if (!file)
        return error_set(err, STATUS_IO, "cannot write '%s'", path);
    struct str buffer = STR_INIT;
    struct arena *memory = arena_new();
    struct walk *walk = walk_open((const char *const *)paths, count);
    struct walk_entry entry;
    enum status rc;
    while ((rc = walk_next(walk, &entry, NULL)) != STATUS_END)
        if (!rc)
            add_input(items, &entry, memory, &buffer, file);
    walk_close(walk);
    fwrite(buffer.data, 1, buffer.size, file);
    bool failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    arena_free(memory);
    str_release(&buffer);
    return failed ? error_set(err, STATUS_IO, "cannot write '%s'", path)
                  : STATUS_OK;
}

static enum status replace(const char *directory, const char *name,
                           const struct str *text, struct error *err)
{
    char *path = file_join(directory, name);
    enum status rc = file_replace(path, str_span(text), err);
    free(path);
    return rc;
}

static enum status make(const struct settings *settings, char *const *paths,
                        size_t count, struct error *err)
{
    static const char *const topic_names[] = { "tune.topics", "test.topics" };
    static const char *const qrels_names[] = { "tune.qrels", "test.qrels" };
    enum article_field field = ARTICLE_TITLE;
    if (!settings->out || !count ||
        (settings->question &&
         !article_field_find(span_of(settings->question), &field)))
        return error_set(err, STATUS_USAGE, "make wants -o DIR and files");
    enum status rc = file_make_directory(settings->out, err);
    if (rc)
        return rc;
    struct known_items *items = known_items_new(field);
    char *path = file_join(settings->out, "articles.jsonl");
    rc = write_articles(items, path, paths, count, err);
    for (unsigned half = 0; half < 2 && !rc; half++) {
        struct str topics = STR_INIT, qrels = STR_INIT;
        size_t written = known_items_write(
            items, half, settings->count ? settings->count : 1500, &topics,
            &qrels);
        printf("%s\t%zu\n", topic_names[half], written);
        rc = replace(settings->out, topic_names[half], &topics, err);
        if (!rc)
            rc = replace(settings->out, qrels_names[half], &qrels, err);
        str_release(&topics);
        str_release(&qrels);
    }
    known_items_free(items);
    free(path);
    return rc;
}

/* ---- Asking ----------------------------------------------------------- */

static enum status read_topics(struct topics *out, const char *path,
                               struct arena *memory, struct error *err)
{
    struct str text = STR_INIT;
    enum status rc = file_read(path, TEXT_SIZE_MAX, &text, err);
    if (!rc)
        rc = topics_read(out, arena_copy(memory, str_span(&text)), memory, err);
    str_release(&text);
    return rc;
}

static enum status print_topics(const char *path, struct error *err)
{
    struct arena *memory = arena_new();
    struct topics topics = { NULL, 0, 0 };
    enum status rc = read_topics(&topics, path, memory, err);
    for (size_t i = 0; !rc && i < topics.count; i++)
        printf("%.*s\t%.*s\n", SPAN_ARGS(topics.items[i].number),
               SPAN_ARGS(topics.items[i].title));
    arena_free(memory);
    return rc;
}

static enum status run_topic(struct archive *archive, const struct topic *topic,
                             uint32_t limit, const char *tag, struct error *err)
{
    const struct query_settings settings = { date_day(2022, 8, 1), true };
    struct query_report report = QUERY_REPORT_INIT;
    struct question question = { .text = topic->title, .limit = limit };
    struct query_node *tree;
    struct results results;
    uint32_t column;
    struct arena *memory = arena_new();
    enum status rc =
        query_parse(&tree, topic->title, &settings, memory, &report, err);
    question.tree = tree;
    if (!rc)
        rc = results_run(&results, archive, &question, memory, &column, err);
    /* Articles with all of a few words come first whatever they weigh: the score
     * of a run is its order. */
    for (size_t i = 0; !rc && i < results.count; i++)
        printf("%.*s Q0 %.*s %zu %zu %s\n", SPAN_ARGS(topic->number),
               SPAN_ARGS(results.hits[i].record.id), i + 1, limit - i, tag);
    if (rc)
        error_context(err, "topic %.*s", SPAN_ARGS(topic->number));
    str_release(&report.notes);
    arena_free(memory);
    return rc;
}

static enum status run(const struct settings *settings, const char *path,
                       struct error *err)
{
    uint64_t limit = settings->count ? settings->count : 100;
    if (!settings->archive || limit > HITS_MAX)
        return error_set(err, STATUS_USAGE,
                         "run wants -a ARCHIVE, and -n at most %d", HITS_MAX);
    struct arena *memory = arena_new();
    struct topics topics = { NULL, 0, 0 };
    struct archive *archive = NULL;
    enum status rc = read_topics(&topics, path, memory, err);
    if (!rc)
        rc = archive_open(&archive, settings->archive, err);
    for (size_t i = 0; !rc && i < topics.count; i++)
        rc = run_topic(archive, &topics.items[i], (uint32_t)limit,
                       settings->tag ? settings->tag : "newsq", err);
    archive_close(archive);
    arena_free(memory);
    return rc;
}

/* ---- Scoring ---------------------------------------------------------- */

static void print_row(const char *name, const struct evaluation *evaluation,
                      const struct evaluation *first)
{
    printf("| %s | %zu |", name, evaluation->count);
    for (unsigned i = 0; i < MEASURE_COUNT; i++) {
        struct interval mean = evaluation_mean(evaluation, (enum measure)i);
        printf(" %.4f (%.4f-%.4f)", mean.value, mean.low, mean.high);
        if (evaluation != first) {
            struct interval ratio =
                evaluation_ratio(first, evaluation, (enum measure)i);
            printf(" x%.3f (%.3f-%.3f)", ratio.value, ratio.low, ratio.high);
        }
        printf(" |");
    }
    putchar('\n');
}

static enum status read_judged(struct judged_list *out, const char *path,
                               bool is_run, struct arena *memory,
                               struct error *err)
{
    struct str text = STR_INIT;
    enum status rc = file_read(path, TEXT_SIZE_MAX, &text, err);
    struct span copy = { NULL, 0 };
    if (!rc)
        copy = arena_copy(memory, str_span(&text));
    str_release(&text);
    if (!rc)
        rc = is_run ? run_read(out, copy, memory, err)
                    : qrels_read(out, copy, memory, err);
    return rc ? error_context(err, "'%s'", path), rc : STATUS_OK;
}

static enum status score(char *const *paths, size_t count, struct error *err)
{
    if (count < 2)
        return error_set(err, STATUS_USAGE, "score wants QRELS and runs");
    struct arena *memory = arena_new();
    struct judged_list qrels = { NULL, 0, 0 };
    struct evaluation *runs = memory_new(count, sizeof(*runs));
    enum status rc = read_judged(&qrels, paths[0], false, memory, err);
    for (size_t i = 1; !rc && i < count; i++) {
        struct judged_list list = { NULL, 0, 0 };
        rc = read_judged(&list, paths[i], true, memory, err);
        if (!rc)
            evaluate(&runs[i], &qrels, &list, memory);
        if (!rc)
            print_row(paths[i], &runs[i], &runs[1]);
    }
    free(runs);
    arena_free(memory);
    return rc;
}

int main(int argc, char **argv)
{
    struct settings settings = { NULL, NULL, NULL, NULL, 0 };
    struct error err = ERROR_INIT;
    int rest;
    enum status rc = options_parse(specs, &settings, argc, argv, &rest, &err);
    const char *command = !rc && rest < argc ? argv[rest++] : "";
    char *const *paths = argv + rest;
    size_t count = (size_t)(argc - rest);
    if (!rc && !strcmp(command, "make"))
        rc = make(&settings, paths, count, &err);
    else if (!rc && !strcmp(command, "topics") && count == 1)
        rc = print_topics(paths[0], &err);
    else if (!rc && !strcmp(command, "run") && count == 1)
        rc = run(&settings, paths[0], &err);
    else if (!rc && !strcmp(command, "score"))
        rc = score(paths, count, &err);
    else if (!rc)
        rc = error_set(&err, STATUS_USAGE,
                       "make, topics, run or score; see the source");
    if (rc)
        fprintf(stderr, "relevance: %s\n", err.message);
    return rc ? 2 : 0;
}

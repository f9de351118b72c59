/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_names - how well and how fast names are found.
 *
 *     bench_names [-n RUNS] [--text FILE] MODEL [ANNOTATED]...
 *
 * ANNOTATED files are as tagged.h says: their tokens are joined to running
 * text, which is read as newsidx reads it, and whole names count (CoNLL-2003).
 * FILE is a file of news that newsidx reads, for the speed: its articles, one
 * by one, 8 MB of text at most.  Then texts made to be hard are read at two
 * sizes, four times apart: time that is linear in the text gives a ratio
 * near 4.
 *
 * Lines of what, of what, value, unit and a remark, tabs between.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/options.h"
#include "corpus/input.h"
#include "indexer/names/score.h"

enum { TEXT_MAX = 8 * 1024 * 1024 };

struct settings {
    const char *text;
    uint64_t runs;
};

static const struct option_spec specs[] = {
    { OPTION_TEXT, 't', "text", "FILE", "news to measure the speed on",
      offsetof(struct settings, text) },
    { OPTION_COUNT, 'n', "runs", "RUNS", "how often it is read (5)",
      offsetof(struct settings, runs) },
    OPTION_TABLE_END,
};

/* ---- Quality ---------------------------------------------------------- */

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void print_scores(const char *name, const char *setting,
                         const struct scores *scores)
{
    static const char *const kinds[] = { "people", "orgs", "places", "all" };
    for (int kind = 0; kind <= NAME_KIND_COUNT; kind++) {
        struct score score =
            kind < NAME_KIND_COUNT ? scores->kinds[kind] : scores_total(scores);
        printf("names-%s\t%s%s\t%.2f\tF1\tprecision %.2f, recall %.2f, "
               "%zu names\n",
               kinds[kind], name, setting, score_f1(score),
               score_precision(score), score_recall(score), score.annotated);
    }
}

static enum status measure_quality(const struct model *model, const char *path,
                                   struct error *err)
{
    struct tagged tagged = TAGGED_INIT;
    enum status rc = tagged_read(&tagged, path, err);
    struct name_reader *reader = name_reader_new(model);
    struct scores plain = { .tokens = 0 }, capitals = { .tokens = 0 };
    if (!rc) {
        scores_add(&plain, reader, &tagged);
        for (size_t i = 0; i < tagged.count; i++)
            tagged_set_capitals(&tagged.articles[i]);
        scores_add(&capitals, reader, &tagged);
        print_scores(file_name(path), "", &plain);
        print_scores(file_name(path), "-capitals", &capitals);
    }
    name_reader_free(reader);
    tagged_release(&tagged);
    return rc;
}

/* ---- Speed ------------------------------------------------------------ */

/* Of this thread: other programs do not count. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct pace {
    double fastest, slowest;
    size_t names;
};

/* Articles one after another, and where each ends. */
struct texts {
    struct str text;
    size_t *ends;
    size_t count, capacity;
};

#define TEXTS_INIT           \
    {                        \
        STR_INIT, NULL, 0, 0 \
    }

static void texts_end_article(struct texts *texts)
{
    MEMORY_GROW(texts->ends, texts->count, texts->capacity);
    texts->ends[texts->count++] = texts->text.size;
}

static void texts_clear(struct texts *texts)
{
    str_clear(&texts->text);
    texts->count = 0;
}

static void texts_release(struct texts *texts)
{
    str_release(&texts->text);
    free(texts->ends);
}

static size_t read_articles(struct name_reader *reader,
                            const struct texts *texts)
{
    size_t names = 0, from = 0;
    for (size_t i = 0; i < texts->count; i++) {
        struct span text =
            span_slice(str_span(&texts->text), from, texts->ends[i]);
        names += name_reader_run(reader, text)->count;
        from = texts->ends[i];
    }
    return names;
}

/* False where two runs differ. */
static bool measure_pace(struct pace *out, const struct model *model,
                         const struct texts *texts, uint64_t runs)
{
    *out = (struct pace){ 0, 0, 0 };
    for (uint64_t i = 0; i < runs; i++) {
        struct name_reader *reader = name_reader_new(model);
        double from = seconds();
        size_t names = read_articles(reader, texts);
        double taken = seconds() - from;
        name_reader_free(reader);
        if (i && names != out->names)
            return false;
        out->names = names;
        if (!i || taken < out->fastest)
            out->fastest = taken;
        if (taken > out->slowest)
            out->slowest = taken;
    }
    return true;
}

static size_t count_tokens(const struct texts *texts)
{
    struct name_tokens tokens = NAME_TOKENS_INIT;
    size_t count = 0, from = 0;
    for (size_t i = 0; i < texts->count; i++) {
        struct span text =
            span_slice(str_span(&texts->text), from, texts->ends[i]);
        name_tokens_read(&tokens, text, 0, SIZE_MAX / 2);
        count += tokens.count;
        from = texts->ends[i];
    }
    name_tokens_release(&tokens);
    return count;
}

/* The articles of a file as names are sought in them. */
static enum status read_news(struct texts *out, const char *path,
                             struct error *err)
{
    struct walk *walk = walk_open(&path, 1);
    struct arena *memory = arena_new();
    struct input_options options = { .format = NULL };
    struct walk_entry entry;
    struct input *input = NULL;
    struct raw_record raw;
    struct article article;
    enum status rc = walk_next(walk, &entry, err);
    if (!rc)
        rc = input_open(&input, &entry, &options, err);
    while (!rc && out->text.size < TEXT_MAX) {
        arena_reset(memory);
        rc = input_next(input, &raw, err);
        if (rc || input_parse(input, &raw, memory, &article, NULL))
            continue;
        str_add(&out->text, article_text(&article, ARTICLE_TITLE));
        str_add_text(&out->text, "\n\n");
        str_add(&out->text, article_text(&article, ARTICLE_BODY));
        texts_end_article(out);
    }
    if (input)
        input_release(input);
    arena_free(memory);
    walk_close(walk);
    return rc == STATUS_END ? STATUS_OK : rc;
}

static enum status measure_speed(const struct model *model,
                                 const struct settings *settings,
                                 struct error *err)
{
    struct texts texts = TEXTS_INIT;
    struct pace pace;
    enum status rc = read_news(&texts, settings->text, err);
    if (!rc && !measure_pace(&pace, model, &texts, settings->runs))
        rc = error_set(err, STATUS_INTERNAL, "two runs found other names");
    if (!rc) {
        double tokens = (double)count_tokens(&texts);
        printf("names-speed\t%s\t%.0f\ttokens/s\tslowest %.0f, %.0f tokens, "
               "%zu articles, %zu names\n",
               file_name(settings->text), tokens / pace.fastest,
               tokens / pace.slowest, tokens, texts.count, pace.names);
    }
    texts_release(&texts);
    return rc;
}

/* ---- Hard texts ------------------------------------------------------- */

enum { HARD_SIZE = 1 << 20 };

static const struct hard_text {
    const char *name, *part; /* repeated */
} hard_texts[] = {
    { "one-word", "A" },
    { "capital-words", "A B C " },
    { "no-spaces", "word" },
    { "one-name", "Ab Cd " },
    { "hyphens", "Ab-" },
    { "stops", "A." },
    { "scores", "3-2 4-1 (5) Ajax 2 1 0 " },
    { "small-letters", "the market was quiet and traders went home early " },
    { "lines", "Ab\n" },
    { "new-words", NULL },
};

static void make_text(struct texts *out, const struct hard_text *hard,
                      size_t size)
{
    texts_clear(out);
    for (unsigned i = 0; out->text.size < size; i++)
        if (hard->part)
            str_add_text(&out->text, hard->part);
        else
            str_addf(&out->text, "Q%uz ", i * 2654435761u);
    texts_end_article(out);
}

static enum status measure_hard(const struct model *model,
                                const struct hard_text *hard,
                                const struct settings *settings,
                                struct error *err)
{
    struct texts texts = TEXTS_INIT;
    struct pace one, four;
    make_text(&texts, hard, HARD_SIZE);
    bool same = measure_pace(&one, model, &texts, settings->runs);
    make_text(&texts, hard, HARD_SIZE * (size_t)4);
    same = measure_pace(&four, model, &texts, settings->runs) && same;
    texts_release(&texts);
    if (!same)
        return error_set(err, STATUS_INTERNAL, "two runs found other names");
    printf("names-hard\t%s\t%.2f\tratio\t4 MB in %.3f s, %zu names\n",
           hard->name, four.fastest / one.fastest, four.fastest, four.names);
    return STATUS_OK;
}

static enum status run(const struct settings *settings, char **operands,
                       struct error *err)
{
    if (!*operands)
        return error_set(err, STATUS_USAGE, "no model given");
    struct model model;
    enum status rc = model_open(&model, *operands++, err);
    if (rc)
        return rc;
    for (; !rc && *operands; operands++)
        rc = measure_quality(&model, *operands, err);
    if (!rc && settings->text)
        rc = measure_speed(&model, settings, err);
    for (size_t i = 0; !rc && i < sizeof(hard_texts) / sizeof(*hard_texts); i++)
        rc = measure_hard(&model, &hard_texts[i], settings, err);
    model_close(&model);
    return rc;
}

int main(int argc, char **argv)
{
    struct settings settings = { .text = NULL, .runs = 5 };
    struct error err = ERROR_INIT;
    int rest = argc;
    enum status rc = options_parse(specs, &settings, argc, argv, &rest, &err);
    if (!rc && settings.runs == 0)
        rc = error_set(&err, STATUS_USAGE, "no runs asked for");
    if (!rc)
        rc = run(&settings, argv + rest, &err);
    if (rc)
        fprintf(stderr, "bench_names: %s\n", err.message);
    return status_exit_code(rc);
}

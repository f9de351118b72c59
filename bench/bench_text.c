/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_text - how fast text is cut into words and stemmed.
 *
 *     bench_text [-l LANGUAGE] [-n RUNS] FILE
 *
 * FILE is plain text in UTF-8, articles one after another with blank lines
 * between.  Each step runs RUNS times on one core; the fastest is shown, with
 * the slowest for the spread.  The steps build on each other: words, then their
 * look-up in the stem cache, which is empty at the start of each run.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

#include "base/error.h"
#include "base/file.h"
#include "base/options.h"
#include "base/utf8.h"
#include "text/stem.h"
#include "text/tokens.h"

enum { FILE_SIZE_MAX = 1024 * 1024 * 1024 };

struct settings {
    const char *language;
    uint64_t runs;
};

static const struct option_spec specs[] = {
    { OPTION_TEXT, 'l', "language", "LANGUAGE", "of the stemmer (en)",
      offsetof(struct settings, language) },
    { OPTION_COUNT, 'n', "runs", "RUNS", "how often each step runs (7)",
      offsetof(struct settings, runs) },
    OPTION_TABLE_END,
};

/* What a run saw: equal for all runs of a step, or the times mean nothing. */
struct answer {
    uint64_t words, sentences, check;
};

typedef struct answer step(struct span text, struct span language);

static struct answer cut(struct span text, struct span language)
{
    (void)language;
    struct answer answer = { 0, 0, 0 };
    struct tokens tokens = tokens_begin(text);
    struct token token;
    while (tokens_next(&tokens, &token)) {
        answer.words++;
        answer.sentences = token.sentence + UINT64_C(1);
        answer.check += token.offset ^ token.surface.size;
    }
    return answer;
}

static struct answer cut_and_stem(struct span text, struct span language)
{
    struct stems *stems = stems_new(language);
    struct answer answer = { 0, 0, 0 };
    struct tokens tokens = tokens_begin(text);
    struct token token;
    while (tokens_next(&tokens, &token)) {
        const struct word *word = stems_look_up(stems, token.surface);
        answer.words++;
        answer.sentences = token.sentence + UINT64_C(1);
        answer.check += word->term_number ^ word->stem_number;
    }
    stems_free(stems);
    return answer;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static enum status measure(const char *name, step *run, struct span text,
                           const struct settings *settings, struct error *err)
{
    struct span language = span_of(settings->language);
    struct answer first = run(text, language);
    double best = 0, worst = 0;
    for (uint64_t i = 0; i < settings->runs; i++) {
        double start = seconds();
        struct answer answer = run(text, language);
        double took = seconds() - start;
        if (answer.words != first.words || answer.check != first.check)
            return error_set(err, STATUS_INTERNAL, "%s: answers differ", name);
        if (!i || took < best)
            best = took;
        if (took > worst)
            worst = took;
    }
    double megabytes = (double)text.size / 1e6;
    printf("%-16s %8.1f MB/s  (slowest of %" PRIu64 ": %.1f)  %" PRIu64
           " words, %" PRIu64 " sentences\n",
           name, megabytes / best, settings->runs, megabytes / worst,
           first.words, first.sentences);
    return STATUS_OK;
}

/* The least that has to be right for the times to mean something. */
static enum status check_answers(struct error *err)
{
    struct stems *stems = stems_new(span_of("en"));
    const struct word *word = stems_look_up(stems, span_of("Relations"));
    bool right = span_is(word->term, "relations") &&
                 span_is(word->stem, "Zrelat") &&
                 cut(span_of("Mr. Smith left. He won"), span_of("")).words == 5;
    stems_free(stems);
    return right ? STATUS_OK
                 : error_set(err, STATUS_INTERNAL, "wrong words or stems");
}

static enum status bench(const char *path, const struct settings *settings,
                         struct error *err)
{
    struct str text = STR_INIT;
    enum status rc = check_answers(err);
    if (!rc)
        rc = file_read(path, FILE_SIZE_MAX, &text, err);
    if (!rc && utf8_valid_prefix(str_span(&text)) != text.size)
        rc = error_set(err, STATUS_BAD_FORMAT, "'%s' is not UTF-8", path);
    if (!rc)
        rc = measure("words", cut, str_span(&text), settings, err);
    if (!rc)
        rc = measure("words and stems", cut_and_stem, str_span(&text), settings,
                     err);
    str_release(&text);
    return rc;
}

int main(int argc, char **argv)
{
    struct settings settings = { "en", 7 };
    struct error err = ERROR_INIT;
    int rest = 0;
    enum status rc = options_parse(specs, &settings, argc, argv, &rest, &err);
    if (!rc && (argc - rest != 1 || !settings.runs))
        rc = error_set(&err, STATUS_USAGE,
                       "usage: bench_text [-l LANGUAGE] [-n RUNS] FILE");
    if (!rc)
        rc = bench(argv[rest], &settings, &err);
    if (rc)
        fprintf(stderr, "bench_text: %s\n", err.message);
    return status_exit_code(rc);
}

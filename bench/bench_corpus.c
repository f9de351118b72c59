/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_corpus - how fast inputs are read, on one core.
 *
 *     bench_corpus [-n RUNS] [-f FORMAT] FILE...
 *
 * Prints, tab-separated, a row for each step and format that the files have:
 * the step, the format, articles, decompressed MB, MB/s of the fastest run and
 * of the slowest.  Steps: "cut" finds the records only, "read" makes finished
 * articles of them.  Each includes opening files, inflating and unpacking; the
 * time is that of the processor, so that a busy machine changes little.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>

#include "base/options.h"
#include "corpus/input.h"
#include "corpus/members.h"

enum { FORMATS_MAX = 64 };

struct settings {
    uint64_t runs;
    const char *format;
};

static const struct option_spec specs[] = {
    { OPTION_COUNT, 'n', "runs", "RUNS", "how often each step runs (5)",
      offsetof(struct settings, runs) },
    { OPTION_TEXT, 'f', "format", "NAME", "read the files as this format",
      offsetof(struct settings, format) },
    OPTION_TABLE_END,
};

/* What was read of one format. */
struct answer {
    uint64_t articles, bytes;
    double seconds, fastest, slowest; /* of this run, of all */
};

struct run {
    const struct input_options *options;
    struct arena *memory;
    bool parse;
    double mark; /* the time up to here is some answer's */
    struct answer answers[FORMATS_MAX]; /* as in formats[] */
};

static double processor_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void read_records(const struct run *run, struct input *input,
                         struct answer *out)
{
    struct raw_record raw;
    struct article article;
    enum status rc;
    while ((rc = input_next(input, &raw, NULL)) == STATUS_OK ||
           rc == STATUS_BAD_RECORD) {
        arena_reset(run->memory);
        if (!rc && run->parse)
            rc = input_parse(input, &raw, run->memory, &article, NULL);
        out->articles += !rc;
    }
    out->bytes += source_offset(input_source(input));
}

static struct answer *answer_of(struct run *run, const struct format *format)
{
    size_t i = 0;
    while (formats[i] && formats[i] != format)
        i++;
    return &run->answers[i < FORMATS_MAX ? i : FORMATS_MAX - 1];
}

static void read_members(struct run *run, struct members *members)
{
    struct walk_entry entry;
    struct source *source;
    while (!members_next(members, &entry, &source, NULL)) {
        struct input *input;
        if (input_open_source(&input, &entry, source, run->options, NULL))
            continue;
        struct answer *answer = answer_of(run, input_format(input));
        read_records(run, input, answer);
        input_release(input);
        double now = processor_clock();
        answer->seconds += now - run->mark;
        run->mark = now;
    }
}

static void read_all(struct run *run, char *const *paths, size_t count)
{
    struct walk *walk = walk_open((const char *const *)paths, count);
    struct walk_entry entry;
    enum status rc;
    run->mark = processor_clock();
    while ((rc = walk_next(walk, &entry, NULL)) != STATUS_END) {
        struct members *members;
        if (rc || members_open(&members, &entry, NULL))
            continue;
        read_members(run, members);
        members_close(members);
    }
    walk_close(walk);
}

static void note_run(struct run *run, bool first)
{
    for (size_t i = 0; formats[i]; i++) {
        struct answer *answer = &run->answers[i];
        if (first || answer->seconds < answer->fastest)
            answer->fastest = answer->seconds;
        if (answer->seconds > answer->slowest)
            answer->slowest = answer->seconds;
    }
}

static void begin_run(struct run *run)
{
    for (size_t i = 0; formats[i]; i++) {
        run->answers[i].seconds = 0;
        run->answers[i].articles = run->answers[i].bytes = 0;
    }
}

static void show(const struct run *run)
{
    for (size_t i = 0; formats[i]; i++) {
        const struct answer *answer = &run->answers[i];
        double megabytes = (double)answer->bytes / 1e6;
        if (answer->articles)
            printf("%s\t%s\t%" PRIu64 "\t%.1f\t%.0f\t%.0f\n",
                   run->parse ? "read" : "cut", formats[i]->name,
                   answer->articles, megabytes, megabytes / answer->fastest,
                   megabytes / answer->slowest);
    }
}

int main(int argc, char **argv)
{
    struct settings settings = { 5, NULL };
    struct error err = ERROR_INIT;
    int rest;
    if (options_parse(specs, &settings, argc, argv, &rest, &err) ||
        rest == argc) {
        fprintf(stderr, "usage: bench_corpus [-n RUNS] [-f FORMAT] FILE...\n");
        return 2;
    }
    struct input_options options = {
        .format = settings.format ? format_by_name(settings.format) : NULL,
    };
    struct arena *memory = arena_new();
    for (int parse = 0; parse < 2; parse++) {
        struct run run = { &options, memory, parse, 0, { { 0 } } };
        for (uint64_t i = 0; i < settings.runs; i++) {
            begin_run(&run);
            read_all(&run, argv + rest, (size_t)(argc - rest));
            note_run(&run, !i);
        }
        show(&run);
    }
    arena_free(memory);
    return 0;
}

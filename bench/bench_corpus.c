/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_corpus - how fast inputs are read, on one core.
 *
 *     bench_corpus [-n RUNS] [-f FORMAT] FILE...
 *
 * Prints, tab-separated: the step, articles, decompressed MB, MB/s of the
 * fastest run and of the slowest. Steps: "cut" finds the records only, "read"
 * makes finished articles of them. Each includes inflating.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

#include "base/options.h"
#include "corpus/input.h"
#include "indexer/progress.h"

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

struct answer {
    uint64_t articles, bytes;
};

static void read_input(const struct walk_entry *entry,
                       const struct input_options *options, bool parse,
                       struct arena *memory, struct answer *out)
{
    struct input *input;
    struct raw_record raw;
    struct article article;
    enum status rc;
    if (input_open(&input, entry, options, NULL))
        return;
    while ((rc = input_next(input, &raw, NULL)) == STATUS_OK ||
           rc == STATUS_BAD_RECORD) {
        arena_reset(memory);
        if (!rc && parse)
            rc = input_parse(input, &raw, memory, &article, NULL);
        out->articles += !rc;
    }
    out->bytes += source_offset(input_source(input));
    input_release(input);
}

static struct answer read_all(char *const *paths, size_t count,
                              const struct input_options *options, bool parse)
{
    struct answer answer = { 0, 0 };
    struct arena *memory = arena_new();
    struct walk *walk = walk_open((const char *const *)paths, count);
    struct walk_entry entry;
    enum status rc;
    while ((rc = walk_next(walk, &entry, NULL)) != STATUS_END)
        if (!rc)
            read_input(&entry, options, parse, memory, &answer);
    walk_close(walk);
    arena_free(memory);
    return answer;
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
    for (int parse = 0; parse < 2; parse++) {
        double fastest = 0, slowest = 0;
        struct answer answer = { 0, 0 };
        for (uint64_t run = 0; run < settings.runs; run++) {
            double started = progress_clock();
            answer =
                read_all(argv + rest, (size_t)(argc - rest), &options, parse);
            double seconds = progress_clock() - started;
            fastest = !run || seconds < fastest ? seconds : fastest;
            slowest = seconds > slowest ? seconds : slowest;
        }
        double megabytes = (double)answer.bytes / 1e6;
        printf("%s\t%" PRIu64 "\t%.1f\t%.0f\t%.0f\n", parse ? "read" : "cut",
               answer.articles, megabytes, megabytes / fastest,
               megabytes / slowest);
    }
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/str.h"

struct progress {
    const char *program;
    uint64_t total;
    double started, shown, interval;
    bool quiet, terminal;
};

double progress_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct progress *progress_new(const char *program, uint64_t total, bool quiet)
{
    struct progress *progress = memory_new(1, sizeof(*progress));
    progress->program = program;
    progress->total = total;
    progress->quiet = quiet;
    progress->terminal = isatty(STDERR_FILENO);
    progress->interval = progress->terminal ? 0.25 : 10;
    progress->started = progress->shown = progress_clock();
    return progress;
}

static void add_time_left(struct str *line, double seconds)
{
    if (seconds < 90)
        str_addf(line, ", %.0f s left", seconds);
    else if (seconds < 90 * 60)
        str_addf(line, ", %.0f min left", seconds / 60);
    else
        str_addf(line, ", %.1f h left", seconds / 3600);
}

void progress_show(struct progress *progress, uint64_t input_bytes,
                   uint64_t articles, uint64_t text_bytes)
{
    double now = progress_clock();
    if (progress->quiet || now - progress->shown < progress->interval)
        return;
    progress->shown = now;
    double seconds = now - progress->started;
    struct str line = STR_INIT;
    str_addf(&line, "%s: ", progress->program);
    double share =
        progress->total ? (double)input_bytes / (double)progress->total : 0;
    if (share > 0)
        str_addf(&line, "%.0f %%, ", share < 1 ? share * 100 : 100);
    str_addf(&line, "%" PRIu64 " articles, %.1f MB/s", articles,
             (double)text_bytes / 1e6 / seconds);
    if (share > 0.01 && share < 1)
        add_time_left(&line, seconds * (1 - share) / share);
    if (progress->terminal)
        fprintf(stderr, "\r%s\033[K", line.data);
    else
        fprintf(stderr, "%s\n", line.data);
    str_release(&line);
}

void progress_say(struct progress *progress, const char *what)
{
    if (progress->terminal && !progress->quiet)
        fprintf(stderr, "\r%s: %s\033[K", progress->program, what);
}

void progress_free(struct progress *progress)
{
    if (!progress)
        return;
    if (progress->terminal && !progress->quiet)
        fprintf(stderr, "\r\033[K");
    free(progress);
}

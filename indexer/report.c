/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/report.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"

enum { SUMMARY_INPUTS_MAX = 20 }; /* rows; more inputs give totals only */

struct input_report {
    char *path, *collection;
    uint64_t counts[REPORT_COUNTS];
    char *trouble; /* the first, or NULL */
    size_t troubles;
};

/* What report_keep() remembers.  Of the inputs only the last one may still
 * change. */
struct kept {
    size_t input_count;
    uint64_t last[REPORT_COUNTS], totals[REPORT_COUNTS];
    size_t last_troubles, troubles, unchanged;
    off_t rejects_size;
};

struct report {
    pthread_mutex_t mutex;
    const char *program;
    FILE *rejects;
    const char *rejects_path;
    struct input_report *inputs;
    size_t input_count, input_capacity;
    uint64_t totals[REPORT_COUNTS];
    size_t complaints, troubles, unchanged;
    bool fell_back;
    struct kept kept;
};

enum status report_open(struct report **out, const char *program,
                        const char *rejects, struct error *err)
{
    *out = NULL;
    FILE *file = NULL;
    if (rejects) {
        file = fopen(rejects, "w");
        if (!file)
            return error_set_errno(err, "cannot create '%s'", rejects);
    }
    struct report *report = memory_new(1, sizeof(*report));
    pthread_mutex_init(&report->mutex, NULL);
    report->program = program;
    report->rejects = file;
    report->rejects_path = rejects;
    *out = report;
    return STATUS_OK;
}

static void forget_input(struct input_report *input)
{
    free(input->path);
    free(input->collection);
    free(input->trouble);
}

enum status report_close(struct report *report, struct error *err)
{
    if (!report)
        return STATUS_OK;
    enum status rc = STATUS_OK;
    if (report->rejects) {
        bool failed = ferror(report->rejects);
        if (fclose(report->rejects) || failed)
            rc =
                error_set_errno(err, "cannot write '%s'", report->rejects_path);
    }
    while (report->input_count)
        forget_input(&report->inputs[--report->input_count]);
    free(report->inputs);
    pthread_mutex_destroy(&report->mutex);
    free(report);
    return rc;
}

static void lock(const struct report *report)
{
    pthread_mutex_lock((pthread_mutex_t *)&report->mutex);
}

static void unlock(const struct report *report)
{
    pthread_mutex_unlock((pthread_mutex_t *)&report->mutex);
}

size_t report_input(struct report *report, const char *path,
                    const char *collection)
{
    lock(report);
    MEMORY_GROW(report->inputs, report->input_count, report->input_capacity);
    size_t number = report->input_count++;
    report->inputs[number] = (struct input_report){
        .path = memory_string(path),
        .collection = memory_string(collection),
    };
    unlock(report);
    return number;
}

static void count_up(struct report *report, size_t input,
                     enum report_count what, uint64_t count)
{
    report->inputs[input].counts[what] += count;
    report->totals[what] += count;
}

void report_add(struct report *report, size_t input, enum report_count what,
                uint64_t count)
{
    lock(report);
    count_up(report, input, what, count);
    unlock(report);
}

uint64_t report_get(const struct report *report, size_t input,
                    enum report_count what)
{
    lock(report);
    uint64_t count = report->inputs[input].counts[what];
    unlock(report);
    return count;
}

uint64_t report_total(const struct report *report, enum report_count what)
{
    lock(report);
    uint64_t count = report->totals[what];
    unlock(report);
    return count;
}

static void complain(struct report *report, const char *message)
{
    if (report->complaints++ < REPORT_COMPLAINTS_MAX)
        fprintf(stderr, "%s: %s\n", report->program, message);
    if (report->complaints == REPORT_COMPLAINTS_MAX)
        fprintf(stderr, "%s: further complaints are only counted%s\n",
                report->program,
                report->rejects ? "" : "; --rejects FILE keeps the records");
}

static void keep_reject(struct report *report, const char *path,
                        const struct raw_record *raw, const struct error *why)
{
    struct str line = STR_INIT;
    struct json json = json_begin(&line);
    json_object(&json);
    json_key(&json, "input");
    json_string(&json, span_of(path));
    json_key(&json, "offset");
    json_number(&json, (int64_t)raw->offset);
    json_key(&json, "why");
    json_string(&json, span_of(why->message));
    json_key(&json, "record");
    json_string(&json, raw->bytes);
    json_end(&json);
    str_add_char(&line, '\n');
    fwrite(line.data, 1, line.size, report->rejects);
    str_release(&line);
}

void report_reject(struct report *report, size_t input,
                   const struct raw_record *raw, const struct error *why)
{
    lock(report);
    count_up(report, input, REPORT_REJECTED, 1);
    complain(report, why->message);
    if (report->rejects)
        keep_reject(report, report->inputs[input].path, raw, why);
    unlock(report);
}

void report_trouble(struct report *report, size_t input, const char *why)
{
    lock(report);
    struct input_report *at =
        input == REPORT_NO_INPUT ? NULL : &report->inputs[input];
    if (!at || !at->troubles)
        report->troubles++;
    if (at && !at->troubles++)
        at->trouble = memory_string(why);
    complain(report, why);
    unlock(report);
}

void report_unchanged(struct report *report)
{
    lock(report);
    report->unchanged++;
    unlock(report);
}

void report_keep(struct report *report)
{
    struct kept *kept = &report->kept;
    lock(report);
    *kept = (struct kept){
        .input_count = report->input_count,
        .troubles = report->troubles,
        .unchanged = report->unchanged,
        .rejects_size = report->rejects ? ftello(report->rejects) : 0,
    };
    memcpy(kept->totals, report->totals, sizeof(kept->totals));
    if (kept->input_count) {
        const struct input_report *last =
            &report->inputs[kept->input_count - 1];
        memcpy(kept->last, last->counts, sizeof(kept->last));
        kept->last_troubles = last->troubles;
    }
    unlock(report);
}

/* What cannot be cut, as a pipe, has them twice. */
static void cut_rejects(FILE *rejects, off_t size)
{
    if (size >= 0 && !fflush(rejects) && !ftruncate(fileno(rejects), size))
        fseeko(rejects, size, SEEK_SET);
}

void report_take_back(struct report *report, bool anew)
{
    const struct kept *kept = &report->kept;
    lock(report);
    while (report->input_count > kept->input_count)
        forget_input(&report->inputs[--report->input_count]);
    memcpy(report->totals, kept->totals, sizeof(kept->totals));
    report->troubles = kept->troubles;
    report->unchanged = kept->unchanged;
    if (kept->input_count) {
        struct input_report *last = &report->inputs[kept->input_count - 1];
        memcpy(last->counts, kept->last, sizeof(kept->last));
        last->troubles = kept->last_troubles;
        if (!last->troubles) {
            free(last->trouble);
            last->trouble = NULL;
        }
    }
    if (report->rejects && anew)
        cut_rejects(report->rejects, kept->rejects_size);
    unlock(report);
}

void report_fallback(struct report *report, const char *why)
{
    lock(report);
    report->fell_back = true;
    fprintf(stderr,
            "%s: %s; its articles are read again and written by the reference "
            "writer, as is the rest\n",
            report->program, why);
    unlock(report);
}

size_t report_troubles(const struct report *report)
{
    lock(report);
    size_t count = report->troubles;
    unlock(report);
    return count;
}

static void add_note(struct str *out, uint64_t count, const char *what)
{
    if (count)
        str_addf(out, ", %" PRIu64 " %s", count, what);
}

static void add_counts(struct str *out, const uint64_t *counts)
{
    str_addf(out, "%" PRIu64 " article%s", counts[REPORT_ARTICLES],
             counts[REPORT_ARTICLES] == 1 ? "" : "s");
    add_note(out, counts[REPORT_REJECTED], "rejected");
    add_note(out, counts[REPORT_DUPLICATES], "replaced by a later one");
    add_note(out, counts[REPORT_SKIPPED], "passed over");
    add_note(out, counts[REPORT_WITHDRAWN], "withdrawn");
    add_note(out, counts[REPORT_HELD], "held back");
    add_note(out, counts[REPORT_UNDATED], "without a date");
    add_note(out, counts[REPORT_AHEAD], "dated in the future");
    add_note(out, counts[REPORT_WITHOUT_ID], "without an id");
    add_note(out, counts[REPORT_REPAIRED], "with repaired text");
}

/* What went wrong, without the name of the input that it mostly begins with; a
 * member of an archive is named. */
static const char *trouble_of(const struct input_report *input)
{
    size_t size = strlen(input->path);
    const char *rest = input->trouble + size;
    if (strncmp(input->trouble, input->path, size) != 0)
        return input->trouble;
    return *rest == '!'                       ? rest + 1
           : span_starts(span_of(rest), ": ") ? rest + 2
                                              : input->trouble;
}

static void add_row(struct str *out, const struct input_report *input)
{
    str_addf(out, "%s (%s): ", input->path, input->collection);
    add_counts(out, input->counts);
    if (input->trouble)
        str_addf(out, "; %s", trouble_of(input));
    if (input->troubles > 1)
        str_addf(out, "; and %zu complaint%s more", input->troubles - 1,
                 input->troubles == 2 ? "" : "s");
    str_add_char(out, '\n');
}

void report_summary(const struct report *report, uint64_t replaced,
                    double seconds, struct str *out)
{
    bool all = report->input_count <= SUMMARY_INPUTS_MAX;
    size_t rows = 0;
    for (size_t i = 0; i < report->input_count; i++) {
        const struct input_report *input = &report->inputs[i];
        bool odd = input->trouble || input->counts[REPORT_REJECTED] ||
                   !input->counts[REPORT_ARTICLES];
        if (all || (odd && rows < SUMMARY_INPUTS_MAX)) {
            add_row(out, input);
            rows++;
        }
    }
    str_addf(out, "%zu input%s", report->input_count,
             report->input_count == 1 ? "" : "s");
    add_note(out, report->unchanged, "unchanged and not read again");
    str_add_text(out, ": ");
    add_counts(out, report->totals);
    add_note(out, replaced, "of them in place of older copies");
    double megabytes = (double)report->totals[REPORT_TEXT_BYTES] / 1e6;
    str_addf(out, "; %.1f MB of text in %.1f s", megabytes, seconds);
    if (seconds > 0.1)
        str_addf(out, " (%.0f articles/s, %.1f MB/s)",
                 (double)report->totals[REPORT_ARTICLES] / seconds,
                 megabytes / seconds);
    if (report->fell_back)
        str_add_text(out, "; in part by the reference writer, since a segment "
                          "did not read back");
    str_add_char(out, '\n');
}

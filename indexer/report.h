/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.h - what happened to every input of a run: counts, complaints and the
 * rejected records.
 *
 * Shared by all threads of the pipeline.  Complaints go to stderr as they
 * come, the first REPORT_COMPLAINTS_MAX of them; all are counted.
 */
#ifndef NEWS_INDEXER_REPORT_H
#define NEWS_INDEXER_REPORT_H

#include "base/error.h"
#include "base/str.h"
#include "corpus/format.h"

enum { REPORT_COMPLAINTS_MAX = 20 };

/* In place of an input's number: trouble with what could not be opened. */
#define REPORT_NO_INPUT SIZE_MAX

struct report;

/* What is counted, for each input and in all. */
enum report_count {
    REPORT_ARTICLES,   /* indexed                                         */
    REPORT_SKIPPED,    /* well-formed, but no articles                    */
    REPORT_REJECTED,   /* unusable records                                */
    REPORT_DUPLICATES, /* gave way to a later article of the same id      */
    REPORT_WITHDRAWN,  /* removals that the corpus asked for              */
    REPORT_HELD,       /* articles under embargo                          */
    REPORT_UNDATED,    /* articles without a date                         */
    REPORT_AHEAD,      /* articles whose date, in the future, is a slip   */
    REPORT_WITHOUT_ID, /* articles whose id was made of their content     */
    REPORT_REPAIRED,   /* articles with bytes that were not UTF-8         */
    REPORT_TEXT_BYTES, /* of the indexed articles                         */
    REPORT_COUNTS
};

/* `program` begins each complaint; `rejects` is the path of a JSON Lines file
 * for rejected records, or NULL. */
enum status report_open(struct report **out, const char *program,
                        const char *rejects, struct error *err);
enum status report_close(struct report *report, struct error *err);

/* A new input; returns its number.  `path` and `collection` are copied. */
size_t report_input(struct report *report, const char *path,
                    const char *collection);

void report_add(struct report *report, size_t input, enum report_count what,
                uint64_t count);
uint64_t report_get(const struct report *report, size_t input,
                    enum report_count what);
uint64_t report_total(const struct report *report, enum report_count what);

/* A record that could not be used: counted, named, kept for --rejects. */
void report_reject(struct report *report, size_t input,
                   const struct raw_record *raw, const struct error *why);

/* Something wrong with the whole input: it is cut off, damaged, unreadable. */
void report_trouble(struct report *report, size_t input, const char *why);

/* An input that was not read since it has not changed. */
void report_unchanged(struct report *report);

/* All that was counted so far is kept; what comes after it may be taken back,
 * because it is not published.  With `anew` its inputs are read again from
 * there: the rejects are taken back too.  While no worker counts. */
void report_keep(struct report *report);
void report_take_back(struct report *report, bool anew);

/* A segment did not read back; the reference writer takes over. */
void report_fallback(struct report *report, const char *why);

/* Inputs that had trouble. */
size_t report_troubles(const struct report *report);

/* The summary, a table of inputs and totals.  `replaced` is the number of
 * articles that were in the archive already. */
void report_summary(const struct report *report, uint64_t replaced,
                    double seconds, struct str *out);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * facets.h - how often the values of fields, and the days, occur among all
 * articles that answer: facets, the names that matter, the timeline.
 *
 *     --facets people,source:5     counts, the most frequent first
 *     --who, --orgs, --places      the significant first
 *     --timeline month             counts by date of publication
 *
 * Counts are exact.  Spellings with the same term (newsdb/schema.h; of a name,
 * that of its key) are one value, shown in the spelling that most answers have.
 *
 * How much a name matters in the answers is its part of the Kullback-Leibler
 * divergence between answers and archive, in bits: a/n * log2((a/n) / (d/N)),
 * for a name in `a` of `n` answers and in `d` of the archive's `N` articles.
 */
#ifndef NEWS_SEARCH_FACETS_H
#define NEWS_SEARCH_FACETS_H

#include "base/arena.h"
#include "newsdb/schema.h"
#include "xapian-c/xapian-c.h"

enum {
    FACETS_MAX = 12,   /* asked for in one question */
    FACETS_LIMIT = 10, /* values shown unless told otherwise */
    /* Where some of the answers are on other machines, spellings counted of
     * one field; others are left out, and `cut` says so. */
    FACETS_AFAR_MAX = 500000,
};

enum timeline_unit {
    TIMELINE_NONE,
    TIMELINE_YEAR,
    TIMELINE_MONTH,
    TIMELINE_DAY,
    TIMELINE_AUTO /* what comes out is one of the others */
};

struct facet_request {
    enum field_id field;
    uint32_t limit;
    bool significant; /* by significance, not by count */
};

struct facets_request {
    struct facet_request items[FACETS_MAX];
    size_t count;
    enum timeline_unit timeline;
};

/* Read "people,source:5": names and aliases of fields whose values can be
 * counted.  USAGE lists them. */
enum status facets_parse(struct facets_request *out, struct span text,
                         struct error *err);
/* "year", "month", "day" or "auto". */
enum status timeline_parse(enum timeline_unit *out, const char *text,
                           struct error *err);

/* ---- What comes out: in the arena ------------------------------------- */

struct facet_value {
    struct span value;
    struct span term; /* while counting */
    uint64_t count;   /* answers with it */
    uint64_t archive; /* articles of the archive with it; when significant */
    double score;     /* bits; when significant */
};

struct facet {
    enum field_id field;
    bool significant, cut;
    struct facet_value *values;
    size_t count;    /* of values shown */
    size_t distinct; /* of all */
};

/* One year, month or day of the timeline; those without articles between the
 * first and the last are there, with 0. */
struct timeline_point {
    int32_t year, month, day; /* month and day 0 where the unit is longer */
    uint64_t count;
};

struct timeline {
    enum timeline_unit unit; /* NONE: not asked for */
    struct timeline_point *points;
    size_t count;
    uint64_t undated; /* answers without a date */
};

struct facets {
    struct facet *items;
    size_t count;
    struct timeline timeline;
};

/* ---- Counting --------------------------------------------------------- */

struct facet_counter;

/* NULL where nothing is asked for. */
struct facet_counter *facet_counter_new(const struct facets_request *request);
void facet_counter_free(struct facet_counter *counter); /* NULL is fine */
void facet_counter_clear(struct facet_counter *counter);

/* Let a search that looks at all answers count; nothing where the counter is
 * NULL. */
void facet_counter_join(struct facet_counter *counter,
                        struct xap_search *search);

/* What was counted among `total` answers; among `answers` now where that is not
 * NULL. */
enum status facet_counter_finish(struct facets *out,
                                 struct facet_counter *counter,
                                 const struct xap_set *answers, uint64_t total,
                                 const struct xap_db *db, struct arena *memory,
                                 struct error *err);

#endif

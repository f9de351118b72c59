/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * newsq_options.h - what newsq can be asked to do; one table.
 */
#ifndef NEWS_SEARCH_NEWSQ_OPTIONS_H
#define NEWS_SEARCH_NEWSQ_OPTIONS_H

#include "base/options.h"
#include "search/render.h"

struct newsq_options {
    const char *format, *sort, *colour, *links, *passages, *context, *facets,
        *timeline, *show, *today;
    const char *from, *to, *on, *fresh;
    const char *export, *like, *like_file, *terms;
    struct option_list archive, person, org, place, author, source, section,
        topic, lang, collection;
    uint64_t limit, offset, timeout;
    bool who, orgs, places, partial, no_pager, count, all, fold, strict,
        explain, fields, help, version;
};

#define NEWSQ_OPTIONS_INIT \
    {                      \
        .limit = 10        \
    }

extern const struct option_spec newsq_specs[];

/* The text of --help. */
void newsq_help(struct str *out);

/* The conditions that the options add to a question; NULL where there are
 * none.  Several values of one option: any of them. */
enum status newsq_filter(struct query_node **out,
                         const struct newsq_options *options,
                         const struct query_settings *settings,
                         struct arena *memory, struct error *err);

/* What is to be counted: --facets, --timeline, --who, --orgs, --places. */
enum status newsq_facets(struct facets_request *out,
                         const struct newsq_options *options,
                         struct error *err);

/* --fresh: a span of days that ends today. */
enum status newsq_freshness(struct freshness *out,
                            const struct newsq_options *options, int32_t today,
                            struct error *err);

/* --passages and --context. */
enum status newsq_snippet(struct snippet_options *out,
                          const struct newsq_options *options,
                          struct error *err);

enum status newsq_order(enum results_order *out, const char *name,
                        struct error *err);

void newsq_options_release(struct newsq_options *options);

#endif

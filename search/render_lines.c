/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For other programs: tab-separated values, and ids alone. */
#include "search/render_facets.h"
#include "search/tsv.h"

static void add_identity(struct str *out, const struct record *record)
{
    tsv_cell(out, record->collection);
    str_add_char(out, '/');
    tsv_cell(out, record->id);
}

static void tsv_head(struct str *out, const struct results *results,
                     const struct render_options *options)
{
    (void)options;
    if (results->facets.count || results->facets.timeline.unit) {
        render_facets_tsv(out, &results->facets);
        return;
    }
    str_add_text(out, "rank\tid\tdate\tsource\tsection\ttitle\tscore\n");
}

static void add_tsv(struct str *out, const struct record *record)
{
    add_identity(out, record);
    str_add_char(out, '\t');
    date_add(out, record->date);
    str_add_char(out, '\t');
    tsv_cell(out, record->source);
    str_add_char(out, '\t');
    tsv_cell(out, record->section);
    str_add_char(out, '\t');
    tsv_cell(out, record_title(record));
}

static void tsv_hit(struct str *out, const struct hit *hit, bool last,
                    const struct render_options *options)
{
    (void)last;
    (void)options;
    str_addf(out, "%u\t", (unsigned)hit->rank);
    add_tsv(out, &hit->record);
    str_addf(out, "\t%.4f\n", hit->score);
}

static void nothing(struct str *out, const struct results *results,
                    const struct render_options *options)
{
    (void)out;
    (void)results;
    (void)options;
}

static void tsv_article(struct str *out, const struct record *record,
                        const struct found_list *found,
                        const struct render_options *options)
{
    (void)found;
    (void)options;
    add_tsv(out, record);
    str_add_char(out, '\t');
    tsv_cell(out, record_body(record));
    str_add_char(out, '\n');
}

const struct renderer renderer_tsv = {
    .name = "tsv",
    .summary = "tab-separated values with a header",
    .head = tsv_head,
    .hit = tsv_hit,
    .tail = nothing,
    .article = tsv_article,
};

static void ids_head(struct str *out, const struct results *results,
                     const struct render_options *options)
{
    (void)out;
    (void)results;
    (void)options;
}

static void ids_hit(struct str *out, const struct hit *hit, bool last,
                    const struct render_options *options)
{
    (void)last;
    (void)options;
    add_identity(out, &hit->record);
    str_add_char(out, '\n');
}

static void ids_article(struct str *out, const struct record *record,
                        const struct found_list *found,
                        const struct render_options *options)
{
    (void)found;
    (void)options;
    add_identity(out, record);
    str_add_char(out, '\n');
}

const struct renderer renderer_ids = {
    .name = "ids",
    .summary = "collection/id, a line each",
    .head = ids_head,
    .hit = ids_hit,
    .tail = nothing,
    .article = ids_article,
};

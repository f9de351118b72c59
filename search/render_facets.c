/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/render_facets.h"

#include <inttypes.h>

#include "base/json.h"
#include "base/utf8.h"
#include "search/flow.h"
#include "search/timeline.h"
#include "search/tsv.h"

/* ---- For people ------------------------------------------------------- */

static void add_value(struct flow *flow, const struct facet_value *value,
                      bool first, const struct render_options *options)
{
    struct str count = STR_INIT;
    str_addf(&count, "\xC2\xA0%" PRIu64, value->count);
    if (!first)
        flow_text(flow, span_of(" \xC2\xB7 "));
    flow_text(flow, value->value);
    flow_colour(flow, DIM, options->colour);
    flow_text(flow, str_span(&count));
    flow_colour(flow, PLAIN, options->colour);
    str_release(&count);
}

enum { LABEL_COLUMNS = 12 };

static void add_facet(struct str *out, const struct facet *facet,
                      const struct render_options *options)
{
    struct flow flow = flow_begin(out, options->width, 0);
    str_addf(out, "%s%-*s%s", options->colour ? BOLD : "", LABEL_COLUMNS,
             schema_fields[facet->field].name, options->colour ? PLAIN : "");
    flow.indent = flow.column = LABEL_COLUMNS;
    for (size_t i = 0; i < facet->count; i++)
        add_value(&flow, &facet->values[i], !i, options);
    if (facet->distinct > facet->count) {
        struct str more = STR_INIT;
        str_addf(&more,
                 " \xE2\x80\xA6\xC2\xA0%s%zu\xC2\xA0in\xC2\xA0"
                 "all",
                 facet->cut ? "over\xC2\xA0" : "", facet->distinct);
        flow_text(&flow, str_span(&more));
        str_release(&more);
    }
    flow_end(&flow);
}

/* A line for each name: in so many answers, of so many articles. */
static void add_significant(struct str *out, const struct facet *facet,
                            const struct render_options *options)
{
    for (size_t i = 0; i < facet->count; i++) {
        const struct facet_value *value = &facet->values[i];
        str_addf(out, "%7" PRIu64 "  %s%.*s%s  %sof %" PRIu64 "%s\n",
                 value->count, options->colour ? BOLD : "",
                 SPAN_ARGS(value->value), options->colour ? PLAIN : "",
                 options->colour ? DIM : "", value->archive,
                 options->colour ? PLAIN : "");
    }
}

/* Eighths of a block, U+258F (an eighth) to U+2588 (a whole). */
static void add_bar(struct str *out, uint64_t count, uint64_t most,
                    uint32_t columns)
{
    uint64_t eighths = most ? count * columns * 8 / most : 0;
    if (count && !eighths)
        eighths = 1;
    for (; eighths >= 8; eighths -= 8)
        utf8_add(out, 0x2588);
    if (eighths)
        utf8_add(out, 0x2590 - (uint32_t)eighths);
}

enum {
    BAR_COLUMNS_MIN = 10,
    POINT_COLUMNS = 22,
    EMPTY_SHOWN = 3, /* lines; of more without articles one stands for all */
};

static void add_point(struct str *out, const struct timeline_point *point,
                      uint64_t most, uint32_t columns)
{
    size_t start = out->size;
    timeline_point_name(out, point);
    str_addf(out, "%*s%8" PRIu64, (int)(10 - (out->size - start)), "",
             point->count);
    if (point->count)
        str_add_text(out, "  ");
    add_bar(out, point->count, most, columns);
    str_add_char(out, '\n');
}

static size_t count_empty(const struct timeline *timeline, size_t from)
{
    size_t to = from;
    while (to < timeline->count && !timeline->points[to].count)
        to++;
    return to - from;
}

static void add_timeline(struct str *out, const struct timeline *timeline,
                         const struct render_options *options)
{
    uint64_t most = 0;
    for (size_t i = 0; i < timeline->count; i++)
        if (timeline->points[i].count > most)
            most = timeline->points[i].count;
    uint32_t columns = options->width > POINT_COLUMNS + BAR_COLUMNS_MIN
                           ? options->width - POINT_COLUMNS
                           : BAR_COLUMNS_MIN;
    for (size_t i = 0; i < timeline->count; i++) {
        size_t empty = count_empty(timeline, i);
        if (empty > EMPTY_SHOWN) {
            str_addf(out, "\xE2\x80\xA6%16s0\n", "");
            i += empty - 1;
            continue;
        }
        add_point(out, &timeline->points[i], most, columns);
    }
    if (timeline->undated)
        str_addf(out, "undated   %8" PRIu64 "\n", timeline->undated);
}

void render_facets_text(struct str *out, const struct facets *facets,
                        const struct render_options *options)
{
    if (facets->count || facets->timeline.unit)
        str_add_char(out, '\n');
    for (size_t i = 0; i < facets->count; i++)
        if (facets->items[i].significant)
            add_significant(out, &facets->items[i], options);
        else if (facets->items[i].count)
            add_facet(out, &facets->items[i], options);
    if (facets->count && facets->timeline.unit)
        str_add_char(out, '\n');
    if (facets->timeline.unit)
        add_timeline(out, &facets->timeline, options);
}

/* ---- For programs ----------------------------------------------------- */

static void add_json_facet(struct json *json, const struct facet *facet)
{
    json_key(json, schema_fields[facet->field].name);
    json_object(json);
    json_key(json, "distinct");
    json_number(json, (int64_t)facet->distinct);
    json_key(json, "values");
    json_array(json);
    for (size_t i = 0; i < facet->count; i++) {
        const struct facet_value *value = &facet->values[i];
        json_object(json);
        json_text(json, "value", value->value);
        json_key(json, "count");
        json_number(json, (int64_t)value->count);
        if (facet->significant) {
            json_key(json, "archive");
            json_number(json, (int64_t)value->archive);
            json_key(json, "score");
            json_real(json, value->score, 6);
        }
        json_end(json);
    }
    json_end(json);
    json_end(json);
}

static const char *unit_name(enum timeline_unit unit)
{
    return unit == TIMELINE_YEAR    ? "year"
           : unit == TIMELINE_MONTH ? "month"
                                    : "day";
}

static void add_json_timeline(struct json *json,
                              const struct timeline *timeline)
{
    struct str name = STR_INIT;
    json_object(json);
    json_text(json, "unit", span_of(unit_name(timeline->unit)));
    json_key(json, "undated");
    json_number(json, (int64_t)timeline->undated);
    json_key(json, "counts");
    json_array(json);
    for (size_t i = 0; i < timeline->count; i++) {
        str_clear(&name);
        timeline_point_name(&name, &timeline->points[i]);
        json_object(json);
        json_text(json, "date", str_span(&name));
        json_key(json, "count");
        json_number(json, (int64_t)timeline->points[i].count);
        json_end(json);
    }
    json_end(json);
    json_end(json);
    str_release(&name);
}

void render_facets_json(struct str *out, const struct facets *facets)
{
    if (facets->count) {
        str_add_text(out, ",\"facets\":");
        struct json json = json_begin(out);
        json_object(&json);
        for (size_t i = 0; i < facets->count; i++)
            add_json_facet(&json, &facets->items[i]);
        json_end(&json);
    }
    if (facets->timeline.unit) {
        str_add_text(out, ",\"timeline\":");
        struct json json = json_begin(out);
        add_json_timeline(&json, &facets->timeline);
    }
}

void render_facets_tsv(struct str *out, const struct facets *facets)
{
    str_add_text(out, "field\tvalue\tcount\tarchive\tscore\n");
    for (size_t i = 0; i < facets->count; i++) {
        const struct facet *facet = &facets->items[i];
        for (size_t j = 0; j < facet->count; j++) {
            const struct facet_value *value = &facet->values[j];
            str_addf(out, "%s\t", schema_fields[facet->field].name);
            tsv_cell(out, value->value);
            str_addf(out, "\t%" PRIu64 "\t", value->count);
            if (facet->significant)
                str_addf(out, "%" PRIu64 "\t%.6f", value->archive,
                         value->score);
            else
                str_add_char(out, '\t');
            str_add_char(out, '\n');
        }
    }
    for (size_t i = 0; i < facets->timeline.count; i++) {
        str_add_text(out, "timeline\t");
        timeline_point_name(out, &facets->timeline.points[i]);
        str_addf(out, "\t%" PRIu64 "\t\t\n", facets->timeline.points[i].count);
    }
    if (facets->timeline.undated)
        str_addf(out, "timeline\t\t%" PRIu64 "\t\t\n",
                 facets->timeline.undated);
}

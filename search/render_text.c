/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For people: titles, where and when, passages with what matched marked. */
#include <inttypes.h>
#include <string.h>

#include "search/flow.h"
#include "search/render_facets.h"

#define LINK "\033]8;;"
#define LINK_END "\033\\"

enum {
    INDENT = 4,
    LINK_SIZE_MAX = 2000, /* bytes of a url; terminals take about as many */
};

/* A stretch of text with the places in it marked. */
static void flow_marked(struct flow *flow, struct span text, uint32_t start,
                        uint32_t end, const struct found *marks, size_t count,
                        bool colour)
{
    uint32_t at = start;
    for (size_t i = 0; i < count; i++) {
        uint32_t from = marks[i].offset, to = from + marks[i].size;
        if (from < at || to > end)
            continue;
        flow_text(flow, span_slice(text, at, from));
        flow_colour(flow, MARK, colour);
        flow_text(flow, span_slice(text, from, to));
        flow_colour(flow, PLAIN, colour);
        at = to;
    }
    flow_text(flow, span_slice(text, at, end));
}

/* ---- Parts of a hit --------------------------------------------------- */

static const char *const months[12] = { "Jan", "Feb", "Mar", "Apr",
                                        "May", "Jun", "Jul", "Aug",
                                        "Sep", "Oct", "Nov", "Dec" };

static void add_date(struct str *out, struct date date)
{
    int year, month, day;
    date_civil(date.day, &year, &month, &day);
    if (date.precision >= DATE_DAY)
        str_addf(out, "%d ", day);
    if (date.precision >= DATE_MONTH)
        str_addf(out, "%s ", months[month - 1]);
    str_addf(out, "%d", year);
}

static void add_part(struct str *out, struct span part)
{
    if (!part.size)
        return;
    if (out->size)
        str_add_text(out, " \xC2\xB7 ");
    str_add(out, part);
}

/* "Meridian Wire · 13 Apr 2022 · World · sample/mw-1". */
static void add_about(struct str *out, const char *label,
                      const struct record *record, uint32_t indent,
                      const struct render_options *options)
{
    struct flow flow = flow_begin(out, options->width, indent);
    struct str date = STR_INIT, id = STR_INIT, line = STR_INIT;
    if (record->date.precision != DATE_NONE)
        add_date(&date, record->date);
    str_addf(&id, "%.*s/%.*s", SPAN_ARGS(record->collection),
             SPAN_ARGS(record->id));
    add_part(&line, record->source);
    add_part(&line, str_span(&date));
    add_part(&line, record->section);
    add_part(&line, str_span(&id));
    flow_colour(&flow, DIM, options->colour);
    flow_text(&flow, span_of(label));
    flow_text(&flow, str_span(&line));
    flow_colour(&flow, PLAIN, options->colour);
    flow_end(&flow);
    str_release(&date);
    str_release(&id);
    str_release(&line);
}

enum { NAMES_SHOWN = 8 }; /* of each kind */

static void flow_names(struct flow *flow, const struct names *names,
                       enum name_kind kind, bool *any)
{
    size_t shown = 0;
    for (size_t i = 0; i < names->count && shown < NAMES_SHOWN; i++) {
        if (names->items[i].kind != kind)
            continue;
        if (*any)
            flow_text(flow, span_of(shown ? ", " : "; "));
        flow_text(flow, names->items[i].form);
        *any = true;
        shown++;
    }
}

static void add_names(struct str *out, const struct record *record,
                      const struct render_options *options)
{
    bool any = false;
    for (size_t i = 0; i < record->names.count; i++)
        any = any || record->names.items[i].kind != NAME_PLACE;
    if (!any)
        return;
    struct flow flow = flow_begin(out, options->width, INDENT);
    flow_colour(&flow, DIM, options->colour);
    any = false;
    flow_names(&flow, &record->names, NAME_PERSON, &any);
    flow_names(&flow, &record->names, NAME_ORG, &any);
    flow_colour(&flow, PLAIN, options->colour);
    flow_end(&flow);
}

static void add_lacks(struct str *out, const struct hit *hit,
                      const struct render_options *options)
{
    if (!hit->lack_count)
        return;
    str_addf(out, "%*s%s(without ", INDENT, "", options->colour ? DIM : "");
    for (size_t i = 0; i < hit->lack_count; i++)
        str_addf(out, "%s%.*s", i ? ", " : "", SPAN_ARGS(hit->lacks[i]));
    str_addf(out, ")%s\n", options->colour ? PLAIN : "");
}

enum { ALIKE_SHOWN = 5 };

/* Where the story stands, too. */
static void add_alike(struct str *out, const struct hit *hit,
                      const struct render_options *options)
{
    for (size_t i = 0; i < hit->alike_count && i < ALIKE_SHOWN; i++)
        add_about(out, "also: ", &hit->alike[i].record, INDENT, options);
    if (hit->alike_count > ALIKE_SHOWN)
        str_addf(out, "%*s%sand %zu more%s\n", INDENT, "",
                 options->colour ? DIM : "", hit->alike_count - ALIKE_SHOWN,
                 options->colour ? PLAIN : "");
}

/* OSC 8: only what is a web address and cannot end the sequence. */
static bool begin_link(struct flow *flow, struct span url,
                       const struct render_options *options)
{
    bool web = span_starts(url, "http://") || span_starts(url, "https://");
    for (size_t i = 0; web && i < url.size; i++)
        web = (unsigned char)url.data[i] > ' ' &&
              (unsigned char)url.data[i] < 0x7F;
    if (!options->links || !web || url.size > LINK_SIZE_MAX)
        return false;
    str_addf(&flow->word, LINK "%.*s" LINK_END, SPAN_ARGS(url));
    return true;
}

/* From that column on. */
static void add_title(struct str *out, const struct record *record,
                      const struct found_list *found, uint32_t column,
                      const struct render_options *options)
{
    struct flow flow = {
        .out = out,
        .width = options->width,
        .indent = column < INDENT ? column : INDENT,
        .column = column,
        .word = STR_INIT,
    };
    struct span title = record_title(record);
    bool linked = begin_link(&flow, record->url, options);
    flow_colour(&flow, BOLD, options->colour);
    if (!title.size)
        flow_text(&flow, span_of("(no title)"));
    size_t count = 0;
    while (count < found->count &&
           found->items[count].offset < record->title_size)
        count++;
    for (size_t i = 0, at = 0; title.size && i <= count; i++) {
        size_t from = i < count ? found->items[i].offset : title.size;
        size_t to = i < count ? from + found->items[i].size : title.size;
        flow_text(&flow, span_slice(title, at, from));
        flow_colour(&flow, MARK, options->colour && i < count);
        flow_text(&flow, span_slice(title, from, to));
        flow_colour(&flow, PLAIN BOLD, options->colour && i < count);
        at = to;
    }
    flow_colour(&flow, PLAIN, options->colour);
    flow_colour(&flow, LINK LINK_END, linked);
    flow_end(&flow);
}

/* With dots where it is cut off. */
static void add_passage(struct flow *flow, const struct hit *hit,
                        const struct passage *passage, bool cut_start,
                        bool cut_end, const struct render_options *options)
{
    if (cut_start)
        flow_text(flow, span_of(" \xE2\x80\xA6 "));
    flow_marked(flow, hit->record.text, passage->start, passage->end,
                passage->marks, passage->mark_count, options->colour);
    if (cut_end)
        flow_text(flow, span_of(" \xE2\x80\xA6"));
}

/* Each passage by itself, behind the number of its paragraph. */
static void add_numbered(struct str *out, const struct hit *hit,
                         const struct render_options *options)
{
    for (size_t i = 0; i < hit->snippet.count; i++) {
        const struct passage *passage = &hit->snippet.passages[i];
        struct flow flow = flow_begin(out, options->width, INDENT);
        char number[24];
        snprintf(number, sizeof(number), "\xC2\xB6%" PRIu32 " ",
                 passage->paragraph);
        flow_colour(&flow, DIM, options->colour);
        flow_text(&flow, span_of(number));
        flow_colour(&flow, PLAIN, options->colour);
        add_passage(&flow, hit, passage, passage->cut_start, passage->cut_end,
                    options);
        flow_end(&flow);
    }
}

static void add_snippet(struct str *out, const struct hit *hit,
                        const struct render_options *options)
{
    if (options->numbered) {
        add_numbered(out, hit, options);
        return;
    }
    if (!hit->snippet.count)
        return;
    struct flow flow = flow_begin(out, options->width, INDENT);
    for (size_t i = 0; i < hit->snippet.count; i++) {
        const struct passage *passage = &hit->snippet.passages[i];
        bool last = i + 1 == hit->snippet.count;
        add_passage(&flow, hit, passage, passage->cut_start || i,
                    passage->cut_end && last, options);
    }
    flow_end(&flow);
}

/* ---- The renderer ----------------------------------------------------- */

static void text_head(struct str *out, const struct results *results,
                      const struct render_options *options)
{
    const char *plural = results->total == 1 ? "" : "s";
    if (results->some)
        str_addf(out,
                 "No article has all the words; %" PRIu32
                 " article%s ha%s some of them.\n",
                 results->total, plural, results->total == 1 ? "s" : "ve");
    else if (results->total || results->count)
        str_addf(out, "%s%" PRIu32 " article%s.\n",
                 results->estimated ? "About " : "", results->total, plural);
    else
        str_add_text(out, "No article.\n");
    render_facets_text(out, &results->facets, options);
}

static void text_hit(struct str *out, const struct hit *hit, bool last,
                     const struct render_options *options)
{
    (void)last;
    size_t start = out->size + 1;
    str_addf(out, "\n%2" PRIu32 ". ", hit->rank);
    add_title(out, &hit->record, &hit->found, (uint32_t)(out->size - start),
              options);
    add_about(out, "", &hit->record, INDENT, options);
    add_lacks(out, hit, options);
    add_snippet(out, hit, options);
    add_names(out, &hit->record, options);
    add_alike(out, hit, options);
}

static void text_tail(struct str *out, const struct results *results,
                      const struct render_options *options)
{
    (void)out;
    (void)results;
    (void)options;
}

static void add_line(struct str *out, const char *label, struct span value,
                     const struct render_options *options)
{
    if (!value.size)
        return;
    struct flow flow = flow_begin(out, options->width, 0);
    flow_colour(&flow, DIM, options->colour);
    flow_text(&flow, span_of(label));
    flow_text(&flow, value);
    flow_colour(&flow, PLAIN, options->colour);
    flow_end(&flow);
}

static void add_value(struct str *line, struct span value)
{
    if (line->size)
        str_add_text(line, ", ");
    str_add(line, value);
}

static void add_list(struct str *out, const char *label,
                     struct record_list list,
                     const struct render_options *options)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < list.count; i++)
        add_value(&line, list.items[i]);
    add_line(out, label, str_span(&line), options);
    str_release(&line);
}

/* All names of all kinds. */
static void add_index(struct str *out, const struct names *names,
                      const struct render_options *options)
{
    static const struct {
        enum name_kind kind;
        const char *label;
    } rows[] = { { NAME_PERSON, "people: " },
                 { NAME_ORG, "organisations: " },
                 { NAME_PLACE, "places: " } };
    if (names->count)
        str_add_char(out, '\n');
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct str line = STR_INIT;
        for (size_t j = 0; j < names->count; j++)
            if (names->items[j].kind == rows[i].kind)
                add_value(&line, names->items[j].form);
        add_line(out, rows[i].label, str_span(&line), options);
        str_release(&line);
    }
}

static void add_body(struct str *out, const struct record *record,
                     const struct found_list *found,
                     const struct render_options *options)
{
    static const struct span gap = SPAN_LITERAL("\n\n");
    size_t at = (size_t)(record_body(record).data - record->text.data);
    size_t mark = 0;
    if (!record_body(record).size)
        return;
    while (at < record->text.size) {
        size_t end = span_find(record->text, at, gap);
        if (end == SIZE_MAX)
            end = record->text.size;
        while (mark < found->count && found->items[mark].offset < at)
            mark++;
        size_t count = 0;
        while (mark + count < found->count &&
               found->items[mark + count].offset < end)
            count++;
        str_add_char(out, '\n');
        struct flow flow = flow_begin(out, options->width, 0);
        flow_marked(&flow, record->text, (uint32_t)at, (uint32_t)end,
                    found->items + mark, count, options->colour);
        flow_end(&flow);
        at = end + gap.size;
    }
}

static void text_article(struct str *out, const struct record *record,
                         const struct found_list *found,
                         const struct render_options *options)
{
    add_title(out, record, found, 0, options);
    add_line(out, "", record->subtitle, options);
    add_about(out, "", record, 0, options);
    add_list(out, "by ", record->authors, options);
    if (record->url.size) /* whole, however long */
        str_addf(out, "%surl: %.*s%s\n", options->colour ? DIM : "",
                 SPAN_ARGS(record->url), options->colour ? PLAIN : "");
    add_list(out, "topics: ", record->topics, options);
    add_body(out, record, found, options);
    add_index(out, &record->names, options);
}

const struct renderer renderer_text = {
    .name = "text",
    .summary = "for people, with passages",
    .head = text_head,
    .hit = text_hit,
    .tail = text_tail,
    .article = text_article,
};

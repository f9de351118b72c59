/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON, one object for the page or one line for each hit.  "format" is 1 as
 * long as fields are only added (newsq(1) lists them).
 */
#include "base/json.h"
#include "search/render_facets.h"

enum { JSON_FORMAT = 1 };

static void add_list(struct json *json, const char *key,
                     const struct span *items, size_t count)
{
    if (!count)
        return;
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < count; i++)
        json_string(json, items[i]);
    json_end(json);
}

static void add_name(struct json *json, const struct name *name)
{
    json_object(json);
    json_text(json, "name", name->form);
    json_text(json, "key", name->key);
    json_key(json, "stated");
    json_bool(json, name->stated);
    json_key(json, "count");
    json_number(json, (int64_t)name->mention_count);
    if (name->mention_count) {
        json_key(json, "mentions");
        json_array(json);
        for (size_t i = 0; i < name->mention_count; i++) {
            json_array(json);
            json_number(json, name->mentions[i].offset);
            json_number(json, name->mentions[i].size);
            json_end(json);
        }
        json_end(json);
    }
    json_end(json);
}

static void add_names(struct json *json, const char *key,
                      const struct names *names, enum name_kind kind)
{
    bool open = false;
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i].kind != kind)
            continue;
        if (!open) {
            json_key(json, key);
            json_array(json);
            open = true;
        }
        add_name(json, &names->items[i]);
    }
    if (open)
        json_end(json);
}

static void add_date(struct json *json, const char *key, struct date date)
{
    struct str text = STR_INIT;
    date_add(&text, date);
    json_text(json, key, str_span(&text));
    str_release(&text);
}

static void add_dates(struct json *json, const struct record *record)
{
    if (!record->date_count)
        return;
    json_key(json, "about");
    json_array(json);
    for (size_t i = 0; i < record->date_count; i++) {
        const struct mentioned_date *date = &record->dates[i];
        json_object(json);
        add_date(json, "date", date->date);
        json_key(json, "offset");
        json_number(json, date->offset);
        json_key(json, "size");
        json_number(json, date->size);
        json_end(json);
    }
    json_end(json);
}

static void add_identity(struct json *json, const struct record *record)
{
    json_text(json, "collection", record->collection);
    json_text(json, "id", record->id);
    json_text(json, "title", record_title(record));
}

static void add_record(struct json *json, const struct record *record)
{
    add_identity(json, record);
    json_text(json, "subtitle", record->subtitle);
    add_date(json, "date", record->date);
    json_text(json, "source", record->source);
    json_text(json, "section", record->section);
    json_text(json, "language", record->language);
    json_text(json, "url", record->url);
    add_list(json, "authors", record->authors.items, record->authors.count);
    add_list(json, "topics", record->topics.items, record->topics.count);
    add_names(json, "people", &record->names, NAME_PERSON);
    add_names(json, "organisations", &record->names, NAME_ORG);
    add_names(json, "places", &record->names, NAME_PLACE);
    add_dates(json, record);
}

/* Marks are pairs of offset and size within the passage, in bytes of UTF-8. */
static void add_passages(struct json *json, const struct hit *hit)
{
    json_key(json, "passages");
    json_array(json);
    for (size_t i = 0; i < hit->snippet.count; i++) {
        const struct passage *passage = &hit->snippet.passages[i];
        json_object(json);
        json_key(json, "paragraph");
        json_number(json, passage->paragraph);
        json_text(json, "text",
                  span_slice(hit->record.text, passage->start, passage->end));
        json_key(json, "marks");
        json_array(json);
        for (size_t j = 0; j < passage->mark_count; j++) {
            json_array(json);
            json_number(json, passage->marks[j].offset - passage->start);
            json_number(json, passage->marks[j].size);
            json_end(json);
        }
        json_end(json);
        json_end(json);
    }
    json_end(json);
}

static void add_alike(struct json *json, const struct hit *hit)
{
    if (!hit->alike_count)
        return;
    json_key(json, "alike");
    json_array(json);
    for (size_t i = 0; i < hit->alike_count; i++) {
        const struct hit *alike = &hit->alike[i];
        json_object(json);
        json_key(json, "rank");
        json_number(json, alike->rank);
        add_identity(json, &alike->record);
        add_date(json, "date", alike->record.date);
        json_text(json, "source", alike->record.source);
        json_text(json, "url", alike->record.url);
        json_end(json);
    }
    json_end(json);
}

static void add_hit(struct str *out, const struct hit *hit)
{
    struct json json = json_begin(out);
    json_object(&json);
    json_key(&json, "rank");
    json_number(&json, hit->rank);
    json_key(&json, "score");
    json_real(&json, hit->score, 4);
    add_record(&json, &hit->record);
    add_list(&json, "lacks", hit->lacks, hit->lack_count);
    add_passages(&json, hit);
    add_alike(&json, hit);
    json_end(&json);
}

/* What answers the question, counted from the start of the title as mentions
 * are; nothing where nothing does. */
static void add_marks(struct json *json, const struct found_list *found)
{
    if (!found->count)
        return;
    json_key(json, "marks");
    json_array(json);
    for (size_t i = 0; i < found->count; i++) {
        json_array(json);
        json_number(json, found->items[i].offset);
        json_number(json, found->items[i].size);
        json_end(json);
    }
    json_end(json);
}

/* ---- One object ------------------------------------------------------- */

static void json_head(struct str *out, const struct results *results,
                      const struct render_options *options)
{
    str_addf(out, "{\"format\":%d,\"query\":", JSON_FORMAT);
    json_quote(out, options->query);
    str_addf(out, ",\"total\":%lu,\"matched\":\"%s\",\"offset\":%lu",
             (unsigned long)results->total, results->some ? "some" : "all",
             (unsigned long)options->offset);
    if (results->estimated)
        str_add_text(out, ",\"estimated\":true");
    if (results->seen > results->count)
        str_addf(out, ",\"seen\":%lu", (unsigned long)results->seen);
    if (results->suggestion.size) {
        str_add_text(out, ",\"suggestion\":");
        json_quote(out, results->suggestion);
    }
    for (size_t i = 0; i < results->missing_count; i++) {
        str_add_text(out, i ? "," : ",\"missing\":[");
        json_quote(out, results->missing[i]);
    }
    str_add_text(out, results->missing_count ? "],\"hits\":[" : ",\"hits\":[");
}

static void json_hit(struct str *out, const struct hit *hit, bool last,
                     const struct render_options *options)
{
    (void)options;
    str_add_char(out, '\n');
    add_hit(out, hit);
    if (!last)
        str_add_char(out, ',');
}

static void json_tail(struct str *out, const struct results *results,
                      const struct render_options *options)
{
    (void)options;
    str_add_char(out, ']');
    render_facets_json(out, &results->facets);
    str_add_text(out, "}\n");
}

static void json_article(struct str *out, const struct record *record,
                         const struct found_list *found,
                         const struct render_options *options)
{
    (void)options;
    struct json json = json_begin(out);
    json_object(&json);
    json_key(&json, "format");
    json_number(&json, JSON_FORMAT);
    add_record(&json, record);
    json_text(&json, "dateline", record->dateline);
    json_text(&json, "summary", record->summary);
    json_text(&json, "text", record_body(record));
    add_marks(&json, found);
    json_text(&json, "origin", record->origin);
    json_key(&json, "origin_offset");
    json_number(&json, (int64_t)record->origin_offset);
    json_end(&json);
    str_add_char(out, '\n');
}

const struct renderer renderer_json = {
    .name = "json",
    .summary = "one JSON object",
    .head = json_head,
    .hit = json_hit,
    .tail = json_tail,
    .article = json_article,
};

/* ---- Lines ------------------------------------------------------------ */

static void no_head(struct str *out, const struct results *results,
                    const struct render_options *options)
{
    (void)out;
    (void)results;
    (void)options;
}

static void no_tail(struct str *out, const struct results *results,
                    const struct render_options *options)
{
    (void)out;
    (void)results;
    (void)options;
}

static void jsonl_hit(struct str *out, const struct hit *hit, bool last,
                      const struct render_options *options)
{
    (void)last;
    (void)options;
    add_hit(out, hit);
    str_add_char(out, '\n');
}

const struct renderer renderer_jsonl = {
    .name = "jsonl",
    .summary = "a JSON object a line for each hit",
    .head = no_head,
    .hit = jsonl_hit,
    .tail = no_tail,
    .article = json_article,
};

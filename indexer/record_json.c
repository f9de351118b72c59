/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/record_json.h"

#include "base/json.h"

static void add_list(struct json *json, const char *key,
                     struct record_list list)
{
    if (!list.count)
        return;
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < list.count; i++)
        json_string(json, list.items[i]);
    json_end(json);
}

/* Only what the corpus stated: names found in the text are found again. */
static void add_names(struct json *json, const char *key,
                      const struct names *names, enum name_kind kind)
{
    bool open = false;
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->items[i];
        if (name->kind != kind || !name->stated)
            continue;
        if (!open) {
            json_key(json, key);
            json_array(json);
            open = true;
        }
        json_string(json, name->form);
    }
    if (open)
        json_end(json);
}

static void add_date(struct json *json, struct date date)
{
    struct str text = STR_INIT;
    date_add(&text, date);
    json_text(json, "date", str_span(&text));
    str_release(&text);
}

void record_json(struct str *out, const struct record *record)
{
    struct json json = json_begin(out);
    json_object(&json);
    json_text(&json, "collection", record->collection);
    json_text(&json, "id", record->id);
    json_text(&json, "version", record->version);
    json_text(&json, "title", record_title(record));
    json_text(&json, "subtitle", record->subtitle);
    add_list(&json, "authors", record->authors);
    add_date(&json, record->date);
    json_text(&json, "source", record->source);
    json_text(&json, "section", record->section);
    json_text(&json, "language", record->language);
    json_text(&json, "url", record->url);
    json_text(&json, "dateline", record->dateline);
    json_text(&json, "summary", record->summary);
    add_list(&json, "topics", record->topics);
    add_names(&json, "people", &record->names, NAME_PERSON);
    add_names(&json, "organisations", &record->names, NAME_ORG);
    add_names(&json, "places", &record->names, NAME_PLACE);
    json_text(&json, "text", record_body(record));
    json_end(&json);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx info: what an archive holds. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "indexer/command.h"
#include "newsdb/archive.h"
#include "newsdb/schema.h"

static const struct option_spec info_options[] = {
    OPTION_ROW_ARCHIVE,
    OPTION_ROW_JSON,
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

struct collection_count {
    char *name;
    uint32_t articles;
};

struct totals {
    uint64_t articles, undated, size;
    int32_t first_day, last_day;
    struct collection_count *collections;
    size_t collection_count, collection_capacity;
};

static bool add_collection(void *payload, struct span term, uint32_t count)
{
    struct totals *totals = payload;
    struct span name = span_slice(
        term, span_of(schema_fields[FIELD_COLLECTION].prefix).size, term.size);
    struct str text = STR_INIT;
    str_add(&text, name);
    MEMORY_GROW(totals->collections, totals->collection_count,
                totals->collection_capacity);
    totals->collections[totals->collection_count++] =
        (struct collection_count){ str_detach(&text), count };
    return true;
}

static enum status add_up(struct totals *totals, const struct archive *archive,
                          struct error *err)
{
    *totals = (struct totals){ .first_day = INT32_MAX, .last_day = INT32_MIN };
    for (size_t i = 0; i < archive_segment_count(archive); i++) {
        const struct segment *segment = archive_segment(archive, i);
        totals->articles += segment->articles;
        totals->undated += segment->undated;
        totals->size += segment->size;
        if (segment->first_day < totals->first_day)
            totals->first_day = segment->first_day;
        if (segment->last_day > totals->last_day)
            totals->last_day = segment->last_day;
    }
    return xap_db_each_term(archive_db(archive),
                            span_of(schema_fields[FIELD_COLLECTION].prefix),
                            add_collection, totals, err);
}

static void release(struct totals *totals)
{
    for (size_t i = 0; i < totals->collection_count; i++)
        free(totals->collections[i].name);
    free(totals->collections);
}

static void add_day(struct str *out, int32_t day)
{
    date_add(out, (struct date){ DATE_DAY, day, 0, DATE_ZONE_NONE });
}

static void print_text(struct str *out, const char *path,
                       const struct archive *archive,
                       const struct totals *totals)
{
    str_addf(out, "archive:     %s\n", path);
    str_addf(out, "articles:    %" PRIu64 "\n", totals->articles);
    str_add_text(out, "dates:       ");
    if (totals->first_day <= totals->last_day) {
        add_day(out, totals->first_day);
        str_add_text(out, " to ");
        add_day(out, totals->last_day);
    } else {
        str_add_text(out, "none");
    }
    str_addf(out, " (%" PRIu64 " article%s without a date)\n", totals->undated,
             totals->undated == 1 ? "" : "s");
    str_addf(out, "size:        %.1f MB in %zu segment%s\n",
             (double)totals->size / 1e6, archive_segment_count(archive),
             archive_segment_count(archive) == 1 ? "" : "s");
    for (size_t i = 0; i < totals->collection_count; i++)
        str_addf(out, "%s%-20s %8" PRIu32 "\n",
                 i ? "             " : "collections: ",
                 totals->collections[i].name, totals->collections[i].articles);
    for (size_t i = 0; i < archive_segment_count(archive); i++) {
        const struct segment *segment = archive_segment(archive, i);
        str_addf(out, "%s%s %8" PRIu32 " articles %8.1f MB, %s\n",
                 i ? "             " : "segments:    ", segment->name,
                 segment->articles, (double)segment->size / 1e6,
                 segment->written);
    }
}

static void json_day(struct json *json, const char *key, int32_t day)
{
    struct str text = STR_INIT;
    add_day(&text, day);
    json_text(json, key, str_span(&text));
    str_release(&text);
}

static void json_segments(struct json *json, const struct archive *archive)
{
    json_key(json, "segments");
    json_array(json);
    for (size_t i = 0; i < archive_segment_count(archive); i++) {
        const struct segment *segment = archive_segment(archive, i);
        json_object(json);
        json_text(json, "name", span_of(segment->name));
        json_key(json, "articles");
        json_number(json, segment->articles);
        json_key(json, "bytes");
        json_number(json, (int64_t)segment->size);
        json_text(json, "written", span_of(segment->written));
        json_end(json);
    }
    json_end(json);
}

static void print_json(struct str *out, const char *path,
                       const struct archive *archive,
                       const struct totals *totals)
{
    struct json json = json_begin(out);
    json_object(&json);
    json_key(&json, "format");
    json_number(&json, 1);
    json_text(&json, "archive", span_of(path));
    json_key(&json, "articles");
    json_number(&json, (int64_t)totals->articles);
    json_key(&json, "undated");
    json_number(&json, (int64_t)totals->undated);
    if (totals->first_day <= totals->last_day) {
        json_day(&json, "first_day", totals->first_day);
        json_day(&json, "last_day", totals->last_day);
    }
    json_key(&json, "bytes");
    json_number(&json, (int64_t)totals->size);
    json_key(&json, "collections");
    json_object(&json);
    for (size_t i = 0; i < totals->collection_count; i++) {
        json_key(&json, totals->collections[i].name);
        json_number(&json, totals->collections[i].articles);
    }
    json_end(&json);
    json_segments(&json, archive);
    json_end(&json);
    str_add_char(out, '\n');
}

static enum status run_info(const struct command_call *call, struct error *err)
{
    char *path = command_archive(call);
    struct archive *archive;
    enum status rc = archive_open(&archive, path, err);
    if (!rc) {
        struct totals totals;
        rc = add_up(&totals, archive, err);
        if (!rc && call->options->json)
            print_json(call->out, path, archive, &totals);
        else if (!rc)
            print_text(call->out, path, archive, &totals);
        release(&totals);
    }
    archive_close(archive);
    free(path);
    return rc;
}

const struct command command_info = {
    .name = "info",
    .usage = "[OPTION]...",
    .summary = "tell what an archive holds",
    .options = info_options,
    .run = run_info,
};

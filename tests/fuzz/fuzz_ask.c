/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes asked of a small archive are refused as a query or answered, with
 * passages of whole characters and marks within them.  The first two bytes
 * choose the options. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "indexer/ingest.h"
#include "search/explain.h"
#include "search/render.h"
#include "search/suggest.h"
#include "tests/fuzz/fuzz.h"

static const char records[] =
    "{\"id\":\"1\",\"title\":\"Pakistan's flood\",\"date\":\"2022-04-13\","
    "\"language\":\"en\",\"source\":\"The Wire\",\"people\":[\"John Kirby\"],"
    "\"text\":\"The Pentagon said on April 12 that shared interests stand. "
    "Kirby spoke; Psaki did not. Pakistan, Pakistan, Pakistan.\\n\\n"
    "Banks close. The U.S. and AT&T pay 1,780.5 dollars.\"}\n"
    "{\"id\":\"2\",\"date\":\"2019\",\"language\":\"fr\",\"text\":"
    "\"L'\\u00e9cole et les \\u00e9coles de l'\\u00eele, aujourd'hui.\"}\n"
    "{\"id\":\"3\",\"date\":\"2018-11\",\"language\":\"zh\",\"text\":"
    "\"\\u6d2a\\u6c34\\u6d2a\\u6c34\\u3002\\u5c71\\u6d2a\\uff01\"}\n"
    "{\"id\":\"4\",\"language\":\"th\",\"text\":"
    "\"\\u0e19\\u0e49\\u0e33\\u0e17\\u0e48\\u0e27\\u0e21 flood \\u2764\\ufe0f "
    "\\ud83d\\udc69\\u200d\\ud83d\\udc67 e\\u0301\"}\n"
    "{\"id\":\"5\",\"title\":\"a b c\",\"date\":\"1987-10-14\",\"text\":"
    "\"a b c a b c a b c d e f g. Flooding floods the flooded.\"}\n";

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void require_ok(enum status rc, const struct error *err)
{
    if (!rc)
        return;
    fprintf(stderr, "%s\n", err->message);
    abort();
}

/* Positions are read when the first phrase is asked for, so it stays. */
static char *directory;

static void remove_directory(void)
{
    file_remove(directory, NULL);
    free(directory);
}

static struct archive *make_archive(void)
{
    struct error err = ERROR_INIT;
    const char *base = getenv("TMPDIR");
    directory = file_join(base && *base ? base : "/tmp", "fuzz-XXXXXX");
    require(mkdtemp(directory));
    require(!atexit(remove_directory));
    char *place = file_join(directory, "archive");
    char *input = file_join(directory, "five.jsonl");
    const char *const paths[] = { input };
    struct names_finder *names;
    require_ok(names_finder_open(&names, NULL, &err), &err);
    require_ok(file_replace(input, span_of(records), &err), &err);
    const struct ingest_options options = {
        .program = "fuzz_ask",
        .archive = place,
        .collection = "c",
        .paths = paths,
        .path_count = 1,
        .writer = &segment_writer_bulk,
        .names = names,
        .workers = 1,
        .memory = 64 * 1024 * 1024,
        .quiet = true,
    };
    struct str summary = STR_INIT;
    struct archive *archive;
    require_ok(ingest_run(&options, &summary, &err), &err);
    require_ok(archive_open(&archive, place, &err), &err);
    names_finder_free(names);
    str_release(&summary);
    free(place);
    free(input);
    return archive;
}

static struct archive *archive_once(void)
{
    static struct archive *archive;
    if (!archive)
        archive = make_archive();
    return archive;
}

static void check_hit(const struct hit *hit)
{
    struct span text = hit->record.text;
    size_t end = 0;
    for (size_t i = 0; i < hit->found.count; i++) {
        const struct found *found = &hit->found.items[i];
        require(found->size && found->offset >= end);
        end = (size_t)found->offset + found->size;
        require(end <= text.size);
        require(utf8_floor(text, found->offset) == found->offset);
        require(utf8_floor(text, end) == end);
    }
    end = 0;
    for (size_t i = 0; i < hit->snippet.count; i++) {
        const struct passage *passage = &hit->snippet.passages[i];
        require(passage->start >= end && passage->end > passage->start);
        end = passage->end;
        require(end <= text.size);
        require(utf8_floor(text, passage->start) == passage->start);
        require(utf8_floor(text, end) == end);
        for (size_t j = 0; j < passage->mark_count; j++) {
            const struct found *mark = &passage->marks[j];
            require(mark->offset >= passage->start);
            require((size_t)mark->offset + mark->size <= end);
        }
    }
}

/* In each form, in lines of few columns. */
static void check_forms(const struct results *results, struct span query)
{
    const struct render_options options = {
        .colour = true, .links = true, .width = 30, .query = query
    };
    struct str out = STR_INIT;
    for (size_t i = 0; renderers[i]; i++) {
        renderers[i]->head(&out, results, &options);
        for (size_t j = 0; j < results->count; j++)
            renderers[i]->hit(&out, &results->hits[j], j + 1 == results->count,
                              &options);
        renderers[i]->tail(&out, results, &options);
    }
    require(utf8_valid_prefix(str_span(&out)) == out.size);
    str_release(&out);
}

static void ask(const struct question *question, struct arena *memory)
{
    struct results results;
    struct error err = ERROR_INIT;
    struct str out = STR_INIT;
    uint32_t column = 0;
    enum status rc =
        results_run(&results, archive_once(), question, memory, &column, &err);
    if (rc == STATUS_BAD_QUERY)
        return;
    require_ok(rc, &err);
    require(results.count <= question->limit);
    for (size_t i = 0; i < results.count; i++)
        check_hit(&results.hits[i]);
    check_forms(&results, question->text);
    if (results.total < SUGGEST_BELOW)
        suggest(&out, archive_db(archive_once()), question->text,
                question->tree, memory, NULL);
    require_ok(
        explain_question(&out, archive_once(), question, memory, &column, &err),
        &err);
    require(utf8_valid_prefix(str_span(&out)) == out.size);
    str_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const unsigned a = data[0], b = data[1];
    const struct query_settings settings = { .today = 19095, .repair = a & 1 };
    struct span text = { (const char *)data + 2, size - 2 };
    struct query_report report = QUERY_REPORT_INIT;
    struct arena *memory = arena_new();
    struct query_node *tree;
    struct question question = {
        .text = text,
        .order = (enum results_order)((a >> 1) % 3),
        .insist = a & 8,
        .freshness = { 19095, a & 16 ? 30 : 0 },
        .limit = b & 1 ? 2 : 10,
        .facets = { .items = { { FIELD_PERSON, 3, b & 2 } },
                    .count = b & 4 ? 1 : 0,
                    .timeline = b & 8 ? TIMELINE_AUTO : TIMELINE_NONE },
        .snippet = { .size = b & 16 ? 20 : 0,
                     .passages = b & 32 ? SNIPPET_ALL : 0,
                     .context = (enum passage_context)(b >> 6) },
    };
    if (!query_parse(&tree, text, &settings, memory, &report, NULL)) {
        question.tree = tree;
        ask(&question, memory);
    }
    str_release(&report.notes);
    arena_free(memory);
    return 0;
}

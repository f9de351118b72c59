/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles that a segment writer has no room for are rejected one by one, and
 * a segment that does not read back is written again by another. */
#include "indexer/ingest.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "indexer/batch.h"
#include "indexer/rewrite.h"
#include "newsdb/archive.h"
#include "newsdb/schema.h"
#include "tests/unit/test.h"

/* A bulk writer whose limit is a word. */
static enum status fussy_add(struct segment_writer *writer,
                             const struct document *document, struct error *err)
{
    if (span_find(document->data, 0, span_of("enormous")) != SIZE_MAX)
        return error_set(err, STATUS_TOO_BIG, "an enormous article");
    return segment_writer_bulk.add(writer, document, err);
}

static enum status fussy_finish(struct segment_writer *writer,
                                struct span metadata, struct error *err)
{
    return segment_writer_bulk.finish(writer, metadata, err);
}

static void fussy_abandon(struct segment_writer *writer)
{
    segment_writer_bulk.abandon(writer);
}

static uint64_t fussy_held(const struct segment_writer *writer)
{
    return segment_writer_bulk.held(writer);
}

static enum status fussy_open(struct segment_writer **out, const char *path,
                              uint64_t memory, struct error *err);

static const struct segment_writer_class fussy = {
    .name = "fussy",
    .open = fussy_open,
    .add = fussy_add,
    .finish = fussy_finish,
    .abandon = fussy_abandon,
    .held = fussy_held,
};

static enum status fussy_open(struct segment_writer **out, const char *path,
                              uint64_t memory, struct error *err)
{
    enum status rc = segment_writer_bulk.open(out, path, memory, err);
    if (!rc)
        (*out)->class = &fussy;
    return rc;
}

/* A bulk writer of what does not read back from its `first` segment on. */
struct damage {
    int first;
    atomic_int segments;
};
static struct damage damage;
static _Thread_local char damaged_path[512]; /* of this thread's segment */

static enum status faulty_finish(struct segment_writer *writer,
                                 struct span metadata, struct error *err)
{
    enum status rc = segment_writer_bulk.finish(writer, metadata, err);
    char table[600];
    snprintf(table, sizeof(table), "%s/docdata.glass", damaged_path);
    if (!rc && ++damage.segments >= damage.first)
        CHECK(!truncate(table, 100));
    return rc;
}

static enum status faulty_open(struct segment_writer **out, const char *path,
                               uint64_t memory, struct error *err);

static const struct segment_writer_class faulty = {
    .name = "faulty",
    .open = faulty_open,
    .add = fussy_add,
    .finish = faulty_finish,
    .abandon = fussy_abandon,
    .held = fussy_held,
};

static enum status faulty_open(struct segment_writer **out, const char *path,
                               uint64_t memory, struct error *err)
{
    snprintf(damaged_path, sizeof(damaged_path), "%s", path);
    enum status rc = segment_writer_bulk.open(out, path, memory, err);
    if (!rc)
        (*out)->class = &faulty;
    return rc;
}

struct run {
    char *archive, *input, *rejects;
    struct names_finder *names;
    struct ingest_options options;
    struct str summary;
    struct error err;
};

static struct run set_up(const char *name, const char *records)
{
    struct run run = { .summary = STR_INIT, .err = ERROR_INIT };
    struct str file = STR_INIT;
    run.archive = file_join(test_directory(), name);
    str_addf(&file, "%s.jsonl", name);
    run.input = file_join(test_directory(), file.data);
    str_addf(&file, ".rejects");
    run.rejects = file_join(test_directory(), file.data);
    str_release(&file);
    CHECK_STATUS(file_replace(run.input, span_of(records), &run.err), STATUS_OK,
                 run.err);
    names_finder_open(&run.names, NULL, &run.err);
    run.options = (struct ingest_options){
        .program = "ingest_test",
        .archive = run.archive,
        .collection = "c",
        .path_count = 1,
        .writer = &fussy,
        .names = run.names,
        .workers = 2,
        .memory = 64 * 1024 * 1024,
        .rejects = run.rejects,
        .quiet = true,
    };
    return run;
}

static struct run run_on(const char *name, const char *records, bool strict)
{
    struct run run = set_up(name, records);
    run.options.strict = strict;
    const char *paths[] = { run.input };
    run.options.paths = paths;
    ingest_run(&run.options, &run.summary, &run.err);
    run.options.paths = NULL;
    return run;
}

static void release(struct run *run)
{
    names_finder_free(run->names);
    free(run->archive);
    free(run->input);
    free(run->rejects);
    str_release(&run->summary);
}

static uint32_t articles_of(const struct run *run)
{
    struct xap_db *db;
    struct xap_db_figures figures = { 0 };
    struct error err = ERROR_INIT;
    if (!xap_db_open(&db, run->archive, &err))
        xap_db_measure(db, &figures, &err);
    xap_db_free(db);
    return figures.documents;
}

/* What lies in the archive's directory of segments. */
static size_t segments_of(const struct run *run)
{
    size_t count = 0;
    char *path = file_join(run->archive, "segments");
    DIR *directory = opendir(path);
    const struct dirent *entry;
    while (directory && (entry = readdir(directory)))
        count += entry->d_name[0] != '.';
    if (directory)
        closedir(directory);
    free(path);
    return count;
}

/* The rejected version of an article does not displace the one before. */
TEST(ingest_rejects_the_one_article_that_is_too_big)
{
    struct run run = run_on("some",
                            "{\"id\":\"1\",\"title\":\"small\"}\n"
                            "{\"id\":\"1\",\"title\":\"enormous\"}\n"
                            "{\"id\":\"2\",\"title\":\"small\"}\n"
                            "{\"id\":\"3\",\"title\":\"enormous\"}\n"
                            "{\"id\":\"2\",\"title\":\"small again\"}\n",
                            false);
    struct str rejects = STR_INIT;
    CHECK_STATUS(run.err.status, STATUS_BAD_RECORD, run.err);
    CHECK(strstr(run.summary.data, "3 articles, 2 rejected, 1 replaced"));
    CHECK_NUMBER(articles_of(&run), 2);
    file_read(run.rejects, 1 << 16, &rejects, NULL);
    CHECK(strstr(rejects.data, "\"offset\":27,"));
    CHECK(strstr(rejects.data, ":27: an enormous article"));
    CHECK(strstr(rejects.data, "\\\"id\\\":\\\"3\\\""));
    str_release(&rejects);
    release(&run);
}

TEST(ingest_of_articles_that_are_all_too_big)
{
    struct run run =
        run_on("none", "{\"id\":\"1\",\"title\":\"enormous\"}\n", false);
    CHECK_STATUS(run.err.status, STATUS_BAD_RECORD, run.err);
    CHECK(strstr(run.summary.data, "0 articles, 1 rejected"));
    CHECK_NUMBER(articles_of(&run), 0);
    release(&run);
}

TEST(ingest_strictly_stops_at_an_article_that_is_too_big)
{
    struct run run = run_on("strict",
                            "{\"id\":\"1\",\"title\":\"enormous\"}\n"
                            "{\"id\":\"2\",\"title\":\"small\"}\n",
                            true);
    CHECK_STATUS(run.err.status, STATUS_TOO_BIG, run.err);
    CHECK_NUMBER(articles_of(&run), 0);
    release(&run);
}

/* ---- A segment that does not read back -------------------------------- */

/* Three checkpoints: one after each full batch, and the end. */
enum {
    FAULTY_RECORDS = BATCH_RECORDS * 2 + 500,
    FAULTY_RECORD = sizeof("{\"id\":\"1234\",\"title\":\"number\"}") - 1,
    FAULTY_CHECKPOINT = BATCH_RECORDS * FAULTY_RECORD,
};

/* Each thousandth record is no article. */
static void faulty_records(struct str *out)
{
    for (int i = 1; i <= FAULTY_RECORDS; i++)
        if (i % 1000)
            str_addf(out, "{\"id\":\"%04d\",\"title\":\"number\"}\n", i);
        else
            str_addf(out, "{\"id\":\"%04d\"  \"title\":\"number\"\n", i);
}

struct faulty_run {
    unsigned workers;
    uint64_t checkpoint;
    int first; /* faulty segment */
};

static struct run run_faulty(const char *name, const char *path,
                             struct faulty_run how)
{
    struct str records = STR_INIT;
    faulty_records(&records);
    struct run run = set_up(name, records.data);
    str_release(&records);
    const char *paths[] = { path ? path : run.input };
    damage.first = how.first;
    atomic_store(&damage.segments, 0);
    run.options.paths = paths;
    run.options.writer = &faulty;
    run.options.workers = how.workers;
    run.options.checkpoint = how.checkpoint;
    ingest_run(&run.options, &run.summary, &run.err);
    run.options.paths = NULL;
    return run;
}

static size_t count_of(struct span text, const char *part)
{
    size_t count = 0, at = 0;
    while ((at = span_find(text, at, span_of(part))) != SIZE_MAX) {
        count++;
        at++;
    }
    return count;
}

TEST(ingest_writes_a_faulty_segment_again)
{
    static const struct faulty_run rows[] = {
        { 1, FAULTY_CHECKPOINT, 1 },
        { 1, FAULTY_CHECKPOINT, 2 },
        { 1, FAULTY_CHECKPOINT, 3 },
        { 3, 60000, 1 },
        { 3, 60000, 2 },
        { 3, 1 << 30, 1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char name[32];
        snprintf(name, sizeof(name), "faulty%zu", i);
        struct run run = run_faulty(name, NULL, rows[i]);
        struct str rejects = STR_INIT;
        CHECK_STATUS(run.err.status, STATUS_BAD_RECORD, run.err);
        CHECK(damage.segments >= rows[i].first);
        CHECK_NUMBER(articles_of(&run), FAULTY_RECORDS - 2);
        CHECK_NUMBER(
            count_of(str_span(&run.summary), "2546 articles, 2 rejected"), 2);
        CHECK(strstr(run.summary.data, "1 input: 2546 articles"));
        CHECK(strstr(run.summary.data,
                     "by the reference writer, since a segment"));
        CHECK(!strstr(run.summary.data, "older copies"));
        file_read(run.rejects, 1 << 16, &rejects, NULL);
        CHECK_NUMBER(count_of(str_span(&rejects), "\"why\""), 2);
        str_release(&rejects);
        release(&run);
    }
}

static bool change_section(void *payload, struct record *record,
                           struct arena *memory)
{
    (void)memory;
    record->section = span_of(payload);
    return !span_is(record->id, "1");
}

static bool rewrite_one(void *payload, uint32_t document)
{
    struct error err = ERROR_INIT;
    CHECK_STATUS(rewrite_article(payload, document, change_section,
                                 (char *)"harbour", &err),
                 STATUS_OK, err);
    return true;
}

TEST(rewrite_writes_a_faulty_segment_again)
{
    struct run run = run_on("rewritten",
                            "{\"id\":\"1\",\"title\":\"one\"}\n"
                            "{\"id\":\"2\",\"title\":\"two\"}\n"
                            "{\"id\":\"3\",\"title\":\"three\"}\n",
                            false);
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct archive *archive;
    uint64_t count;
    uint32_t documents;
    damage.first = 1;
    atomic_store(&damage.segments, 0);
    archive_writer_open(&writer, run.archive, 0, &err);
    archive_open(&archive, run.archive, &err);
    struct rewrite *rewrite =
        rewrite_new(writer, archive_db(archive), &faulty, "ingest_test");
    xap_db_each_document(archive_db(archive), span_of(""), rewrite_one, rewrite,
                         &err);
    CHECK_STATUS(rewrite_publish(rewrite, &count, &err), STATUS_OK, err);
    CHECK_NUMBER(count, 2);
    CHECK_NUMBER(damage.segments, 1);
    rewrite_free(rewrite);
    archive_refresh(archive, &err);
    struct str term = STR_INIT;
    uint64_t occurrences;
    schema_value(&term, FIELD_SECTION, span_of("harbour"));
    xap_db_frequency(archive_db(archive), str_span(&term), &documents,
                     &occurrences, &err);
    CHECK_NUMBER(documents, 2);
    CHECK_NUMBER(articles_of(&run), 3);
    archive_close(archive);
    archive_writer_close(writer);
    str_release(&term);
    release(&run);
}

/* The faulty segment is not left behind. */
TEST(ingest_of_a_stream_fails_where_a_segment_is_faulty)
{
    struct run run = run_faulty(
        "stream", NULL, (struct faulty_run){ 1, FAULTY_CHECKPOINT, 100 });
    int before = dup(0);
    CHECK(freopen(run.input, "r", stdin));
    struct run stream = run_faulty(
        "from-stream", "-", (struct faulty_run){ 1, FAULTY_CHECKPOINT, 2 });
    CHECK(dup2(before, 0) == 0);
    close(before);
    CHECK_STATUS(stream.err.status, STATUS_CORRUPT, stream.err);
    CHECK(strstr(stream.err.message, "a stream cannot be read again"));
    CHECK_NUMBER(articles_of(&stream), BATCH_RECORDS - 1);
    CHECK_NUMBER(segments_of(&stream), 1);
    release(&run);
    release(&stream);
}

/* ---- One worker ------------------------------------------------------- */

/* The names and numbers of articles of all segments, in their order. */
static void describe_segments(struct str *out, const struct run *run)
{
    struct archive *archive;
    struct error err = ERROR_INIT;
    CHECK_STATUS(archive_open(&archive, run->archive, &err), STATUS_OK, err);
    for (size_t i = 0; archive && i < archive_segment_count(archive); i++) {
        const struct segment *segment = archive_segment(archive, i);
        str_addf(out, "%s: %u; ", segment->name, (unsigned)segment->articles);
    }
    archive_close(archive);
}

TEST(ingest_by_one_worker_makes_the_same_segments_each_time)
{
    struct str records = STR_INIT, first = STR_INIT, second = STR_INIT;
    for (int i = 0; i < 3000; i++)
        str_addf(&records, "{\"id\":\"%d\",\"title\":\"%*d\"}\n", i,
                 i * i % 700, i);
    for (int i = 0; i < 2; i++) {
        struct run run = set_up(i ? "again" : "once", records.data);
        const char *paths[] = { run.input };
        run.options.paths = paths;
        run.options.workers = 1;
        run.options.writer = &segment_writer_bulk;
        run.options.checkpoint = 20000;
        CHECK_STATUS(ingest_run(&run.options, &run.summary, &run.err),
                     STATUS_OK, run.err);
        describe_segments(i ? &second : &first, &run);
        CHECK_NUMBER(articles_of(&run), 3000);
        release(&run);
    }
    CHECK_STR(first.data, second.data);
    CHECK(count_of(str_span(&first), ";") > 1);
    CHECK(span_find(str_span(&first), 0, span_of("000001:")) == SIZE_MAX);
    str_release(&records);
    str_release(&first);
    str_release(&second);
}

/* Whichever worker is faster, the later article lives. */
TEST(generation_marks_the_earlier_article_dead)
{
    struct generation *generation = generation_new(2);
    CHECK(generation_claim(generation, span_of("a"), 0, 5, 0, 1));
    CHECK(!generation_claim(generation, span_of("a"), 0, 3, 1, 7));
    CHECK(generation_claim(generation, span_of("b"), 0, 6, 0, 2));
    CHECK(!generation_claim(generation, span_of("b"), 0, 8, 1, 8));
    const struct generation_part *first = generation_part(generation, 0);
    const struct generation_part *second = generation_part(generation, 1);
    CHECK_NUMBER(first->dead_count, 1);
    CHECK_NUMBER(first->dead[0], 2);
    CHECK_NUMBER(second->dead_count, 1);
    CHECK_NUMBER(second->dead[0], 7);
    generation_free(generation);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/worker.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "indexer/document.h"
#include "indexer/mentioned_dates.h"
#include "indexer/recording.h"
#include "indexer/self_check.h"

/* The segment a worker is filling. */
struct filling {
    struct segment_writer *writer;
    char *path;
    uint32_t documents;
    struct self_check check;
};

struct working {
    struct worker *worker;
    struct workshop *shop;
    struct arena *memory; /* of one article */
    struct names_worker *names;
    struct document_builder *builder;
    struct filling filling;
};

static void fail(struct workshop *shop, const struct error *err, bool misread)
{
    pthread_mutex_lock(&shop->mutex);
    shop->misread = misread && (!shop->rc || shop->misread);
    if (!shop->rc) {
        shop->rc = err->status;
        shop->err = *err;
    }
    pthread_mutex_unlock(&shop->mutex);
    atomic_store(&shop->failed, true);
}

void workshop_fail(struct workshop *shop, const struct error *err)
{
    fail(shop, err, false);
}

/* ---- One article ------------------------------------------------------ */

static enum status open_segment(struct working *working, struct error *err)
{
    struct filling *filling = &working->filling;
    if (filling->writer)
        return STATUS_OK;
    filling->path = archive_writer_new_segment(working->shop->archive);
    return working->shop->writer->open(&filling->writer, filling->path,
                                       working->shop->writer_memory, err);
}

static void count_article(struct report *report, size_t input,
                          const struct article *article,
                          const struct record *record, bool is_ahead)
{
    report_add(report, input, REPORT_ARTICLES, 1);
    report_add(report, input, REPORT_TEXT_BYTES, record->text.size);
    if (article->date.precision == DATE_NONE)
        report_add(report, input, is_ahead ? REPORT_AHEAD : REPORT_UNDATED, 1);
    if (article->id_made_up)
        report_add(report, input, REPORT_WITHOUT_ID, 1);
    if (article->repaired)
        report_add(report, input, REPORT_REPAIRED, 1);
}

static enum status write_record(struct working *working,
                                const struct record *record, size_t input,
                                struct generation *generation, uint64_t version,
                                uint64_t sequence, struct error *err)
{
    struct filling *filling = &working->filling;
    const struct document *document = document_build(working->builder, record);
    if (document->data.size > RECORD_SIZE_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "the article takes %zu bytes, over %d",
                         document->data.size, RECORD_SIZE_MAX);
    enum status rc = open_segment(working, err);
    if (!rc)
        rc = filling->writer->class->add(filling->writer, document, err);
    if (rc)
        return rc;
    /* Only what is in the segment may displace another. */
    struct span identity = document_identity(working->builder);
    filling->documents++;
    self_check_add(&filling->check, document->data, identity);
    if (!generation_claim(generation, identity, version, sequence,
                          working->worker->number, filling->documents))
        report_add(working->shop->report, input, REPORT_DUPLICATES, 1);
    return STATUS_OK;
}

/* As asked, as the record says (an export does), as the directory is named. */
static struct span collection_of(const struct ingest_options *options,
                                 const struct input *input,
                                 const struct article *article)
{
    struct span own = article_text(article, ARTICLE_COLLECTION);
    if (options->collection)
        return span_of(options->collection);
    return own.size ? own : span_of(input_entry(input)->collection);
}

/* A record that cannot be used ends the run only where that was asked for. */
static enum status reject(const struct working *working,
                          const struct batch_record *at,
                          const struct raw_record *raw, const struct error *err)
{
    report_reject(working->shop->report, at->report_number, raw, err);
    return working->shop->options->strict ? err->status : STATUS_OK;
}

/* What the newsroom wants of the article: true where it is not to be added. */
static bool is_kept_out(struct working *working, const struct batch *batch,
                        size_t i, const struct article *article,
                        const struct record *record)
{
    const struct workshop *shop = working->shop;
    size_t input = batch->records[i].report_number;
    enum article_state state = article_state(article, shop->options->now);
    if (state == ARTICLE_EMBARGOED && shop->options->embargo) {
        report_add(shop->report, input, REPORT_HELD, 1);
        return true;
    }
    if (state != ARTICLE_WITHDRAWN)
        return false;
    report_add(shop->report, input, REPORT_WITHDRAWN, 1);
    document_build(working->builder, record);
    generation_claim(batch->generation, document_identity(working->builder),
                     article_version(article), batch->sequence << 20 | i,
                     working->worker->number, 0);
    return true;
}

/* The names and dates that the text speaks of. */
static void read_text(struct working *working, struct record *record)
{
    const struct names stated = record->names;
    names_find(working->names, &record->names, record->text, record->language,
               &stated, working->memory);
    if (!record->language.size || span_is(record->language, "en"))
        mentioned_dates_find(&record->dates, &record->date_count, record->text,
                             record->date, working->memory);
}

/* What is wrong with the record is reported; what comes back ends the run. */
static enum status work_on(struct working *working, const struct batch *batch,
                           size_t i, struct error *err)
{
    struct workshop *shop = working->shop;
    const struct batch_record *at = &batch->records[i];
    struct raw_record raw = batch_raw(batch, i);
    struct article article;
    arena_reset(working->memory);
    enum status rc =
        input_parse(at->input, &raw, working->memory, &article, err);
    if (rc == STATUS_SKIPPED) {
        report_add(shop->report, at->report_number, REPORT_SKIPPED, 1);
        return STATUS_OK;
    }
    if (rc == STATUS_BAD_RECORD)
        return reject(working, at, &raw, err);
    if (rc)
        return rc;
    int64_t now = shop->options->now;
    bool is_ahead = now && article_is_ahead(&article, now);
    if (is_ahead)
        article.date = (struct date)DATE_INIT;
    struct record record;
    record_article(&record, &article,
                   collection_of(shop->options, at->input, &article),
                   span_of(input_entry(at->input)->path), raw.offset);
    if (is_kept_out(working, batch, i, &article, &record))
        return STATUS_OK;
    read_text(working, &record);
    if (!shop->options->dry_run)
        rc = write_record(working, &record, at->report_number,
                          batch->generation, article_version(&article),
                          batch->sequence << 20 | i, err);
    if (rc == STATUS_TOO_BIG) {
        error_context(err, "%s:%" PRIu64, input_entry(at->input)->path,
                      raw.offset);
        return reject(working, at, &raw, err);
    }
    if (!rc)
        count_article(shop->report, at->report_number, &article, &record,
                      is_ahead);
    return rc;
}

/* ---- Checkpoints ------------------------------------------------------ */

/* The inputs of the generation go into the first segment that is finished. */
static void stamp(struct working *working, struct generation *generation,
                  struct str *metadata)
{
    struct generation_input *notes;
    struct segment_inputs inputs = { NULL, 0, 0 };
    inputs.count = generation_take_inputs(generation, &notes);
    inputs.items = memory_new(inputs.count, sizeof(*inputs.items));
    for (size_t i = 0; i < inputs.count; i++) {
        inputs.items[i] = notes[i].ledger;
        inputs.items[i].articles = report_get(
            working->shop->report, notes[i].report_number, REPORT_ARTICLES);
        /* What holds articles back is read again, from its beginning. */
        if (report_get(working->shop->report, notes[i].report_number,
                       REPORT_HELD)) {
            inputs.items[i].complete = false;
            inputs.items[i].records = 0;
        }
    }
    segment_stamp(metadata, &inputs);
    free(inputs.items);
}

static void abandon_segment(struct working *working)
{
    struct filling *filling = &working->filling;
    if (filling->writer)
        filling->writer->class->abandon(filling->writer);
    if (filling->path)
        file_remove(filling->path, NULL);
    free(filling->path);
    self_check_release(&filling->check);
    *filling = (struct filling){ .writer = NULL };
}

static void finish_segment(struct working *working,
                           struct generation *generation)
{
    struct filling *filling = &working->filling;
    if (!filling->documents) {
        abandon_segment(working); /* all its articles were rejected */
        return;
    }
    struct error err = ERROR_INIT;
    struct str metadata = STR_INIT;
    stamp(working, generation, &metadata);
    enum status rc = filling->writer->class->finish(filling->writer,
                                                    str_span(&metadata), &err);
    str_release(&metadata);
    if (rc)
        workshop_fail(working->shop, &err);
    else if (self_check_run(&filling->check, filling->path, &err))
        fail(working->shop, &err, true);
    self_check_release(&filling->check);
    generation_part(generation, working->worker->number)->path = filling->path;
    *filling = (struct filling){ .writer = NULL };
}

/* All articles of the generation are with their writers once every worker is
 * here; then all finish at the same time. */
static void reach_checkpoint(struct working *working,
                             struct generation *generation)
{
    struct workshop *shop = working->shop;
    pthread_barrier_wait(&shop->reached);
    if (atomic_load(&shop->failed))
        abandon_segment(working);
    else
        finish_segment(working, generation);
    pthread_barrier_wait(&shop->written);
}

static void work_through(struct working *working, const struct batch *batch)
{
    struct error err = ERROR_INIT;
    for (size_t i = 0; i < batch->record_count; i++)
        if (atomic_load(&working->shop->failed))
            return;
        else if (work_on(working, batch, i, &err))
            workshop_fail(working->shop, &err);
}

void *worker_run(void *argument)
{
    struct worker *worker = argument;
    struct working working = {
        .worker = worker,
        .shop = worker->shop,
        .memory = arena_new(),
        .names = names_worker_new(worker->shop->options->names),
        .builder = document_builder_new(),
    };
    struct batch *batch;
    while ((batch = pipe_take(worker->shop->pipe))) {
        if (batch->checkpoint)
            reach_checkpoint(&working, batch->generation);
        else
            work_through(&working, batch);
        pipe_done(worker->shop->pipe, batch);
        batch_free(batch);
    }
    abandon_segment(&working);
    names_worker_free(working.names);
    document_builder_free(working.builder);
    arena_free(working.memory);
    return NULL;
}

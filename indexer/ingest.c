/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/ingest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "indexer/progress.h"
#include "indexer/reader.h"
#include "indexer/worker.h"
#include "newsdb/record.h"

enum {
    PIPE_SHARE = 32,   /* of the memory budget: one part in so many */
    WRITERS_SHARE = 2, /* likewise, for all segment writers together */
    FINISHED_MAX = 4,  /* generations waiting to be published */
};

struct ingest {
    const struct ingest_options *options;
    struct archive_writer *archive;
    struct ledger *ledger;
    struct report *report;
    struct workshop shop;
    struct queue *finished; /* of struct generation, to be published */
    pthread_barrier_t
        published; /* of one worker: with the reader, after each */
    struct reader reader;
    struct worker workers[INGEST_WORKERS_MAX];
    pthread_t reader_thread;
    pthread_t worker_threads[INGEST_WORKERS_MAX];
    uint64_t replaced;
    struct error unmerged; /* why segments are not merged */
};

/* ---- Publishing ------------------------------------------------------- */

/* Delete from a finished segment what gave way to later articles. */
static enum status bury_dead(const struct generation_part *part,
                             struct error *err)
{
    if (!part->dead_count)
        return STATUS_OK;
    struct xap_writer *writer;
    enum status rc = xap_writer_open(&writer, part->path, XAP_OPEN, err);
    if (rc)
        return rc;
    for (size_t i = 0; !rc && i < part->dead_count; i++)
        rc = xap_writer_delete(writer, part->dead[i], err);
    if (rc) {
        xap_writer_abandon(writer);
        return rc;
    }
    return xap_writer_close(writer, err);
}

/* The versions that are published, while a generation is compared with them. */
struct published {
    const struct xap_db *db;
    struct arena *memory;
    struct str data;
    uint64_t newest; /* of the identity in question */
};

static bool see_version(void *payload, uint32_t document)
{
    struct published *published = payload;
    struct record record;
    uint64_t version;
    str_clear(&published->data);
    arena_reset(published->memory);
    if (!xap_db_data(published->db, document, &published->data, NULL) &&
        !record_decode(&record, str_span(&published->data), published->memory,
                       NULL) &&
        number_parse(record.version, UINT64_MAX, &version) &&
        version > published->newest)
        published->newest = version;
    return true;
}

static bool is_newest(void *payload, struct span identity, uint64_t version)
{
    struct published *published = payload;
    published->newest = 0;
    xap_db_each_document(published->db, identity, see_version, published, NULL);
    return version >= published->newest;
}

/* A lower version does not take the place of a higher one that came in an
 * earlier run.  Where nothing is published yet there is none. */
static void yield_to_published(const struct ingest *ingest,
                               struct generation *generation)
{
    struct archive *archive;
    if (archive_open(&archive, ingest->options->archive, NULL))
        return;
    struct published published = {
        .db = archive_db(archive),
        .memory = arena_new(),
        .data = STR_INIT,
    };
    generation_each_version(generation, is_newest, &published);
    str_release(&published.data);
    arena_free(published.memory);
    archive_close(archive);
}

static enum status publish(struct ingest *ingest, struct generation *generation,
                           struct error *err)
{
    char *paths[INGEST_WORKERS_MAX];
    struct archive_change change = { .added = paths };
    if (ingest->options->dry_run)
        return STATUS_OK;
    yield_to_published(ingest, generation);
    for (size_t i = 0; i < generation_parts(generation); i++) {
        const struct generation_part *part = generation_part(generation, i);
        if (!part->path)
            continue;
        enum status rc = bury_dead(part, err);
        if (rc)
            return rc;
        paths[change.added_count++] = part->path;
    }
    change.identity_count =
        generation_identities(generation, &change.identities);
    if (!change.added_count && !change.identity_count)
        return STATUS_OK;
    uint64_t deleted = 0;
    enum status rc =
        archive_writer_publish(ingest->archive, &change, &deleted, err);
    ingest->replaced += deleted;
    return rc;
}

/* While the next generation is read and written, if there is one.  Where that
 * fails, as on a full disk, the run goes on without.  Of one worker nothing is
 * read meanwhile: what segments there are at the end depends on the articles
 * then, not on time. */
static void merge_beside(struct ingest *ingest)
{
    size_t workers = ingest->options->workers;
    if (!ingest->archive || ingest->unmerged.status)
        return;
    if (workers == 1)
        archive_writer_merge(ingest->archive, false, &ingest->unmerged);
    else if (!queue_is_over(ingest->finished))
        archive_writer_merge_beside(ingest->archive, workers,
                                    &ingest->unmerged);
}

/* What is left of it, after the last generation. */
static void finish_merging(struct ingest *ingest)
{
    if (!ingest->archive || ingest->unmerged.status || ingest->shop.rc)
        return;
    progress_say(ingest->reader.progress, "merging segments");
    archive_writer_merge(ingest->archive, false, &ingest->unmerged);
}

static void discard(struct ingest *ingest, struct generation *generation)
{
    for (size_t i = 0; i < generation_parts(generation); i++)
        if (generation_part(generation, i)->path)
            archive_writer_discard(ingest->archive,
                                   generation_part(generation, i)->path);
}

/* In their order; what comes after one that is not published is not either. */
static void publish_all(struct ingest *ingest)
{
    struct generation *generation;
    bool ends = false;
    while ((generation = queue_take(ingest->finished))) {
        struct error err = ERROR_INIT;
        ends = ends || !generation_is_whole(generation);
        if (!ends && publish(ingest, generation, &err)) {
            workshop_fail(&ingest->shop, &err);
            ends = true;
        }
        if (ends)
            discard(ingest, generation);
        else
            merge_beside(ingest);
        generation_free(generation);
        if (ingest->reader.published)
            pthread_barrier_wait(ingest->reader.published);
    }
}

/* ---- Threads ---------------------------------------------------------- */

/* A pipeline cannot wind down without its parts, so a thread that cannot be
 * started at the very beginning ends the process; nothing is written yet. */
static void start(pthread_t *thread, void *(*body)(void *), void *argument)
{
    int number = pthread_create(thread, NULL, body, argument);
    if (!number)
        return;
    fprintf(stderr, "cannot start a thread: %s\n", strerror(number));
    _Exit(status_exit_code(STATUS_IO));
}

static void run_threads(struct ingest *ingest)
{
    const struct ingest_options *options = ingest->options;
    start(&ingest->reader_thread, reader_run, &ingest->reader);
    for (size_t i = 0; i < options->workers; i++) {
        ingest->workers[i] = (struct worker){ &ingest->shop, i };
        start(&ingest->worker_threads[i], worker_run, &ingest->workers[i]);
    }
    publish_all(ingest);
    pthread_join(ingest->reader_thread, NULL);
    for (size_t i = 0; i < options->workers; i++)
        pthread_join(ingest->worker_threads[i], NULL);
}

/* ---- The run ---------------------------------------------------------- */

static void set_up(struct ingest *ingest,
                   const struct segment_writer_class *writer)
{
    const struct ingest_options *options = ingest->options;
    struct workshop *shop = &ingest->shop;
    *shop = (struct workshop){
        .options = options,
        .archive = ingest->archive,
        .writer = writer,
        .report = ingest->report,
    };
    shop->pipe = pipe_new(options->memory / PIPE_SHARE);
    ingest->finished = queue_new(FINISHED_MAX);
    shop->writer_memory = options->memory / WRITERS_SHARE / options->workers;
    atomic_init(&shop->failed, false);
    pthread_mutex_init(&shop->mutex, NULL);
    pthread_barrier_init(&shop->reached, NULL, options->workers);
    pthread_barrier_init(&shop->written, NULL, options->workers + 1);
    pthread_barrier_init(&ingest->published, NULL, 2);
    ingest->reader = (struct reader){
        .options = options,
        .input_options = options->input,
        .ledger = ingest->ledger,
        .report = ingest->report,
        .pipe = shop->pipe,
        .written = &shop->written,
        .finished = ingest->finished,
        .published = options->workers == 1 ? &ingest->published : NULL,
        .failed = &shop->failed,
        .place = ingest->reader.place,
        .progress = progress_new(options->program, reader_total(options),
                                 options->quiet),
    };
}

static void tear_down(struct ingest *ingest)
{
    progress_free(ingest->reader.progress);
    pthread_barrier_destroy(&ingest->shop.reached);
    pthread_barrier_destroy(&ingest->shop.written);
    pthread_barrier_destroy(&ingest->published);
    pthread_mutex_destroy(&ingest->shop.mutex);
    queue_free(ingest->finished);
    pipe_free(ingest->shop.pipe);
}

/* Read, write and publish from the reader's place on. */
static void work(struct ingest *ingest,
                 const struct segment_writer_class *writer)
{
    set_up(ingest, writer);
    run_threads(ingest);
    finish_merging(ingest);
    tear_down(ingest);
}

/* What the writer wrote does not read back: from the last checkpoint on all
 * goes through libxapian. */
static void fall_back(struct ingest *ingest)
{
    const struct error why = ingest->shop.err;
    if (ingest->reader.streamed) {
        error_set(&ingest->shop.err, why.status,
                  "%s; a stream cannot be read again, but --writer reference "
                  "may write it",
                  why.message);
        return;
    }
    report_take_back(ingest->report, true);
    report_fallback(ingest->report, why.message);
    work(ingest, &segment_writer_reference);
}

static enum status outcome(const struct ingest *ingest, struct error *err)
{
    const struct ingest_options *options = ingest->options;
    if (ingest->shop.rc || ingest->reader.rc) {
        const struct error *why =
            ingest->shop.rc ? &ingest->shop.err : &ingest->reader.err;
        return error_set(err, why->status,
                         "%s; no more than the summary says is in the archive",
                         why->message);
    }
    if (ingest->unmerged.status)
        return error_set(err, ingest->unmerged.status,
                         "%s; what the summary says is in the archive",
                         ingest->unmerged.message);
    if (options->stop && *options->stop)
        return error_set(err, STATUS_INTERRUPTED,
                         "interrupted; what the summary says is in the "
                         "archive, and running again continues");
    size_t troubles = report_troubles(ingest->report);
    if (troubles)
        return error_set(err, STATUS_NOT_FOUND,
                         "%zu input%s could not be read whole", troubles,
                         troubles == 1 ? "" : "s");
    uint64_t rejected = report_total(ingest->report, REPORT_REJECTED);
    if (rejected)
        return error_set(err, STATUS_BAD_RECORD,
                         "%" PRIu64 " record%s rejected", rejected,
                         rejected == 1 ? " was" : "s were");
    return STATUS_OK;
}

static enum status run(struct ingest *ingest, struct str *summary,
                       struct error *err)
{
    const struct ingest_options *options = ingest->options;
    double started = progress_clock();
    enum status rc = STATUS_OK;
    if (!options->dry_run)
        rc = archive_writer_open(&ingest->archive, options->archive,
                                 options->wait_seconds, err);
    if (!rc && !options->dry_run)
        rc = ledger_open(&ingest->ledger, ingest->archive, err);
    if (rc)
        return rc;
    ingest->reader.place.date_order_hint = options->input.date_order_hint;
    work(ingest, options->writer);
    if (ingest->shop.misread && options->writer != &segment_writer_reference)
        fall_back(ingest);
    if (ingest->shop.rc || ingest->reader.rc)
        report_take_back(ingest->report, false);
    report_summary(ingest->report, ingest->replaced, progress_clock() - started,
                   summary);
    return outcome(ingest, err);
}

enum status ingest_run(const struct ingest_options *options,
                       struct str *summary, struct error *err)
{
    struct ingest ingest = { .options = options };
    enum status rc =
        report_open(&ingest.report, options->program, options->rejects, err);
    if (rc)
        return rc;
    rc = run(&ingest, summary, err);
    ledger_close(ingest.ledger);
    archive_writer_close(ingest.archive);
    enum status closed = report_close(ingest.report, rc ? NULL : err);
    return rc ? rc : closed;
}

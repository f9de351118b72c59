/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/members.h"

/* What the reading of all inputs has in hand. */
struct reading {
    struct reader *reader;
    struct generation *generation;
    struct batch *batch;
    uint64_t sequence;
    uint64_t generation_bytes;
    struct reader_place from; /* where this reader begins */
    uint64_t entries;         /* of the walk, read to their end */
};

/* One file being read. */
struct reading_input {
    const struct walk_entry *entry;
    struct members *members;
    struct input *input; /* the member in hand */
    size_t number;       /* in the report */
    uint64_t records;    /* found so far */
    uint64_t begun_at;   /* records that were read earlier, to pass over */
    uint64_t before;     /* bytes of the files before it */
    enum date_order date_order_hint; /* when it was opened */
};

uint64_t reader_total(const struct ingest_options *options)
{
    struct walk *walk = walk_open(options->paths, options->path_count);
    struct walk_entry entry;
    uint64_t total = 0;
    enum status rc;
    bool stream = false;
    while ((rc = walk_next(walk, &entry, NULL)) != STATUS_END) {
        if (rc)
            continue;
        stream = stream || entry.stream;
        total += entry.size;
    }
    walk_close(walk);
    return stream ? 0 : total;
}

static bool must_stop(const struct reader *reader)
{
    return atomic_load(reader->failed) ||
           (reader->options->stop && *reader->options->stop);
}

static void send_batch(struct reading *reading)
{
    struct batch *batch = reading->batch;
    if (!batch)
        return;
    reading->batch = NULL;
    struct reader *reader = reading->reader;
    pipe_put(reader->pipe, batch);
    progress_show(reader->progress, reader->input_bytes,
                  report_total(reader->report, REPORT_ARTICLES),
                  report_total(reader->report, REPORT_TEXT_BYTES));
}

/* All that was read is written, up to a record of the entry in hand or (NULL)
 * to the end of the last one, after which nobody goes on. */
static void keep_place(struct reading *reading, const struct reading_input *at)
{
    struct reader *reader = reading->reader;
    if (at)
        reader->place = (struct reader_place){
            .entries = reading->entries,
            .records = at->records,
            .number = at->number,
            .input_bytes = at->before,
            .date_order_hint = at->date_order_hint,
        };
    reader->streamed = at && at->entry->stream;
    report_keep(reader->report);
}

/* A checkpoint for each worker; the next record begins a new generation.
 * Nothing is read ahead meanwhile, so what is counted then is of generations
 * that are written. */
static void end_generation(struct reading *reading,
                           const struct reading_input *at)
{
    struct reader *reader = reading->reader;
    struct generation *generation = reading->generation;
    if (!generation)
        return;
    send_batch(reading);
    for (size_t i = generation_parts(generation); i; i--) {
        struct batch *batch = batch_new(reading->sequence++, generation);
        batch->checkpoint = true;
        pipe_put(reader->pipe, batch);
    }
    pthread_barrier_wait(reader->written);
    if (atomic_load(reader->failed))
        generation_spoil(generation);
    else
        keep_place(reading, at);
    queue_put(reader->finished, generation);
    if (reader->published)
        pthread_barrier_wait(reader->published);
    reading->generation = NULL;
    reading->generation_bytes = 0;
}

static struct generation *generation_in_hand(struct reading *reading)
{
    if (!reading->generation)
        reading->generation = generation_new(reading->reader->options->workers);
    return reading->generation;
}

/* Write into the generation how far the input has been read. */
static void note_input(struct reading *reading, const struct reading_input *at,
                       bool complete)
{
    const struct walk_entry *entry = at->entry;
    const char *collection = reading->reader->options->collection;
    struct generation_input note = {
        .report_number = at->number,
        .ledger = {
            .collection = memory_string(collection ? collection
                                                   : entry->collection),
            .path = memory_string(entry->full_path),
            .size = entry->size,
            .modified = entry->modified,
            .checksum = complete ? source_checksum(members_file(at->members)) : 0,
            .records = at->records,
            .complete = complete,
        },
    };
    generation_add_input(generation_in_hand(reading), note);
}

static void add_record(struct reading *reading, const struct reading_input *at,
                       const struct raw_record *raw)
{
    struct generation *generation = generation_in_hand(reading);
    if (!reading->batch)
        reading->batch = batch_new(reading->sequence++, generation);
    batch_add(reading->batch, at->input, at->number, raw);
    reading->generation_bytes += raw->bytes.size;
    if (batch_is_full(reading->batch))
        send_batch(reading);
}

static bool is_checkpoint_due(const struct reading *reading)
{
    const struct ingest_options *options = reading->reader->options;
    uint64_t most =
        options->checkpoint ? options->checkpoint : INGEST_CHECKPOINT_BYTES;
    return reading->generation_bytes >= most;
}

/* With --strict the first record that cannot be used ends the run. */
static void reject(struct reader *reader, const struct reading_input *at,
                   const struct raw_record *raw, const struct error *err)
{
    report_reject(reader->report, at->number, raw, err);
    if (!reader->options->strict)
        return;
    reader->rc = err->status;
    reader->err = *err;
    atomic_store(reader->failed, true);
}

/* Read the records of one input.  END when it was read to its end, OK when the
 * run stops before, else why the rest of it cannot be read. */
static enum status read_records(struct reading *reading,
                                struct reading_input *at, struct error *err)
{
    struct reader *reader = reading->reader;
    struct raw_record raw = { .offset = 0 };
    while (!must_stop(reader)) {
        enum status rc = input_next(at->input, &raw, err);
        if (rc && rc != STATUS_BAD_RECORD && rc != STATUS_TOO_BIG)
            return rc;
        at->records++;
        bool passed_over = at->records <= at->begun_at;
        if (rc && !passed_over)
            reject(reader, at, &raw, err);
        else if (!rc && !passed_over)
            add_record(reading, at, &raw);
        reader->input_bytes =
            at->before + source_consumed(members_file(at->members));
        if (is_checkpoint_due(reading)) {
            note_input(reading, at, false);
            end_generation(reading, at);
        }
    }
    return STATUS_OK;
}

static void complain_of_damage(struct reader *reader, size_t number,
                               const char *path, const struct source *source)
{
    const char *damage = source_damage(source);
    if (!damage)
        return;
    struct str message = STR_INIT;
    str_addf(&message, "%s: %s", path, damage);
    report_trouble(reader->report, number, message.data);
    str_release(&message);
}

/* One member of the file, or all of it.  As read_records().  The input stays
 * in hand until the next. */
static enum status read_member(struct reading *reading,
                               struct reading_input *at,
                               const struct walk_entry *entry,
                               struct source *source, struct error *err)
{
    struct reader *reader = reading->reader;
    input_release(at->input);
    enum status rc = input_open_source(&at->input, entry, source,
                                       &reader->input_options, err);
    if (rc)
        return rc;
    reader->input_options.date_order_hint = input_date_order(at->input);
    rc = read_records(reading, at, err);
    complain_of_damage(reader, at->number, entry->path,
                       input_source(at->input));
    return rc;
}

/* END: all of it was read; OK: the run stops. */
static enum status read_members(struct reading *reading,
                                struct reading_input *at)
{
    struct report *report = reading->reader->report;
    enum status result = STATUS_END;
    while (!must_stop(reading->reader)) {
        struct error err = ERROR_INIT;
        struct walk_entry entry;
        struct source *source;
        enum status rc = members_next(at->members, &entry, &source, &err);
        if (rc == STATUS_END)
            return result;
        if (!rc)
            rc = read_member(reading, at, &entry, source, &err);
        if (rc == STATUS_OK)
            break;
        if (rc == STATUS_END)
            continue;
        report_trouble(report, at->number, err.message);
        /* A picture within an archive does not make it worth reading again. */
        if (rc != STATUS_BAD_FORMAT || !members_is_archive(at->members))
            result = rc;
    }
    return STATUS_OK;
}

/* Whether the entry in hand is the one that another reader was reading. */
static bool is_continued(const struct reading *reading)
{
    return reading->entries == reading->from.entries && reading->from.records;
}

/* Trouble with one input is reported; the run goes on with the next. */
static void read_input(struct reading *reading, const struct walk_entry *entry,
                       const char *collection, uint64_t begun_at)
{
    struct reader *reader = reading->reader;
    struct reading_input at = {
        .entry = entry,
        .number = is_continued(reading)
                      ? reading->from.number
                      : report_input(reader->report, entry->path, collection),
        .begun_at = begun_at,
        .before = reader->input_bytes,
        .date_order_hint = reader->input_options.date_order_hint,
    };
    reader->streamed = reader->streamed || entry->stream;
    struct error err = ERROR_INIT;
    if (members_open(&at.members, entry, &err)) {
        report_trouble(reader->report, at.number, err.message);
        return;
    }
    enum status rc = read_members(reading, &at);
    if (members_is_archive(at.members)) {
        members_finish(at.members);
        complain_of_damage(reader, at.number, entry->path,
                           members_file(at.members));
    }
    if (at.records || rc == STATUS_END)
        note_input(reading, &at, rc == STATUS_END);
    input_release(at.input);
    members_close(at.members);
}

static void read_entry(struct reading *reading, const struct walk_entry *entry)
{
    struct reader *reader = reading->reader;
    const char *collection = reader->options->collection;
    if (!collection)
        collection = entry->collection;
    uint64_t begun_at = 0;
    if (is_continued(reading))
        begun_at = reading->from.records;
    else if (!reader->options->force && !reader->options->dry_run &&
             ledger_ask(reader->ledger, entry, collection, &begun_at) ==
                 LEDGER_UNCHANGED) {
        report_unchanged(reader->report);
        reader->input_bytes += entry->size;
        return;
    }
    read_input(reading, entry, collection, begun_at);
}

static void walk_inputs(struct reading *reading)
{
    struct reader *reader = reading->reader;
    const struct ingest_options *options = reader->options;
    struct walk *walk = walk_open(options->paths, options->path_count);
    struct walk_entry entry;
    while (!must_stop(reader)) {
        struct error err = ERROR_INIT;
        enum status rc = walk_next(walk, &entry, &err);
        if (rc == STATUS_END)
            break;
        bool passed_over = reading->entries < reading->from.entries;
        if (rc && !passed_over)
            report_trouble(reader->report, REPORT_NO_INPUT, err.message);
        else if (!rc && !passed_over)
            read_entry(reading, &entry);
        reading->entries++;
    }
    walk_close(walk);
}

void *reader_run(void *argument)
{
    struct reader *reader = argument;
    struct reading reading = { .reader = reader, .from = reader->place };
    reader->input_bytes = reader->place.input_bytes;
    reader->input_options.date_order_hint = reader->place.date_order_hint;
    walk_inputs(&reading);
    end_generation(&reading, NULL);
    pipe_close(reader->pipe);
    queue_close(reader->finished);
    return NULL;
}

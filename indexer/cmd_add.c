/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "indexer/command.h"
#include "indexer/ingest.h"
#include "indexer/input_choice.h"
#include "indexer/names_choice.h"
#include "indexer/segment_writer.h"

enum {
    MEMORY_DEFAULT = 512 * 1024 * 1024,
    MEMORY_MIN = 64 * 1024 * 1024,
};

static const struct option_spec add_options[] = {
    OPTION_ROW_ARCHIVE,
    { OPTION_TEXT, 'c', "collection", "NAME",
      "the collection the articles belong to (else the directory's name)",
      offsetof(struct newsidx_options, collection) },
    { OPTION_TEXT, 'f', "format", "NAME",
      "read every input as this format ('newsidx formats' lists them)",
      offsetof(struct newsidx_options, format) },
    OPTION_ROW_MAP,
    OPTION_ROW_DATE_ORDER,
    { OPTION_TEXT, '\0', "names", "FILE",
      "the model that finds names (else the one that came with the program)",
      offsetof(struct newsidx_options, names) },
    { OPTION_SWITCH, '\0', "no-names", NULL,
      "seek no names in the text, keep those that corpora state",
      offsetof(struct newsidx_options, no_names) },
    { OPTION_TEXT, '\0', "aliases", "FILE",
      "other spellings of names: spelling, tab, name",
      offsetof(struct newsidx_options, aliases) },
    { OPTION_TEXT, '\0', "stop-names", "FILE",
      "what is no name, one a line",
      offsetof(struct newsidx_options, stop_names) },
    { OPTION_SWITCH, '\0', "force", NULL,
      "read inputs again that have not changed",
      offsetof(struct newsidx_options, force) },
    { OPTION_SWITCH, '\0', "embargo", NULL,
      "hold back what is under embargo until a later run",
      offsetof(struct newsidx_options, embargo) },
    { OPTION_SWITCH, 'n', "dry-run", NULL,
      "read everything and tell, but write nothing",
      offsetof(struct newsidx_options, dry_run) },
    { OPTION_SWITCH, '\0', "strict", NULL,
      "stop at the first record that cannot be used",
      offsetof(struct newsidx_options, strict) },
    { OPTION_TEXT, '\0', "rejects", "FILE",
      "keep the records that could not be used",
      offsetof(struct newsidx_options, rejects) },
    { OPTION_COUNT, 'j', "jobs", "N", "worker threads (else one a processor)",
      offsetof(struct newsidx_options, workers) },
    { OPTION_SIZE, '\0', "memory", "SIZE", "memory to use (512M)",
      offsetof(struct newsidx_options, memory) },
    { OPTION_SIZE, '\0', "checkpoint", "SIZE",
      "publish each time this much input is read (512M)",
      offsetof(struct newsidx_options, checkpoint) },
    { OPTION_TEXT, '\0', "writer", "NAME",
      "how segments are written: bulk, reference",
      offsetof(struct newsidx_options, writer) },
    OPTION_ROW_WAIT,
    { OPTION_SWITCH, 'q', "quiet", NULL, "print no progress and no summary",
      offsetof(struct newsidx_options, quiet) },
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

/* The first is the default. */
static const struct segment_writer_class *const writers[] = {
    &segment_writer_bulk,
    &segment_writer_reference,
};

static enum status find_writer(const char *name,
                               const struct segment_writer_class **out,
                               struct error *err)
{
    *out = writers[0];
    if (!name)
        return STATUS_OK;
    for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++)
        if (!strcmp(writers[i]->name, name)) {
            *out = writers[i];
            return STATUS_OK;
        }
    return error_set(err, STATUS_USAGE,
                     "--writer is bulk or reference, not '%s'", name);
}

static unsigned worker_count(uint64_t asked)
{
    uint64_t count = asked ? asked : parallel_cores();
    return count > INGEST_WORKERS_MAX ? INGEST_WORKERS_MAX : (unsigned)count;
}

static enum status run_add(const struct command_call *call, struct error *err)
{
    const struct newsidx_options *options = call->options;
    struct field_map_entry entries[INPUT_MAP_MAX];
    struct ingest_options ingest = {
        .program = call->program,
        .collection = options->collection,
        .paths = (const char *const *)call->operands,
        .path_count = call->operand_count,
        .workers = worker_count(options->workers),
        .memory = options->memory ? options->memory : MEMORY_DEFAULT,
        .checkpoint = options->checkpoint,
        .wait_seconds = (unsigned)options->wait,
        .rejects = options->rejects,
        .force = options->force,
        .strict = options->strict,
        .embargo = options->embargo,
        .now = (int64_t)time(NULL),
        .dry_run = options->dry_run,
        .quiet = options->quiet,
        .stop = call->stop,
    };
    if (ingest.collection && !*ingest.collection)
        return error_set(err, STATUS_USAGE, "--collection wants a name");
    if (ingest.memory < MEMORY_MIN)
        return error_set(err, STATUS_USAGE, "--memory is at least 64M");
    enum status rc = input_choice(options, &ingest.input, entries, err);
    if (!rc)
        rc = find_writer(options->writer, &ingest.writer, err);
    if (rc)
        return rc;
    char *archive = command_archive(call);
    const char *note;
    struct names_finder *names;
    ingest.archive = archive;
    struct str summary = STR_INIT;
    rc = names_choice(&names, options, archive, &note, err);
    if (!rc) {
        if (note)
            fprintf(stderr, "%s: %s\n", call->program, note);
        ingest.names = names;
        rc = ingest_run(&ingest, &summary, err);
        names_finder_free(names);
    }
    if (!options->quiet)
        str_add(call->out, str_span(&summary));
    str_release(&summary);
    free(archive);
    return rc;
}

const struct command command_add = {
    .name = "add",
    .usage = "[OPTION]... FILE|DIRECTORY|-...",
    .summary = "read news corpora into an archive",
    .options = add_options,
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .run = run_add,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_writers - the segment writers side by side, on one core.
 *
 *     bench_writers [-n RUNS] [-t MB] [-m SIZE] [-w NAME] FILE...
 *
 * Reads articles until so many MB of text are held (20), makes their documents
 * (words with positions, stems, fields, values, records) beforehand, and feeds
 * the same documents to each writer.  What is timed is adding, finishing and
 * syncing.  Prints, tab-separated: the writer, MB of text, MB/s of the fastest
 * run and of the slowest, peak MB while writing (over what was held before it),
 * and bytes per byte of text: in all, and of each table.
 *
 * The two must answer alike in figures before any time is shown.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/options.h"
#include "corpus/input.h"
#include "indexer/document.h"
#include "indexer/progress.h"
#include "indexer/recording.h"
#include "indexer/segment_writer.h"
#include "xapian-c/xapian-c.h"

struct settings {
    uint64_t runs, megabytes, memory;
    const char *writer, *keep;
};

static const struct option_spec specs[] = {
    { OPTION_COUNT, 'n', "runs", "RUNS", "how often each writer runs (3)",
      offsetof(struct settings, runs) },
    { OPTION_COUNT, 't', "text", "MB", "so much text (20)",
      offsetof(struct settings, megabytes) },
    { OPTION_SIZE, 'm', "memory", "SIZE", "what a writer may hold (256M)",
      offsetof(struct settings, memory) },
    { OPTION_TEXT, 'w', "writer", "NAME", "this one alone",
      offsetof(struct settings, writer) },
    { OPTION_TEXT, 'k', "keep", "DIR", "leave the databases there",
      offsetof(struct settings, keep) },
    OPTION_TABLE_END,
};

static const struct segment_writer_class *const writers[] = {
    &segment_writer_reference,
    &segment_writer_bulk,
};

enum { WRITERS = sizeof(writers) / sizeof(*writers) };

/* ---- Documents -------------------------------------------------------- */

struct documents {
    struct document *items;
    size_t count, capacity;
    uint64_t text, limit; /* bytes */
    struct arena *memory;
    struct document_builder *builder;
};

/* Terms occur again and again: their bytes are kept as they come, as the
 * caches of the builder would have them. */
static void keep_document(struct documents *documents,
                          const struct document *from)
{
    struct posting *postings =
        memory_new(from->posting_count, sizeof(*postings));
    for (size_t i = 0; i < from->posting_count; i++) {
        struct posting *posting = &postings[i];
        *posting = from->postings[i];
        posting->term = arena_copy(documents->memory, posting->term);
        struct span positions = { (const char *)posting->positions,
                                  posting->position_count *
                                      sizeof(*posting->positions) };
        posting->positions =
            memcpy(arena_alloc(documents->memory, positions.size + 1),
                   positions.data ? positions.data : "", positions.size);
        posting->note = NULL;
    }
    struct document_value *values =
        memory_new(from->value_count, sizeof(*values));
    for (size_t i = 0; i < from->value_count; i++) {
        values[i] = from->values[i];
        values[i].bytes = arena_copy(documents->memory, values[i].bytes);
    }
    MEMORY_GROW(documents->items, documents->count, documents->capacity);
    documents->items[documents->count++] =
        (struct document){ postings, from->posting_count, values,
                           from->value_count,
                           arena_copy(documents->memory, from->data) };
}

static void read_input(struct documents *documents,
                       const struct walk_entry *entry)
{
    struct arena *memory = arena_new();
    const struct input_options options = { .format = NULL };
    struct input *input;
    struct raw_record raw;
    struct article article;
    enum status rc = input_open(&input, entry, &options, NULL);
    while (!rc && documents->text < documents->limit) {
        rc = input_next(input, &raw, NULL);
        if (rc && rc != STATUS_BAD_RECORD)
            break;
        arena_reset(memory);
        if (rc || input_parse(input, &raw, memory, &article, NULL)) {
            rc = STATUS_OK;
            continue;
        }
        struct record record;
        record_article(&record, &article, span_of("bench"), span_of("bench"),
                       raw.offset);
        documents->text += record.text.size;
        keep_document(documents, document_build(documents->builder, &record));
    }
    if (rc != STATUS_NOT_FOUND)
        input_release(input);
    arena_free(memory);
}

static struct documents read_documents(char *const *paths, size_t count,
                                       uint64_t limit)
{
    struct documents documents = { .limit = limit,
                                   .memory = arena_new(),
                                   .builder = document_builder_new() };
    struct walk *walk = walk_open((const char *const *)paths, count);
    struct walk_entry entry;
    enum status rc;
    while ((rc = walk_next(walk, &entry, NULL)) != STATUS_END)
        if (!rc)
            read_input(&documents, &entry);
    walk_close(walk);
    document_builder_free(documents.builder);
    return documents;
}

static void release_documents(struct documents *documents)
{
    for (size_t i = 0; i < documents->count; i++) {
        free((void *)documents->items[i].postings);
        free((void *)documents->items[i].values);
    }
    free(documents->items);
    arena_free(documents->memory);
}

/* ---- Measuring -------------------------------------------------------- */

/* A line of /proc/self/status in MB; "VmHWM" falls back to what is held now
 * when 5 is written to clear_refs. */
static double process_megabytes(const char *name)
{
    struct str status = STR_INIT;
    double kilobytes = 0;
    file_read("/proc/self/status", 65536, &status, NULL);
    const char *line = strstr(status.data, name);
    if (line)
        kilobytes = strtod(strchr(line, ':') + 1, NULL);
    str_release(&status);
    return kilobytes / 1024;
}

static void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");
    if (file) {
        fputs("5", file);
        fclose(file);
    }
}

static enum status write_all(const struct segment_writer_class *class,
                             const char *path, uint64_t memory,
                             const struct documents *documents,
                             struct error *err)
{
    struct segment_writer *writer;
    enum status rc = class->open(&writer, path, memory, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < documents->count; i++) {
        rc = class->add(writer, &documents->items[i], err);
        if (rc) {
            class->abandon(writer);
            return rc;
        }
    }
    rc = class->finish(writer, (struct span){ NULL, 0 }, err);
    return rc ? rc : file_sync_tree(path, err);
}

static enum status measure(const struct segment_writer_class *class,
                           const char *path, const struct settings *settings,
                           const struct documents *documents, struct str *row,
                           struct error *err)
{
    static const char *const tables[] = { "postlist", "position", "docdata",
                                          "termlist" };
    double fastest = 0, slowest = 0, peak = 0;
    for (uint64_t run = 0; run < settings->runs; run++) {
        file_remove(path, NULL);
        forget_peak();
        double before = process_megabytes("VmRSS");
        double started = progress_clock();
        enum status rc =
            write_all(class, path, settings->memory, documents, err);
        if (rc)
            return rc;
        double seconds = progress_clock() - started;
        fastest = !run || seconds < fastest ? seconds : fastest;
        slowest = seconds > slowest ? seconds : slowest;
        double over = process_megabytes("VmHWM") - before;
        peak = over > peak ? over : peak;
    }
    double text = (double)documents->text;
    str_addf(row, "%s\t%.1f\t%.2f\t%.2f\t%.0f\t%.3f", class->name, text / 1e6,
             text / 1e6 / fastest, text / 1e6 / slowest, peak,
             (double)file_tree_size(path) / text);
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
        struct str name = STR_INIT;
        str_addf(&name, "%s/%s.glass", path, tables[i]);
        str_addf(row, "\t%s %.3f", tables[i],
                 (double)file_tree_size(name.data) / text);
        str_release(&name);
    }
    str_add_char(row, '\n');
    return STATUS_OK;
}

static enum status figures_of(const char *path, struct xap_db_figures *out,
                              struct error *err)
{
    struct xap_db *db;
    enum status rc = xap_db_open(&db, path, err);
    if (!rc)
        rc = xap_db_measure(db, out, err);
    xap_db_free(db);
    return rc;
}

static enum status run(const struct settings *settings, const char *directory,
                       const struct documents *documents, struct error *err)
{
    struct str rows = STR_INIT;
    struct xap_db_figures first = { 0 };
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < WRITERS; i++) {
        if (settings->writer && strcmp(settings->writer, writers[i]->name))
            continue;
        struct xap_db_figures figures = { 0 };
        char *path = file_join(directory, writers[i]->name);
        rc = measure(writers[i], path, settings, documents, &rows, err);
        if (!rc)
            rc = figures_of(path, &figures, err);
        if (!rc && first.documents &&
            (figures.documents != first.documents ||
             figures.total_length != first.total_length))
            rc = error_set(err, STATUS_MISMATCH,
                           "the writers do not answer alike");
        first = figures;
        free(path);
    }
    if (!rc)
        fputs(rows.data, stdout);
    str_release(&rows);
    return rc;
}

int main(int argc, char **argv)
{
    struct settings settings = { 3, 20, 256 * 1024 * 1024, NULL, NULL };
    struct error err = ERROR_INIT;
    int rest;
    if (options_parse(specs, &settings, argc, argv, &rest, &err) ||
        rest == argc) {
        fprintf(stderr, "usage: bench_writers [-n RUNS] [-t MB] [-m SIZE] "
                        "[-w NAME] [-k DIR] FILE...\n");
        return 2;
    }
    char scratch[] = "/tmp/bench-writers-XXXXXX";
    const char *directory = settings.keep ? settings.keep : mkdtemp(scratch);
    struct documents documents = read_documents(
        argv + rest, (size_t)(argc - rest), settings.megabytes * 1000 * 1000);
    enum status rc = STATUS_IO;
    if (directory && !file_make_directory(directory, &err))
        rc = run(&settings, directory, &documents, &err);
    if (rc)
        fprintf(stderr, "bench_writers: %s\n", err.message);
    if (!settings.keep)
        file_remove(scratch, NULL);
    release_documents(&documents);
    return status_exit_code(rc);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/rewrite.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "indexer/document.h"
#include "indexer/self_check.h"

/* An article that was changed, to change it again. */
struct changed {
    uint32_t document;
    rewrite_change *change;
    void *payload;
};

struct rewrite {
    const struct segment_writer_class *class;
    const char *program;
    struct archive_writer *archive;
    const struct xap_db *db;
    struct document_builder *builder;
    struct arena *memory; /* of one article */
    struct str data;
    struct segment_writer *writer; /* NULL until something changed */
    char *path;                    /* of the new segment */
    struct self_check check;
    struct arena *terms; /* of the identities */
    struct span *identities;
    size_t count, capacity;
    struct changed *changed;
    size_t changed_count, changed_capacity;
};

struct rewrite *rewrite_new(struct archive_writer *writer,
                            const struct xap_db *db,
                            const struct segment_writer_class *class,
                            const char *program)
{
    struct rewrite *rewrite = memory_new(1, sizeof(*rewrite));
    rewrite->class = class;
    rewrite->program = program;
    rewrite->archive = writer;
    rewrite->db = db;
    rewrite->builder = document_builder_new();
    rewrite->memory = arena_new();
    rewrite->data = (struct str)STR_INIT;
    rewrite->terms = arena_new();
    return rewrite;
}

static void discard_segment(struct rewrite *rewrite)
{
    if (rewrite->writer)
        rewrite->writer->class->abandon(rewrite->writer);
    if (rewrite->path)
        archive_writer_discard(rewrite->archive, rewrite->path);
    free(rewrite->path);
    rewrite->writer = NULL;
    rewrite->path = NULL;
    self_check_release(&rewrite->check);
}

void rewrite_free(struct rewrite *rewrite)
{
    if (!rewrite)
        return;
    discard_segment(rewrite);
    free(rewrite->changed);
    document_builder_free(rewrite->builder);
    arena_free(rewrite->memory);
    arena_free(rewrite->terms);
    str_release(&rewrite->data);
    free(rewrite->identities);
    free(rewrite);
}

static enum status open_segment(struct rewrite *rewrite, struct error *err)
{
    if (rewrite->writer)
        return STATUS_OK;
    rewrite->path = archive_writer_new_segment(rewrite->archive);
    return rewrite->class->open(&rewrite->writer, rewrite->path, REWRITE_MEMORY,
                                err);
}

static enum status write_record(struct rewrite *rewrite,
                                const struct record *record, struct error *err)
{
    const struct document *document = document_build(rewrite->builder, record);
    enum status rc = open_segment(rewrite, err);
    if (!rc)
        rc = rewrite->writer->class->add(rewrite->writer, document, err);
    if (rc) {
        error_context(err, "%.*s/%.*s", SPAN_ARGS(record->collection),
                      SPAN_ARGS(record->id));
        return rc;
    }
    MEMORY_GROW(rewrite->identities, rewrite->count, rewrite->capacity);
    struct span identity = document_identity(rewrite->builder);
    self_check_add(&rewrite->check, document->data, identity);
    rewrite->identities[rewrite->count++] =
        arena_copy(rewrite->terms, identity);
    return STATUS_OK;
}

enum status rewrite_article(struct rewrite *rewrite, uint32_t document,
                            rewrite_change *change, void *payload,
                            struct error *err)
{
    struct record record;
    arena_reset(rewrite->memory);
    str_clear(&rewrite->data);
    enum status rc = xap_db_data(rewrite->db, document, &rewrite->data, err);
    if (!rc)
        rc = record_decode(&record, str_span(&rewrite->data), rewrite->memory,
                           err);
    if (rc || !change(payload, &record, rewrite->memory))
        return rc;
    MEMORY_GROW(rewrite->changed, rewrite->changed_count,
                rewrite->changed_capacity);
    rewrite->changed[rewrite->changed_count++] =
        (struct changed){ document, change, payload };
    return write_record(rewrite, &record, err);
}

/* Segments that lose all their articles leave the list, and with them what
 * they know of their inputs; so the new one knows of all of them. */
static enum status finish_segment(struct rewrite *rewrite, struct error *err)
{
    struct segment_inputs inputs;
    enum status rc = archive_writer_inputs(rewrite->archive, &inputs, err);
    if (!rc) {
        struct str metadata = STR_INIT;
        segment_stamp(&metadata, &inputs);
        struct segment_writer *writer = rewrite->writer;
        rewrite->writer = NULL;
        rc = writer->class->finish(writer, str_span(&metadata), err);
        str_release(&metadata);
    }
    segment_inputs_release(&inputs);
    return rc;
}

/* All of it once more, by the reference writer. */
static enum status write_again(struct rewrite *rewrite, struct error *err)
{
    struct changed *changed = rewrite->changed;
    size_t count = rewrite->changed_count;
    discard_segment(rewrite);
    rewrite->class = &segment_writer_reference;
    rewrite->changed = NULL;
    rewrite->changed_count = rewrite->changed_capacity = 0;
    rewrite->count = 0;
    arena_reset(rewrite->terms);
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < count; i++)
        rc = rewrite_article(rewrite, changed[i].document, changed[i].change,
                             changed[i].payload, err);
    free(changed);
    return rc ? rc : finish_segment(rewrite, err);
}

/* Finish what reads back. */
static enum status finish_surely(struct rewrite *rewrite, struct error *err)
{
    struct error why = ERROR_INIT;
    enum status rc = finish_segment(rewrite, err);
    if (rc || !self_check_run(&rewrite->check, rewrite->path, &why))
        return rc;
    if (rewrite->class == &segment_writer_reference)
        return error_set(err, why.status, "%s", why.message);
    fprintf(stderr,
            "%s: %s; its articles are written again by the reference writer\n",
            rewrite->program, why.message);
    rc = write_again(rewrite, err);
    return rc ? rc : self_check_run(&rewrite->check, rewrite->path, err);
}

enum status rewrite_publish(struct rewrite *rewrite, uint64_t *count,
                            struct error *err)
{
    *count = rewrite->count;
    if (!rewrite->writer)
        return STATUS_OK;
    enum status rc = finish_surely(rewrite, err);
    if (rc)
        return rc;
    const struct archive_change change = {
        .added = &rewrite->path,
        .added_count = 1,
        .identities = rewrite->identities,
        .identity_count = rewrite->count,
    };
    rc = archive_writer_publish(rewrite->archive, &change, NULL, err);
    return rc ? rc : archive_writer_merge(rewrite->archive, false, err);
}

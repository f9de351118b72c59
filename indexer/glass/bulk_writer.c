/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bulk writer: documents to a finished glass database in one go.
 *
 * The docdata and termlist tables are in the order of documents and are
 * written as documents come.  The postlist and position tables are in the
 * order of terms: what goes there is inverted in memory (inverter.h), spilled
 * as sorted runs (runs.h) and merged at the end.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/pack.h"
#include "indexer/glass/gather.h"
#include "indexer/glass/glass_docdata.h"
#include "indexer/glass/glass_position.h"
#include "indexer/glass/glass_postlist.h"
#include "indexer/glass/glass_termlist.h"
#include "indexer/glass/glass_values.h"
#include "indexer/glass/glass_version.h"
#include "indexer/glass/runs.h"
#include "indexer/segment_writer.h"

/* A smaller budget is not kept: tables and buffers take most of it. */
#define MEMORY_MIN (UINT64_C(2) * 1024 * 1024)
/* Of the pool of 32-bit places, leave half for one huge document. */
#define MEMORY_MAX (BYTE_POOL_MAX / 2)

enum {
    KEEP_SIZE = 1024 * 1024, /* a larger buffer is freed after use */
    FETCH_AHEAD = 12,        /* terms, when a document is inverted */
};

struct bulk_writer {
    struct segment_writer writer; /* first, so that it can be cast back */
    char *path;
    uint64_t memory;
    struct glass_docdata *docdata;
    struct glass_termlist *termlist;
    struct glass_slots *slots;
    struct gather *gather;
    struct inverter *inverter;
    struct runs *runs;
    struct str positions; /* of one term, packed */
    bool has_positions;
    struct glass_version version; /* figures so far */
};

static struct bulk_writer *bulk_of(struct segment_writer *writer)
{
    return (struct bulk_writer *)writer;
}

static void release(struct bulk_writer *bulk)
{
    glass_docdata_abandon(bulk->docdata);
    glass_termlist_abandon(bulk->termlist);
    glass_slots_free(bulk->slots);
    gather_free(bulk->gather);
    inverter_free(bulk->inverter);
    runs_free(bulk->runs);
    str_release(&bulk->positions);
    free(bulk->path);
    free(bulk);
}

static void bulk_abandon(struct segment_writer *writer)
{
    if (writer)
        release(bulk_of(writer));
}

static enum status bulk_open(struct segment_writer **out, const char *path,
                             uint64_t memory, struct error *err)
{
    *out = NULL;
    if (mkdir(path, 0777))
        return error_set_errno(err, "cannot create directory '%s'", path);
    struct bulk_writer *bulk = memory_new(1, sizeof(*bulk));
    bulk->writer.class = &segment_writer_bulk;
    bulk->path = memory_string(path);
    bulk->memory = memory < MEMORY_MIN ? MEMORY_MIN : memory;
    if (bulk->memory > MEMORY_MAX)
        bulk->memory = MEMORY_MAX;
    bulk->positions = (struct str)STR_INIT;
    enum status rc = glass_termlist_open(&bulk->termlist, bulk->path, err);
    if (rc) {
        release(bulk);
        return rc;
    }
    bulk->docdata = glass_docdata_new(bulk->path);
    bulk->slots = glass_slots_new();
    bulk->gather = gather_new();
    bulk->inverter = inverter_new();
    bulk->runs = runs_new(bulk->path);
    *out = &bulk->writer;
    return STATUS_OK;
}

/* ---- Adding ----------------------------------------------------------- */

/* What the writer holds besides its lists. */
static uint64_t held_besides(const struct bulk_writer *bulk)
{
    return glass_docdata_held(bulk->docdata) +
           glass_termlist_held(bulk->termlist) + glass_slots_held(bulk->slots) +
           gather_held(bulk->gather) + bulk->positions.capacity +
           RUN_BUFFER_SIZE;
}

static uint64_t held_memory(const struct bulk_writer *bulk)
{
    return held_besides(bulk) + inverter_held(bulk->inverter);
}

/* Spill before a document that may not fit. */
static enum status make_room(struct bulk_writer *bulk,
                             const struct document *document, struct error *err)
{
    uint64_t need = gather_need(document);
    for (size_t i = 0; i < document->value_count; i++)
        need += 2 * document->values[i].bytes.size;
    if (held_memory(bulk) + need <= bulk->memory || !bulk->inverter->lengths)
        return STATUS_OK;
    return runs_spill(bulk->runs, bulk->inverter, err);
}

static enum status refuse_too_big(const struct bulk_writer *bulk,
                                  const struct document *document,
                                  struct error *err)
{
    if (document->data.size > GLASS_TAG_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "document data of %zu bytes is over %d",
                         document->data.size, GLASS_TAG_MAX);
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].bytes.size > GLASS_TAG_MAX / 2)
            return error_set(err, STATUS_TOO_BIG,
                             "a value of %zu bytes is over %d",
                             document->values[i].bytes.size, GLASS_TAG_MAX / 2);
    if (bulk->version.document_count == UINT32_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "a segment has no room for more documents");
    return STATUS_OK;
}

static enum status add_termlist(struct bulk_writer *bulk, uint32_t document,
                                const struct document_value *values,
                                size_t value_count, struct error *err)
{
    size_t count;
    const struct gathered_term *terms = gather_terms(bulk->gather, &count);
    glass_termlist_begin(bulk->termlist, gather_length(bulk->gather),
                         (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        const struct inverter_term *term =
            inverter_at(bulk->inverter, terms[i].term);
        glass_termlist_add(bulk->termlist,
                           (struct span){ term->text, term->size },
                           terms[i].wdf);
    }
    enum status rc = glass_termlist_end(bulk->termlist, document, err);
    if (rc || !value_count)
        return rc;
    for (size_t i = 0; i < value_count; i++)
        glass_termlist_add_slot(bulk->termlist, values[i].slot);
    return glass_termlist_end_slots(bulk->termlist, document, err);
}

static struct span pack_positions(struct bulk_writer *bulk,
                                  const struct gathered_term *gathered)
{
    if (!gathered->position_count)
        return (struct span){ NULL, 0 };
    if (bulk->positions.capacity > KEEP_SIZE)
        str_release(&bulk->positions);
    str_clear(&bulk->positions);
    glass_position_pack(&bulk->positions, gathered->positions,
                        gathered->position_count);
    bulk->has_positions = true;
    return str_span(&bulk->positions);
}

static void invert(struct bulk_writer *bulk, uint32_t number,
                   const struct document *document)
{
    size_t count;
    const struct gathered_term *terms = gather_terms(bulk->gather, &count);
    for (size_t i = 0; i < count; i++) {
        if (i + FETCH_AHEAD < count)
            inverter_fetch_end(bulk->inverter, terms[i + FETCH_AHEAD].term);
        inverter_add_posting(bulk->inverter, terms[i].term, number,
                             terms[i].wdf, pack_positions(bulk, &terms[i]));
        if (terms[i].wdf > bulk->version.wdf_max)
            bulk->version.wdf_max = terms[i].wdf;
    }
    for (size_t i = 0; i < document->value_count; i++) {
        const struct document_value *value = &document->values[i];
        glass_slots_count(bulk->slots, value->slot, value->bytes);
        inverter_add_value(bulk->inverter, value->slot, number, value->bytes);
    }
    inverter_add_length(bulk->inverter, number, gather_length(bulk->gather));
}

static void count_document(struct glass_version *version, uint32_t length)
{
    version->document_count++;
    version->total_length += length;
    if (length > version->longest)
        version->longest = length;
    if (length && (!version->shortest || length < version->shortest))
        version->shortest = length;
}

static enum status bulk_add(struct segment_writer *writer,
                            const struct document *document, struct error *err)
{
    struct bulk_writer *bulk = bulk_of(writer);
    enum status rc = refuse_too_big(bulk, document, err);
    if (!rc)
        rc = make_room(bulk, document, err);
    if (!rc)
        rc = gather_document(bulk->gather, bulk->inverter, document, err);
    if (rc)
        return rc;
    uint32_t length = gather_length(bulk->gather);
    if (bulk->version.total_length + length > UINT32_MAX)
        return error_set(err, STATUS_TOO_BIG,
                         "a segment has no room for more than 2^32 words");
    uint32_t number = bulk->version.document_count + 1;
    rc = add_termlist(bulk, number, document->values, document->value_count,
                      err);
    if (!rc)
        rc = glass_docdata_add(bulk->docdata, number, document->data, err);
    if (rc)
        return rc;
    invert(bulk, number, document);
    count_document(&bulk->version, length);
    return STATUS_OK;
}

static uint64_t bulk_held(const struct segment_writer *writer)
{
    const struct bulk_writer *bulk = (const struct bulk_writer *)writer;
    return glass_docdata_size(bulk->docdata) +
           glass_termlist_size(bulk->termlist) + runs_size(bulk->runs) +
           inverter_held(bulk->inverter);
}

/* ---- Finishing -------------------------------------------------------- */

/* The two tables in the order of terms, while they are written. */
struct inverted_tables {
    struct glass_btree *postlist, *position;
    struct glass_postlist *postings;
    struct glass_value_list *values;
};

/* Pairs of strings: of a key that occurs twice the last one counts. */
struct pair {
    struct span key, value;
    size_t at;
};

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int order = span_compare(x->key, y->key);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static enum status write_pairs(struct glass_btree *table,
                               const struct pair *pairs, size_t count,
                               struct error *err)
{
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < count; i++) {
        if (i + 1 < count && span_equal(pairs[i].key, pairs[i + 1].key))
            continue;
        if (!pairs[i].value.size)
            continue;
        struct glass_key key;
        key.size = 0;
        glass_key_add(&key, (struct span){ "\0\xC0", 2 });
        glass_key_add(&key, pairs[i].key);
        rc = glass_btree_add(table, glass_key_span(&key), pairs[i].value, false,
                             err);
    }
    return rc;
}

static enum status write_metadata(struct glass_btree *table,
                                  struct span metadata, struct error *err)
{
    struct pair *pairs = NULL;
    size_t count = 0, capacity = 0;
    enum status rc = STATUS_OK;
    while (!rc && metadata.size) {
        MEMORY_GROW(pairs, count, capacity);
        struct pair *pair = &pairs[count];
        pair->at = count++;
        if (!unpack_string(&metadata, &pair->key) ||
            !unpack_string(&metadata, &pair->value) || !pair->key.size)
            rc = error_set(err, STATUS_INTERNAL, "metadata is not packed");
        else if (pair->key.size > GLASS_KEY_MAX - 2)
            rc = error_set(err, STATUS_TOO_BIG,
                           "a metadata key of %zu bytes is over %d",
                           pair->key.size, GLASS_KEY_MAX - 2);
    }
    if (count)
        qsort(pairs, count, sizeof(*pairs), compare_pairs);
    if (!rc)
        rc = write_pairs(table, pairs, count, err);
    free(pairs);
    return rc;
}

static enum status write_values(struct bulk_writer *bulk,
                                struct inverted_tables *tables,
                                const struct run_list *list, struct error *err)
{
    glass_value_list_begin(tables->values, list->key);
    struct run_entry entry;
    enum status rc;
    while (!(rc = runs_next_entry(bulk->runs, &entry, err))) {
        rc = glass_value_list_add(tables->values, entry.document, entry.bytes,
                                  err);
        if (rc)
            return rc;
    }
    return rc == STATUS_END ? glass_value_list_end(tables->values, err) : rc;
}

/* What all keys of the term in the position table begin with. */
static struct glass_key position_key(struct span term)
{
    struct glass_key key;
    key.size = 0;
    glass_key_add(&key, term);
    glass_key_add_byte(&key, 0);
    return key;
}

/* One term's, or the lengths'. */
static enum status write_postings(struct bulk_writer *bulk,
                                  struct inverted_tables *tables,
                                  const struct run_list *list,
                                  struct error *err)
{
    struct glass_key key = position_key(list->key);
    size_t key_size = key.size;
    struct run_entry entry;
    enum status rc;
    while (!(rc = runs_next_entry(bulk->runs, &entry, err))) {
        rc = glass_postlist_add(tables->postings, entry.document, entry.wdf,
                                err);
        if (!rc && entry.bytes.size) {
            key.size = key_size;
            glass_key_add_sort_uint(&key, entry.document);
            rc = glass_btree_add(tables->position, glass_key_span(&key),
                                 entry.bytes, false, err);
        }
        if (rc)
            return rc;
    }
    return rc == STATUS_END ? glass_postlist_end(tables->postings, err) : rc;
}

static enum status write_list(struct bulk_writer *bulk,
                              struct inverted_tables *tables,
                              const struct run_list *list, struct error *err)
{
    if (list->kind == RUN_VALUES)
        return write_values(bulk, tables, list, err);
    /* A term that only a refused document had. */
    if (!list->document_count)
        return STATUS_OK;
    if (list->kind == RUN_LENGTHS)
        glass_postlist_begin_lengths(tables->postings);
    else
        glass_postlist_begin(tables->postings, list->key, list->document_count,
                             list->occurrences);
    return write_postings(bulk, tables, list, err);
}

static enum status write_inverted(struct bulk_writer *bulk,
                                  struct inverted_tables *tables,
                                  struct span metadata, struct error *err)
{
    enum status rc = write_metadata(tables->postlist, metadata, err);
    if (!rc)
        rc = glass_slots_write(bulk->slots, tables->postlist, err);
    if (!rc)
        rc = runs_merge(bulk->runs, bulk->inverter, err);
    struct run_list list;
    while (!rc) {
        rc = runs_next_list(bulk->runs, &list, err);
        if (!rc)
            rc = write_list(bulk, tables, &list, err);
    }
    return rc == STATUS_END ? STATUS_OK : rc;
}

static enum status finish_table(struct glass_btree **table,
                                struct glass_root *out, struct error *err)
{
    struct glass_btree *finished = *table;
    *table = NULL;
    return finished ? glass_btree_finish(finished, out, err) : STATUS_OK;
}

static enum status finish_inverted(struct bulk_writer *bulk,
                                   struct span metadata, struct error *err)
{
    struct inverted_tables tables = { 0 };
    enum status rc =
        glass_btree_open(&tables.postlist, bulk->path, "postlist.glass", err);
    if (!rc && bulk->has_positions)
        rc = glass_btree_open(&tables.position, bulk->path, "position.glass",
                              err);
    if (rc)
        goto out;
    tables.postings = glass_postlist_new(tables.postlist);
    tables.values = glass_value_list_new(tables.postlist);
    rc = write_inverted(bulk, &tables, metadata, err);
    if (!rc)
        rc = finish_table(&tables.postlist, &bulk->version.postlist, err);
    if (!rc)
        rc = finish_table(&tables.position, &bulk->version.position, err);
out:
    glass_value_list_free(tables.values);
    glass_postlist_free(tables.postings);
    glass_btree_abandon(tables.position);
    glass_btree_abandon(tables.postlist);
    return rc;
}

static enum status finish_streamed(struct bulk_writer *bulk, struct error *err)
{
    struct glass_docdata *docdata = bulk->docdata;
    bulk->docdata = NULL;
    enum status rc = glass_docdata_finish(docdata, &bulk->version.docdata, err);
    if (rc)
        return rc;
    struct glass_termlist *termlist = bulk->termlist;
    bulk->termlist = NULL;
    return glass_termlist_finish(termlist, &bulk->version.termlist, err);
}

static enum status bulk_finish(struct segment_writer *writer,
                               struct span metadata, struct error *err)
{
    struct bulk_writer *bulk = bulk_of(writer);
    uint64_t merging = held_memory(bulk) + runs_held(bulk->runs);
    enum status rc = STATUS_OK;
    if (runs_count(bulk->runs) && merging > bulk->memory)
        rc = runs_spill(bulk->runs, bulk->inverter, err);
    if (!rc)
        rc = finish_streamed(bulk, err);
    if (!rc)
        rc = finish_inverted(bulk, metadata, err);
    if (!rc)
        rc = glass_version_write(&bulk->version, bulk->path, err);
    release(bulk);
    return rc;
}

const struct segment_writer_class segment_writer_bulk = {
    .name = "bulk",
    .open = bulk_open,
    .add = bulk_add,
    .finish = bulk_finish,
    .abandon = bulk_abandon,
    .held = bulk_held,
};

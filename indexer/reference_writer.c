/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reference writer: libxapian's own, through xapian-c.  Slow and sure; the
 * oracle of the bulk writer's tests.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/pack.h"
#include "indexer/segment_writer.h"
#include "xapian-c/xapian-c.h"

enum { POSTING_COST = 100 }; /* bytes that libxapian holds for each, about */

struct reference_writer {
    struct segment_writer base;
    struct xap_writer *database;
    struct xap_doc *doc;
    uint64_t memory, held;
};

static void free_writer(struct reference_writer *writer)
{
    xap_doc_free(writer->doc);
    free(writer);
}

static enum status reference_open(struct segment_writer **out, const char *path,
                                  uint64_t memory, struct error *err)
{
    struct reference_writer *writer = memory_new(1, sizeof(*writer));
    writer->base.class = &segment_writer_reference;
    writer->doc = xap_doc_new();
    writer->memory = memory;
    enum status rc = xap_writer_open(&writer->database, path, XAP_CREATE, err);
    if (rc)
        free_writer(writer);
    *out = rc ? NULL : &writer->base;
    return rc;
}

static enum status reference_add(struct segment_writer *base,
                                 const struct document *document,
                                 struct error *err)
{
    struct reference_writer *writer = (struct reference_writer *)base;
    xap_doc_clear(writer->doc);
    for (size_t i = 0; i < document->posting_count; i++)
        xap_doc_add(writer->doc, document->postings[i].term,
                    document->postings[i].position, document->postings[i].wdf);
    for (size_t i = 0; i < document->value_count; i++)
        xap_doc_set_value(writer->doc, document->values[i].slot,
                          document->values[i].bytes);
    xap_doc_set_data(writer->doc, document->data);
    enum status rc = xap_writer_add(writer->database, writer->doc, NULL, err);
    writer->held += document->posting_count * POSTING_COST;
    if (!rc && writer->held > writer->memory) {
        rc = xap_writer_commit(writer->database, err);
        writer->held = 0;
    }
    return rc;
}

static enum status set_metadata(struct reference_writer *writer,
                                struct span metadata, struct error *err)
{
    struct span key, value;
    enum status rc = STATUS_OK;
    while (!rc && unpack_string(&metadata, &key) &&
           unpack_string(&metadata, &value))
        rc = xap_writer_set_metadata(writer->database, key, value, err);
    return rc;
}

static enum status reference_finish(struct segment_writer *base,
                                    struct span metadata, struct error *err)
{
    struct reference_writer *writer = (struct reference_writer *)base;
    enum status rc = set_metadata(writer, metadata, err);
    if (rc)
        xap_writer_abandon(writer->database);
    else
        rc = xap_writer_close(writer->database, err);
    free_writer(writer);
    return rc;
}

static void reference_abandon(struct segment_writer *base)
{
    struct reference_writer *writer = (struct reference_writer *)base;
    xap_writer_abandon(writer->database);
    free_writer(writer);
}

static uint64_t reference_held(const struct segment_writer *base)
{
    return ((const struct reference_writer *)base)->held;
}

const struct segment_writer_class segment_writer_reference = {
    .name = "reference",
    .open = reference_open,
    .add = reference_add,
    .finish = reference_finish,
    .abandon = reference_abandon,
    .held = reference_held,
};

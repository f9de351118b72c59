/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reference writer: libxapian's own, through xapian-c.  Slow and sure; the
 * oracle of the bulk writer's tests.
 *
 * What libxapian could not read back (read_back.h) is made readable: a record
 * is padded, a list of terms is given a term of noise, which begins with a byte
 * 0xFF as no word does.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/pack.h"
#include "indexer/read_back.h"
#include "indexer/segment_writer.h"
#include "newsdb/record.h"
#include "xapian-c/xapian-c.h"

enum { POSTING_COST = 100 }; /* bytes that libxapian holds for each, about */

struct reference_writer {
    struct segment_writer base;
    struct xap_writer *database;
    struct xap_doc *doc;
    struct str padded; /* data of a document */
    uint64_t memory, held;
};

static void free_writer(struct reference_writer *writer)
{
    xap_doc_free(writer->doc);
    str_release(&writer->padded);
    free(writer);
}

static enum status reference_open(struct segment_writer **out, const char *path,
                                  uint64_t memory, struct error *err)
{
    struct reference_writer *writer = memory_new(1, sizeof(*writer));
    writer->base.class = &segment_writer_reference;
    writer->doc = xap_doc_new();
    writer->padded = (struct str)STR_INIT;
    writer->memory = memory;
    enum status rc = xap_writer_open(&writer->database, path, XAP_CREATE, err);
    if (rc)
        free_writer(writer);
    *out = rc ? NULL : &writer->base;
    return rc;
}

static enum status refuse(const char *what, struct error *err)
{
    return error_set(err, STATUS_TOO_BIG, "libxapian cannot read back its %s",
                     what);
}

static enum status set_data(struct reference_writer *writer, struct span data,
                            struct error *err)
{
    char room[READ_BACK_NOISE_SIZE];
    struct str *padded = &writer->padded;
    bool sure = read_back_is_sure(data);
    for (unsigned i = 0; !sure && i < READ_BACK_NOISES; i++) {
        str_clear(padded);
        str_add(padded, data);
        record_pad(padded, read_back_noise(room, i));
        sure = read_back_is_sure(str_span(padded));
        if (sure)
            data = str_span(padded);
    }
    xap_doc_set_data(writer->doc, data);
    return sure ? STATUS_OK : refuse("data", err);
}

static bool list_term(void *payload, struct span term, uint32_t wdf)
{
    term_list_add(payload, term, wdf);
    return true;
}

static enum status set_noise(struct reference_writer *writer, struct error *err)
{
    char room[READ_BACK_NOISE_SIZE];
    struct term_list list = TERM_LIST_INIT;
    enum status rc = xap_doc_each_term(writer->doc, list_term, &list, err);
    bool sure = rc || term_list_is_sure(&list);
    for (unsigned i = 0; !sure && i < READ_BACK_NOISES; i++) {
        struct span noise = read_back_noise(room, i);
        sure = span_compare(str_span(&list.last), noise) < 0 &&
               term_list_is_sure_with(&list, noise);
        if (sure)
            xap_doc_add(writer->doc, noise, 0, 0);
    }
    term_list_release(&list);
    return sure ? rc : refuse("list of terms", err);
}

static void add_posting(struct xap_doc *doc, const struct posting *posting)
{
    uint32_t count;
    const uint32_t *positions = posting_positions(posting, &count);
    xap_doc_add(doc, posting->term, count ? positions[0] : 0, posting->wdf);
    for (uint32_t i = 1; i < count; i++)
        xap_doc_add(doc, posting->term, positions[i], 0);
}

static enum status reference_add(struct segment_writer *base,
                                 const struct document *document,
                                 struct error *err)
{
    struct reference_writer *writer = (struct reference_writer *)base;
    xap_doc_clear(writer->doc);
    for (size_t i = 0; i < document->posting_count; i++)
        add_posting(writer->doc, &document->postings[i]);
    for (size_t i = 0; i < document->value_count; i++)
        xap_doc_set_value(writer->doc, document->values[i].slot,
                          document->values[i].bytes);
    enum status rc = set_data(writer, document->data, err);
    if (!rc)
        rc = set_noise(writer, err);
    if (!rc)
        rc = xap_writer_add(writer->database, writer->doc, NULL, err);
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

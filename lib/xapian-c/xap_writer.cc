// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "base/memory.h"
#include "xapian-c/guard.hh"
#include "xapian-c/handles.hh"

enum status xap_writer_open(struct xap_writer **out, const char *path,
                            enum xap_mode mode, struct error *err)
{
    static const int modes[] = { Xapian::DB_CREATE, Xapian::DB_OPEN,
                                 Xapian::DB_CREATE_OR_OPEN };
    *out = nullptr;
    return guard(err, [&] {
        std::unique_ptr<xap_writer> writer(new xap_writer());
        writer->database = Xapian::WritableDatabase(
            path, modes[mode] | Xapian::DB_BACKEND_GLASS);
        // Inside a transaction libxapian does not commit by itself, whatever
        // XAPIAN_FLUSH_THRESHOLD says.
        writer->database.begin_transaction(true);
        *out = writer.release();
        return STATUS_OK;
    });
}

// The document's own failure; it leaves the writer as it was.
static enum status failure_of(const struct xap_doc *doc, struct error *err)
{
    if (err)
        *err = doc->err;
    return doc->failed;
}

// When libxapian fails in the middle of a change it forgets what was not
// committed; to commit afterwards would make a part of it durable.  The writer
// keeps the failure instead.  Later calls never say TOO_BIG: it is not their
// document that is wrong.
template <typename Body>
static enum status change(struct xap_writer *writer, struct error *err,
                          Body body)
{
    if (writer->failed)
        return error_set(err, STATUS_INTERNAL, "writing has failed before: %s",
                         writer->err.message);
    enum status rc = guard(&writer->err, body);
    writer->failed = rc != STATUS_OK;
    if (rc && err)
        *err = writer->err;
    return rc;
}

enum status xap_writer_add(struct xap_writer *writer, const struct xap_doc *doc,
                           uint32_t *document, struct error *err)
{
    if (doc->failed)
        return failure_of(doc, err);
    return change(writer, err, [&] {
        Xapian::docid number = writer->database.add_document(doc->document);
        if (document)
            *document = number;
        return STATUS_OK;
    });
}

enum status xap_writer_delete(struct xap_writer *writer, uint32_t document,
                              struct error *err)
{
    if (!document)
        return STATUS_OK;
    return change(writer, err, [&] {
        try {
            writer->database.delete_document(document);
        } catch (const Xapian::DocNotFoundError &) {
            // Deleting twice is fine: it makes a journal repeatable.
        }
        return STATUS_OK;
    });
}

enum status xap_writer_replace(struct xap_writer *writer, uint32_t document,
                               const struct xap_doc *doc, struct error *err)
{
    if (doc->failed)
        return failure_of(doc, err);
    if (!document)
        return error_set(err, STATUS_NOT_FOUND, "there is no document 0");
    return change(writer, err, [&] {
        writer->database.replace_document(document, doc->document);
        return STATUS_OK;
    });
}

enum status xap_writer_set_metadata(struct xap_writer *writer, struct span key,
                                    struct span value, struct error *err)
{
    return change(writer, err, [&] {
        writer->database.set_metadata(to_string(key), to_string(value));
        return STATUS_OK;
    });
}

enum status xap_writer_commit(struct xap_writer *writer, struct error *err)
{
    return change(writer, err, [&] {
        writer->database.commit_transaction();
        writer->database.begin_transaction(true);
        return STATUS_OK;
    });
}

enum status xap_writer_close(struct xap_writer *writer, struct error *err)
{
    if (!writer)
        return STATUS_OK;
    enum status rc = change(writer, err, [&] {
        writer->database.commit_transaction();
        writer->database.close();
        return STATUS_OK;
    });
    if (rc)
        xap_writer_abandon(writer);
    else
        delete writer;
    return rc;
}

void xap_writer_abandon(struct xap_writer *writer)
{
    if (!writer)
        return;
    guard(nullptr, [&] {
        writer->database.cancel_transaction();
        return STATUS_OK;
    });
    guard(nullptr, [&] {
        writer->database.close();
        return STATUS_OK;
    });
    delete writer;
}

struct xap_doc *xap_doc_new(void)
{
    struct xap_doc *doc = nullptr;
    if (guard(nullptr, [&] {
            doc = new xap_doc();
            return STATUS_OK;
        }))
        memory_exhausted(sizeof(*doc));
    return doc;
}

void xap_doc_clear(struct xap_doc *doc)
{
    doc->failed = guard(&doc->err, [&] {
        doc->document = Xapian::Document();
        return STATUS_OK;
    });
}

void xap_doc_free(struct xap_doc *doc)
{
    delete doc;
}

void xap_doc_add(struct xap_doc *doc, struct span term, uint32_t position,
                 uint32_t wdf)
{
    if (doc->failed)
        return;
    doc->failed = guard(&doc->err, [&] {
        // libxapian sees to it too, but some of it only when it commits.
        const std::string name = to_string(term);
        size_t size =
            name.size() + (size_t)std::count(name.begin(), name.end(), '\0');
        if (size > XAP_TERM_MAX)
            return error_set(&doc->err, STATUS_TOO_BIG,
                             "a term of %zu bytes is over %d", size,
                             (int)XAP_TERM_MAX);
        if (position)
            doc->document.add_posting(name, position, wdf);
        else
            doc->document.add_term(name, wdf);
        return STATUS_OK;
    });
}

void xap_doc_set_value(struct xap_doc *doc, unsigned slot, struct span value)
{
    if (doc->failed)
        return;
    doc->failed = guard(&doc->err, [&] {
        doc->document.add_value(slot, to_string(value));
        return STATUS_OK;
    });
}

void xap_doc_set_data(struct xap_doc *doc, struct span data)
{
    if (doc->failed)
        return;
    doc->failed = guard(&doc->err, [&] {
        doc->document.set_data(to_string(data));
        return STATUS_OK;
    });
}

enum status xap_doc_each_term(const struct xap_doc *doc, xap_on_term *on_term,
                              void *payload, struct error *err)
{
    return guard(err, [&] {
        auto end = doc->document.termlist_end();
        for (auto it = doc->document.termlist_begin(); it != end; ++it) {
            const std::string term = *it;
            if (!on_term(payload, to_span(term), it.get_wdf()))
                break;
        }
        return STATUS_OK;
    });
}

// SPDX-License-Identifier: GPL-2.0-or-later
#include "xapian-c/guard.hh"
#include "xapian-c/handles.hh"

enum status xap_writer_open(struct xap_writer **out, const char *path,
                            enum xap_mode mode, struct error *err)
{
    static const int modes[] = { Xapian::DB_CREATE, Xapian::DB_OPEN,
                                 Xapian::DB_CREATE_OR_OPEN };
    *out = nullptr;
    return guard(err, [&] {
        std::unique_ptr<xap_writer> writer(new xap_writer);
        writer->database = Xapian::WritableDatabase(
            path, modes[mode] | Xapian::DB_BACKEND_GLASS);
        // Inside a transaction libxapian does not commit by itself, whatever
        // XAPIAN_FLUSH_THRESHOLD says.
        writer->database.begin_transaction(true);
        *out = writer.release();
        return STATUS_OK;
    });
}

enum status xap_writer_add(struct xap_writer *writer, const struct xap_doc *doc,
                           uint32_t *document, struct error *err)
{
    if (doc->failed) {
        if (err)
            *err = doc->err;
        return doc->failed;
    }
    return guard(err, [&] {
        Xapian::docid number = writer->database.add_document(doc->document);
        if (document)
            *document = number;
        return STATUS_OK;
    });
}

enum status xap_writer_delete(struct xap_writer *writer, uint32_t document,
                              struct error *err)
{
    return guard(err, [&] {
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
    if (doc->failed) {
        if (err)
            *err = doc->err;
        return doc->failed;
    }
    return guard(err, [&] {
        writer->database.replace_document(document, doc->document);
        return STATUS_OK;
    });
}

enum status xap_writer_set_metadata(struct xap_writer *writer, struct span key,
                                    struct span value, struct error *err)
{
    return guard(err, [&] {
        writer->database.set_metadata(to_string(key), to_string(value));
        return STATUS_OK;
    });
}

enum status xap_writer_commit(struct xap_writer *writer, struct error *err)
{
    return guard(err, [&] {
        writer->database.commit_transaction();
        writer->database.begin_transaction(true);
        return STATUS_OK;
    });
}

enum status xap_writer_close(struct xap_writer *writer, struct error *err)
{
    if (!writer)
        return STATUS_OK;
    enum status rc = guard(err, [&] {
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
    struct xap_doc *doc = new xap_doc;
    doc->failed = STATUS_OK;
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
        if (term.size > XAP_TERM_MAX)
            return error_set(&doc->err, STATUS_TOO_BIG,
                             "a term of %zu bytes is over %d", term.size,
                             (int)XAP_TERM_MAX);
        if (position)
            doc->document.add_posting(to_string(term), position, wdf);
        else
            doc->document.add_term(to_string(term), wdf);
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

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/whole_file.h"

enum status whole_file_next(struct source *source, struct raw_record *out,
                            struct error *err)
{
    out->offset = source_offset(source);
    enum status rc =
        source_peek(source, FORMAT_RECORD_MAX + 1, &out->bytes, err);
    if (rc)
        return rc;
    if (!out->bytes.size)
        return STATUS_END;
    if (out->bytes.size > FORMAT_RECORD_MAX) {
        /* Not an article; the rest of it is passed over too. */
        while (out->bytes.size && !rc) {
            source_skip(source, out->bytes.size);
            rc = source_peek(source, 1, &out->bytes, err);
        }
        return error_set(err, STATUS_TOO_BIG, "record is over %d bytes",
                         FORMAT_RECORD_MAX);
    }
    source_skip(source, out->bytes.size);
    return STATUS_OK;
}

enum status whole_file_xml(struct xml_tree **out, struct source *source,
                           struct error *err)
{
    struct span text;
    enum status rc = source_peek(source, FORMAT_RECORD_MAX + 1, &text, err);
    if (!rc && text.size > FORMAT_RECORD_MAX)
        rc = error_set(err, STATUS_TOO_BIG, "it is over %d bytes",
                       FORMAT_RECORD_MAX);
    if (!rc)
        rc = xml_read(out, text, err);
    if (!rc)
        source_skip(source, text.size);
    return rc;
}

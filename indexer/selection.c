/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/selection.h"

#include "newsdb/schema.h"

enum status selection_each(const struct archive *archive, char *const *operands,
                           size_t count, xap_on_number *on_document,
                           void *payload, struct error *err)
{
    const struct xap_db *db = archive_db(archive);
    if (!count)
        return xap_db_each_document(db, span_of(""), on_document, payload, err);
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < count; i++) {
        struct str term = STR_INIT;
        schema_value(&term, FIELD_ID, span_of(operands[i]));
        rc = xap_db_each_document(db, str_span(&term), on_document, payload,
                                  err);
        str_release(&term);
    }
    return rc;
}

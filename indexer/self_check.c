/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/self_check.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/str.h"
#include "xapian-c/xapian-c.h"

void self_check_release(struct self_check *check)
{
    for (size_t i = 0; i < check->sample_count; i++)
        free((char *)check->samples[i].identity.data);
    *check = (struct self_check)SELF_CHECK_INIT;
}

void self_check_add(struct self_check *check, struct span record,
                    struct span identity)
{
    check->documents++;
    bool power_of_two = !(check->documents & (check->documents - 1));
    if (!power_of_two || check->sample_count == SELF_CHECK_SAMPLES_MAX)
        return;
    char *copy = memory_resize(NULL, identity.size + 1, 1);
    memcpy(copy, identity.data, identity.size);
    check->samples[check->sample_count++] = (struct self_check_sample){
        .document = check->documents,
        .hash = span_hash(record, 0),
        .size = record.size,
        .identity = { copy, identity.size },
    };
}

/* ---- Reading back ----------------------------------------------------- */

static enum status refuse(uint32_t document, const char *why, struct error *err)
{
    return error_set(err, STATUS_CORRUPT, "document %" PRIu32 " %s", document,
                     why);
}

static bool add_count(void *payload, struct span term, uint32_t count)
{
    (void)term;
    *(uint64_t *)payload += count;
    return true;
}

/* A document in a list, with its length. */
struct sought {
    uint32_t document, length;
    bool found;
};

static bool see_posting(void *payload, const struct xap_posting *posting)
{
    struct sought *sought = payload;
    sought->found = posting->document == sought->document;
    sought->length = posting->length;
    return !sought->found && posting->document < sought->document;
}

static enum status check_sample(const struct xap_db *db,
                                const struct self_check_sample *sample,
                                struct error *err)
{
    struct str data = STR_INIT;
    enum status rc = xap_db_data(db, sample->document, &data, err);
    struct span record = span_slice(str_span(&data), 0, sample->size);
    if (!rc &&
        (record.size != sample->size || span_hash(record, 0) != sample->hash))
        rc = refuse(sample->document, "has another record", err);
    str_release(&data);
    if (rc)
        return rc;
    struct sought sought = { .document = sample->document };
    rc = xap_db_each_posting(db, sample->identity, see_posting, &sought, err);
    if (!rc && !sought.found)
        rc = refuse(sample->document, "is not found by its id", err);
    uint64_t length = 0;
    if (!rc)
        rc = xap_db_each_document_term(db, sample->document, add_count, &length,
                                       err);
    if (!rc && length != sought.length)
        rc = refuse(sample->document, "has not the terms of its length", err);
    return rc;
}

enum status self_check_run(const struct self_check *check, const char *path,
                           struct error *err)
{
    struct xap_db *db;
    struct xap_db_figures figures;
    enum status rc = xap_db_open(&db, path, err);
    if (!rc)
        rc = xap_db_measure(db, &figures, err);
    if (!rc && (figures.documents != check->documents ||
                figures.last_document != check->documents))
        rc = error_set(err, STATUS_CORRUPT,
                       "%" PRIu32 " documents were written, %" PRIu32
                       " are there",
                       check->documents, figures.documents);
    for (size_t i = 0; !rc && i < check->sample_count; i++)
        rc = check_sample(db, &check->samples[i], err);
    xap_db_free(db);
    return rc ? error_context(err, "segment '%s' does not read back", path)
              : STATUS_OK;
}

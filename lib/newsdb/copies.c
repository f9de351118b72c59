/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/copies.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "newsdb/schema.h"

/* One look-up costs about as much as walking over so many terms. */
enum { WALK_WORTH = 24 };

struct search {
    struct journal *journal;
    const char *segment;
    const struct xap_db *db;
    const struct copies *copies;
    size_t at; /* of the walk, among their terms */
    enum status rc;
    struct error *err;
};

static bool add_document(void *payload, uint32_t document)
{
    struct search *search = payload;
    journal_add(search->journal, search->segment, document);
    return true;
}

static enum status look_up(struct search *search, struct span identity)
{
    return xap_db_each_document(search->db, identity, add_document, search,
                                search->err);
}

/* The segment's identities and ours are both in byte order: one walk. */
static bool compare_term(void *payload, struct span term, uint32_t count)
{
    struct search *search = payload;
    const struct copies *copies = search->copies;
    (void)count;
    while (search->at < copies->count &&
           span_compare(copies->terms[search->at], term) < 0)
        search->at++;
    if (search->at < copies->count &&
        span_equal(copies->terms[search->at], term))
        search->rc = look_up(search, term);
    return !search->rc && search->at < copies->count;
}

static enum status search_segment(struct search *search, uint32_t articles)
{
    const struct copies *copies = search->copies;
    if (copies->count > articles / WALK_WORTH) {
        enum status rc = xap_db_each_term(
            search->db, span_of(schema_fields[FIELD_ID].prefix), compare_term,
            search, search->err);
        return rc ? rc : search->rc;
    }
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < copies->count; i++)
        rc = look_up(search, copies->terms[i]);
    return rc;
}

static int compare_spans(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

void copies_begin(struct copies *out, const struct archive_change *change)
{
    size_t count = change->identity_count, kept = 0;
    struct span *terms = memory_new(count, sizeof(*terms));
    if (count) {
        memcpy(terms, change->identities, count * sizeof(*terms));
        qsort(terms, count, sizeof(*terms), compare_spans);
    }
    for (size_t i = 0; i < count; i++)
        if (!kept || !span_equal(terms[i], terms[kept - 1]))
            terms[kept++] = terms[i];
    *out = (struct copies){ terms, kept };
}

void copies_release(struct copies *copies)
{
    free(copies->terms);
    *copies = (struct copies){ NULL, 0 };
}

enum status copies_find(struct journal *journal, const char *path,
                        const struct segment *segment,
                        const struct copies *copies, struct error *err)
{
    if (!copies->count)
        return STATUS_OK;
    char *directory = stub_segment_path(path, segment->name);
    struct xap_db *db;
    enum status rc = xap_db_open(&db, directory, err);
    if (!rc) {
        struct search search = {
            .journal = journal,
            .segment = segment->name,
            .db = db,
            .copies = copies,
            .err = err,
        };
        rc = search_segment(&search, segment->articles);
    }
    xap_db_free(db);
    free(directory);
    return rc;
}

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
    struct span *sorted; /* identity terms, ascending */
    size_t count, at;
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
    (void)count;
    while (search->at < search->count &&
           span_compare(search->sorted[search->at], term) < 0)
        search->at++;
    if (search->at < search->count &&
        span_equal(search->sorted[search->at], term))
        search->rc = look_up(search, term);
    return !search->rc && search->at < search->count;
}

static int compare_spans(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static enum status search_segment(struct search *search, uint32_t articles)
{
    qsort(search->sorted, search->count, sizeof(*search->sorted),
          compare_spans);
    if (search->count > articles / WALK_WORTH) {
        enum status rc = xap_db_each_term(
            search->db, span_of(schema_fields[FIELD_ID].prefix), compare_term,
            search, search->err);
        return rc ? rc : search->rc;
    }
    enum status rc = STATUS_OK;
    for (size_t i = 0; !rc && i < search->count; i++)
        if (!i || !span_equal(search->sorted[i], search->sorted[i - 1]))
            rc = look_up(search, search->sorted[i]);
    return rc;
}

enum status copies_find(struct journal *journal, const char *path,
                        const struct segment *segment,
                        const struct archive_change *change, struct error *err)
{
    if (!change->identity_count)
        return STATUS_OK;
    char *directory = stub_segment_path(path, segment->name);
    struct xap_db *db;
    enum status rc = xap_db_open(&db, directory, err);
    if (!rc) {
        struct search search = {
            .journal = journal,
            .segment = segment->name,
            .db = db,
            .count = change->identity_count,
            .err = err,
        };
        size_t size = search.count * sizeof(*search.sorted);
        search.sorted = memory_new(1, size);
        memcpy(search.sorted, change->identities, size);
        rc = search_segment(&search, segment->articles);
        free(search.sorted);
    }
    xap_db_free(db);
    free(directory);
    return rc;
}

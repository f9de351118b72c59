/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/export.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "newsdb/schema.h"
#include "search/compile.h"
#include "search/ranking.h"

enum {
    PAGE = 5000,           /* answers of one search */
    PARTS_MAX = 100000,    /* months and years of an archive */
    PART_UNDATED = 999999, /* after every YYYYMM */
};

/* Identities, by hash; 0 is a free place. */
struct written {
    uint64_t *places;
    size_t count, capacity;
};

/* An archive is written by months, YYYYMM.  Articles of which only the year is
 * known stand before its first month, as YYYY00. */
struct exporting {
    struct archive *archive;
    const struct question *question;
    const struct export_format *format;
    export_write *write;
    void *payload;
    uint64_t count;
    struct arena *memory;  /* of the question, while the archive stands */
    struct arena *article; /* of one article */
    struct str data, out;
    struct xap_query *query;
    uint32_t *parts;
    size_t part_count, part_capacity;
    uint32_t part;          /* being written */
    struct written written; /* of this part */
    uint32_t *column;
    struct error *err;
};

/* ---- What was written already ----------------------------------------- */

static bool put(struct written *written, uint64_t hash)
{
    size_t i = (size_t)hash & (written->capacity - 1);
    while (written->places[i] && written->places[i] != hash)
        i = (i + 1) & (written->capacity - 1);
    bool is_new = !written->places[i];
    written->places[i] = hash;
    written->count += is_new;
    return is_new;
}

/* False where it was there before. */
static bool written_add(struct written *written, uint64_t hash)
{
    if (written->count * 2 >= written->capacity) {
        struct written old = *written;
        written->capacity = old.capacity ? old.capacity * 2 : 1024;
        written->places =
            memory_new(written->capacity, sizeof(*written->places));
        written->count = 0;
        for (size_t i = 0; i < old.capacity; i++)
            if (old.places[i])
                put(written, old.places[i]);
        free(old.places);
    }
    return put(written, hash | 1);
}

static void written_clear(struct written *written)
{
    free(written->places);
    *written = (struct written){ NULL, 0, 0 };
}

/* ---- The parts of the archive ----------------------------------------- */

static bool on_time(void *payload, struct span term, uint32_t count)
{
    struct exporting *e = payload;
    uint64_t number;
    (void)count;
    if (!number_parse(span_slice(term, 1, term.size), PART_UNDATED, &number) ||
        e->part_count == PARTS_MAX)
        return true;
    MEMORY_GROW(e->parts, e->part_count, e->part_capacity);
    e->parts[e->part_count++] =
        (uint32_t)(term.data[0] == 'Y' ? number * 100 : number);
    return true;
}

static int by_time(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static enum status find_parts(struct exporting *e)
{
    const struct xap_db *db = archive_db(e->archive);
    e->part_count = 0;
    enum status rc = xap_db_each_term(db, span_of("M"), on_time, e, e->err);
    if (!rc)
        rc = xap_db_each_term(db, span_of("Y"), on_time, e, e->err);
    MEMORY_GROW(e->parts, e->part_count, e->part_capacity);
    e->parts[e->part_count++] = PART_UNDATED;
    qsort(e->parts, e->part_count, sizeof(*e->parts), by_time);
    return rc;
}

static struct xap_query *time_query(uint32_t part, struct error *err)
{
    struct str term = STR_INIT;
    if (part % 100)
        str_addf(&term, "M%06" PRIu32, part);
    else
        str_addf(&term, "Y%04" PRIu32, part / 100);
    struct xap_query *query = xap_query_term(str_span(&term), err);
    str_release(&term);
    return query;
}

/* The months of a year, or all years. */
static struct xap_query *known_times(const struct exporting *e, uint32_t part)
{
    struct xap_query **times = memory_new(e->part_count, sizeof(*times));
    size_t count = 0;
    for (size_t i = 0; i < e->part_count; i++) {
        uint32_t other = e->parts[i];
        bool wanted = part == PART_UNDATED
                          ? other % 100 == 0
                          : other / 100 == part / 100 && other > part;
        if (wanted)
            times[count++] = time_query(other, e->err);
    }
    struct xap_query *query =
        count ? xap_query_join(XAP_OR, times, count, 0, e->err)
              : xap_query_none(e->err);
    free(times);
    return query;
}

static struct xap_query *part_query(const struct exporting *e, uint32_t part)
{
    struct xap_query *parts[2] = { xap_query_copy(e->query, e->err), NULL };
    struct xap_query *query = parts[0];
    if (part != PART_UNDATED) {
        parts[1] = time_query(part, e->err);
        query = xap_query_join(XAP_FILTER, parts, 2, 0, e->err);
    }
    if (part % 100 == 0 || part == PART_UNDATED) {
        parts[0] = query;
        parts[1] = known_times(e, part);
        query = xap_query_join(XAP_AND_NOT, parts, 2, 0, e->err);
    }
    return query;
}

/* ---- Writing ---------------------------------------------------------- */

static enum status write_article(struct exporting *e, uint32_t document)
{
    struct record record;
    str_clear(&e->data);
    str_clear(&e->out);
    arena_reset(e->article);
    enum status rc =
        xap_db_data(archive_db(e->archive), document, &e->data, e->err);
    if (!rc)
        rc = record_decode(&record, str_span(&e->data), e->article, e->err);
    if (rc)
        return rc;
    uint64_t hash = span_hash(record.id, span_hash(record.collection, 0));
    if (!written_add(&e->written, hash))
        return STATUS_OK;
    e->format->article(&e->out, &record);
    e->count++;
    return e->write(e->payload, str_span(&e->out), e->err);
}

static enum status write_page(struct exporting *e, struct xap_search *search,
                              bool *more)
{
    struct xap_matches *matches;
    enum status rc =
        xap_search_run(&matches, archive_db(e->archive), search, e->err);
    if (rc)
        return rc;
    size_t size = xap_matches_size(matches);
    for (size_t i = 0; !rc && i < size; i++)
        rc = write_article(e, xap_matches_at(matches, i).document);
    *more = size == search->limit;
    search->offset += search->limit;
    xap_matches_free(matches);
    return rc;
}

static enum status write_part(struct exporting *e, uint32_t part)
{
    struct xap_query *query = part_query(e, part);
    if (!query)
        return e->err->status;
    if (e->part != part)
        written_clear(&e->written);
    e->part = part;
    struct xap_search search = {
        .query = query,
        .bm25 = ranking_bm25,
        .limit = PAGE,
        .order = XAP_BY_VALUE_AND_NUMBER,
        .sort_slot = (unsigned)schema_fields[FIELD_DATE].slot,
    };
    enum status rc = STATUS_OK;
    for (bool more = true; !rc && more;)
        rc = write_page(e, &search, &more);
    xap_query_free(query);
    return rc;
}

/* ---- The question ----------------------------------------------------- */

/* Whether anything has all the words. */
static enum status has_answers(struct exporting *e,
                               const struct xap_query *query, bool *out)
{
    const struct xap_search search = { .query = query,
                                       .bm25 = ranking_bm25,
                                       .limit = 1 };
    struct xap_matches *matches;
    enum status rc =
        xap_search_run(&matches, archive_db(e->archive), &search, e->err);
    *out = !rc && xap_matches_size(matches);
    if (!rc)
        xap_matches_free(matches);
    return rc;
}

/* Understand the question for the archive as it is now. */
static enum status prepare(struct exporting *e)
{
    struct compiled compiled;
    xap_query_free(e->query);
    e->query = NULL;
    arena_reset(e->memory);
    enum status rc =
        compile(&compiled, e->question->tree, e->question->filter,
                archive_db(e->archive), e->memory, e->column, e->err);
    if (rc)
        return rc;
    bool all = true;
    if (compiled.some && !e->question->insist)
        rc = has_answers(e, compiled.all, &all);
    if (!rc) {
        e->query = xap_query_copy(all ? compiled.all : compiled.some, e->err);
        rc = e->query ? find_parts(e) : e->err->status;
    }
    compiled_release(&compiled);
    return rc;
}

static enum status go_on(void *payload)
{
    struct exporting *e = payload;
    enum status rc = prepare(e);
    for (size_t i = 0; !rc && i < e->part_count; i++)
        if (e->parts[i] >= e->part)
            rc = write_part(e, e->parts[i]);
    return rc;
}

enum status export_run(uint64_t *count, struct archive *archive,
                       const struct question *question,
                       const struct export_format *format, export_write *write,
                       void *payload, uint32_t *column, struct error *err)
{
    struct error own = ERROR_INIT;
    struct exporting e = {
        .archive = archive,
        .question = question,
        .format = format,
        .write = write,
        .payload = payload,
        .memory = arena_new(),
        .article = arena_new(),
        .data = STR_INIT,
        .out = STR_INIT,
        .column = column,
        .err = err ? err : &own,
    };
    enum status rc = write(payload, span_of(format->head), e.err);
    /* An archive may move often while much is written: what counts is that
     * something is. */
    uint64_t before = e.count;
    if (!rc)
        rc = archive_ask(archive, go_on, &e, e.err);
    while (archive_moved(archive, rc) && e.count > before) {
        before = e.count;
        rc = archive_ask(archive, go_on, &e, e.err);
    }
    *count = e.count;
    written_clear(&e.written);
    free(e.parts);
    xap_query_free(e.query);
    str_release(&e.data);
    str_release(&e.out);
    arena_free(e.memory);
    arena_free(e.article);
    return rc;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "xapian-c/xapian-c.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/unit/test.h"

/* A new path in the test's directory, valid until the next call. */
static const char *new_path(void)
{
    static char path[512];
    static int count;
    snprintf(path, sizeof(path), "%s/db%d", test_directory(), count++);
    return path;
}

static void add(struct xap_writer *writer, const char *words, const char *value,
                const char *data)
{
    struct error err = ERROR_INIT;
    struct xap_doc *doc = xap_doc_new();
    struct span rest = span_of(words), word;
    for (uint32_t position = 1; span_next(&rest, ' ', &word); position++)
        xap_doc_add(doc, word, position, 1);
    xap_doc_set_value(doc, 3, span_of(value));
    xap_doc_set_data(doc, span_of(data));
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    xap_doc_free(doc);
}

/* Three documents, with metadata. */
static struct xap_db *sample(char *path, size_t room)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    struct xap_db *db = NULL;
    snprintf(path, room, "%s", new_path());
    CHECK_STATUS(xap_writer_open(&writer, path, XAP_CREATE, &err), STATUS_OK,
                 err);
    add(writer, "big red dog", "b", "one");
    add(writer, "red cat", "a", "two");
    add(writer, "dog red", "c", "three");
    CHECK_STATUS(
        xap_writer_set_metadata(writer, span_of("k1"), span_of("v1"), &err),
        STATUS_OK, err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    return db;
}

static uint32_t total_of(const struct xap_db *db, struct xap_query *query)
{
    struct error err = ERROR_INIT;
    const struct xap_search search = { .query = query,
                                       .bm25 = { 1, 0, 1, 0.5, 0.5 },
                                       .limit = 10,
                                       .check_at_least = 100,
                                       .sort_slot = 3 };
    struct xap_matches *matches;
    CHECK(query);
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    uint32_t total = xap_matches_total(matches, NULL);
    xap_matches_free(matches);
    xap_query_free(query);
    return total;
}

static struct xap_query *join(enum xap_operator op, const char *a,
                              const char *b, uint32_t window)
{
    struct xap_query *parts[] = { xap_query_term(span_of(a), NULL),
                                  xap_query_term(span_of(b), NULL) };
    return xap_query_join(op, parts, 2, window, NULL);
}

TEST(xap_queries_find_what_they_say)
{
    char path[512];
    struct xap_db *db = sample(path, sizeof(path));
    const struct span a = SPAN_LITERAL("a"), b = SPAN_LITERAL("b");
    CHECK_NUMBER(total_of(db, xap_query_all(NULL)), 3);
    CHECK_NUMBER(total_of(db, xap_query_none(NULL)), 0);
    CHECK_NUMBER(total_of(db, xap_query_term(span_of("dog"), NULL)), 2);
    CHECK_NUMBER(total_of(db, join(XAP_AND, "red", "dog", 0)), 2);
    CHECK_NUMBER(total_of(db, join(XAP_OR, "cat", "dog", 0)), 3);
    CHECK_NUMBER(total_of(db, join(XAP_AND_NOT, "red", "dog", 0)), 1);
    CHECK_NUMBER(total_of(db, join(XAP_PHRASE, "red", "dog", 2)), 1);
    CHECK_NUMBER(total_of(db, join(XAP_NEAR, "red", "dog", 2)), 2);
    CHECK_NUMBER(total_of(db, join(XAP_SYNONYM, "cat", "big", 0)), 2);
    CHECK_NUMBER(total_of(db, xap_query_range(3, &a, &b, NULL)), 2);
    CHECK_NUMBER(total_of(db, xap_query_range(3, &b, NULL, NULL)), 2);
    CHECK_NUMBER(total_of(db, xap_query_range(3, NULL, &a, NULL)), 1);
    xap_db_free(db);
}

TEST(xap_query_parts_that_failed_fail_the_whole)
{
    struct xap_query *parts[] = { xap_query_term(span_of("a"), NULL), NULL };
    CHECK(!xap_query_join(XAP_AND, parts, 2, 0, NULL));
    CHECK(!xap_query_scale(NULL, 2, NULL));
    CHECK(!xap_query_copy(NULL, NULL));
    struct error err = ERROR_INIT;
    struct xap_query *negative = xap_query_term(span_of("a"), &err);
    CHECK(!xap_query_scale(negative, -1, &err));
    CHECK(err.status != STATUS_OK);
}

static bool on_term(void *payload, struct span term, uint32_t count)
{
    str_addf(payload, "%.*s:%u ", SPAN_ARGS(term), (unsigned)count);
    return true;
}

static bool on_number(void *payload, uint32_t number)
{
    str_addf(payload, "%u ", (unsigned)number);
    return true;
}

static bool on_pair(void *payload, struct span key, struct span value)
{
    str_addf(payload, "%.*s=%.*s ", SPAN_ARGS(key), SPAN_ARGS(value));
    return true;
}

TEST(xap_db_tells_what_it_holds)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct str out = STR_INIT, high = STR_INIT;
    struct xap_db_figures figures;
    uint32_t documents;
    uint64_t occurrences;
    CHECK_STATUS(xap_db_measure(db, &figures, &err), STATUS_OK, err);
    CHECK_NUMBER(figures.documents, 3);
    CHECK(figures.has_positions);
    xap_db_each_term(db, span_of(""), on_term, &out, &err);
    CHECK_STR(out.data, "big:1 cat:1 dog:2 red:3 ");
    str_clear(&out);
    xap_db_each_term(db, span_of("c"), on_term, &out, &err);
    CHECK_STR(out.data, "cat:1 ");
    str_clear(&out);
    xap_db_each_document(db, span_of("dog"), on_number, &out, &err);
    CHECK_STR(out.data, "1 3 ");
    str_clear(&out);
    xap_db_each_document_term(db, 2, on_term, &out, &err);
    CHECK_STR(out.data, "cat:1 red:1 ");
    str_clear(&out);
    xap_db_each_position(db, 1, span_of("dog"), on_number, &out, &err);
    CHECK_STR(out.data, "3 ");
    str_clear(&out);
    xap_db_each_metadata(db, span_of("k"), on_pair, &out, &err);
    CHECK_STR(out.data, "k1=v1 ");
    str_clear(&out);
    CHECK_STATUS(xap_db_data(db, 3, &out, &err), STATUS_OK, err);
    CHECK_STR(out.data, "three");
    str_clear(&out);
    xap_db_value_bounds(db, 3, &documents, &out, &high, &err);
    CHECK_NUMBER(documents, 3);
    CHECK_STR(out.data, "a");
    CHECK_STR(high.data, "c");
    xap_db_frequency(db, span_of("red"), &documents, &occurrences, &err);
    CHECK_NUMBER(occurrences, 3);
    CHECK_STATUS(xap_db_first_document(db, span_of("cat"), &documents, &err),
                 STATUS_OK, err);
    CHECK_NUMBER(documents, 2);
    str_release(&out);
    str_release(&high);
    xap_db_free(db);
}

TEST(xap_db_adds_counts_of_documents)
{
    char one[512], two[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(one, sizeof(one));
    xap_db_free(sample(two, sizeof(two)));
    CHECK_STATUS(xap_db_add(db, two, &err), STATUS_OK, err);
    /* "red cat" is 3 and 4, "dog red" 5 and 6. */
    const uint32_t documents[] = { 1, 4, 6, 9 };
    uint32_t counts[] = { 0, 10, 0, 0 };
    CHECK_STATUS(
        xap_db_add_counts(db, span_of("dog"), documents, 4, counts, &err),
        STATUS_OK, err);
    CHECK_STATUS(
        xap_db_add_counts(db, span_of("red"), documents, 4, counts, &err),
        STATUS_OK, err);
    CHECK_STATUS(
        xap_db_add_counts(db, span_of("none"), documents, 4, counts, &err),
        STATUS_OK, err);
    CHECK_NUMBER(counts[0], 2);
    CHECK_NUMBER(counts[1], 11);
    CHECK_NUMBER(counts[2], 2);
    CHECK_NUMBER(counts[3], 0);
    xap_db_free(db);
}

TEST(xap_db_has_a_status_for_what_is_not_there)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path)), *other;
    struct str out = STR_INIT;
    uint32_t number;
    CHECK_STATUS(xap_db_data(db, 99, &out, &err), STATUS_NOT_FOUND, err);
    CHECK_STATUS(xap_db_first_document(db, span_of("bird"), &number, &err),
                 STATUS_NOT_FOUND, err);
    CHECK_STATUS(xap_db_open(&other, new_path(), &err), STATUS_NOT_FOUND, err);
    CHECK(!other);
    CHECK_STATUS(xap_db_open(&other, test_directory(), &err), STATUS_NOT_FOUND,
                 err);
    CHECK_STATUS(xap_db_open_remote(&other, "localhost", 1, 100, &err),
                 STATUS_UNREACHABLE, err);
    CHECK_STATUS(xap_check(new_path(), NULL, &err), STATUS_IO, err);
    str_release(&out);
    xap_db_free(db);
}

TEST(xap_writer_is_one_and_shows_nothing_early)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct xap_writer *writer, *second;
    bool changed;
    CHECK_STATUS(xap_writer_open(&writer, path, XAP_OPEN, &err), STATUS_OK,
                 err);
    CHECK_STATUS(xap_writer_open(&second, path, XAP_OPEN, &err), STATUS_LOCKED,
                 err);
    add(writer, "bird", "d", "four");
    xap_db_refresh(db, &changed, &err);
    CHECK(!changed);
    CHECK_STATUS(xap_writer_commit(writer, &err), STATUS_OK, err);
    xap_db_refresh(db, &changed, &err);
    CHECK(changed);
    CHECK_NUMBER(total_of(db, xap_query_term(span_of("bird"), NULL)), 1);
    add(writer, "bird", "e", "five");
    xap_writer_abandon(writer);
    xap_db_refresh(db, &changed, &err);
    CHECK_NUMBER(total_of(db, xap_query_term(span_of("bird"), NULL)), 1);
    xap_db_free(db);
}

/* Enough documents that a reader has not seen all blocks of the tables. */
static void rewrite(struct xap_writer *writer, int round)
{
    struct error err = ERROR_INIT;
    struct str data = STR_INIT;
    for (uint32_t i = 1; i <= 1000; i++) {
        str_clear(&data);
        str_addf(&data, "%u of round %d", (unsigned)i, round);
        CHECK_STATUS(
            xap_writer_delete(writer, i + 1000 * (uint32_t)round, &err),
            STATUS_OK, err);
        add(writer, data.data, "x", data.data);
    }
    CHECK_STATUS(xap_writer_commit(writer, &err), STATUS_OK, err);
    str_release(&data);
}

TEST(xap_reader_left_behind_is_stale)
{
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    struct xap_db *db;
    struct str out = STR_INIT;
    const char *path = new_path();
    xap_writer_open(&writer, path, XAP_CREATE, &err);
    rewrite(writer, 0);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    for (int round = 0; round < 3; round++)
        rewrite(writer, round);
    enum status rc = STATUS_OK;
    for (uint32_t i = 1; !rc && i <= 1000; i++)
        rc = xap_db_data(db, i, &out, &err);
    CHECK_STATUS(rc, STATUS_STALE, err);
    CHECK_STATUS(xap_db_refresh(db, NULL, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_data(db, 4000, &out, &err), STATUS_OK, err);
    CHECK_STATUS(xap_writer_delete(writer, 1, &err), STATUS_OK, err);
    xap_writer_close(writer, &err);
    str_release(&out);
    xap_db_free(db);
}

TEST(xap_doc_keeps_its_first_failure)
{
    char path[512], term[XAP_TERM_MAX + 2];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct xap_writer *writer;
    struct xap_doc *doc = xap_doc_new();
    xap_writer_open(&writer, path, XAP_OPEN, &err);
    memset(term, 'x', sizeof(term));
    xap_doc_add(doc, (struct span){ term, XAP_TERM_MAX }, 0, 1);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    xap_doc_add(doc, (struct span){ term, XAP_TERM_MAX + 1 }, 0, 1);
    xap_doc_add(doc, span_of("fine"), 1, 1);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_TOO_BIG, err);
    xap_doc_clear(doc);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    xap_doc_free(doc);
    xap_writer_close(writer, &err);
    xap_db_free(db);
}

TEST(xap_compact_joins_databases)
{
    char one[512], two[512], both[512];
    struct error err = ERROR_INIT;
    xap_db_free(sample(one, sizeof(one)));
    xap_db_free(sample(two, sizeof(two)));
    snprintf(both, sizeof(both), "%s", new_path());
    const char *sources[] = { one, two };
    struct xap_db *db;
    CHECK_STATUS(xap_compact(both, sources, 2, &err), STATUS_OK, err);
    CHECK_STATUS(xap_check(both, NULL, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_open(&db, both, &err), STATUS_OK, err);
    CHECK_NUMBER(total_of(db, xap_query_term(span_of("dog"), NULL)), 4);
    xap_db_free(db);
    struct xap_db *joined;
    xap_db_new(&joined, &err);
    CHECK_NUMBER(total_of(joined, xap_query_all(NULL)), 0);
    CHECK_STATUS(xap_db_add(joined, one, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_add(joined, two, &err), STATUS_OK, err);
    CHECK_NUMBER(total_of(joined, xap_query_all(NULL)), 6);
    xap_db_free(joined);
}

TEST(xap_documents_are_those_of_the_joined_databases)
{
    char one[512], two[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(one, sizeof(one));
    xap_db_free(sample(two, sizeof(two)));
    CHECK_STATUS(xap_db_add(db, two, &err), STATUS_OK, err);
    CHECK(!xap_db_is_remote(db));
    /* "red cat" is the second of each: 3 and 4. */
    const uint32_t documents[] = { 6, 1, 4 };
    struct xap_query *parts[] = {
        xap_query_term(span_of("cat"), &err),
        xap_query_documents(db, documents, 3, &err),
    };
    CHECK_NUMBER(total_of(db, xap_query_documents(db, documents, 3, &err)), 3);
    CHECK_NUMBER(total_of(db, xap_query_documents(db, NULL, 0, &err)), 0);
    struct xap_query *query = xap_query_join(XAP_FILTER, parts, 2, 0, &err);
    const struct xap_search search = { .query = query,
                                       .bm25 = { 1, 0, 1, 0.5, 0.5 },
                                       .limit = 10,
                                       .check_at_least = 10 };
    struct xap_matches *matches;
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    CHECK_NUMBER(xap_matches_size(matches), 1);
    CHECK_NUMBER(xap_matches_at(matches, 0).document, 4);
    xap_matches_free(matches);
    xap_query_free(query);
    /* The same database twice has each document twice. */
    struct xap_db *twice;
    const uint32_t both[] = { 3, 4 };
    CHECK_STATUS(xap_db_new(&twice, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_add(twice, one, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_add(twice, one, &err), STATUS_OK, err);
    CHECK_NUMBER(total_of(twice, xap_query_documents(twice, both, 2, &err)), 2);
    xap_db_free(twice);
    xap_db_free(db);
}

/* The documents of `limit` from `offset` on, which all weigh the same. */
static void ask_ties(struct str *out, const struct xap_db *db, const char *term,
                     uint32_t offset, uint32_t limit)
{
    struct error err = ERROR_INIT;
    struct xap_query *query = xap_query_term(span_of(term), &err);
    const struct xap_search search = { .query = query,
                                       .bm25 = { 1, 0, 1, 0.5, 0.5 },
                                       .offset = offset,
                                       .limit = limit,
                                       .sort_slot = 3 };
    struct xap_matches *matches;
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    str_clear(out);
    for (size_t i = 0; i < xap_matches_size(matches); i++) {
        struct xap_match match = xap_matches_at(matches, i);
        str_addf(out, "%u:%u ", match.rank, match.document);
    }
    xap_matches_free(matches);
    xap_query_free(query);
}

/* Few ties are put in order where they were found, of many the best are sought:
 * the greatest value first, then the lowest number. */
TEST(xap_search_orders_ties_by_value)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_writer *writer;
    struct xap_db *db;
    struct str out = STR_INIT;
    snprintf(path, sizeof(path), "%s/ties", test_directory());
    xap_writer_open(&writer, path, XAP_CREATE, &err);
    for (int i = 1; i <= 160; i++) {
        struct xap_doc *doc = xap_doc_new();
        char value[8];
        snprintf(value, sizeof(value), "%02d", i / 2 * 7 % 30);
        xap_doc_set_value(doc, 3, span_of(value));
        xap_doc_add(doc, span_of("all"), 0, 1);
        xap_doc_add(doc, span_of(i <= 60 ? "many" : "others"), 0, 1);
        xap_doc_add(doc, span_of(i <= 8 ? "few" : "other"), 0, 1);
        xap_writer_add(writer, doc, NULL, &err);
        xap_doc_free(doc);
    }
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    ask_ties(&out, db, "few", 0, 5);
    CHECK_STR(out.data, "0:8 1:6 2:7 3:4 4:5 ");
    ask_ties(&out, db, "few", 3, 10);
    CHECK_STR(out.data, "3:4 4:5 5:2 6:3 7:1 ");
    ask_ties(&out, db, "few", 9, 10);
    CHECK_STR(out.data, "");
    ask_ties(&out, db, "many", 0, 3);
    CHECK_STR(out.data, "0:34 1:35 2:8 ");
    ask_ties(&out, db, "many", 2, 2);
    CHECK_STR(out.data, "2:8 3:9 ");
    ask_ties(&out, db, "all", 1, 3);
    CHECK_STR(out.data, "1:35 2:94 3:95 ");
    ask_ties(&out, db, "many", 0, UINT32_MAX);
    CHECK(strstr(out.data, " 58:1 59:60 "));
    str_release(&out);
    xap_db_free(db);
}

static void on_facet(void *payload, size_t facet, struct span value,
                     uint32_t count)
{
    str_addf(payload, "%zu:%.*s:%u ", facet, SPAN_ARGS(value), count);
}

TEST(xap_search_orders_and_counts_facets)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct xap_query *query = xap_query_term(span_of("red"), &err);
    struct xap_search search = { .query = query,
                                 .bm25 = { 1, 0, 1, 0.5, 0.5 },
                                 .limit = 10,
                                 .check_at_least = 10,
                                 .order = XAP_BY_VALUE_ASCENDING,
                                 .sort_slot = 3,
                                 .facet_slots = { 3 },
                                 .facet_count = 1,
                                 .on_facet = on_facet };
    struct xap_matches *matches;
    struct str out = STR_INIT, facets = STR_INIT;
    search.payload = &facets;
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_OK, err);
    for (size_t i = 0; i < xap_matches_size(matches); i++) {
        xap_matches_data(matches, i, &out, &err);
        str_add_char(&out, ' ');
    }
    CHECK_STR(out.data, "two one three ");
    CHECK_STR(facets.data, "0:b:1 0:a:1 0:c:1 ");
    str_release(&facets);
    str_clear(&out);
    xap_matches_each_term(matches, 0, on_term, &out, &err);
    CHECK_STR(out.data, "red:0 ");
    CHECK(xap_matches_at(matches, 0).weight > 0);
    xap_matches_free(matches);
    xap_query_free(query);
    str_release(&out);
    xap_db_free(db);
}

TEST(xap_document_0_is_not_there)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct str out = STR_INIT;
    CHECK_STATUS(xap_db_data(db, 0, &out, &err), STATUS_NOT_FOUND, err);
    CHECK_STATUS(xap_db_value(db, 0, 3, &out, &err), STATUS_NOT_FOUND, err);
    CHECK_STATUS(xap_db_each_document_term(db, 0, on_term, &out, &err),
                 STATUS_NOT_FOUND, err);
    CHECK_STATUS(
        xap_db_each_position(db, 0, span_of("dog"), on_number, &out, &err),
        STATUS_NOT_FOUND, err);
    CHECK_STATUS(xap_db_each_document_value(db, 0, NULL, NULL, &err),
                 STATUS_NOT_FOUND, err);
    struct xap_writer *writer;
    struct xap_doc *doc = xap_doc_new();
    xap_writer_open(&writer, path, XAP_OPEN, &err);
    CHECK_STATUS(xap_writer_delete(writer, 0, &err), STATUS_OK, err);
    CHECK_STATUS(xap_writer_replace(writer, 0, doc, &err), STATUS_NOT_FOUND,
                 err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    xap_doc_free(doc);
    str_release(&out);
    xap_db_free(db);
}

/* 122 zero bytes and a letter are 245 as libxapian stores them. */
TEST(xap_doc_counts_zero_bytes_twice)
{
    static const char zeros[123] = { 0 };
    char term[124], path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct xap_writer *writer;
    struct xap_doc *doc = xap_doc_new();
    memset(term, 0, sizeof(term));
    term[122] = 'x';
    xap_writer_open(&writer, path, XAP_OPEN, &err);
    xap_doc_add(doc, (struct span){ zeros, 123 }, 0, 1);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_TOO_BIG, err);
    xap_doc_clear(doc);
    xap_doc_add(doc, (struct span){ term, 123 }, 1, 1);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK_STATUS(xap_check(path, NULL, &err), STATUS_OK, err);
    xap_doc_free(doc);
    xap_db_free(db);
}

/* A key that libxapian refuses, once it has a document in hand. */
TEST(xap_writer_keeps_its_failure)
{
    char path[512], key[300];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct xap_writer *writer;
    struct xap_doc *doc = xap_doc_new();
    memset(key, 'k', sizeof(key));
    xap_writer_open(&writer, path, XAP_OPEN, &err);
    add(writer, "lost", "d", "four");
    CHECK(xap_writer_set_metadata(writer, (struct span){ key, sizeof(key) },
                                  span_of("v"), &err));
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_INTERNAL, err);
    CHECK(strstr(err.message, "too long"));
    CHECK_STATUS(xap_writer_commit(writer, &err), STATUS_INTERNAL, err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_INTERNAL, err);
    xap_doc_free(doc);
    xap_db_free(db);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_NUMBER(total_of(db, xap_query_all(NULL)), 3);
    xap_db_free(db);
}

TEST(xap_compact_spares_what_is_there)
{
    char one[512], two[512];
    struct error err = ERROR_INIT;
    xap_db_free(sample(one, sizeof(one)));
    struct xap_db *db = sample(two, sizeof(two));
    const char *sources[] = { one };
    CHECK_STATUS(xap_compact(two, sources, 1, &err), STATUS_IO, err);
    CHECK(strstr(err.message, two));
    CHECK_NUMBER(total_of(db, xap_query_all(NULL)), 3);
    xap_db_free(db);
}

TEST(xap_search_refuses_too_many_facets)
{
    char path[512];
    struct error err = ERROR_INIT;
    struct xap_db *db = sample(path, sizeof(path));
    struct xap_query *query = xap_query_all(&err);
    struct xap_search search = { .query = query,
                                 .facet_count = XAP_FACETS_MAX + 1 };
    struct xap_matches *matches;
    CHECK_STATUS(xap_search_run(&matches, db, &search, &err), STATUS_INTERNAL,
                 err);
    CHECK(!matches);
    xap_query_free(query);
    xap_db_free(db);
}

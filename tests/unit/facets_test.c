/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/frequent.h"
#include "search/facet_lists.h"
#include "search/facet_spelling.h"
#include "search/facet_values.h"
#include "search/facets.h"
#include "test.h"
#include "text/name_key.h"

enum { PARTS = 2, DOCUMENTS = 3000, NAMES = 60 };

static void name_of(struct str *out, unsigned part, unsigned name)
{
    str_clear(out);
    str_addf(out, part ? "Ann Person%u" : "ANN Person%u", name);
}

static void add_name(struct xap_doc *doc, struct str *slot, struct span form)
{
    struct str key = STR_INIT, term = STR_INIT;
    name_key(&key, NAME_PERSON, form);
    schema_value(&term, FIELD_PERSON, str_span(&key));
    xap_doc_add(doc, str_span(&term), 0, 0);
    schema_pack_value(slot, FIELD_PERSON, form, str_span(&key));
    str_release(&key);
    str_release(&term);
}

/* Document d has the name k where k + 1 divides it, and one of its own. */
static void add_document(struct xap_writer *writer, unsigned part, unsigned d)
{
    struct error err = ERROR_INIT;
    struct str form = STR_INIT, slot = STR_INIT;
    struct xap_doc *doc = xap_doc_new();
    for (unsigned k = 0; k < NAMES; k++) {
        if (d % (k + 1))
            continue;
        name_of(&form, part, k);
        add_name(doc, &slot, str_span(&form));
    }
    str_clear(&form);
    str_addf(&form, "Own %u of %u", d, part);
    add_name(doc, &slot, str_span(&form));
    xap_doc_set_value(doc, (unsigned)schema_fields[FIELD_PERSON].slot,
                      str_span(&slot));
    if (d % 5)
        xap_doc_add(doc, span_of("most"), 0, 1);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    xap_doc_free(doc);
    str_release(&form);
    str_release(&slot);
}

static const char *part_path(unsigned part)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/facets-%u", test_directory(), part);
    return path;
}

static void make_parts(void)
{
    static bool made;
    for (unsigned part = 0; !made && part < PARTS; part++) {
        struct error err = ERROR_INIT;
        struct xap_writer *writer;
        xap_writer_open(&writer, part_path(part), XAP_CREATE, &err);
        for (unsigned d = 1; d <= DOCUMENTS; d++)
            add_document(writer, part, d);
        CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
        CHECK_STATUS(frequent_write(part_path(part), &err), STATUS_OK, err);
    }
    made = true;
}

static struct xap_db *open_parts(void)
{
    struct error err = ERROR_INIT;
    struct xap_db *db;
    make_parts();
    xap_db_new(&db, &err);
    for (unsigned part = 0; part < PARTS; part++)
        CHECK_STATUS(xap_db_add(db, part_path(part), &err), STATUS_OK, err);
    return db;
}

static bool count_value(void *payload, uint32_t document, struct span packed)
{
    struct span value;
    (void)document;
    while (packed.size && schema_unpack_value(&packed, &value))
        value_counts_add(payload, value, 1);
    return true;
}

static void check_equal(const struct facet_best *a, const struct facet_best *b)
{
    CHECK_NUMBER(a->count, b->count);
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        CHECK(span_equal(a->items[i].term, b->items[i].term));
        CHECK_NUMBER(a->items[i].count, b->items[i].count);
        CHECK(a->items[i].score == b->items[i].score);
    }
}

/* The best values counted both ways. */
static void compare(const struct xap_db *db, const char *word, size_t names,
                    uint32_t limit, bool significant)
{
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    struct xap_query *query =
        *word ? xap_query_term(span_of(word), &err) : xap_query_all(&err);
    struct xap_set *set;
    CHECK_STATUS(xap_set_new(&set, db, query, &err), STATUS_OK, err);
    const struct facet_scale scale = { db, PARTS * DOCUMENTS,
                                       xap_set_size(set) };
    struct facet_best lists = { .limit = limit, .significant = significant };
    struct facet_best values = lists;
    struct value_counts counts;
    bool done;
    size_t distinct;
    CHECK_STATUS(facet_lists_count(&lists, FIELD_PERSON, set, &scale, &done,
                                   &distinct, memory, &err),
                 STATUS_OK, err);
    CHECK(done);
    CHECK_NUMBER(distinct, 0);
    value_counts_begin(&counts, SIZE_MAX);
    xap_set_each_value(set, (unsigned)schema_fields[FIELD_PERSON].slot,
                       count_value, &counts, &err);
    CHECK_STATUS(facet_values_count(&values, FIELD_PERSON, &counts, &scale,
                                    &distinct, memory, &err),
                 STATUS_OK, err);
    CHECK_NUMBER(distinct, names + xap_set_size(set));
    facet_best_sort(&lists);
    facet_best_sort(&values);
    check_equal(&lists, &values);
    facet_best_release(&lists);
    facet_best_release(&values);
    value_counts_release(&counts);
    xap_set_free(set);
    xap_query_free(query);
    arena_free(memory);
}

TEST(facets_from_lists_are_those_from_values)
{
    struct xap_db *db = open_parts();
    /* No number that 5 does not divide is divided by a multiple of 5. */
    size_t most = NAMES - NAMES / 5;
    compare(db, "", NAMES, 10, false);
    compare(db, "", NAMES, NAMES - 1, false);
    compare(db, "most", most, 10, false);
    compare(db, "most", most, 20, true);
    xap_db_free(db);
}

TEST(facets_show_values_of_no_slot_as_their_terms_have_them)
{
    struct error err = ERROR_INIT;
    struct xap_db *db = open_parts();
    struct arena *memory = arena_new();
    struct xap_query *query = xap_query_all(&err);
    struct xap_set *set;
    CHECK_STATUS(xap_set_new(&set, db, query, &err), STATUS_OK, err);
    struct facet_value values[] = { { .term = span_of("XP:ann person1") },
                                    { .term = span_of("XP:left out") } };
    struct facet_best best = { .items = values, .count = 2 };
    CHECK_STATUS(facet_spell(&best, FIELD_PERSON, set, db, memory, &err),
                 STATUS_OK, err);
    CHECK_SPAN(values[0].value, "ANN Person1");
    CHECK_SPAN(values[1].value, "left out");
    xap_set_free(set);
    xap_query_free(query);
    arena_free(memory);
    xap_db_free(db);
}

TEST(frequent_is_not_believed_where_articles_were_added)
{
    struct error err = ERROR_INIT;
    struct xap_db *db = open_parts();
    struct arena *memory = arena_new();
    struct frequent frequent;
    CHECK_STATUS(frequent_read(&frequent, db, 0, FIELD_PERSON, 0, memory, &err),
                 STATUS_OK, err);
    CHECK(frequent.known);
    CHECK_NUMBER(frequent.count, FREQUENT_FIRST);
    CHECK_SPAN(frequent.terms[0].name, "ann person0");
    CHECK_NUMBER(frequent.terms[0].frequency, DOCUMENTS);
    CHECK_NUMBER(frequent.bound, 1);
    frequent_read(&frequent, db, 0, FIELD_SOURCE, 0, memory, &err);
    CHECK(frequent.known);
    CHECK_NUMBER(frequent.bound, 0);
    xap_db_free(db);

    char path[600];
    const char *sources[] = { part_path(0) };
    snprintf(path, sizeof(path), "%s/foreign", test_directory());
    CHECK_STATUS(xap_compact(path, sources, 1, &err), STATUS_OK, err);
    struct xap_writer *writer;
    xap_writer_open(&writer, path, XAP_OPEN, &err);
    add_document(writer, 0, 1);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    xap_db_open(&db, path, &err);
    frequent_read(&frequent, db, 0, FIELD_PERSON, 0, memory, &err);
    CHECK(!frequent.known);
    xap_db_free(db);
    arena_free(memory);
}

TEST(frequent_levels_that_are_broken_have_no_terms)
{
    char path[600];
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    struct xap_writer *writer;
    struct xap_db *db;
    struct frequent frequent;
    snprintf(path, sizeof(path), "%s/broken", test_directory());
    xap_writer_open(&writer, path, XAP_CREATE, &err);
    add_document(writer, 0, 1);
    /* Of one document, with the bound 7, and a name without its articles. */
    xap_writer_set_metadata(writer, span_of("news.frequent.person.0"),
                            span_of("\1\7\3ann\2\3bob"), &err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(frequent_read(&frequent, db, 0, FIELD_PERSON, 0, memory, &err),
                 STATUS_OK, err);
    CHECK(!frequent.known);
    CHECK_NUMBER(frequent.count, 0);
    xap_db_free(db);
    arena_free(memory);
}

TEST(schema_keeps_the_key_of_a_name_that_is_not_its_form)
{
    struct str packed = STR_INIT, term = STR_INIT;
    schema_pack_value(&packed, FIELD_PERSON, span_of("Bola Ahmed Tinubu"),
                      span_of("bola tinubu"));
    schema_pack_value(&packed, FIELD_ORG, span_of("Dept of Labor Inc"),
                      span_of("department of labor"));
    struct span rest = str_span(&packed), value;
    CHECK(schema_unpack_value(&rest, &value));
    CHECK_SPAN(schema_facet_form(value), "Bola Ahmed Tinubu");
    schema_facet_term(&term, FIELD_PERSON, value);
    CHECK_STR(term.data, "XP:bola tinubu");
    CHECK(schema_unpack_value(&rest, &value));
    CHECK_SPAN(value, "Dept of Labor Inc");
    str_clear(&term);
    schema_facet_term(&term, FIELD_ORG, value);
    CHECK_STR(term.data, "XO:department of labor");
    str_release(&packed);
    str_release(&term);
}

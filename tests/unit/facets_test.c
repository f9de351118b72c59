/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/column.h"
#include "search/facet_answers.h"
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
    if (!(d % 1000))
        xap_doc_add(doc, span_of("few"), 0, 1);
    if (!part || d % 2)
        xap_doc_add(doc, span_of("loud"), 0, 1);
    if (d % 8 == 4)
        xap_doc_add(doc, span_of("fours"), 0, 1);
    CHECK_STATUS(xap_writer_add(writer, doc, NULL, &err), STATUS_OK, err);
    xap_doc_free(doc);
    str_release(&form);
    str_release(&slot);
}

static const char *part_path(const char *kind, unsigned part)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/facets-%s-%u", test_directory(), kind,
             part);
    return path;
}

/* Write into one slice what `bytes` says, over what is there from `at` on. */
static void damage(const char *path, size_t at, struct span bytes)
{
    struct error err = ERROR_INIT;
    struct xap_db *db;
    struct xap_writer *writer;
    struct str value = STR_INIT;
    struct span key = span_of("news.column.person.0.0");
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_metadata(db, key, &value, &err), STATUS_OK, err);
    xap_db_free(db);
    CHECK(value.size > at + bytes.size);
    memcpy(value.data + at, bytes.data, bytes.size);
    CHECK_STATUS(xap_writer_open(&writer, path, XAP_OPEN, &err), STATUS_OK,
                 err);
    xap_writer_set_metadata(writer, key, str_span(&value), &err);
    CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
    str_release(&value);
}

/* The same articles, in segments that note their values ("noted"), that do not
 * ("plain"), and whose notes are damaged: by the last document number, by a
 * number that does not ascend, by places that are none. */
static const char *const kinds[] = { "noted", "plain", "other", "order",
                                     "places" };
enum { KINDS = 5, HEADER = 8, PLACES = 31000 };

static void finish_part(const char *kind, unsigned part)
{
    struct error err = ERROR_INIT;
    static const struct span ones =
        SPAN_LITERAL("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    const char *path = part_path(kind, part);
    if (strcmp(kind, "plain"))
        CHECK_STATUS(column_write(path, &err), STATUS_OK, err);
    if (!strcmp(kind, "other"))
        damage(path, 0, span_of("\1"));
    if (!strcmp(kind, "order"))
        damage(path, HEADER, ones);
    if (!strcmp(kind, "places"))
        damage(path, PLACES, ones);
}

static void make_parts(const char *kind)
{
    for (unsigned part = 0; part < PARTS; part++) {
        struct error err = ERROR_INIT;
        struct xap_writer *writer;
        xap_writer_open(&writer, part_path(kind, part), XAP_CREATE, &err);
        for (unsigned d = 1; d <= DOCUMENTS; d++)
            add_document(writer, part, d);
        CHECK_STATUS(xap_writer_close(writer, &err), STATUS_OK, err);
        finish_part(kind, part);
    }
}

static struct xap_db *open_parts(const char *kind)
{
    static bool made;
    struct error err = ERROR_INIT;
    struct xap_db *db;
    for (size_t i = 0; !made && i < KINDS; i++)
        make_parts(kinds[i]);
    made = true;
    xap_db_new(&db, &err);
    for (unsigned part = 0; part < PARTS; part++)
        CHECK_STATUS(xap_db_add(db, part_path(kind, part), &err), STATUS_OK,
                     err);
    return db;
}

static struct xap_set *find(const struct xap_db *db, const char *word)
{
    struct error err = ERROR_INIT;
    struct xap_set *set;
    struct xap_query *query =
        *word ? xap_query_term(span_of(word), &err) : xap_query_all(&err);
    CHECK_STATUS(xap_set_new(&set, db, query, &err), STATUS_OK, err);
    xap_query_free(query);
    return set;
}

static struct facet_source begin(const struct xap_db *db,
                                 const struct xap_set *set)
{
    struct error err = ERROR_INIT;
    struct facet_source source;
    CHECK_STATUS(facet_source_begin(&source, set, xap_set_size(set), db, &err),
                 STATUS_OK, err);
    return source;
}

static struct facet_run count_by(size_t threads, const struct xap_db *db,
                                 const struct xap_set *set, uint64_t from,
                                 size_t limit)
{
    struct error err = ERROR_INIT;
    struct facet_run run;
    struct facet_source source = begin(db, set);
    struct facet_answers *answers = facet_answers_new(&source);
    CHECK_STATUS(facet_answers_count(&run, answers, FIELD_PERSON, from, limit,
                                     threads, &err),
                 STATUS_OK, err);
    facet_answers_free(answers);
    facet_source_end(&source);
    return run;
}

static struct facet_run count(const struct xap_db *db,
                              const struct xap_set *set, uint64_t from,
                              size_t limit)
{
    return count_by(1, db, set, from, limit);
}

static void check_equal(const struct facet_run *a, const struct facet_run *b)
{
    CHECK_NUMBER(a->count, b->count);
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (a->items[i].number != b->items[i].number ||
            a->items[i].count != b->items[i].count)
            CHECK_NUMBER(i, -1);
}

/* Only the last document number is seen before counting. */
TEST(facets_are_tested_with_notes_that_are_damaged)
{
    for (size_t i = 0; i < KINDS; i++) {
        struct error err = ERROR_INIT;
        struct xap_db *db = open_parts(kinds[i]);
        struct str bytes = STR_INIT;
        struct column column;
        bool known;
        CHECK_STATUS(
            column_read(&column, db, 1, FIELD_PERSON, 0, &bytes, &known, &err),
            STATUS_OK, err);
        CHECK(known == (i != 1 && i != 2));
        CHECK(!known || column.places - bytes.data < PLACES);
        CHECK(!known || column.numbers - bytes.data == HEADER);
        str_release(&bytes);
        xap_db_free(db);
    }
}

TEST(facets_from_notes_are_those_from_slots)
{
    static const char *const words[] = { "", "most", "few", "none" };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        struct xap_db *plain = open_parts("plain");
        struct xap_set *set = find(plain, words[i]);
        struct facet_run expected = count(plain, set, 0, SIZE_MAX);
        for (size_t j = 0; j < KINDS; j++) {
            struct xap_db *db = open_parts(kinds[j]);
            struct xap_set *same = find(db, words[i]);
            struct facet_run run = count(db, same, 0, SIZE_MAX);
            check_equal(&run, &expected);
            facet_run_release(&run);
            xap_set_free(same);
            xap_db_free(db);
        }
        CHECK(i == 3 ? !expected.count : expected.count > 0);
        facet_run_release(&expected);
        xap_set_free(set);
        xap_db_free(plain);
    }
}

/* A part at a time, no value is lost, and none is torn. */
TEST(facets_of_many_values_are_counted_in_turn)
{
    for (size_t i = 0; i < 2; i++) {
        struct xap_db *db = open_parts(kinds[i]);
        struct xap_set *set = find(db, "");
        struct facet_run all = count(db, set, 0, SIZE_MAX), some;
        CHECK(all.last == UINT64_MAX);
        size_t at = 0;
        for (uint64_t from = 0; at < all.count; from = some.last + 1) {
            some = count(db, set, from, 1000);
            CHECK(some.count > 0 && some.count <= 1000);
            struct facet_run rest = { all.items + at, some.count, 0 };
            check_equal(&some, &rest);
            at += some.count;
            CHECK((some.last == UINT64_MAX) == (at == all.count));
            CHECK(at == all.count ||
                  all.items[at - 1].number >> COLUMN_SPELLING_BITS !=
                      all.items[at].number >> COLUMN_SPELLING_BITS);
            facet_run_release(&some);
            if (!some.last)
                break;
        }
        facet_run_release(&all);
        xap_set_free(set);
        xap_db_free(db);
    }
}

/* Which document tells a spelling too. */
TEST(facets_are_counted_by_threads_as_by_one)
{
    static const char *const words[] = { "", "most", "few", "loud" };
    for (size_t i = 0; i < KINDS * 4; i++) {
        struct xap_db *db = open_parts(kinds[i / 4]);
        struct xap_set *set = find(db, words[i % 4]);
        for (size_t limit = 500; limit < 20000; limit *= 6) {
            struct facet_run alone = count(db, set, 1, limit);
            struct facet_run run = count_by(4, db, set, 1, limit);
            check_equal(&alone, &run);
            CHECK(run.last == alone.last);
            for (size_t j = 0; j < run.count && j < alone.count; j++)
                if (run.items[j].example != alone.items[j].example)
                    CHECK_NUMBER(j, -1);
            facet_run_release(&alone);
            facet_run_release(&run);
        }
        xap_set_free(set);
        xap_db_free(db);
    }
}

static void describe(struct str *out, const struct facets *facets)
{
    for (size_t i = 0; i < facets->count; i++) {
        const struct facet *facet = &facets->items[i];
        str_addf(out, "\n%d %d %zu:", (int)facet->field, facet->significant,
                 facet->distinct);
        for (size_t j = 0; j < facet->count; j++)
            str_addf(out, " %.*s %" PRIu64 " %" PRIu64 " %a",
                     SPAN_ARGS(facet->values[j].value), facet->values[j].count,
                     facet->values[j].archive, facet->values[j].score);
    }
    str_addf(out, "\n%zu %" PRIu64, facets->timeline.count,
             facets->timeline.undated);
}

static void finish_by(struct str *out, size_t threads, const char *kind,
                      const char *word)
{
    const struct facets_request request = {
        .items = { { FIELD_PERSON, 10, false },
                   { FIELD_PERSON, 10, true },
                   { FIELD_ORG, 10, false },
                   { FIELD_PERSON, 3, false } },
        .count = 4,
        .timeline = TIMELINE_AUTO,
    };
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    struct xap_db *db = open_parts(kind);
    xap_db_share(db, (struct xap_sharing){ threads, 0 });
    struct xap_set *set = find(db, word);
    struct facet_counter *counter = facet_counter_new(&request);
    struct facets facets;
    CHECK_STATUS(facet_counter_finish(&facets, counter, set, xap_set_size(set),
                                      db, memory, &err),
                 STATUS_OK, err);
    CHECK_NUMBER(facets.count, 4);
    describe(out, &facets);
    facet_counter_free(counter);
    xap_set_free(set);
    xap_db_free(db);
    arena_free(memory);
}

TEST(facets_do_not_depend_on_threads)
{
    static const char *const words[] = { "", "most", "few", "fours" };
    for (size_t i = 0; i < KINDS * 4; i++) {
        struct str alone = STR_INIT;
        finish_by(&alone, 1, kinds[i / 4], words[i % 4]);
        for (size_t threads = 2; threads <= 4; threads += 2) {
            struct str shared = STR_INIT;
            finish_by(&shared, threads, kinds[i / 4], words[i % 4]);
            CHECK_STR(shared.data, alone.data);
            str_release(&shared);
        }
        str_release(&alone);
    }
}

/* The best values of both parts. */
static void find_best(struct facet_best *best, const char *word,
                      size_t *distinct, struct arena *memory)
{
    struct error err = ERROR_INIT;
    struct xap_db *db = open_parts("noted");
    struct xap_set *set = find(db, word);
    struct facet_run run = count(db, set, 0, SIZE_MAX);
    struct facet_source source = begin(db, set);
    *distinct = 0;
    CHECK_STATUS(facet_values_find(best, FIELD_PERSON, &run, NULL, &source,
                                   distinct, memory, &err),
                 STATUS_OK, err);
    facet_best_sort(best);
    facet_source_end(&source);
    facet_run_release(&run);
    xap_set_free(set);
    xap_db_free(db);
}

TEST(facets_have_the_most_frequent_first)
{
    struct arena *memory = arena_new();
    struct facet_best best = { .limit = 7 };
    size_t distinct;
    find_best(&best, "", &distinct, memory);
    CHECK_NUMBER(distinct, NAMES + PARTS * DOCUMENTS);
    CHECK_NUMBER(best.count, 7);
    for (unsigned i = 0; i < best.count; i++) {
        char term[64];
        snprintf(term, sizeof(term), "XP:ann person%u", i);
        CHECK_SPAN(best.items[i].term, term);
        CHECK_NUMBER(best.items[i].count, PARTS * (DOCUMENTS / (i + 1)));
    }
    facet_best_release(&best);
    arena_free(memory);
}

/* The first part has "ANN", the second "Ann"; the words are in more of one. */
TEST(facets_spell_values_as_most_answers_do)
{
    struct arena *memory = arena_new();
    struct facet_best best = { .limit = 1 };
    size_t distinct;
    find_best(&best, "", &distinct, memory);
    CHECK_SPAN(best.items[0].value, "Ann Person0");
    best.count = 0;
    find_best(&best, "loud", &distinct, memory);
    CHECK_SPAN(best.items[0].value, "ANN Person0");
    facet_best_release(&best);
    arena_free(memory);
}

/* Of equal ones those whose terms come first, however many there are. */
TEST(facets_of_equal_count_are_in_the_order_of_their_terms)
{
    struct arena *memory = arena_new();
    struct facet_best best = { .limit = NAMES + 3 };
    size_t distinct;
    find_best(&best, "", &distinct, memory);
    CHECK_SPAN(best.items[NAMES].term, "XP:own 1 of 0");
    CHECK_SPAN(best.items[NAMES + 1].term, "XP:own 1 of 1");
    CHECK_SPAN(best.items[NAMES + 2].term, "XP:own 10 of 0");
    facet_best_release(&best);
    arena_free(memory);
}

/* All documents with the word have 4 and not 8: so does the name 3. */
TEST(facets_weigh_what_is_more_frequent_in_the_answers)
{
    struct arena *memory = arena_new();
    struct facet_best best = { .limit = 3, .significant = true };
    size_t distinct;
    find_best(&best, "fours", &distinct, memory);
    CHECK_SPAN(best.items[0].term, "XP:ann person3");
    CHECK_NUMBER(best.items[0].count, PARTS * DOCUMENTS / 8);
    CHECK_NUMBER(best.items[0].archive, PARTS * DOCUMENTS / 4);
    CHECK(best.items[0].score > best.items[1].score);
    CHECK_SPAN(best.items[1].term, "XP:ann person1");
    facet_best_release(&best);
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

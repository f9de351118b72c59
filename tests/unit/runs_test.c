/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/runs.h"

#include "base/number.h"
#include "tests/unit/test.h"

/* Documents whose terms follow from their numbers: term t is in each document
 * that t divides, once for each time, with a string of bytes that depends on
 * both. */
enum { TERMS = 60 };

static struct span term_of(uint32_t t, char *buffer, size_t size)
{
    snprintf(buffer, size, "%c%u", t % 2 ? 'x' : 'y', t);
    return span_of(buffer);
}

static struct span bytes_of(uint32_t t, uint32_t document, struct str *out)
{
    str_clear(out);
    size_t size = (t * document) % 7 ? (t * document) % 11 : 3000;
    for (size_t i = 0; i < size; i++)
        str_add_char(out, (char)(t + document + i));
    return str_span(out);
}

static void add_document(struct inverter *inverter, uint32_t document)
{
    struct str bytes = STR_INIT;
    for (uint32_t t = 1; t <= TERMS; t++) {
        char buffer[16];
        struct span term = term_of(t, buffer, sizeof(buffer));
        if (document % t)
            continue;
        uint32_t number = inverter_look_up(inverter, term, span_hash(term, 0));
        inverter_add_posting(inverter, number, document, document / t,
                             bytes_of(t, document, &bytes));
    }
    inverter_add_length(inverter, document, document * 3);
    if (document % 2)
        inverter_add_value(inverter, 300, document, span_of("odd"));
    inverter_add_value(inverter, 1, document,
                       bytes_of(1, document + 1, &bytes));
    str_release(&bytes);
}

static void check_entries(struct runs *runs, uint32_t t, uint32_t documents)
{
    struct error err = ERROR_INIT;
    struct run_entry entry;
    struct str bytes = STR_INIT;
    for (uint32_t document = t; document <= documents; document += t) {
        CHECK_STATUS(runs_next_entry(runs, &entry, &err), STATUS_OK, err);
        CHECK_NUMBER(entry.document, document);
        CHECK_NUMBER(entry.wdf, document / t);
        CHECK(span_equal(entry.bytes, bytes_of(t, document, &bytes)));
    }
    CHECK_STATUS(runs_next_entry(runs, &entry, &err), STATUS_END, err);
    str_release(&bytes);
}

static void check_lengths(struct runs *runs, uint32_t documents)
{
    struct error err = ERROR_INIT;
    struct run_entry entry;
    for (uint32_t document = 1; document <= documents; document++) {
        CHECK_STATUS(runs_next_entry(runs, &entry, &err), STATUS_OK, err);
        CHECK_NUMBER(entry.document, document);
        CHECK_NUMBER(entry.wdf, document * 3);
        CHECK_NUMBER(entry.bytes.size, 0);
    }
}

static void check_values(struct runs *runs, uint32_t documents, uint32_t step)
{
    struct error err = ERROR_INIT;
    struct run_entry entry;
    struct str bytes = STR_INIT;
    for (uint32_t document = 1; document <= documents; document += step) {
        CHECK_STATUS(runs_next_entry(runs, &entry, &err), STATUS_OK, err);
        CHECK_NUMBER(entry.document, document);
        CHECK(span_equal(entry.bytes, step == 2
                                          ? span_of("odd")
                                          : bytes_of(1, document + 1, &bytes)));
    }
    str_release(&bytes);
}

/* The number in the name of the term; all lists are met once. */
static void check_lists(struct runs *runs, uint32_t documents)
{
    struct error err = ERROR_INIT;
    struct run_list list;
    struct glass_key last = { 0 };
    unsigned count = 0;
    while (!runs_next_list(runs, &list, &err)) {
        CHECK(span_compare(glass_key_span(&last), list.key) < 0);
        last.size = 0;
        glass_key_add(&last, list.key);
        count++;
        if (list.kind == RUN_LENGTHS) {
            CHECK_NUMBER(list.document_count, documents);
            check_lengths(runs, documents);
        } else if (list.kind == RUN_VALUES) {
            check_values(runs, documents,
                         list.document_count < documents ? 2 : 1);
        } else {
            uint64_t t = 0;
            CHECK(number_parse(span_slice(list.key, 1, list.key.size), TERMS,
                               &t));
            CHECK_NUMBER(list.document_count, documents / t);
            uint32_t n = documents / (uint32_t)t;
            CHECK_NUMBER(list.occurrences, n * (n + 1) / 2);
            check_entries(runs, (uint32_t)t, documents);
        }
    }
    CHECK_NUMBER(count, TERMS + 3);
}

static void check_merge(uint32_t documents, uint32_t spill_after,
                        size_t expected_runs)
{
    struct error err = ERROR_INIT;
    struct inverter *inverter = inverter_new();
    struct runs *runs = runs_new(test_directory());
    for (uint32_t document = 1; document <= documents; document++) {
        add_document(inverter, document);
        if (spill_after && document % spill_after == 0)
            CHECK_STATUS(runs_spill(runs, inverter, &err), STATUS_OK, err);
    }
    CHECK_NUMBER(runs_count(runs), expected_runs);
    CHECK_STATUS(runs_merge(runs, inverter, &err), STATUS_OK, err);
    check_lists(runs, documents);
    runs_free(runs);
    inverter_free(inverter);
}

TEST(runs_merge_to_whole_lists)
{
    check_merge(100, 0, 0);    /* all in memory */
    check_merge(1000, 300, 3); /* three runs, and the rest in memory */
    check_merge(900, 300, 3);  /* nothing left in memory */
    check_merge(400, 4, 100 - 3 * (RUNS_MAX - 1)); /* merged in between */
}

TEST(runs_leave_no_files)
{
    struct error err = ERROR_INIT;
    struct inverter *inverter = inverter_new();
    struct runs *runs = runs_new(test_directory());
    add_document(inverter, 1);
    CHECK_STATUS(runs_spill(runs, inverter, &err), STATUS_OK, err);
    CHECK(runs_size(runs) > 0);
    char path[1024];
    snprintf(path, sizeof(path), "%s/run", test_directory());
    FILE *file = fopen(path, "r");
    CHECK(!file);
    if (file)
        fclose(file);
    runs_free(runs);
    inverter_free(inverter);
}

TEST(runs_say_where_they_cannot_be_written)
{
    struct error err = ERROR_INIT;
    struct inverter *inverter = inverter_new();
    struct runs *runs = runs_new("/nowhere");
    add_document(inverter, 1);
    CHECK_STATUS(runs_spill(runs, inverter, &err), STATUS_NOT_FOUND, err);
    CHECK(strstr(err.message, "/nowhere/run"));
    runs_free(runs);
    inverter_free(inverter);
}

/* ---- The inverter's order --------------------------------------------- */

TEST(inverter_walks_terms_in_byte_order)
{
    struct inverter *inverter = inverter_new();
    uint64_t random = 5;
    for (unsigned i = 0; i < 20000; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        char text[40];
        size_t size = 1 + (random >> 40) % 39;
        for (size_t k = 0; k < size; k++)
            text[k] = k < size / 2 ? 'a' : (char)((random >> k) % 3 ? 'a' : 0);
        struct span term = { text, size };
        uint32_t number = inverter_look_up(inverter, term, span_hash(term, 0));
        struct inverter_term *found = inverter_at(inverter, number);
        if (found->last_document != i + 1)
            inverter_add_posting(inverter, number, i + 1, 1,
                                 (struct span){ NULL, 0 });
    }
    inverter_sort(inverter);
    struct inverter_list list;
    struct glass_key last = { 0 };
    size_t count = 0;
    uint64_t documents = 0;
    while (inverter_next(inverter, &list)) {
        CHECK(!count || span_compare(glass_key_span(&last),
                                     glass_key_span(&list.key)) < 0);
        last = list.key;
        count++;
        documents += list.document_count;
    }
    CHECK_NUMBER(count, inverter->term_count);
    CHECK_NUMBER(documents, 20000);
    inverter_free(inverter);
}

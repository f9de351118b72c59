/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bulk writer against libxapian: 500 small random corpora of every
 * odd kind are written by both, compared in all that can be asked, checked,
 * changed afterwards and compacted.
 */
#include "indexer/segment_writer.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/pack.h"
#include "indexer/read_back.h"
#include "tests/tools/database_compare.h"
#include "tests/unit/test.h"
#include "xapian-c/xapian-c.h"

enum {
    CORPORA = 60, /* a thousand take minutes: CORPORA=1000 bulk_writer_test */
    SLOTS = 12,
    MEMORY = 2 * 1024 * 1024,
    INFLATE_PIECE = 8192,
};

/* ---- Random documents ------------------------------------------------- */

/* splitmix64 (Steele, Lea and Flood 2014). */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static uint32_t below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(draw(state) % limit);
}

/* What a corpus is like; each seed makes another. */
struct shape {
    uint32_t documents;
    uint32_t vocabulary;
    uint32_t words; /* of a document, at most */
    bool odd_terms; /* long ones, some with zero bytes */
    bool huge_wdf;
    bool values;
    bool odd_data;
};

struct maker {
    uint64_t random;
    struct shape shape;
    struct arena *memory;
    struct posting *postings;
    size_t count, capacity;
    struct document_value values[SLOTS];
    struct document document;
};

static struct shape draw_shape(uint64_t *random)
{
    static const uint32_t documents[] = { 0, 1, 2, 3, 7, 20, 60, 200 };
    static const uint32_t words[] = { 0, 1, 3, 30, 100, 300 };
    struct shape shape = {
        .documents = documents[below(random, 8)],
        .words = words[below(random, 6)],
        .vocabulary = 1u << below(random, 12),
        .odd_terms = !below(random, 3),
        .huge_wdf = !below(random, 8),
        .values = below(random, 3),
        .odd_data = !below(random, 3),
    };
    if (shape.documents == 200 && shape.words > 100)
        shape.words = 100;
    return shape;
}

/* The term of a number: always the same, mostly short. */
static struct span make_term(struct maker *maker, uint32_t number)
{
    uint64_t state = number;
    char text[XAP_TERM_MAX];
    size_t size = 1 + below(&state, 9);
    uint32_t kind = maker->shape.odd_terms ? below(&state, 6) : 0;
    if (kind == 1)
        size = XAP_TERM_MAX - below(&state, 3);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)('a' + below(&state, kind == 1 ? 2 : 26));
    if (kind == 2)
        text[size / 2] = '\0';
    if (kind == 3)
        text[0] = (char)0xFF;
    if (kind == 4 && size > 1)
        memcpy(text, "\0\xE0", 2);
    return arena_copy(maker->memory, (struct span){ text, size });
}

static void add_posting(struct maker *maker, struct span term,
                        uint32_t position, uint32_t wdf)
{
    MEMORY_GROW(maker->postings, maker->count, maker->capacity);
    maker->postings[maker->count++] = (struct posting){
        .term = term,
        .hash = span_hash(term, 0),
        .position = position,
        .wdf = wdf,
    };
}

/* The same with several positions. */
static uint32_t add_run(struct maker *maker, struct span term,
                        uint32_t position)
{
    uint32_t count = 1 + below(&maker->random, 5);
    uint32_t *positions =
        arena_alloc(maker->memory, count * sizeof(*positions));
    positions[0] = position;
    for (uint32_t i = 1; i < count; i++)
        positions[i] = position += 1 + below(&maker->random, 40);
    add_posting(maker, term, 0, count);
    struct posting *added = &maker->postings[maker->count - 1];
    added->positions = positions;
    added->position_count = count;
    added->note = arena_alloc(maker->memory, sizeof(*added->note));
    return position;
}

static void make_words(struct maker *maker)
{
    uint64_t *random = &maker->random;
    uint32_t words = maker->shape.words;
    words = words ? below(random, words + 1) : 0;
    uint32_t position = 0;
    for (uint32_t i = 0; i < words; i++) {
        /* Low numbers are frequent, as in text. */
        uint32_t number = below(random, maker->shape.vocabulary);
        number = below(random, number + 1);
        struct span term = make_term(maker, number);
        position += below(random, 20) ? 1 : 1 + below(random, 2000);
        switch (below(random, 5)) {
        case 0: add_posting(maker, term, 0, below(random, 3)); break;
        case 1: add_posting(maker, term, position, 1 + below(random, 5)); break;
        case 2: position = add_run(maker, term, position); break;
        default: add_posting(maker, term, position, 1);
        }
    }
    if (maker->shape.huge_wdf && !below(random, 50))
        add_posting(maker, make_term(maker, 0), 0, 70 * 1000 * 1000);
    if (!below(random, 40))
        for (uint32_t i = 0; i < 5000; i++)
            add_posting(maker, (struct span){ "often", 5 },
                        position += 1 + below(random, 3), 1);
    if (!below(random, 40))
        add_posting(maker, (struct span){ "far", 3 }, UINT32_MAX, 1);
}

/* Text that the reference writer need not pad: libxapian's fault at multiples
 * of 8,192 bytes has tests of its own. */
static struct span make_data(struct maker *maker)
{
    static const uint32_t sizes[] = { 0, 1, 17, 18, 19, 40, 300, 2000 };
    uint64_t *random = &maker->random;
    uint32_t size = sizes[below(random, 8)];
    if (maker->shape.odd_data)
        size = INFLATE_PIECE * (1 + below(random, 3)) - 4 + below(random, 9);
    char *data = arena_alloc(maker->memory, size);
    uint32_t letters = 2 + below(random, 200);
    struct span text = { data, size };
    do
        for (uint32_t i = 0; i < size; i++)
            data[i] = (char)(32 + below(random, letters));
    while (!read_back_is_sure(text));
    return text;
}

static size_t make_values(struct maker *maker)
{
    static const unsigned slots[SLOTS] = { 0,     1,     2,       127,
                                           128,   255,   256,     257,
                                           65535, 65536, 1000000, 4294967294 };
    uint64_t *random = &maker->random;
    size_t count = 0;
    for (size_t i = 0; maker->shape.values && i < SLOTS; i++) {
        if (below(random, 3))
            continue;
        static const uint32_t sizes[] = { 1, 2, 8, 8, 20, 300 };
        uint32_t size = sizes[below(random, 6)];
        if (!below(random, 200))
            size = 16384;
        char *bytes = arena_alloc(maker->memory, size);
        for (uint32_t k = 0; k < size; k++)
            bytes[k] = (char)below(random, 3);
        maker->values[count++] =
            (struct document_value){ slots[i], { bytes, size } };
    }
    return count;
}

static const struct document *make_document(struct maker *maker)
{
    /* Some documents are the same as the one before. */
    if (maker->document.postings && !below(&maker->random, 10))
        return &maker->document;
    arena_reset(maker->memory);
    maker->count = 0;
    make_words(maker);
    size_t values = make_values(maker);
    maker->document =
        (struct document){ maker->postings, maker->count, maker->values, values,
                           make_data(maker) };
    return &maker->document;
}

static struct maker maker_new(uint64_t seed)
{
    struct maker maker = { .random = seed, .memory = arena_new() };
    maker.shape = draw_shape(&maker.random);
    return maker;
}

static void maker_release(struct maker *maker)
{
    free(maker->postings);
    arena_free(maker->memory);
}

static void pack_metadata(struct str *out, uint64_t random)
{
    uint32_t count = below(&random, 4);
    for (uint32_t i = 0; i < count; i++) {
        struct str key = STR_INIT, value = STR_INIT;
        str_addf(&key, "key%u%c", below(&random, 3), i ? '\n' : '\0');
        for (uint32_t k = below(&random, 5000); k; k--)
            str_add_char(&value, (char)k);
        pack_string(out, str_span(&key));
        pack_string(out, str_span(&value));
        str_release(&key);
        str_release(&value);
    }
}

/* ---- Writing and comparing -------------------------------------------- */

static enum status write_corpus(const struct segment_writer_class *class,
                                const char *path, uint64_t seed,
                                struct error *err)
{
    struct maker maker = maker_new(seed);
    struct segment_writer *writer;
    enum status rc = class->open(&writer, path, MEMORY, err);
    for (uint32_t i = 0; !rc && i < maker.shape.documents; i++)
        rc = class->add(writer, make_document(&maker), err);
    if (!rc) {
        struct str metadata = STR_INIT;
        pack_metadata(&metadata, seed);
        rc = class->finish(writer, str_span(&metadata), err);
        str_release(&metadata);
    } else {
        class->abandon(writer);
    }
    maker_release(&maker);
    return rc;
}

static char *path_for(const char *name)
{
    char *path = file_join(test_directory(), name);
    file_remove(path, NULL);
    return path;
}

static enum status compare_corpus(uint64_t seed, struct error *err)
{
    char *bulk = path_for("bulk"), *reference = path_for("reference");
    struct str report = STR_INIT;
    enum status rc = write_corpus(&segment_writer_bulk, bulk, seed, err);
    if (!rc)
        rc = write_corpus(&segment_writer_reference, reference, seed, err);
    if (!rc)
        rc = xap_check(bulk, &report, err);
    if (!rc) {
        str_clear(&report);
        rc = database_compare(bulk, reference, &report, err);
    }
    if (rc)
        printf("corpus %u:\n%s", (unsigned)seed, report.data);
    str_release(&report);
    file_remove(bulk, NULL);
    file_remove(reference, NULL);
    free(bulk);
    free(reference);
    return rc;
}

TEST(bulk_equals_reference_on_random_corpora)
{
    int failures = 0;
    const char *asked = getenv("CORPORA");
    uint64_t corpora = CORPORA;
    if (asked)
        CHECK(number_parse(span_of(asked), 1000000, &corpora));
    for (uint64_t seed = 1; seed <= corpora && failures < 3; seed++) {
        struct error err = ERROR_INIT;
        enum status rc = compare_corpus(seed, &err);
        CHECK_STATUS(rc, STATUS_OK, err);
        failures += rc ? 1 : 0;
    }
}

/* ---- Afterwards ------------------------------------------------------- */

/* Seeds whose corpora have what the tests below want. */
enum { SEED_CHANGED = 2000, CHANGED_CORPORA = 40 };

static void fill_doc(struct xap_doc *doc, const struct document *document)
{
    xap_doc_clear(doc);
    for (size_t i = 0; i < document->posting_count; i++) {
        const struct posting *posting = &document->postings[i];
        uint32_t count;
        const uint32_t *positions = posting_positions(posting, &count);
        xap_doc_add(doc, posting->term, count ? positions[0] : 0,
                    posting->wdf);
        for (uint32_t k = 1; k < count; k++)
            xap_doc_add(doc, posting->term, positions[k], 0);
    }
    for (size_t i = 0; i < document->value_count; i++)
        xap_doc_set_value(doc, document->values[i].slot,
                          document->values[i].bytes);
    xap_doc_set_data(doc, document->data);
}

/* Every third document is deleted, every third replaced, some are added. */
static enum status change(const char *path, uint64_t seed, struct error *err)
{
    struct maker maker = maker_new(seed);
    struct xap_writer *writer;
    enum status rc = xap_writer_open(&writer, path, XAP_OPEN, err);
    struct xap_doc *doc = xap_doc_new();
    uint32_t count = maker.shape.documents;
    for (uint32_t i = 1; !rc && i <= count + 5; i++) {
        fill_doc(doc, make_document(&maker));
        if (i > count)
            rc = xap_writer_add(writer, doc, NULL, err);
        else if (i % 3 == 0)
            rc = xap_writer_delete(writer, i, err);
        else if (i % 3 == 1)
            rc = xap_writer_replace(writer, i, doc, err);
    }
    if (!rc)
        rc = xap_writer_close(writer, err);
    else
        xap_writer_abandon(writer);
    xap_doc_free(doc);
    maker_release(&maker);
    return rc;
}

static enum status change_and_compare(uint64_t seed, struct error *err)
{
    char *bulk = path_for("bulk"), *reference = path_for("reference");
    struct str report = STR_INIT;
    enum status rc = write_corpus(&segment_writer_bulk, bulk, seed, err);
    if (!rc)
        rc = write_corpus(&segment_writer_reference, reference, seed, err);
    if (!rc)
        rc = change(bulk, seed, err);
    if (!rc)
        rc = change(reference, seed, err);
    if (!rc)
        rc = xap_check(bulk, &report, err);
    if (!rc) {
        str_clear(&report);
        rc = database_compare(bulk, reference, &report, err);
    }
    if (rc)
        printf("corpus %u:\n%s", (unsigned)seed, report.data);
    str_release(&report);
    free(bulk);
    free(reference);
    return rc;
}

TEST(libxapian_adds_replaces_and_deletes_in_a_bulk_segment)
{
    int failures = 0;
    for (unsigned i = 0; i < CHANGED_CORPORA && failures < 3; i++) {
        struct error err = ERROR_INIT;
        enum status rc = change_and_compare(SEED_CHANGED + i, &err);
        CHECK_STATUS(rc, STATUS_OK, err);
        failures += rc ? 1 : 0;
    }
}

enum { SEED_COMPACTED = 3000, COMPACTED_CORPORA = 4 };

static char *compact(const struct segment_writer_class *class)
{
    struct error err = ERROR_INIT;
    char *paths[COMPACTED_CORPORA];
    for (unsigned i = 0; i < COMPACTED_CORPORA; i++) {
        char name[32];
        snprintf(name, sizeof(name), "%s%u", class->name, i);
        paths[i] = path_for(name);
        CHECK_STATUS(write_corpus(class, paths[i], SEED_COMPACTED + i, &err),
                     STATUS_OK, err);
    }
    char *all = path_for(class->name);
    CHECK_STATUS(
        xap_compact(all, (const char *const *)paths, COMPACTED_CORPORA, &err),
        STATUS_OK, err);
    for (unsigned i = 0; i < COMPACTED_CORPORA; i++)
        free(paths[i]);
    return all;
}

TEST(libxapian_compacts_bulk_segments)
{
    struct error err = ERROR_INIT;
    struct str report = STR_INIT;
    char *bulk = compact(&segment_writer_bulk);
    char *reference = compact(&segment_writer_reference);
    CHECK_STATUS(xap_check(bulk, NULL, &err), STATUS_OK, err);
    CHECK_STATUS(database_compare(bulk, reference, &report, &err), STATUS_OK,
                 err);
    CHECK_SPAN(str_span(&report), "");
    str_release(&report);
    free(bulk);
    free(reference);
}

/* ---- Sizes ------------------------------------------------------------ */

enum { FAULTY_FIRST = 8100, FAULTY_LAST = 8600 };

/* Texts of few letters: what libxapian's own writer stores so that its reader
 * cannot read it back. */
static struct span few_letters(uint32_t size, struct str *out)
{
    uint64_t random = size;
    str_clear(out);
    for (uint32_t i = 0; i < size; i++)
        str_add_char(out, below(&random, 40) ? 'a' : 'b');
    return str_span(out);
}

TEST(bulk_data_of_any_size_is_read_back)
{
    struct error err = ERROR_INIT;
    char *path = path_for("sizes");
    struct segment_writer *writer;
    const struct segment_writer_class *class = &segment_writer_bulk;
    struct str text = STR_INIT, got = STR_INIT;
    CHECK_STATUS(class->open(&writer, path, MEMORY, &err), STATUS_OK, err);
    for (uint32_t size = FAULTY_FIRST; size < FAULTY_LAST; size++) {
        struct document document = { .data = few_letters(size, &text) };
        CHECK_STATUS(class->add(writer, &document, &err), STATUS_OK, err);
    }
    CHECK_STATUS(class->finish(writer, (struct span){ NULL, 0 }, &err),
                 STATUS_OK, err);
    CHECK_STATUS(xap_check(path, NULL, &err), STATUS_OK, err);
    struct xap_db *db;
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    for (uint32_t size = FAULTY_FIRST; size < FAULTY_LAST; size++) {
        str_clear(&got);
        CHECK_STATUS(xap_db_data(db, size - FAULTY_FIRST + 1, &got, &err),
                     STATUS_OK, err);
        CHECK(span_equal(few_letters(size, &text), str_span(&got)));
    }
    xap_db_free(db);
    str_release(&text);
    str_release(&got);
    free(path);
}

/* So much that lists are spilled to disk several times. */
static enum status write_large(const struct segment_writer_class *class,
                               const char *path, struct error *err)
{
    struct maker maker = maker_new(1);
    maker.shape = (struct shape){
        .documents = 2500, .vocabulary = 20000, .words = 600, .values = true
    };
    struct segment_writer *writer;
    enum status rc = class->open(&writer, path, MEMORY, err);
    for (uint32_t i = 0; !rc && i < maker.shape.documents; i++)
        rc = class->add(writer, make_document(&maker), err);
    if (!rc)
        rc = class->finish(writer, (struct span){ NULL, 0 }, err);
    maker_release(&maker);
    return rc;
}

TEST(bulk_equals_reference_when_it_spills)
{
    struct error err = ERROR_INIT;
    struct str report = STR_INIT;
    char *bulk = path_for("bulk"), *reference = path_for("reference");
    CHECK_STATUS(write_large(&segment_writer_bulk, bulk, &err), STATUS_OK, err);
    CHECK_STATUS(write_large(&segment_writer_reference, reference, &err),
                 STATUS_OK, err);
    CHECK_STATUS(xap_check(bulk, NULL, &err), STATUS_OK, err);
    CHECK_STATUS(database_compare(bulk, reference, &report, &err), STATUS_OK,
                 err);
    CHECK_SPAN(str_span(&report), "");
    str_release(&report);
    free(bulk);
    free(reference);
}

/* ---- Refusals --------------------------------------------------------- */

static enum status add_words(struct segment_writer *writer,
                             const struct posting *postings, size_t count,
                             struct error *err)
{
    const struct document document = { .postings = postings,
                                       .posting_count = count };
    return writer->class->add(writer, &document, err);
}

static struct posting posting_of(struct span term, uint32_t position,
                                 uint32_t wdf)
{
    return (struct posting){ .term = term,
                             .hash = span_hash(term, 0),
                             .position = position,
                             .wdf = wdf };
}

TEST(bulk_refuses_a_document_and_goes_on)
{
    static const char zeros[130] = { 0 };
    char letters[246];
    memset(letters, 'x', sizeof(letters));
    const struct posting good = posting_of(span_of("good"), 1, 1);
    const struct posting bad[][3] = {
        { good, posting_of(span_of("new"), 2, 1),
          posting_of((struct span){ letters, 246 }, 1, 1) },
        { good, good, posting_of((struct span){ zeros, 123 }, 1, 1) },
        { good, good, posting_of(span_of(""), 1, 1) },
        { good, posting_of(span_of("b"), 0, UINT32_MAX),
          posting_of(span_of("c"), 0, 1) },
    };
    struct error err = ERROR_INIT;
    char *path = path_for("refused");
    struct segment_writer *writer;
    CHECK_STATUS(segment_writer_bulk.open(&writer, path, MEMORY, &err),
                 STATUS_OK, err);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK_STATUS(add_words(writer, &good, 1, &err), STATUS_OK, err);
        CHECK_STATUS(add_words(writer, bad[i], 3, &err), STATUS_TOO_BIG, err);
    }
    CHECK_STATUS(
        segment_writer_bulk.finish(writer, (struct span){ NULL, 0 }, &err),
        STATUS_OK, err);
    CHECK_STATUS(xap_check(path, NULL, &err), STATUS_OK, err);
    struct xap_db *db;
    struct xap_db_figures figures = { 0 };
    uint32_t documents = 9;
    uint64_t occurrences;
    CHECK_STATUS(xap_db_open(&db, path, &err), STATUS_OK, err);
    CHECK_STATUS(xap_db_measure(db, &figures, &err), STATUS_OK, err);
    CHECK_NUMBER(figures.documents, 4);
    CHECK_NUMBER(figures.total_length, 4);
    CHECK_STATUS(
        xap_db_frequency(db, span_of("new"), &documents, &occurrences, &err),
        STATUS_OK, err);
    CHECK_NUMBER(documents, 0);
    xap_db_free(db);
    free(path);
}

TEST(bulk_needs_a_new_directory)
{
    struct error err = ERROR_INIT;
    struct segment_writer *writer;
    CHECK_STATUS(
        segment_writer_bulk.open(&writer, test_directory(), MEMORY, &err),
        STATUS_IO, err);
    CHECK(!writer);
    CHECK(strstr(err.message, test_directory()));
}

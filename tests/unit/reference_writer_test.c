/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/read_back.h"
#include "indexer/segment_writer.h"
#include "newsdb/record.h"
#include "tests/unit/test.h"
#include "xapian-c/xapian-c.h"

enum { FIRST = 8100, LAST = 8600 };

/* Of one letter: libxapian alone could not read one in seven. */
static void letters(struct str *out, size_t size)
{
    str_clear(out);
    for (size_t i = 0; i < size; i++)
        str_add_char(out, 'x');
}

TEST(reference_writer_writes_records_that_can_be_read)
{
    struct error err = ERROR_INIT;
    struct segment_writer *writer;
    struct str text = STR_INIT, data = STR_INIT;
    unsigned unsure = 0;
    char path[512];
    snprintf(path, sizeof(path), "%s/letters", test_directory());
    const struct segment_writer_class *class = &segment_writer_reference;
    CHECK_STATUS(class->open(&writer, path, 1 << 20, &err), STATUS_OK, err);
    for (size_t size = FIRST; size < LAST; size++) {
        letters(&text, size);
        const struct record record = { .text = str_span(&text),
                                       .date = DATE_INIT };
        str_clear(&data);
        record_encode(&data, &record);
        const struct document document = { .data = str_span(&data) };
        unsure += !read_back_is_sure(str_span(&data));
        CHECK_STATUS(class->add(writer, &document, &err), STATUS_OK, err);
    }
    CHECK(unsure > 0);
    struct span no_metadata = { NULL, 0 };
    CHECK_STATUS(class->finish(writer, no_metadata, &err), STATUS_OK, err);
    CHECK_STATUS(xap_check(path, NULL, &err), STATUS_OK, err);

    struct xap_db *db;
    struct arena *memory = arena_new();
    xap_db_open(&db, path, &err);
    for (size_t size = FIRST; size < LAST; size++) {
        struct record record;
        str_clear(&data);
        CHECK_STATUS(xap_db_data(db, (uint32_t)(size - FIRST + 1), &data, &err),
                     STATUS_OK, err);
        CHECK_STATUS(record_decode(&record, str_span(&data), memory, &err),
                     STATUS_OK, err);
        CHECK_NUMBER(record.text.size, size);
    }
    arena_free(memory);
    xap_db_free(db);
    str_release(&text);
    str_release(&data);
}

/* Terms in rows, which deflate well, and some more that do not: lists of many
 * sizes. */
enum { LISTS = 400, TERMS = 2640, TERM_SIZE = 8 };

static bool count_term(void *payload, struct span term, uint32_t count)
{
    (void)count;
    *(size_t *)payload += term.data[0] != '\xFF';
    return true;
}

static size_t make_terms(char (*texts)[TERM_SIZE], struct posting *postings,
                         size_t list)
{
    size_t count = TERMS + list;
    for (size_t i = 0; i < count; i++) {
        snprintf(texts[i], TERM_SIZE, "%07u", (unsigned)(1000000 + i));
        struct span term = span_of(texts[i]);
        postings[i] = (struct posting){ .term = term,
                                        .hash = span_hash(term, 0),
                                        .wdf = 1 };
    }
    return count;
}

TEST(reference_writer_writes_lists_of_terms_that_can_be_read)
{
    static char texts[TERMS + LISTS][TERM_SIZE];
    static struct posting postings[TERMS + LISTS];
    struct error err = ERROR_INIT;
    struct segment_writer *writer;
    char path[512];
    snprintf(path, sizeof(path), "%s/terms", test_directory());
    const struct segment_writer_class *class = &segment_writer_reference;
    CHECK_STATUS(class->open(&writer, path, 1 << 30, &err), STATUS_OK, err);
    for (size_t list = 0; list < LISTS; list++) {
        const struct document document = {
            .postings = postings,
            .posting_count = make_terms(texts, postings, list),
        };
        CHECK_STATUS(class->add(writer, &document, &err), STATUS_OK, err);
    }
    struct span no_metadata = { NULL, 0 };
    CHECK_STATUS(class->finish(writer, no_metadata, &err), STATUS_OK, err);
    CHECK_STATUS(xap_check(path, NULL, &err), STATUS_OK, err);

    struct xap_db *db;
    xap_db_open(&db, path, &err);
    for (size_t list = 0; list < LISTS; list++) {
        size_t terms = 0;
        CHECK_STATUS(xap_db_each_document_term(db, (uint32_t)list + 1,
                                               count_term, &terms, &err),
                     STATUS_OK, err);
        CHECK_NUMBER(terms, TERMS + list);
    }
    xap_db_free(db);
}

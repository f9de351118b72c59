/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/record.h"

#include <stdlib.h>

#include "base/pack.h"
#include "tests/unit/test.h"

static struct mention mentions[] = { { 0, 4 }, { 12, 5 } };
static struct name names[] = {
    { NAME_PERSON, true, SPAN_LITERAL("John Kirby"), SPAN_LITERAL("john kirby"),
      NULL, 0 },
    { NAME_ORG, false, SPAN_LITERAL("Pentagon"), SPAN_LITERAL("pentagon"),
      mentions, 2 },
};
static struct span authors[] = { SPAN_LITERAL("Ann Roe"),
                                 SPAN_LITERAL("Bo Lee") };
static struct mentioned_date dates[] = {
    { { DATE_MONTH, 19000, 0, DATE_ZONE_NONE }, 2, 3 },
};

static struct record sample(void)
{
    return (struct record){
        .collection = SPAN_LITERAL("c"),
        .id = SPAN_LITERAL("7"),
        .text = SPAN_LITERAL("A title\n\nAnd a body."),
        .title_size = 7,
        .date = { DATE_TIME, 19095, 3661, -300 },
        .source = SPAN_LITERAL("Wire"),
        .language = SPAN_LITERAL("en"),
        .authors = { authors, 2 },
        .names = { names, 2 },
        .dates = dates,
        .date_count = 1,
        .origin = SPAN_LITERAL("news/a.jsonl.gz"),
        .origin_offset = 123456789,
    };
}

TEST(record_comes_back_as_it_was)
{
    struct record in = sample(), out;
    struct str data = STR_INIT, again = STR_INIT;
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    record_encode(&data, &in);
    CHECK_STATUS(record_decode(&out, str_span(&data), memory, &err), STATUS_OK,
                 err);
    CHECK_SPAN(record_title(&out), "A title");
    CHECK_SPAN(record_body(&out), "And a body.");
    CHECK_NUMBER(out.date.zone, -300);
    CHECK_NUMBER(out.names.items[1].mentions[1].offset, 12);
    CHECK_NUMBER(out.origin_offset, 123456789);
    record_encode(&again, &out);
    CHECK(span_equal(str_span(&data), str_span(&again)));
    arena_free(memory);
    str_release(&data);
    str_release(&again);
}

TEST(record_with_title_or_body_alone)
{
    struct record title = { .text = SPAN_LITERAL("only"), .title_size = 4 };
    struct record body = { .text = SPAN_LITERAL("only"), .title_size = 0 };
    CHECK_SPAN(record_title(&title), "only");
    CHECK_SPAN(record_body(&title), "");
    CHECK_SPAN(record_title(&body), "");
    CHECK_SPAN(record_body(&body), "only");
}

TEST(record_of_a_later_version_says_so)
{
    struct record out;
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    CHECK_STATUS(record_decode(&out, span_of("\x02"), memory, &err),
                 STATUS_MISMATCH, err);
    CHECK_STATUS(record_decode(&out, span_of(""), memory, &err), STATUS_CORRUPT,
                 err);
    /* A field of a later minor change is passed over. */
    struct span later = SPAN_LITERAL("\x01\x63\x02xy");
    CHECK_STATUS(record_decode(&out, later, memory, &err), STATUS_OK, err);
    arena_free(memory);
}

TEST(record_offsets_lie_in_the_text)
{
    struct record in = sample(), out;
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    struct str data = STR_INIT;
    in.text = (struct span)SPAN_LITERAL("short");
    in.title_size = 0;
    record_encode(&data, &in);
    CHECK_STATUS(record_decode(&out, str_span(&data), memory, &err),
                 STATUS_CORRUPT, err);
    arena_free(memory);
    str_release(&data);
}

TEST(record_cut_or_damaged_never_reads_past_its_end)
{
    struct record in = sample(), out;
    struct str data = STR_INIT;
    struct arena *memory = arena_new();
    uint32_t state = 7;
    record_encode(&data, &in);
    for (size_t size = 0; size < data.size; size++)
        for (int round = 0; round < 20; round++) {
            char *copy = malloc(size + 1);
            memcpy(copy, data.data, size);
            if (round && size) {
                state = state * 1664525u + 1013904223u;
                copy[(state >> 8) % size] = (char)(state >> 16);
            }
            record_decode(&out, (struct span){ copy, size }, memory, NULL);
            arena_reset(memory);
            free(copy);
        }
    arena_free(memory);
    str_release(&data);
}

/* Encoded fields after the version: number, size, bytes. */
#define RECORD(bytes) SPAN_LITERAL("\x01" bytes)

static const struct {
    struct span data;
    enum status expected;
} encodings[] = {
    { RECORD(""), STATUS_OK },
    { RECORD("\x13\x02hi"), STATUS_OK },
    { RECORD("\x13\x03hi"), STATUS_CORRUPT },
    { RECORD("\x13"), STATUS_CORRUPT },
    { RECORD("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), STATUS_CORRUPT },
    /* Fields ascend, each comes once. */
    { RECORD("\x01\x01"
             "c\x02\x01i"),
      STATUS_OK },
    { RECORD("\x02\x01i\x01\x01"
             "c"),
      STATUS_CORRUPT },
    { RECORD("\x02\x01i\x02\x01i"), STATUS_CORRUPT },
    { RECORD("\x00\x01i"), STATUS_CORRUPT },
    /* Texts are UTF-8; ids and paths are what they are. */
    { RECORD("\x02\x01\xE9"), STATUS_OK },
    { RECORD("\x11\x01\xE9"), STATUS_OK },
    { RECORD("\x13\x02\xC3\xA9"), STATUS_OK },
    { RECORD("\x13\x02\xC3?"), STATUS_CORRUPT },
    { RECORD("\x13\x01\xC3"), STATUS_CORRUPT },
    { RECORD("\x05\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x06\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x07\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x08\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x09\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x0A\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x0B\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x0C\x01\xE9"), STATUS_CORRUPT },
    /* Lists: items are not empty, and are there. */
    { RECORD("\x0D\x02\x01J"), STATUS_OK },
    { RECORD("\x0D\x02\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x0E\x02\x01\xE9"), STATUS_CORRUPT },
    { RECORD("\x0E\x02\x00\x00"), STATUS_CORRUPT },
    { RECORD("\x0E\x02\x02J"), STATUS_CORRUPT },
    /* The title is a part of the text, with two bytes before the body. */
    { RECORD("\x03\x01\x02\x13\x02hi"), STATUS_OK },
    { RECORD("\x03\x01\x03\x13\x02hi"), STATUS_CORRUPT },
    { RECORD("\x03\x01\x01\x13\x02hi"), STATUS_CORRUPT },
    { RECORD("\x03\x01\x01\x13\x03h\xC3\xA9"), STATUS_OK },
    { RECORD("\x03\x01\x02\x13\x05h\xC3\xA9\n\n"), STATUS_CORRUPT },
    { RECORD("\x03\x02\x01\x01\x13\x02hi"), STATUS_CORRUPT },
    /* Dates: precision, day (zigzag), second, zone. */
    { RECORD("\x04\x02\x03\x00"), STATUS_OK },
    { RECORD("\x04\x02\x05\x00"), STATUS_CORRUPT },
    { RECORD("\x04\x03\x03\x00\x00"), STATUS_CORRUPT },
    { RECORD("\x04\x06\x03\xFF\xFF\xFF\xFF\x0F"), STATUS_CORRUPT },
    { RECORD("\x04\x04\x04\x00\x01\x00"), STATUS_OK },
    { RECORD("\x04\x06\x04\x00\x80\xA3\x05\x00"), STATUS_CORRUPT },
    { RECORD("\x04\x06\x04\x00\x00\x81\x80\x10"), STATUS_CORRUPT },
    /* Names: kind and stated, form, key, mentions. */
    { RECORD("\x0F\x06\x00\x01J\x01j\x00"), STATUS_OK },
    { RECORD("\x0F\x06\x7E\x01J\x01j\x00"), STATUS_CORRUPT },
    { RECORD("\x0F\x06\x00\x01J\x01j\x01"), STATUS_CORRUPT },
    { RECORD("\x0F\x06\x00\x01\xE9\x01j\x00"), STATUS_CORRUPT },
    { RECORD("\x0F\x06\x00\x01J\x01\xE9\x00"), STATUS_CORRUPT },
    { RECORD("\x0F\x08\x00\x01J\x01j\x01\x00\x02\x13\x02Jo"), STATUS_OK },
    { RECORD("\x0F\x08\x00\x01J\x01j\x01\x01\x02\x13\x02Jo"), STATUS_CORRUPT },
    { RECORD("\x0F\x08\x00\x01J\x01j\x01\x00\x01\x13\x02\xC3\xA9"),
      STATUS_CORRUPT },
    { RECORD("\x0F\x08\x00\x01J\x01j\x01\x01\x01\x13\x02\xC3\xA9"),
      STATUS_CORRUPT },
    { RECORD("\x0F\x0C\x00\x01J\x01j\x7F\x00\x01\x00\x01\x00\x01"),
      STATUS_CORRUPT },
    { RECORD("\x0F\x0E\x00\x01J\x01j\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
      STATUS_CORRUPT },
    /* Dates of the text: a date, offset, size. */
    { RECORD("\x10\x04\x01\x00\x00\x02\x13\x02hi"), STATUS_OK },
    { RECORD("\x10\x04\x01\x00\x01\x02\x13\x02hi"), STATUS_CORRUPT },
    { RECORD("\x10\x04\x01\x00\x01\x01\x13\x02\xC3\xA9"), STATUS_CORRUPT },
    { RECORD("\x10\x03\x01\x00\x01\x13\x02hi"), STATUS_CORRUPT },
    { RECORD("\x12\x02\x80\x01"), STATUS_OK },
    { RECORD("\x12\x02\x01\x01"), STATUS_CORRUPT },
    /* What a later version of this format adds. */
    { RECORD("\x13\x02hi\x14\x02\xFF\xFF\x15\x01?"), STATUS_OK },
};

TEST(record_encodings_are_read_with_care)
{
    for (size_t i = 0; i < sizeof(encodings) / sizeof(*encodings); i++) {
        struct record out;
        struct error err = ERROR_INIT;
        struct arena *memory = arena_new();
        char *copy = malloc(encodings[i].data.size);
        memcpy(copy, encodings[i].data.data, encodings[i].data.size);
        struct span data = { copy, encodings[i].data.size };
        enum status rc = record_decode(&out, data, memory, &err);
        if (rc != encodings[i].expected)
            printf("encoding %zu:\n", i);
        CHECK_STATUS(rc, encodings[i].expected, err);
        arena_free(memory);
        free(copy);
    }
}

TEST(record_damage_is_named_by_its_byte)
{
    struct record out;
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    struct span damaged = RECORD("\x01\x03"
                                 "abc\x05\x01\xE9");
    CHECK_STATUS(record_decode(&out, damaged, memory, &err), STATUS_CORRUPT,
                 err);
    CHECK_STR(err.message, "the record is damaged at byte 6");
    struct span huge = { "\x01", (size_t)RECORD_SIZE_MAX + 1 };
    CHECK_STATUS(record_decode(&out, huge, memory, &err), STATUS_CORRUPT, err);
    arena_free(memory);
}

/* A megabyte that claims as many items as it can. */
TEST(record_items_are_bounded_by_their_bytes)
{
    enum { SIZE = 1 << 20 };
    struct record out;
    struct error err = ERROR_INIT;
    struct arena *memory = arena_new();
    struct str data = STR_INIT, items = STR_INIT;
    for (size_t i = 0; i < SIZE / 2; i++)
        pack_string(&items, span_of("x"));
    str_add_char(&data, RECORD_VERSION);
    pack_number(&data, 14);
    pack_string(&data, str_span(&items));
    CHECK_STATUS(record_decode(&out, str_span(&data), memory, &err), STATUS_OK,
                 err);
    CHECK_NUMBER(out.topics.count, SIZE / 2);
    CHECK(arena_held(memory) <= 9 * data.size);
    arena_free(memory);
    str_release(&data);
    str_release(&items);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/record.h"

#include <stdlib.h>

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

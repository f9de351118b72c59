/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/hash.h"

#include "tests/unit/test.h"

TEST(span_hash_is_xxh64)
{
    /* The reference values of the xxHash specification's own tool. */
    CHECK(span_hash(span_of(""), 0) == 0xEF46DB3751D8E999u);
    CHECK(span_hash(span_of("a"), 0) == 0xD24EC4F1A98C6E5Bu);
    CHECK(span_hash(span_of("abc"), 0) == 0x44BC2CF5AD770999u);
    CHECK(span_hash(span_of("Nobody inspects the spammish repetition"), 0) ==
          0xFBCEA83C8A378BF1u);
}

TEST(span_next_gives_every_part_once)
{
    struct span rest = span_of("a,,b,"), part;
    const char *expected[] = { "a", "", "b", "" };
    size_t count = 0;
    while (span_next(&rest, ',', &part))
        CHECK_SPAN(part, expected[count++]);
    CHECK_NUMBER(count, 4);
}

TEST(span_find_and_trim)
{
    struct span s = span_of("  abcabd \r\n");
    CHECK_NUMBER(span_find(s, 0, span_of("abd")), 5);
    CHECK(span_find(s, 6, span_of("abd")) == SIZE_MAX);
    CHECK_SPAN(span_trim(s), "abcabd");
    CHECK_SPAN(span_trim(span_of(" \n")), "");
    CHECK(span_starts_nocase(span_of("Date: x"), "date:"));
    CHECK(!span_starts(span_of("da"), "date"));
    CHECK(span_compare(span_of("ab"), span_of("abc")) < 0);
    CHECK(span_compare(span_of("b"), span_of("abc")) > 0);
}

TEST(hash_in_pieces_equals_span_hash)
{
    char bytes[200];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7);
    for (size_t size = 0; size <= sizeof(bytes); size++)
        for (size_t step = 1; step < 70; step += 13) {
            struct hash hash = hash_begin();
            struct span all = { bytes, size };
            for (size_t at = 0; at < size; at += step)
                hash_add(&hash, span_slice(all, at, at + step));
            CHECK(hash_end(&hash) == span_hash(all, 0));
        }
}

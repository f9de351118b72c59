/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names_tally.h"

#include "tests/unit/test.h"

/* "Kirby met John Kirby; KIRBY spoke" and a second text. */
static void add_two(struct tally *tally, unsigned kinds)
{
    struct mention first[] = { { 0, 5 }, { 10, 10 }, { 22, 5 } };
    struct mention second[] = { { 0, 5 } };
    struct name of_first[] = {
        { NAME_PERSON, false, SPAN_LITERAL("John Kirby"),
          SPAN_LITERAL("john kirby"), first, 3 },
        { NAME_ORG, true, SPAN_LITERAL("Abacus"), SPAN_LITERAL("abacus"), NULL,
          0 },
    };
    struct name of_second[] = {
        { NAME_PERSON, false, SPAN_LITERAL("John Kirby"),
          SPAN_LITERAL("john kirby"), second, 1 },
    };
    struct record record = {
        .text = SPAN_LITERAL("Kirby met John Kirby; KIRBY spoke"),
        .names = { of_first, 2 },
    };
    tally_add(tally, &record, kinds);
    record.text = span_of("Kirby");
    record.names = (struct names){ of_second, 1 };
    tally_add(tally, &record, kinds);
}

TEST(tally_counts_articles_mentions_and_spellings)
{
    struct tally *tally = tally_new();
    size_t count;
    add_two(tally, UINT32_MAX);
    const struct tallied *names = tally_sorted(tally, TALLY_BY_COUNT, &count);
    CHECK(count == 2);
    CHECK_SPAN(names[0].key, "john kirby");
    CHECK_SPAN(tally_form(&names[0]), "John Kirby");
    CHECK(names[0].articles == 2 && names[0].mentions == 4);
    CHECK(names[0].spelling_count == 3);
    CHECK_SPAN(names[0].spellings[0].text, "Kirby");
    CHECK(names[0].spellings[0].mentions == 2);
    CHECK(names[1].articles == 1 && names[1].mentions == 0);
    /* Sorting anew and adding more keep what was counted. */
    names = tally_sorted(tally, TALLY_BY_NAME, &count);
    CHECK_SPAN(names[0].key, "abacus");
    add_two(tally, UINT32_MAX);
    names = tally_sorted(tally, TALLY_BY_COUNT, &count);
    CHECK(count == 2 && names[0].articles == 4 && names[1].articles == 2);
    tally_free(tally);
}

TEST(tally_counts_the_kinds_asked_for)
{
    struct tally *tally = tally_new();
    size_t count;
    add_two(tally, 1U << NAME_ORG);
    const struct tallied *names = tally_sorted(tally, TALLY_BY_COUNT, &count);
    CHECK(count == 1);
    CHECK_SPAN(names[0].key, "abacus");
    tally_free(tally);
}

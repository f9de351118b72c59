/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/fold.h"

#include "tests/unit/test.h"

static const char copy[] =
    "Harbour wall gives way\n\n"
    "The harbour wall of Portsea gave way on Monday night and two boats were "
    "lost, the port authority said. Nobody was hurt. Engineers will look at "
    "the wall today.";

static struct record record_of(const char *text)
{
    struct span all = span_of(text);
    size_t title = span_find_char(all, 0, '\n');
    return (struct record){ .text = all,
                            .title_size =
                                title == SIZE_MAX ? 0 : (uint32_t)title };
}

/* Which of two stands behind which. */
static size_t second_of(const char *first, const char *second)
{
    const struct record a = record_of(first), b = record_of(second);
    const struct record *records[] = { &a, &b };
    size_t behind[2];
    fold_records(behind, records, 2);
    CHECK_NUMBER(behind[0], 0);
    return behind[1];
}

TEST(fold_finds_a_copy_under_another_title)
{
    CHECK_NUMBER(
        second_of(copy,
                  "Boats lost at Portsea\n\n"
                  "The harbour wall of Portsea gave way on Monday night and "
                  "two boats were lost, the port authority said. Nobody was "
                  "hurt. Engineers will look at the wall today."),
        0);
}

TEST(fold_finds_a_copy_that_was_cut)
{
    CHECK_NUMBER(
        second_of(copy, "Harbour wall gives way\n\n"
                        "The harbour wall of Portsea gave way on Monday night"),
        0);
}

TEST(fold_leaves_other_articles_of_the_same_event)
{
    CHECK_NUMBER(second_of(copy,
                           "Portsea harbour closed\n\n"
                           "Portsea's harbour stays closed after its wall "
                           "gave way on Monday night, sinking two boats. "
                           "Fishermen asked the council for help."),
                 1);
}

TEST(fold_wants_short_texts_to_be_the_same)
{
    CHECK_NUMBER(second_of("Weather report", "Weather report"), 0);
    CHECK_NUMBER(second_of(copy, "harbour wall gives way"), 1);
    CHECK_NUMBER(second_of("", ""), 1);
}

TEST(fold_gathers_all_behind_the_first)
{
    const struct record a = record_of(copy), b = record_of("Another story"),
                        c = record_of(copy), d = record_of(copy);
    const struct record *records[] = { &a, &b, &c, &d };
    size_t behind[4];
    fold_records(behind, records, 4);
    CHECK_NUMBER(behind[1], 1);
    CHECK_NUMBER(behind[2], 0);
    CHECK_NUMBER(behind[3], 0);
}

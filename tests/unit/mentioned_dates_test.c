/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/mentioned_dates.h"

#include "tests/unit/test.h"

/* Published on Wednesday, April 13, 2022. */
static const struct {
    const char *text, *dates;
} cases[] = {
    { "On April 13, 2022 he said", "April 13, 2022=2022-04-13" },
    { "by 2 March 1987.", "2 March 1987=1987-03-02" },
    { "from 2021-12-31 on", "2021-12-31=2021-12-31" },
    { "on Sept. 5 and 24 December",
      "Sept. 5=2022-09-05 24 December=2021-12-24" },
    { "in May 2019", "May 2019=2019-05" },
    { "in March, since December, next June",
      "March=2022-03 December=2021-12 June=2022-06" },
    { "May I ask, said Mr March", "" },
    { "in 2019 and since 1987, room 2019 aside", "2019=2019 1987=1987" },
    { "on Tuesday; on Wednesday; next Friday",
      "Tuesday=2022-04-12 Wednesday=2022-04-13 Friday=2022-04-15" },
    { "yesterday, three days ago, two years ago",
      "yesterday=2022-04-12 three days ago=2022-04-10 two years ago=2020" },
    { "last week, last month, next year",
      "last week=2022-04-04 last month=2022-03 next year=2023" },
    { "the army marched 13 miles", "" },
    { "13th of April, 2020; the 2nd of May",
      "13th of April, 2020=2020-04-13 2nd of May=2022-05-02" },
    { "on July 28 last year, March 5 next year, in July of last year",
      "July 28 last year=2021-07-28 March 5 next year=2023-03-05 "
      "July of last year=2021-07" },
    { "On November 20 he said", "November 20=2021-11-20" },
    { "Tuesday's vote, today's and last year's",
      "Tuesday=2022-04-12 today=2022-04-13 last year=2021" },
    { "Monday\xE2\x80\x99s vote", "Monday=2022-04-11" },
    { "last night, this morning; tonight",
      "last night=2022-04-12 this morning=2022-04-13 tonight=2022-04-13" },
    { "They will meet on Friday. He said on Friday they would",
      "Friday=2022-04-15 Friday=2022-04-08" },
    { "The council, due to meet on Monday, said on Monday",
      "Monday=2022-04-18 Monday=2022-04-11" },
    { "until Friday, June 17", "Friday=2022-06-17 June 17=2022-06-17" },
    { "It will open in May. It opened in December.",
      "May=2022-05 December=2021-12" },
    { "between February and July; August Wilson; Mr Monday Eze; By Sunday Ade",
      "February=2022-02 July=2021-07" },
    { "the 2019 election; 2023: a plan; in 2018-2021; Marx (1843)",
      "2019=2019 2023=2023 2018=2018 2021=2021 1843=1843" },
    { "2000 people, $2000, at 1945 UTC, 1987-built, 20191, more than 1950",
      "" },
    { "the last year of the pact", "" },
};

static void list(struct str *out, const char *text, struct date published)
{
    struct arena *memory = arena_new();
    struct mentioned_date *dates;
    size_t count;
    mentioned_dates_find(&dates, &count, span_of(text), published, memory);
    for (size_t i = 0; i < count; i++) {
        str_addf(out, "%s%.*s=", i ? " " : "",
                 SPAN_ARGS(span_slice(span_of(text), dates[i].offset,
                                      dates[i].offset + dates[i].size)));
        date_add(out, dates[i].date);
    }
    arena_free(memory);
}

TEST(mentioned_dates_are_resolved)
{
    struct date published;
    CHECK(date_of_day(&published, 2022, 4, 13));
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str out = STR_INIT;
        list(&out, cases[i].text, published);
        CHECK_STR(out.data, cases[i].dates);
        str_release(&out);
    }
}

TEST(mentioned_dates_without_publication_name_their_year)
{
    struct date none = DATE_INIT;
    struct str out = STR_INIT;
    list(&out, "On Tuesday, April 13; in May 2019; in 2020; last week", none);
    CHECK_STR(out.data, "May 2019=2019-05 2020=2020");
    str_release(&out);
}

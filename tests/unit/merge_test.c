/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/merge.h"

#include "newsdb/archive.h"
#include "tests/unit/test.h"

enum { SEGMENTS_MAX = 100 };

/* The sizes ascend; what is left out is 0 and counts as no segment. */
static const struct {
    const char *what;
    uint64_t sizes[12];
    size_t most, chosen;
} rows[] = {
    { "none", { 0 }, 8, 0 },
    { "one into one", { 5 }, 1, 0 },
    { "as many as may be", { 1, 1, 1, 1, 1, 1, 1, 1 }, 8, 0 },
    { "one over", { 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 8, 2 },
    { "two over", { 5, 5, 9, 9, 9, 9, 9, 9, 9, 9 }, 8, 3 },
    { "similar ones", { 4, 5, 6, 6, 6, 6, 6, 6, 6 }, 8, 3 },
    { "one small", { 1, 9, 9, 9, 9, 9, 9, 9, 9 }, 8, 3 },
    { "two small", { 1, 1, 9, 9, 9, 9, 9, 9, 9 }, 8, 2 },
    { "far apart", { 1, 3, 9, 27, 81, 243, 729, 2187, 6561 }, 8, 2 },
    { "a few of them far apart", { 1, 3, 4, 27, 81, 243, 729, 800 }, 7, 3 },
    { "all", { 1, 20, 300 }, 1, 3 },
};

TEST(merge_chooses_no_more_than_it_needs)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct segment segments[12];
        const struct segment *sorted[12];
        size_t count = 0;
        for (; count < 12 && rows[i].sizes[count]; count++) {
            segments[count] = (struct segment){ .size = rows[i].sizes[count] };
            sorted[count] = &segments[count];
        }
        CHECK_NUMBER(merge_choose(sorted, count, rows[i].most), rows[i].chosen);
        if (merge_choose(sorted, count, rows[i].most) != rows[i].chosen)
            printf("    of %s\n", rows[i].what);
    }
}

/* An archive of nothing but sizes. */
struct sizes {
    struct segment segments[SEGMENTS_MAX];
    size_t count;
    uint64_t added, written; /* `written` by merging */
};

static void add(struct sizes *sizes, uint64_t size)
{
    size_t at = sizes->count++;
    for (; at && sizes->segments[at - 1].size > size; at--)
        sizes->segments[at] = sizes->segments[at - 1];
    sizes->segments[at] = (struct segment){ .size = size };
}

static void merge(struct sizes *sizes, size_t most)
{
    const struct segment *sorted[SEGMENTS_MAX];
    size_t chosen;
    for (size_t i = 0; i < SEGMENTS_MAX; i++)
        sorted[i] = &sizes->segments[i];
    while ((chosen = merge_choose(sorted, sizes->count, most))) {
        uint64_t sum = 0;
        for (size_t i = 0; i < chosen; i++)
            sum += sizes->segments[i].size;
        sizes->count -= chosen;
        memmove(sizes->segments, sizes->segments + chosen,
                sizes->count * sizeof(*sizes->segments));
        sizes->written += sum;
        add(sizes, sum);
    }
}

/* Additions of the same size, of which each has so many segments. */
static const struct {
    int additions, segments;
    uint64_t first; /* the size of what is there before */
    uint64_t times; /* that a byte is written again at most, on average */
} runs[] = {
    { 5, 1, 0, 0 },    { 5, 2, 0, 1 },       { 50, 2, 0, 3 },
    { 500, 2, 0, 5 },  { 4000, 1, 0, 7 },    { 50, 16, 0, 3 },
    { 500, 64, 0, 6 }, { 1000, 1, 1000, 6 }, { 1000, 1, 1000000, 6 },
};

TEST(merge_writes_a_byte_again_a_few_times)
{
    for (size_t i = 0; i < sizeof(runs) / sizeof(*runs); i++) {
        struct sizes sizes = { .count = 0 };
        if (runs[i].first)
            add(&sizes, runs[i].first);
        for (int addition = 0; addition < runs[i].additions; addition++) {
            for (int segment = 0; segment < runs[i].segments; segment++)
                add(&sizes, 100);
            sizes.added += (uint64_t)runs[i].segments * 100;
            merge(&sizes, ARCHIVE_SEGMENTS_MAX);
            CHECK(sizes.count <= ARCHIVE_SEGMENTS_MAX);
        }
        CHECK(sizes.written <= runs[i].times * sizes.added);
        if (sizes.written > runs[i].times * sizes.added)
            printf("    %.2f times with %d additions\n",
                   (double)sizes.written / (double)sizes.added,
                   runs[i].additions);
    }
}

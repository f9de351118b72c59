/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/merge.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "tests/unit/test.h"
#include "tests/unit/test_archive.h"

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

/* ---- Beside other things ---------------------------------------------- */

/* Articles of a segment, and of all. */
enum { EACH = 5, ALL = EACH * ARCHIVE_SEGMENTS_MAX };

/* An archive with as many segments as may be, of which two are being merged
 * into one: 000001 and 000002. */
struct merging {
    char path[512];
    struct archive_writer *writer;
};

static struct merging set_up(void)
{
    struct error err = ERROR_INIT;
    struct merging merging;
    snprintf(merging.path, sizeof(merging.path), "%s", test_new_path());
    archive_writer_open(&merging.writer, merging.path, 0, &err);
    for (int i = 0; i < ARCHIVE_SEGMENTS_MAX; i++)
        test_publish(merging.writer, i * EACH + 1, i * EACH + EACH, 1);
    return merging;
}

static struct merging begin(void)
{
    struct error err = ERROR_INIT;
    struct merging merging = set_up();
    CHECK_STATUS(archive_writer_merge_beside(merging.writer, 1, &err),
                 STATUS_OK, err);
    CHECK_NUMBER(archive_writer_segment_count(merging.writer),
                 ARCHIVE_SEGMENTS_MAX);
    return merging;
}

static size_t directories(const struct merging *merging)
{
    char *path = file_join(merging->path, STUB_SEGMENTS);
    DIR *directory = opendir(path);
    size_t count = 0;
    const struct dirent *entry;
    while ((entry = readdir(directory)))
        count += entry->d_name[0] != '.';
    closedir(directory);
    free(path);
    return count;
}

static void check_and_close(const struct merging *merging, size_t segments,
                            uint32_t articles)
{
    CHECK_NUMBER(archive_writer_segment_count(merging->writer), segments);
    archive_writer_close(merging->writer);
    CHECK_NUMBER(directories(merging), segments);
    CHECK_NUMBER(test_articles(merging->path), articles);
    test_answers(merging->path, articles);
}

TEST(merge_beside_new_articles_goes_on)
{
    struct error err = ERROR_INIT;
    struct merging merging = begin();
    CHECK_NUMBER(test_publish(merging.writer, 101, 103, 1), 0);
    CHECK_NUMBER(archive_writer_segment_count(merging.writer),
                 ARCHIVE_SEGMENTS_MAX + 1);
    CHECK_NUMBER(test_articles(merging.path), ALL + 3);
    CHECK_STATUS(archive_writer_merge(merging.writer, false, &err), STATUS_OK,
                 err);
    check_and_close(&merging, ARCHIVE_SEGMENTS_MAX, ALL + 3);
}

/* The articles that take the place of others, the segments afterwards. */
static const struct {
    int first, last;
    size_t segments;
} replacements[] = {
    { 2, 3, ARCHIVE_SEGMENTS_MAX },       /* of one source */
    { 1, 5, ARCHIVE_SEGMENTS_MAX },       /* all of it */
    { 1, 10, ARCHIVE_SEGMENTS_MAX - 1 },  /* of both */
    { 9, 12, ARCHIVE_SEGMENTS_MAX },      /* and of one that is no source */
    { 11, 12, ARCHIVE_SEGMENTS_MAX + 1 }, /* which has all: none waits */
    { 11, 15, ARCHIVE_SEGMENTS_MAX },     /* nor where it is dropped */
};

TEST(merge_beside_deletions_loses_none)
{
    for (size_t i = 0; i < sizeof(replacements) / sizeof(*replacements); i++) {
        struct error err = ERROR_INIT;
        struct merging merging = begin();
        int first = replacements[i].first, last = replacements[i].last;
        CHECK_NUMBER(test_publish(merging.writer, first, last, 2),
                     last - first + 1);
        CHECK_NUMBER(archive_writer_segment_count(merging.writer),
                     replacements[i].segments);
        CHECK_NUMBER(test_articles(merging.path), ALL);
        CHECK_STATUS(archive_writer_merge(merging.writer, true, &err),
                     STATUS_OK, err);
        for (int id = 1; id <= 20; id++) {
            char data[32];
            snprintf(data, sizeof(data), "%d in round %d", id,
                     1 + (id >= first && id <= last));
            test_article(merging.path, id, data);
        }
        check_and_close(&merging, 1, ALL);
    }
}

TEST(merge_that_nobody_waits_for_leaves_nothing)
{
    struct merging merging = begin();
    check_and_close(&merging, ARCHIVE_SEGMENTS_MAX, ALL);
}

/* It is told once, and can be tried again. */
TEST(merge_that_fails_leaves_what_was)
{
    struct error err = ERROR_INIT;
    struct merging merging = set_up();
    char *source = stub_segment_path(merging.path, "000001");
    char *away = file_join(merging.path, "away");
    CHECK(!rename(source, away));
    CHECK_STATUS(archive_writer_merge_beside(merging.writer, 1, &err),
                 STATUS_OK, err);
    CHECK_STATUS(archive_writer_merge(merging.writer, false, &err),
                 STATUS_NOT_FOUND, err);
    CHECK(!rename(away, source));
    CHECK(span_find(span_of(err.message), 0,
                    span_of("cannot merge segments: ")) == 0);
    CHECK_NUMBER(directories(&merging), ARCHIVE_SEGMENTS_MAX);
    CHECK_NUMBER(test_articles(merging.path), ALL);
    CHECK_STATUS(archive_writer_merge(merging.writer, true, &err), STATUS_OK,
                 err);
    check_and_close(&merging, 1, ALL);
    free(source);
    free(away);
}

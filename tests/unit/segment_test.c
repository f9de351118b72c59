/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/segment.h"

#include <stdlib.h>

#include "newsdb/archive.h"
#include "tests/unit/test.h"
#include "tests/unit/test_archive.h"

TEST(segment_inputs_keep_the_note_that_reaches_furthest)
{
    struct segment_input notes[] = {
        { "c", "/b", 10, 5, 0, 100, 90, false },
        { "c", "/a", 10, 5, 7, 200, 190, true },
        { "c", "/b", 10, 5, 0, 300, 290, false },
        { "c", "/a", 10, 9, 0, 10, 9, false },
    };
    struct segment_inputs inputs = { NULL, 0, 0 };
    inputs.items = calloc(4, sizeof(*inputs.items));
    for (size_t i = 0; i < 4; i++) {
        struct str text = STR_INIT;
        inputs.items[i] = notes[i];
        str_add_text(&text, notes[i].collection);
        inputs.items[i].collection = str_detach(&text);
        str_add_text(&text, notes[i].path);
        inputs.items[i].path = str_detach(&text);
    }
    inputs.count = 4;
    segment_inputs_sort_out(&inputs);
    CHECK_NUMBER(inputs.count, 2);
    CHECK_NUMBER(segment_inputs_find(&inputs, "c", "/a")->modified, 9);
    CHECK_NUMBER(segment_inputs_find(&inputs, "c", "/b")->records, 300);
    CHECK(!segment_inputs_find(&inputs, "d", "/b"));
    segment_inputs_release(&inputs);
}

static void note_input(struct segment_inputs *inputs, const char *path,
                       uint64_t records)
{
    inputs->items =
        realloc(inputs->items, (inputs->count + 1) * sizeof(*inputs->items));
    struct str collection = STR_INIT, copy = STR_INIT;
    str_add_text(&collection, "c");
    str_add_text(&copy, path);
    inputs->items[inputs->count++] =
        (struct segment_input){ str_detach(&collection),
                                str_detach(&copy),
                                1000,
                                5,
                                77,
                                records,
                                records,
                                true };
}

static void publish_input(struct archive_writer *writer, const char *input,
                          int first, int last)
{
    struct error err = ERROR_INIT;
    struct segment_inputs inputs = { NULL, 0, 0 };
    char *path = archive_writer_new_segment(writer);
    test_segment(path, first, last, 1);
    note_input(&inputs, input, (uint64_t)(last - first + 1));
    CHECK_STATUS(segment_restamp(path, &inputs, &err), STATUS_OK, err);
    segment_inputs_release(&inputs);
    test_publish_segment(writer, path, first, last);
    free(path);
}

/* Whose articles were all replaced by another's was read all the same. */
TEST(archive_remembers_inputs_through_replacing_and_merging)
{
    struct error err = ERROR_INIT;
    struct archive_writer *writer;
    struct segment_inputs inputs;
    char path[512];
    snprintf(path, sizeof(path), "%s", test_new_path());
    archive_writer_open(&writer, path, 0, &err);
    publish_input(writer, "/one", 1, 5);
    publish_input(writer, "/two", 1, 7);
    CHECK_NUMBER(archive_writer_segment_count(writer), 1);
    publish_input(writer, "/three", 20, 21);
    for (int merged = 0; merged < 2; merged++) {
        CHECK_STATUS(archive_writer_inputs(writer, &inputs, &err), STATUS_OK,
                     err);
        CHECK_NUMBER(inputs.count, 3);
        const struct segment_input *one =
            segment_inputs_find(&inputs, "c", "/one");
        CHECK(one && one->records == 5 && one->checksum == 77 && one->complete);
        CHECK(segment_inputs_find(&inputs, "c", "/three"));
        segment_inputs_release(&inputs);
        CHECK_STATUS(archive_writer_merge(writer, true, &err), STATUS_OK, err);
        CHECK_NUMBER(archive_writer_segment_count(writer), 1);
    }
    archive_writer_close(writer);
    CHECK_NUMBER(test_articles(path), 9);
}

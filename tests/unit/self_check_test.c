/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/self_check.h"

#include <unistd.h>

#include "base/str.h"
#include "indexer/segment_writer.h"
#include "tests/unit/test.h"

enum { DOCUMENTS = 100, RECORD_SIZE = 3000 };

static void make_record(char *out, int number)
{
    uint32_t random = (uint32_t)number;
    for (int i = 0; i < RECORD_SIZE; i++) {
        random = random * 1664525u + 1013904223u;
        out[i] = (char)(random >> 24);
    }
}

static void write_segment(const struct segment_writer_class *class,
                          const char *path, struct self_check *check)
{
    struct error err = ERROR_INIT;
    struct segment_writer *writer;
    CHECK_STATUS(class->open(&writer, path, 1 << 22, &err), STATUS_OK, err);
    for (int i = 0; i < DOCUMENTS; i++) {
        char record[RECORD_SIZE], id[16];
        make_record(record, i);
        snprintf(id, sizeof(id), "Qc/%d", i);
        const struct posting postings[] = {
            { .term = span_of("word"),
              .hash = span_hash(span_of("word"), 0),
              .position = 1,
              .wdf = 1 + (uint32_t)i },
            { .term = span_of(id), .hash = span_hash(span_of(id), 0) },
        };
        const struct document document = { .postings = postings,
                                           .posting_count = 2,
                                           .data = { record, RECORD_SIZE } };
        CHECK_STATUS(class->add(writer, &document, &err), STATUS_OK, err);
        self_check_add(check, document.data, postings[1].term);
    }
    struct span no_metadata = { NULL, 0 };
    CHECK_STATUS(class->finish(writer, no_metadata, &err), STATUS_OK, err);
}

TEST(self_check_finds_what_does_not_read_back)
{
    const struct segment_writer_class *const writers[] = {
        &segment_writer_bulk, &segment_writer_reference
    };
    for (size_t i = 0; i < 2; i++) {
        struct error err = ERROR_INIT;
        struct self_check check = SELF_CHECK_INIT;
        char path[512], table[600];
        snprintf(path, sizeof(path), "%s/%s", test_directory(),
                 writers[i]->name);
        write_segment(writers[i], path, &check);
        CHECK_NUMBER(check.sample_count, 7); /* 1 2 4 .. 64 */
        CHECK_STATUS(self_check_run(&check, path, &err), STATUS_OK, err);

        check.samples[6].hash++;
        CHECK_STATUS(self_check_run(&check, path, &err), STATUS_CORRUPT, err);
        CHECK(strstr(err.message, "document 64 has another record"));
        check.samples[6].hash--;
        check.samples[5].document++;
        CHECK_STATUS(self_check_run(&check, path, &err), STATUS_CORRUPT, err);
        check.samples[5].document--;
        check.documents++;
        CHECK_STATUS(self_check_run(&check, path, &err), STATUS_CORRUPT, err);
        check.documents--;

        /* What a disk did not keep. */
        snprintf(table, sizeof(table), "%s/docdata.glass", path);
        CHECK(!truncate(table, 3 * 8192));
        CHECK(self_check_run(&check, path, &err) != STATUS_OK);
        self_check_release(&check);
    }
}

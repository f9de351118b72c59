/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/beside.h"

#include <stdlib.h>

#include "base/file.h"
#include "tests/unit/test.h"

enum { PATHS = 6 };

struct visits {
    size_t count;
    int of[PATHS];
};

static void note_visit(void *payload, const size_t *indices, size_t count,
                       struct source *source)
{
    struct visits *visits = payload;
    struct span bytes;
    struct error err = ERROR_INIT;
    CHECK_STATUS(source_peek(source, 1, &bytes, &err), STATUS_OK, err);
    visits->count++;
    for (size_t i = 0; i < count; i++)
        visits->of[indices[i]] += bytes.data[0];
}

TEST(beside_reads_a_file_once_however_often_it_is_named)
{
    static const char *const names[PATHS] = { "a.xml", "b.xml",   "./a.xml",
                                              "a.xml", "missing", "b.xml" };
    static const int expected[PATHS] = { 'a', 'b', 'a', 'a', 0, 'b' };
    struct error err = ERROR_INIT;
    struct visits visits = { 0 };
    char *paths[PATHS];
    for (size_t i = 0; i < PATHS; i++)
        paths[i] = file_join(test_directory(), names[i]);
    file_replace(paths[0], span_of("a"), &err);
    file_replace(paths[1], span_of("b"), &err);
    CHECK_STATUS(beside_read(NULL, (const char *const *)paths, PATHS,
                             note_visit, &visits, &err),
                 STATUS_OK, err);
    CHECK_NUMBER(visits.count, 2);
    for (size_t i = 0; i < PATHS; i++) {
        CHECK_NUMBER(visits.of[i], expected[i]);
        free(paths[i]);
    }
}

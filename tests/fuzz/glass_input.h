/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_input.h - a table of a database as it may be damaged: the version file,
 * which is as long as the first byte says, then the table.
 */
#ifndef NEWS_TESTS_GLASS_INPUT_H
#define NEWS_TESTS_GLASS_INPUT_H

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "glass/glass_table.h"
#include "tests/fuzz/fuzz.h"

static void put_file(const char *directory, const char *name, struct span bytes)
{
    char *path = file_join(directory, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || file_write_all(fd, bytes, path, NULL))
        abort();
    close(fd);
    free(path);
}

/* NULL: it cannot be opened. */
static struct glass_table *open_input(const uint8_t *data, size_t size,
                                      enum glass_kind kind, const char *file)
{
    struct glass_table *out;
    if (!size || data[0] > size - 1)
        return NULL;
    struct span bytes = { (const char *)data + 1, size - 1 };
    const char *base = getenv("TMPDIR");
    char *directory = file_join(base && *base ? base : "/tmp", "fuzz-XXXXXX");
    if (!mkdtemp(directory))
        abort();
    put_file(directory, GLASS_VERSION_FILE, span_slice(bytes, 0, data[0]));
    put_file(directory, file, span_slice(bytes, data[0], bytes.size));
    const struct glass_snapshot snapshot = {
        span_of("30313233-3435-3637-3839-616263646566"), 1
    };
    glass_table_open(&out, directory, kind, &snapshot, NULL);
    /* What is open is read on. */
    file_remove(directory, NULL);
    free(directory);
    return out;
}

#endif

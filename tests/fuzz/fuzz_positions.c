/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/position_list.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/fuzz/fuzz.h"

/* As a database may be damaged: the version file, which is as long as the first
 * byte says, then the position table.  What is asked for is "a". */
static void put(const char *directory, const char *name, struct span bytes)
{
    char *path = file_join(directory, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd < 0 || file_write_all(fd, bytes, path, NULL))
        abort();
    close(fd);
    free(path);
}

static void read_all(struct position_list *list)
{
    struct position_code *code;
    for (uint32_t i = 1; i < 1000; i++) {
        uint64_t last = 0;
        if (position_list_seek(list, i, &code, NULL))
            return;
        while (code->position != POSITION_END) {
            if (last > code->position)
                abort();
            last = (uint64_t)code->position + 1;
            position_code_next(code);
        }
    }
}

static struct position_table *open_written(struct span version,
                                           struct span table)
{
    struct position_table *out;
    const char *base = getenv("TMPDIR");
    char *directory = file_join(base && *base ? base : "/tmp", "fuzz-XXXXXX");
    if (!mkdtemp(directory))
        abort();
    put(directory, "iamglass", version);
    put(directory, "position.glass", table);
    const struct position_snapshot snapshot = {
        span_of("30313233-3435-3637-3839-616263646566"), 1
    };
    position_table_open(&out, directory, &snapshot, NULL);
    /* What is open is read on. */
    file_remove(directory, NULL);
    free(directory);
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size || data[0] > size - 1)
        return 0;
    struct span bytes = { (const char *)data + 1, size - 1 };
    struct position_table *table = open_written(
        span_slice(bytes, 0, data[0]), span_slice(bytes, data[0], bytes.size));
    if (!table)
        return 0;
    struct position_list *list = position_list_new(table, span_of("a"));
    read_all(list);
    position_list_free(list);
    position_table_close(table);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/record.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

/* What was decoded comes back the same. */
static void check_again(const struct record *record, struct arena *memory)
{
    struct str once = STR_INIT, twice = STR_INIT;
    struct record again;
    record_encode(&once, record);
    if (record_decode(&again, str_span(&once), memory, NULL))
        abort();
    record_encode(&twice, &again);
    if (!span_equal(str_span(&once), str_span(&twice)))
        abort();
    str_release(&once);
    str_release(&twice);
}

/* What readers rely on: walk through every mention without checks. */
static void walk(const struct record *record)
{
    for (size_t i = 0; i < record->names.count; i++) {
        const struct name *name = &record->names.items[i];
        for (size_t j = 0; j < name->mention_count; j++) {
            size_t at = name->mentions[j].offset;
            size_t end = at + name->mentions[j].size;
            uint32_t code;
            while (at < end)
                at += utf8_next(record->text.data + at, &code);
            if (at != end)
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *memory = arena_new();
    struct record record;
    if (!record_decode(&record, (struct span){ (const char *)data, size },
                       memory, NULL)) {
        check_again(&record, memory);
        walk(&record);
    }
    arena_free(memory);
    return 0;
}

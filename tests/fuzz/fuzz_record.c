/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/record.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *memory = arena_new();
    struct record record;
    if (!record_decode(&record, (struct span){ (const char *)data, size },
                       memory, NULL)) {
        struct str again = STR_INIT;
        record_encode(&again, &record);
        str_release(&again);
    }
    arena_free(memory);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/column.h"

#include <stdlib.h>

#include "tests/fuzz/fuzz.h"

/* Of a note as it may stand in a segment: the first byte is the number of the
 * last document. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint64_t all[COLUMN_DOCUMENTS / 64];
    struct column column;
    struct span bytes = { (const char *)data + 1, size ? size - 1 : 0 };
    for (size_t i = 0; i < COLUMN_DOCUMENTS / 64; i++)
        all[i] = UINT64_MAX;
    if (!size || !column_parse(&column, bytes, 0, data[0]))
        return 0;
    struct column_count *counts = calloc(column.values + 1, sizeof(*counts));
    uint64_t seen = 0;
    bool holds = column_count(&column, all, counts);
    for (size_t i = 0; i < column.values; i++) {
        seen += counts[i].count;
        if (counts[i].document > data[0])
            abort();
    }
    if (holds && seen != column.total)
        abort();
    free(counts);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query.h"
#include "tests/fuzz/fuzz.h"

/* The first byte decides whether what is left open is repaired. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct query_settings settings = { 19000, size && data[0] & 1 };
    struct span text = { (const char *)data, size };
    struct query_report report = QUERY_REPORT_INIT;
    struct arena *memory = arena_new();
    struct query_node *tree;
    struct str out = STR_INIT;
    if (!query_parse(&tree, span_slice(text, 1, size), &settings, memory,
                     &report, NULL))
        query_print_lines(&out, tree);
    query_point(&out, text, report.column);
    str_release(&out);
    str_release(&report.notes);
    arena_free(memory);
    return 0;
}

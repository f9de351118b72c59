/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where "a" stands (glass_input.h). */
#include "glass/position_list.h"
#include "tests/fuzz/glass_input.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct glass_table *table =
        open_input(data, size, GLASS_POSITION, "position.glass");
    if (!table)
        return 0;
    struct position_list *list = position_list_new(table, span_of("a"));
    read_all(list);
    position_list_free(list);
    glass_table_close(table);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The documents that have "a", and all of them (glass_input.h). */
#include "glass/posting_list.h"
#include "tests/fuzz/glass_input.h"

/* What is damaged may end in an error, but it ends. */
static void read_all(struct posting_list *list, uint32_t stride)
{
    enum status rc = STATUS_OK;
    for (uint32_t wanted = 1;
         !rc && list->document != POSTING_END && wanted < 100000;
         wanted += stride) {
        rc = posting_list_seek(list, wanted, NULL);
        if (!rc && list->document < wanted)
            abort();
        if (!rc && list->document != POSTING_END)
            rc = posting_list_next(list, NULL);
    }
    posting_list_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct posting_list *list;
    struct glass_table *table =
        open_input(data, size, GLASS_POSTLIST, "postlist.glass");
    for (uint32_t stride = 1; table && stride < 10000; stride *= 23) {
        if (!posting_list_new(&list, table, span_of("a"), NULL))
            read_all(list, stride);
        if (!posting_list_new_lengths(&list, table, NULL))
            read_all(list, stride);
    }
    glass_table_close(table);
    return 0;
}

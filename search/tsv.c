/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/tsv.h"

void tsv_cell(struct str *out, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        str_add_char(out, c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
    }
}

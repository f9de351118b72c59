/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/fuzz/format_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return format_fuzz("anpa", data, size);
}

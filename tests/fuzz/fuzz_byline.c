/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any line gives people in valid UTF-8, each on a line that is not empty. */
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/byline.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line = STR_INIT, people = STR_INIT, agency = STR_INIT;
    utf8_repair(&line, (struct span){ (const char *)data, size });
    byline_begins(str_span(&line));
    byline_read(&people, &agency, str_span(&line));
    struct span read = str_span(&people);
    if (utf8_valid_prefix(read) != read.size ||
        (span_find(str_span(&line), 0, span_of("\n")) == SIZE_MAX &&
         span_find(read, 0, span_of("\n\n")) != SIZE_MAX))
        abort();
    str_release(&line);
    str_release(&people);
    str_release(&agency);
    return 0;
}

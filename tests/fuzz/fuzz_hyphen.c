/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Joining the lines of any text gives valid UTF-8, no longer than with blanks
 * between them. */
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus/hyphen.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = STR_INIT, joined = STR_INIT, undone = STR_INIT;
    utf8_repair(&text, (struct span){ (const char *)data, size });
    struct span rest = str_span(&text), line;
    while (span_next(&rest, '\n', &line))
        hyphen_join(&joined, line, true);
    hyphen_undo(&undone, str_span(&text));
    if (utf8_valid_prefix(str_span(&joined)) != joined.size ||
        utf8_valid_prefix(str_span(&undone)) != undone.size ||
        joined.size > text.size || undone.size > text.size)
        abort();
    str_release(&text);
    str_release(&joined);
    str_release(&undone);
    return 0;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/ascii_run.h"

#include "tests/unit/test.h"

/* Each byte behind each number of letters. */
TEST(ascii_run_ends_at_any_other_byte)
{
    char bytes[20];
    for (unsigned byte = 0; byte < 256; byte++)
        for (size_t end = 0; end < sizeof(bytes); end++) {
            memset(bytes, 'z', sizeof(bytes));
            bytes[end] = (char)byte;
            bool inside = (byte >= '0' && byte <= '9') ||
                          (byte >= 'A' && byte <= 'Z') ||
                          (byte >= 'a' && byte <= 'z');
            struct span text = { bytes, sizeof(bytes) };
            size_t expected = inside ? sizeof(bytes) : end;
            CHECK(ascii_is_alphanumeric((char)byte) == inside);
            CHECK_NUMBER(ascii_run_end(text, 0), expected);
            CHECK_NUMBER(ascii_run_end(text, end), expected);
        }
}

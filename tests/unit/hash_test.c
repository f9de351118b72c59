/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/hash.h"

#include "tests/unit/test.h"

TEST(hash_of_pieces_is_the_hash_of_all)
{
    struct str text = STR_INIT;
    for (int i = 0; i < 300; i++)
        str_add_char(&text, (char)(i * 7));
    for (size_t size = 0; size <= text.size; size++)
        for (size_t piece = 1; piece < 70; piece += 11) {
            struct hash hash = hash_begin();
            for (size_t at = 0; at < size; at += piece) {
                size_t end = at + piece < size ? at + piece : size;
                hash_add(&hash, span_slice(str_span(&text), at, end));
                hash_add(&hash, (struct span){ NULL, 0 });
            }
            struct span all = span_slice(str_span(&text), 0, size);
            CHECK(hash_end(&hash) == span_hash(all, 0));
            CHECK(hash_end(&hash) == span_hash(all, 0));
        }
    str_release(&text);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "glass/glass_pack.h"

#include "tests/unit/test.h"

static const struct {
    uint64_t value;
    const char *uint, *uint_last, *sort_uint; /* hexadecimal */
} numbers[] = {
    { 0, "00", "", "0000" },
    { 1, "01", "01", "0001" },
    { 0x7F, "7f", "7f", "007f" },
    { 0x80, "8001", "80", "0080" },
    { 0x100, "8002", "0001", "0100" },
    { 0x7FFF, "ffff01", "ff7f", "7fff" },
    { 0x8000, "808002", "0080", "808000" },
    { 0x3FFFFF, "ffffff01", "ffff3f", "bfffff" },
    { 0x400000, "80808002", "000040", "c0400000" },
    { 0x1FFFFFFF, "ffffffff01", "ffffff1f", "dfffffff" },
    { 0x20000000, "8080808002", "00000020", "e020000000" },
    { 0xFFFFFFFF, "ffffffff0f", "ffffffff", "e0ffffffff" },
    { 0xFFFFFFFFF, "ffffffffff01", "ffffffff0f", "efffffffff" },
    { 0x1000000000, "808080808002", "0000000010", "f01000000000" },
    { UINT64_MAX, "ffffffffffffffffff01", "ffffffffffffffff",
      "feffffffffffffffff" },
};

static const char *hex(struct span bytes)
{
    static char text[2 * GLASS_KEY_MAX + 1];
    for (size_t i = 0; i < bytes.size; i++)
        snprintf(text + 2 * i, 3, "%02x", (unsigned char)bytes.data[i]);
    text[2 * bytes.size] = '\0';
    return text;
}

TEST(glass_packs_numbers)
{
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        struct glass_key key = { 0 };
        glass_key_add_uint(&key, numbers[i].value);
        CHECK_STR(hex(glass_key_span(&key)), numbers[i].uint);
        key.size = 0;
        glass_key_add_uint_last(&key, numbers[i].value);
        CHECK_STR(hex(glass_key_span(&key)), numbers[i].uint_last);
        key.size = 0;
        glass_key_add_sort_uint(&key, numbers[i].value);
        CHECK_STR(hex(glass_key_span(&key)), numbers[i].sort_uint);
    }
}

TEST(glass_orders_numbers_as_numbers)
{
    struct glass_key last = { 0 };
    for (unsigned bits = 0; bits < 64; bits++)
        for (int64_t around = -2; around <= 2; around++) {
            uint64_t value = (UINT64_C(1) << bits) + (uint64_t)around;
            if (bits < 3)
                continue;
            struct glass_key key = { 0 };
            glass_key_add_sort_uint(&key, value);
            CHECK(span_compare(glass_key_span(&last), glass_key_span(&key)) <
                  0);
            CHECK((unsigned char)key.data[0] != 0xFF);
            last = key;
        }
}

TEST(glass_orders_strings_as_strings)
{
    static const struct span strings[] = {
        SPAN_LITERAL(""),       SPAN_LITERAL("\0"),   SPAN_LITERAL("\0\0"),
        SPAN_LITERAL("\0\xFF"), SPAN_LITERAL("a"),    SPAN_LITERAL("a\0"),
        SPAN_LITERAL("a\0\0"),  SPAN_LITERAL("a\0b"), SPAN_LITERAL("a\0\xFF"),
        SPAN_LITERAL("a\1"),    SPAN_LITERAL("ab"),   SPAN_LITERAL("a\xFF"),
    };
    struct glass_key last = { 0 };
    for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++) {
        struct glass_key key = { 0 };
        glass_key_add_sort_str(&key, strings[i]);
        /* What follows a string in a key stays between it and the next. */
        glass_key_add_byte(&key, 0);
        glass_key_add_sort_uint(&key, UINT32_MAX);
        CHECK(!i ||
              span_compare(glass_key_span(&last), glass_key_span(&key)) < 0);
        last = key;
    }
}

TEST(glass_terms_have_a_limit)
{
    char bytes[GLASS_TERM_MAX + 1];
    memset(bytes, 'x', sizeof(bytes));
    CHECK(!glass_is_term((struct span){ bytes, 0 }));
    CHECK(glass_is_term((struct span){ bytes, 1 }));
    CHECK(glass_is_term((struct span){ bytes, GLASS_TERM_MAX }));
    CHECK(!glass_is_term((struct span){ bytes, GLASS_TERM_MAX + 1 }));
    bytes[7] = '\0';
    CHECK(!glass_is_term((struct span){ bytes, GLASS_TERM_MAX }));
    CHECK(glass_is_term((struct span){ bytes, GLASS_TERM_MAX - 1 }));
}

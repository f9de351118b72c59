/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/number.h"

#include "tests/unit/test.h"

TEST(number_parse_reports_overflow)
{
    static const struct {
        const char *text;
        uint64_t max;
        bool good;
        uint64_t value;
    } rows[] = {
        { "0", UINT64_MAX, true, 0 },
        { "007", UINT64_MAX, true, 7 },
        { "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
        { "18446744073709551616", UINT64_MAX, false, 0 },
        { "99999999999999999999999", UINT64_MAX, false, 0 },
        { "255", 255, true, 255 },
        { "256", 255, false, 0 },
        { "3", 3, true, 3 },
        { "4", 3, false, 0 },
        { "9", 3, false, 0 },
        { "0", 0, true, 0 },
        { "1", 0, false, 0 },
        { "", UINT64_MAX, false, 0 },
        { "-1", UINT64_MAX, false, 0 },
        { "+1", UINT64_MAX, false, 0 },
        { " 1", UINT64_MAX, false, 0 },
        { "1 ", UINT64_MAX, false, 0 },
        { "0x10", UINT64_MAX, false, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint64_t value = 0;
        bool good = number_parse(span_of(rows[i].text), rows[i].max, &value);
        CHECK_NUMBER(good, rows[i].good);
        CHECK(value == rows[i].value);
    }
}

TEST(number_parse_signed_takes_a_sign)
{
    static const struct {
        const char *text;
        bool good;
        int64_t value;
    } rows[] = {
        { "-5", true, -5 },
        { "+5", true, 5 },
        { "5", true, 5 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775807", true, -INT64_MAX },
        { "9223372036854775808", false, 0 },
        { "--5", false, 0 },
        { "-", false, 0 },
        { "", false, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int64_t value = 0;
        CHECK_NUMBER(number_parse_signed(span_of(rows[i].text), &value),
                     rows[i].good);
        CHECK_NUMBER(value, rows[i].value);
    }
}

TEST(number_parse_real_is_a_decimal_fraction)
{
    static const struct {
        const char *text;
        bool good;
        double value;
    } rows[] = {
        { "0.75", true, 0.75 }, { "-3", true, -3 },
        { ".5", true, 0.5 },    { "+2.25", true, 2.25 },
        { "10", true, 10 },     { "3.", false, 0 },
        { ".", false, 0 },      { "", false, 0 },
        { "1e5", false, 0 },    { "inf", false, 0 },
        { "nan", false, 0 },    { "1,5", false, 0 },
        { "1.5.2", false, 0 },  { "99999999999999999999999", false, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        double value = 0;
        CHECK_NUMBER(number_parse_real(span_of(rows[i].text), &value),
                     rows[i].good);
        CHECK(value > rows[i].value - 1e-9 && value < rows[i].value + 1e-9);
    }
}

TEST(number_parse_size_knows_units)
{
    static const struct {
        const char *text;
        bool good;
        uint64_t value;
    } rows[] = {
        { "512", true, 512 },
        { "1K", true, 1024 },
        { "512m", true, UINT64_C(512) << 20 },
        { "3G", true, UINT64_C(3) << 30 },
        { "2t", true, UINT64_C(2) << 40 },
        { "16777215T", true, UINT64_C(16777215) << 40 },
        { "16777216T", false, 0 },
        { "1KB", false, 0 },
        { "1x", false, 0 },
        { "K", false, 0 },
        { "", false, 0 },
        { "-1K", false, 0 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint64_t value = 0;
        CHECK_NUMBER(number_parse_size(span_of(rows[i].text), &value),
                     rows[i].good);
        CHECK(value == rows[i].value);
    }
}

TEST(number_take_leaves_the_rest)
{
    struct span text = span_of("123abc");
    uint64_t value = 0;
    CHECK(number_take(&text, 1000, &value));
    CHECK_NUMBER(value, 123);
    CHECK_SPAN(text, "abc");
    CHECK(!number_take(&text, 1000, &value));
    CHECK_SPAN(text, "abc");
    text = span_of("1234");
    CHECK(!number_take(&text, 1000, &value));
    CHECK_SPAN(text, "1234");
    CHECK_NUMBER(value, 123);
}

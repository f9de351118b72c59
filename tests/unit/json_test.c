/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/json.h"

#include "tests/unit/test.h"

TEST(json_puts_in_the_commas)
{
    struct str out = STR_INIT;
    struct json json = json_begin(&out);
    json_object(&json);
    json_key(&json, "format");
    json_number(&json, 1);
    json_key(&json, "empty");
    json_array(&json);
    json_end(&json);
    json_key(&json, "list");
    json_array(&json);
    json_string(&json, span_of("a"));
    json_object(&json);
    json_end(&json);
    json_array(&json);
    json_null(&json);
    json_bool(&json, true);
    json_end(&json);
    json_bool(&json, false);
    json_end(&json);
    json_text(&json, "left out", span_of(""));
    json_text(&json, "text", span_of("x"));
    json_end(&json);
    CHECK_SPAN(str_span(&out), "{\"format\":1,\"empty\":[],\"list\":[\"a\",{},"
                               "[null,true],false],\"text\":\"x\"}");
    str_release(&out);
}

TEST(json_writes_values_at_the_top)
{
    struct str out = STR_INIT;
    struct json json = json_begin(&out);
    json_string(&json, span_of("alone"));
    CHECK_SPAN(str_span(&out), "\"alone\"");
    str_release(&out);
}

TEST(json_numbers)
{
    struct str out = STR_INIT;
    struct json json = json_begin(&out);
    double zero = 0;
    json_array(&json);
    json_number(&json, INT64_MIN);
    json_number(&json, INT64_MAX);
    json_real(&json, -1.255, 2);
    json_real(&json, 1e15, 0);
    json_real(&json, 1 / zero, 2);
    json_real(&json, zero / zero, 2);
    json_end(&json);
    CHECK_SPAN(str_span(&out), "[-9223372036854775808,9223372036854775807,"
                               "-1.25,1000000000000000,null,null]");
    str_release(&out);
}

TEST(json_quote_escapes)
{
    static const struct {
        struct span text;
        const char *expected;
    } rows[] = {
        { SPAN_LITERAL(""), "\"\"" },
        { SPAN_LITERAL("plain / text"), "\"plain / text\"" },
        { SPAN_LITERAL("a\"b\\c"), "\"a\\\"b\\\\c\"" },
        { SPAN_LITERAL("\b\t\n\f\r"), "\"\\b\\t\\n\\f\\r\"" },
        { SPAN_LITERAL("\0\x01\x1F\x7F"), "\"\\u0000\\u0001\\u001f\\u007f\"" },
        { SPAN_LITERAL("\u00E9\u4E2D\U0001F600"),
          "\"\u00E9\u4E2D\U0001F600\"" },
        { SPAN_LITERAL("caf\xE9!"), "\"caf\uFFFD!\"" },
        { SPAN_LITERAL("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"" },
        { SPAN_LITERAL("\xF0\x9F"), "\"\uFFFD\uFFFD\"" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str out = STR_INIT;
        json_quote(&out, rows[i].text);
        CHECK_SPAN(str_span(&out), rows[i].expected);
        str_release(&out);
    }
}

TEST(json_nests_to_its_limit)
{
    struct str out = STR_INIT;
    struct json json = json_begin(&out);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_array(&json);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_end(&json);
    CHECK_NUMBER(out.size, 2 * JSON_DEPTH_MAX);
    str_release(&out);
}

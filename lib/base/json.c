/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/json.h"

#include <assert.h>
#include <math.h>

#include "base/utf8.h"

struct json json_begin(struct str *out)
{
    return (struct json){ .out = out };
}

/* What comes before a value: a comma, unless it is the first or has a key. */
static void separate(struct json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (!json->depth)
        return;
    if (json->filled[json->depth - 1])
        str_add_char(json->out, ',');
    json->filled[json->depth - 1] = true;
}

static void open_level(struct json *json, char opening, char closing)
{
    assert(json->depth < JSON_DEPTH_MAX);
    separate(json);
    str_add_char(json->out, opening);
    json->closing[json->depth] = closing;
    json->filled[json->depth] = false;
    json->depth++;
}

void json_object(struct json *json)
{
    open_level(json, '{', '}');
}

void json_array(struct json *json)
{
    open_level(json, '[', ']');
}

void json_end(struct json *json)
{
    assert(json->depth && !json->after_key);
    str_add_char(json->out, json->closing[--json->depth]);
}

void json_key(struct json *json, const char *key)
{
    assert(json->depth && json->closing[json->depth - 1] == '}');
    separate(json);
    json_quote(json->out, span_of(key));
    str_add_char(json->out, ':');
    json->after_key = true;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c < 0x7F;
}

static void quote_special(struct str *out, struct span text, size_t *at)
{
    static const char escapes[32] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
    };
    unsigned char c = (unsigned char)text.data[*at];
    if (c < 0x80) {
        ++*at;
        if (c == '"' || c == '\\')
            str_addf(out, "\\%c", c);
        else if (c < 0x20 && escapes[c])
            str_addf(out, "\\%c", escapes[c]);
        else
            str_addf(out, "\\u%04x", c);
        return;
    }
    uint32_t code;
    size_t size = utf8_decode(text, *at, &code);
    if (size)
        str_add(out, (struct span){ text.data + *at, size });
    else
        utf8_add(out, UTF8_REPLACEMENT);
    *at += size ? size : 1;
}

void json_quote(struct str *out, struct span text)
{
    str_add_char(out, '"');
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && is_plain((unsigned char)text.data[end]))
            end++;
        str_add(out, (struct span){ text.data + at, end - at });
        at = end;
        if (at < text.size)
            quote_special(out, text, &at);
    }
    str_add_char(out, '"');
}

void json_string(struct json *json, struct span text)
{
    separate(json);
    json_quote(json->out, text);
}

void json_number(struct json *json, int64_t value)
{
    separate(json);
    str_addf(json->out, "%lld", (long long)value);
}

void json_real(struct json *json, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(json);
        return;
    }
    separate(json);
    str_addf(json->out, "%.*f", decimals, value);
}

void json_bool(struct json *json, bool value)
{
    separate(json);
    str_add_text(json->out, value ? "true" : "false");
}

void json_null(struct json *json)
{
    separate(json);
    str_add_text(json->out, "null");
}

void json_text(struct json *json, const char *key, struct span text)
{
    if (!text.size)
        return;
    json_key(json, key);
    json_string(json, text);
}

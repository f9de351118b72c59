/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json.h - writing JSON (RFC 8259).
 *
 * A writer appends to a str and puts in the commas.  The calls must nest; an
 * assert() says so where they do not.  Strings are expected to be valid UTF-8;
 * bytes that are not become U+FFFD.
 *
 *     struct json json = json_begin(&out);
 *     json_object(&json);
 *     json_key(&json, "format");
 *     json_number(&json, 1);
 *     json_end(&json);
 */
#ifndef NEWS_BASE_JSON_H
#define NEWS_BASE_JSON_H

#include "base/str.h"

enum { JSON_DEPTH_MAX = 32 };

struct json {
    struct str *out;
    unsigned depth;
    bool after_key;
    char closing[JSON_DEPTH_MAX]; /* '}' or ']' for each open level */
    bool filled[JSON_DEPTH_MAX];  /* the level has an item already */
};

struct json json_begin(struct str *out);

void json_object(struct json *json);
void json_array(struct json *json);
void json_end(struct json *json); /* closes the innermost of both kinds */

void json_key(struct json *json, const char *key);
void json_string(struct json *json, struct span text);
void json_number(struct json *json, int64_t value);
void json_real(struct json *json, double value, int decimals);
void json_bool(struct json *json, bool value);
void json_null(struct json *json);

/* A key and its string; nothing at all where the text is empty. */
void json_text(struct json *json, const char *key, struct span text);

/* Append `text` as a JSON string, quotes included. */
void json_quote(struct str *out, struct span text);

#endif

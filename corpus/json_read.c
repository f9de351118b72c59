/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/json_read.h"

#include <string.h>
#include <yajl/yajl_parse.h>

struct reading {
    json_on_value *on_value;
    void *payload;
    char path[JSON_READ_PATH_MAX];
    size_t size;                       /* of the path */
    size_t outer[JSON_READ_DEPTH_MAX]; /* its size at each level */
    unsigned depth;
    bool too_deep;
};

static int on_text(void *context, const unsigned char *data, size_t size)
{
    struct reading *r = context;
    r->on_value(r->payload, (struct span){ r->path, r->size },
                (struct span){ (const char *)data, size });
    return 1;
}

static int on_number(void *context, const char *data, size_t size)
{
    return on_text(context, (const unsigned char *)data, size);
}

static int on_bool(void *context, int value)
{
    const char *text = value ? "true" : "false";
    return on_text(context, (const unsigned char *)text, strlen(text));
}

static int on_null(void *context)
{
    (void)context;
    return 1;
}

static int begin_level(void *context)
{
    struct reading *r = context;
    if (r->depth == JSON_READ_DEPTH_MAX) {
        r->too_deep = true;
        return 0;
    }
    r->outer[r->depth++] = r->size;
    return 1;
}

static int end_level(void *context)
{
    struct reading *r = context;
    r->size = r->outer[--r->depth];
    return 1;
}

/* The key replaces the one before it at this level. */
static int on_key(void *context, const unsigned char *data, size_t size)
{
    struct reading *r = context;
    r->size = r->depth ? r->outer[r->depth - 1] : 0;
    size_t dot = r->size ? 1 : 0;
    if (r->size + dot + size > sizeof(r->path))
        return 1;
    if (dot)
        r->path[r->size++] = '.';
    memcpy(r->path + r->size, data, size);
    r->size += size;
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_bool,
    .yajl_number = on_number,
    .yajl_string = on_text,
    .yajl_start_map = begin_level,
    .yajl_map_key = on_key,
    .yajl_end_map = end_level,
    .yajl_start_array = begin_level,
    .yajl_end_array = end_level,
};

enum status json_read(struct span text, json_on_value *on_value, void *payload,
                      struct error *err)
{
    struct reading reading = { .on_value = on_value, .payload = payload };
    yajl_handle handle = yajl_alloc(&callbacks, NULL, &reading);
    if (!handle)
        return error_set(err, STATUS_NO_MEMORY, "out of memory");
    yajl_config(handle, yajl_dont_validate_strings, 1);
    yajl_status status =
        yajl_parse(handle, (const unsigned char *)text.data, text.size);
    size_t at = yajl_get_bytes_consumed(handle);
    if (status == yajl_status_ok)
        status = yajl_complete_parse(handle);
    yajl_free(handle);
    if (status == yajl_status_ok)
        return STATUS_OK;
    if (reading.too_deep)
        return error_set(err, STATUS_BAD_RECORD, "JSON is over %d levels deep",
                         JSON_READ_DEPTH_MAX);
    return error_set(err, STATUS_BAD_RECORD,
                     "not valid JSON at byte %zu of the record", at);
}

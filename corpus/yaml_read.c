/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/yaml_read.h"

#include <yaml.h>

#include "base/str.h"

struct reading {
    struct str path;                   /* names with dots between */
    size_t sizes[YAML_READ_DEPTH_MAX]; /* of the path at each level */
    bool mapping[YAML_READ_DEPTH_MAX], wants_key[YAML_READ_DEPTH_MAX];
    size_t depth;
    json_on_value *on_value;
    void *payload;
};

/* A value is over: the mapping around it wants a key again. */
static void end_value(struct reading *reading)
{
    if (!reading->depth || !reading->mapping[reading->depth - 1])
        return;
    reading->wants_key[reading->depth - 1] = true;
    str_cut(&reading->path, reading->sizes[reading->depth - 1]);
}

static void read_scalar(struct reading *reading, struct span value)
{
    size_t at = reading->depth ? reading->depth - 1 : 0;
    if (reading->depth && reading->mapping[at] && reading->wants_key[at]) {
        if (reading->path.size)
            str_add_char(&reading->path, '.');
        str_add(&reading->path, span_slice(value, 0, JSON_READ_PATH_MAX));
        reading->wants_key[at] = false;
        return;
    }
    if (reading->path.size <= JSON_READ_PATH_MAX)
        reading->on_value(reading->payload, str_span(&reading->path), value);
    end_value(reading);
}

static bool read_event(struct reading *reading, const yaml_event_t *event)
{
    bool mapping = event->type == YAML_MAPPING_START_EVENT;
    switch (event->type) {
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        if (reading->depth == YAML_READ_DEPTH_MAX)
            return false;
        reading->sizes[reading->depth] = reading->path.size;
        reading->mapping[reading->depth] = mapping;
        reading->wants_key[reading->depth++] = mapping;
        return true;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        if (reading->depth)
            reading->depth--;
        end_value(reading);
        return true;
    case YAML_SCALAR_EVENT:
        read_scalar(reading,
                    (struct span){ (const char *)event->data.scalar.value,
                                   event->data.scalar.length });
        return true;
    case YAML_ALIAS_EVENT: end_value(reading); return true;
    default:
        return event->type != YAML_STREAM_END_EVENT &&
               event->type != YAML_DOCUMENT_END_EVENT;
    }
}

enum status yaml_read(struct span text, json_on_value *on_value, void *payload,
                      struct error *err)
{
    struct reading reading = {
        .path = STR_INIT,
        .on_value = on_value,
        .payload = payload,
    };
    yaml_parser_t parser;
    enum status rc = STATUS_OK;
    if (!yaml_parser_initialize(&parser))
        return error_set(err, STATUS_NO_MEMORY, "no memory for YAML");
    yaml_parser_set_input_string(
        &parser, (const unsigned char *)(text.size ? text.data : ""),
        text.size);
    for (bool more = true; more && !rc;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            rc = error_set(err, STATUS_BAD_RECORD, "YAML line %zu: %s",
                           parser.problem_mark.line + 1,
                           parser.problem ? parser.problem : "not understood");
            break;
        }
        more = read_event(&reading, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    str_release(&reading.path);
    return rc;
}

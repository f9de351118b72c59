/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/input_choice.h"

#include <string.h>

#include "corpus/field_names.h"

/* By its own name, or one that JSON and CSV have for it. */
static bool find_field(enum article_field *out, struct span name)
{
    static const struct field_map none = { NULL, 0 };
    struct field_name scratch;
    if (article_field_find(name, out))
        return true;
    const struct field_name *known = field_names_find(&none, name, &scratch);
    if (known)
        *out = known->field;
    return known;
}

static enum status refuse_entry(struct span entry, struct error *err)
{
    struct str names = STR_INIT;
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++)
        str_addf(&names, "%s%s", i ? " " : "",
                 article_field_name((enum article_field)i));
    enum status rc = error_set(
        err, STATUS_USAGE, "--map wants FIELD=NAME, not '%.*s'; fields are: %s",
        SPAN_ARGS(entry), names.data);
    str_release(&names);
    return rc;
}

/* "title=headline,date=when" into entries that borrow from the text. */
static enum status parse_map(struct field_map *out,
                             struct field_map_entry *entries, const char *text,
                             struct error *err)
{
    *out = (struct field_map){ entries, 0 };
    struct span rest = span_of(text), entry;
    while (span_next(&rest, ',', &entry)) {
        size_t equals = span_find_char(entry, 0, '=');
        struct span ours = span_slice(entry, 0, equals);
        struct field_map_entry *at = &entries[out->count];
        if (equals == SIZE_MAX || !find_field(&at->ours, ours))
            return refuse_entry(entry, err);
        if (out->count == INPUT_MAP_MAX - 1)
            return error_set(err, STATUS_USAGE, "--map has over %d entries",
                             INPUT_MAP_MAX - 1);
        at->theirs = span_slice(entry, equals + 1, entry.size);
        out->count++;
    }
    return STATUS_OK;
}

static enum status parse_date_order(const char *name, enum date_order *out,
                                    struct error *err)
{
    if (!strcmp(name, "dmy"))
        *out = DATE_ORDER_DMY;
    else if (!strcmp(name, "mdy"))
        *out = DATE_ORDER_MDY;
    else
        return error_set(err, STATUS_USAGE,
                         "--date-order is dmy or mdy, not '%s'", name);
    return STATUS_OK;
}

enum status input_choice(const struct newsidx_options *options,
                         struct input_options *out,
                         struct field_map_entry *entries, struct error *err)
{
    enum status rc = STATUS_OK;
    if (options->format) {
        out->format = format_by_name(options->format);
        if (!out->format)
            return error_set(err, STATUS_USAGE,
                             "there is no format '%s'; 'newsidx formats' "
                             "lists them",
                             options->format);
    }
    if (options->map)
        rc = parse_map(&out->format_options.map, entries, options->map, err);
    if (!rc && options->date_order)
        rc = parse_date_order(options->date_order,
                              &out->format_options.date_order, err);
    return rc;
}

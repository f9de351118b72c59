/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/segment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/pack.h"
#include "newsdb/schema.h"

#define KEY_SCHEMA "news.schema"
#define KEY_WRITTEN "news.written"
#define KEY_INPUT "news.input."

/* ---- Writing ---------------------------------------------------------- */

static void add_pair(struct str *out, const char *key, struct span value)
{
    pack_string(out, span_of(key));
    pack_string(out, value);
}

/* The time in UTC; the only clock in the archive, and for people only. */
static void add_now(struct str *out)
{
    struct date now = DATE_INIT;
    date_of_epoch(&now, (int64_t)time(NULL));
    now.zone = DATE_ZONE_NONE;
    date_add(out, now);
    str_add_char(out, 'Z');
}

/* Metadata keys are short, paths may be long. */
static void add_input_key(struct str *out, const struct segment_input *input)
{
    uint64_t hash = span_hash(span_of(input->path),
                              span_hash(span_of(input->collection), 0));
    str_addf(out, KEY_INPUT "%016" PRIx64, hash);
}

static void add_input(struct str *out, const struct segment_input *input)
{
    struct str key = STR_INIT, value = STR_INIT;
    add_input_key(&key, input);
    pack_string(&value, span_of(input->collection));
    pack_string(&value, span_of(input->path));
    pack_number(&value, input->size);
    pack_number(&value, (uint64_t)input->modified);
    pack_number(&value, input->checksum);
    pack_number(&value, input->records);
    pack_number(&value, input->articles);
    pack_number(&value, input->complete);
    add_pair(out, key.data, str_span(&value));
    str_release(&key);
    str_release(&value);
}

void segment_stamp(struct str *out, const struct segment_inputs *inputs)
{
    struct str text = STR_INIT;
    str_addf(&text, "%d", SCHEMA_VERSION);
    add_pair(out, KEY_SCHEMA, str_span(&text));
    str_clear(&text);
    str_add_text(&text, "newsidx " NEWS_VERSION ", ");
    add_now(&text);
    add_pair(out, KEY_WRITTEN, str_span(&text));
    str_release(&text);
    for (size_t i = 0; i < inputs->count; i++)
        add_input(out, &inputs->items[i]);
}

enum status segment_restamp(const char *directory,
                            const struct segment_inputs *inputs,
                            struct error *err)
{
    struct xap_writer *writer;
    enum status rc = xap_writer_open(&writer, directory, XAP_OPEN, err);
    if (rc)
        return rc;
    struct str pairs = STR_INIT;
    segment_stamp(&pairs, inputs);
    struct span rest = str_span(&pairs), key, value;
    while (!rc && unpack_string(&rest, &key) && unpack_string(&rest, &value))
        rc = xap_writer_set_metadata(writer, key, value, err);
    str_release(&pairs);
    if (rc) {
        xap_writer_abandon(writer);
        return rc;
    }
    return xap_writer_close(writer, err);
}

/* ---- Reading ---------------------------------------------------------- */

enum status segment_check(const struct xap_db *db, const char *name,
                          struct error *err)
{
    struct str text = STR_INIT;
    enum status rc = xap_db_metadata(db, span_of(KEY_SCHEMA), &text, err);
    uint64_t version;
    if (!rc && !text.size)
        rc = error_set(err, STATUS_BAD_FORMAT,
                       "'%s' is a Xapian database, but not of newsidx", name);
    else if (!rc && (!number_parse(str_span(&text), UINT32_MAX, &version) ||
                     version != SCHEMA_VERSION))
        rc = error_set(err, STATUS_MISMATCH,
                       "segment '%s' has schema version %s, this program "
                       "reads %d; use the newsidx that wrote it to export the "
                       "archive, then add the export to a new one",
                       name, text.data, SCHEMA_VERSION);
    str_release(&text);
    return rc;
}

static int32_t day_of_value(const struct str *value, int32_t none)
{
    int32_t day;
    return schema_value_day(str_span(value), &day) ? day : none;
}

static enum status read_dates(struct segment *out, const struct xap_db *db,
                              struct error *err)
{
    struct str first = STR_INIT, last = STR_INIT;
    uint32_t dated = 0, partial;
    enum status rc =
        xap_db_value_bounds(db, (unsigned)schema_fields[FIELD_DATE].slot,
                            &dated, &first, &last, err);
    if (!rc) {
        out->undated = out->articles - dated;
        out->first_day = day_of_value(&first, INT32_MAX);
        out->last_day = day_of_value(&last, INT32_MIN);
        str_clear(&first);
        str_clear(&last);
        rc = xap_db_value_bounds(db, SCHEMA_SLOT_LAST_DAY, &partial, &first,
                                 &last, err);
    }
    int32_t day = rc ? INT32_MIN : day_of_value(&last, INT32_MIN);
    if (!rc && day > out->last_day)
        out->last_day = day;
    str_release(&first);
    str_release(&last);
    return rc;
}

enum status segment_read(struct segment *out, const struct xap_db *db,
                         const char *directory, const char *name,
                         struct error *err)
{
    *out = (struct segment){ .first_day = INT32_MAX, .last_day = INT32_MIN };
    enum status rc = segment_check(db, name, err);
    if (rc)
        return rc;
    struct xap_db_figures figures;
    struct str written = STR_INIT;
    rc = xap_db_measure(db, &figures, err);
    if (!rc) {
        out->articles = figures.documents;
        rc = xap_db_metadata(db, span_of(KEY_WRITTEN), &written, err);
    }
    if (!rc)
        rc = read_dates(out, db, err);
    out->name = memory_string(name);
    out->written = str_detach(&written);
    out->size = file_tree_size(directory);
    if (rc)
        segment_release(out);
    return rc;
}

void segment_release(struct segment *segment)
{
    free(segment->name);
    free(segment->written);
    segment->name = segment->written = NULL;
}

static char *string_of(struct span s)
{
    struct str text = STR_INIT;
    str_add(&text, s);
    return str_detach(&text);
}

static bool unpack_input(struct segment_input *out, struct span value)
{
    struct span collection, path;
    uint64_t modified, complete;
    *out = (struct segment_input){ NULL };
    if (!unpack_string(&value, &collection) || !unpack_string(&value, &path) ||
        !unpack_number(&value, &out->size) ||
        !unpack_number(&value, &modified) ||
        !unpack_number(&value, &out->checksum) ||
        !unpack_number(&value, &out->records) ||
        !unpack_number(&value, &out->articles) ||
        !unpack_number(&value, &complete))
        return false;
    out->modified = (int64_t)modified;
    out->complete = complete;
    out->collection = string_of(collection);
    out->path = string_of(path);
    return true;
}

static bool on_input(void *payload, struct span key, struct span value)
{
    (void)key;
    struct segment_inputs *inputs = payload;
    MEMORY_GROW(inputs->items, inputs->count, inputs->capacity);
    if (unpack_input(&inputs->items[inputs->count], value))
        inputs->count++;
    return true;
}

enum status segment_read_inputs(struct segment_inputs *out,
                                const struct xap_db *db, struct error *err)
{
    return xap_db_each_metadata(db, span_of(KEY_INPUT), on_input, out, err);
}

/* ---- Lists of inputs -------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const struct segment_input *x = a, *y = b;
    int order = strcmp(x->collection, y->collection);
    return order ? order : strcmp(x->path, y->path);
}

static void release_input(struct segment_input *input)
{
    free(input->collection);
    free(input->path);
}

static bool reaches_further(const struct segment_input *a,
                            const struct segment_input *b)
{
    if (a->modified != b->modified)
        return a->modified > b->modified;
    if (a->complete != b->complete)
        return a->complete;
    return a->records > b->records;
}

void segment_inputs_sort_out(struct segment_inputs *inputs)
{
    if (!inputs->count)
        return;
    qsort(inputs->items, inputs->count, sizeof(*inputs->items), compare);
    size_t kept = 0;
    for (size_t i = 1; i < inputs->count; i++) {
        struct segment_input *last = &inputs->items[kept];
        struct segment_input *next = &inputs->items[i];
        if (compare(last, next)) {
            inputs->items[++kept] = *next;
        } else if (reaches_further(next, last)) {
            release_input(last);
            *last = *next;
        } else {
            release_input(next);
        }
    }
    inputs->count = kept + 1;
}

const struct segment_input *segment_inputs_find(
    const struct segment_inputs *inputs, const char *collection,
    const char *path)
{
    if (!inputs->count)
        return NULL;
    const struct segment_input wanted = {
        .collection = (char *)collection,
        .path = (char *)path,
    };
    return bsearch(&wanted, inputs->items, inputs->count,
                   sizeof(*inputs->items), compare);
}

void segment_inputs_release(struct segment_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        release_input(&inputs->items[i]);
    free(inputs->items);
    *inputs = (struct segment_inputs){ NULL, 0, 0 };
}

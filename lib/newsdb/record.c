/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/record.h"

#include "base/pack.h"

/* The numbers of the fields in an encoded record, ascending.  A number is
 * never used again for something else. */
enum record_field {
    F_NONE = 0,
    F_COLLECTION = 1,
    F_ID = 2,
    F_TITLE_SIZE = 3,
    F_DATE = 4,
    F_SOURCE = 5,
    F_SECTION = 6,
    F_LANGUAGE = 7,
    F_URL = 8,
    F_SUBTITLE = 9,
    F_DATELINE = 10,
    F_SUMMARY = 11,
    F_VERSION = 12,
    F_AUTHORS = 13,
    F_TOPICS = 14,
    F_NAMES = 15,
    F_DATES = 16,
    F_ORIGIN = 17,
    F_ORIGIN_OFFSET = 18,
    F_TEXT = 19,
};

struct span record_title(const struct record *record)
{
    return span_slice(record->text, 0, record->title_size);
}

struct span record_body(const struct record *record)
{
    size_t start = record->title_size;
    if (start && start < record->text.size)
        start += 2;
    return span_slice(record->text, start, record->text.size);
}

/* ---- Encoding --------------------------------------------------------- */

static void add_span(struct str *out, enum record_field field,
                     struct span value)
{
    if (!value.size)
        return;
    pack_number(out, field);
    pack_string(out, value);
}

static void add_number(struct str *out, enum record_field field, uint64_t value)
{
    if (!value)
        return;
    struct str bytes = STR_INIT;
    pack_number(&bytes, value);
    add_span(out, field, str_span(&bytes));
    str_release(&bytes);
}

/* Numbers of either sign, small ones short (Protocol Buffers' zigzag). */
static void pack_signed(struct str *out, int64_t value)
{
    pack_number(out, (uint64_t)value << 1 ^ (uint64_t)(value >> 63));
}

static bool unpack_signed(struct span *from, int64_t *out)
{
    uint64_t value;
    if (!unpack_number(from, &value))
        return false;
    *out = (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
    return true;
}

static void pack_date(struct str *out, struct date date)
{
    pack_number(out, date.precision);
    pack_signed(out, date.day);
    if (date.precision != DATE_TIME)
        return;
    pack_number(out, (uint64_t)date.second);
    pack_signed(out, date.zone);
}

static void add_date(struct str *out, struct date date)
{
    if (date.precision == DATE_NONE)
        return;
    struct str bytes = STR_INIT;
    pack_date(&bytes, date);
    add_span(out, F_DATE, str_span(&bytes));
    str_release(&bytes);
}

static void add_list(struct str *out, enum record_field field,
                     struct record_list list)
{
    struct str bytes = STR_INIT;
    for (size_t i = 0; i < list.count; i++)
        pack_string(&bytes, list.items[i]);
    add_span(out, field, str_span(&bytes));
    str_release(&bytes);
}

static void add_names(struct str *out, const struct names *names)
{
    struct str bytes = STR_INIT;
    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->items[i];
        pack_number(&bytes, (unsigned)name->kind << 1 | name->stated);
        pack_string(&bytes, name->form);
        pack_string(&bytes, name->key);
        pack_number(&bytes, name->mention_count);
        uint32_t last = 0;
        for (size_t j = 0; j < name->mention_count; j++) {
            pack_number(&bytes, name->mentions[j].offset - last);
            pack_number(&bytes, name->mentions[j].size);
            last = name->mentions[j].offset;
        }
    }
    add_span(out, F_NAMES, str_span(&bytes));
    str_release(&bytes);
}

static void add_dates(struct str *out, const struct record *record)
{
    struct str bytes = STR_INIT;
    for (size_t i = 0; i < record->date_count; i++) {
        pack_date(&bytes, record->dates[i].date);
        pack_number(&bytes, record->dates[i].offset);
        pack_number(&bytes, record->dates[i].size);
    }
    add_span(out, F_DATES, str_span(&bytes));
    str_release(&bytes);
}

void record_encode(struct str *out, const struct record *record)
{
    str_add_char(out, RECORD_VERSION);
    add_span(out, F_COLLECTION, record->collection);
    add_span(out, F_ID, record->id);
    add_number(out, F_TITLE_SIZE, record->title_size);
    add_date(out, record->date);
    add_span(out, F_SOURCE, record->source);
    add_span(out, F_SECTION, record->section);
    add_span(out, F_LANGUAGE, record->language);
    add_span(out, F_URL, record->url);
    add_span(out, F_SUBTITLE, record->subtitle);
    add_span(out, F_DATELINE, record->dateline);
    add_span(out, F_SUMMARY, record->summary);
    add_span(out, F_VERSION, record->version);
    add_list(out, F_AUTHORS, record->authors);
    add_list(out, F_TOPICS, record->topics);
    add_names(out, &record->names);
    add_dates(out, record);
    add_span(out, F_ORIGIN, record->origin);
    add_number(out, F_ORIGIN_OFFSET, record->origin_offset);
    add_span(out, F_TEXT, record->text);
}

/* ---- Decoding --------------------------------------------------------- */

static bool take_number(struct span bytes, uint64_t max, uint64_t *out)
{
    return unpack_number(&bytes, out) && !bytes.size && *out <= max;
}

static bool unpack_date(struct span *from, struct date *out)
{
    uint64_t precision, second;
    int64_t day, zone;
    *out = (struct date)DATE_INIT;
    if (!unpack_number(from, &precision) || precision > DATE_TIME ||
        !unpack_signed(from, &day) || day < date_day(DATE_YEAR_MIN, 1, 1) ||
        day > date_day(DATE_YEAR_MAX, 12, 31))
        return false;
    out->precision = (enum date_precision)precision;
    out->day = (int32_t)day;
    if (precision != DATE_TIME)
        return true;
    if (!unpack_number(from, &second) || second >= 86400 ||
        !unpack_signed(from, &zone) || zone < INT16_MIN || zone > INT16_MAX)
        return false;
    out->second = (int32_t)second;
    out->zone = (int16_t)zone;
    return true;
}

static bool take_list(struct span bytes, struct arena *memory,
                      struct record_list *out)
{
    size_t capacity = 0;
    while (bytes.size) {
        out->items = arena_grow(memory, out->items, out->count, &capacity,
                                sizeof(*out->items));
        if (!unpack_string(&bytes, &out->items[out->count]))
            return false;
        out->count++;
    }
    return true;
}

static bool unpack_mentions(struct span *from, struct arena *memory,
                            struct name *out)
{
    uint64_t count, gap, size, offset = 0;
    /* A mention is at least two bytes. */
    if (!unpack_number(from, &count) || count > from->size / 2)
        return false;
    out->mentions = arena_alloc(memory, count * sizeof(*out->mentions));
    out->mention_count = (size_t)count;
    for (size_t i = 0; i < count; i++) {
        if (!unpack_number(from, &gap) || !unpack_number(from, &size) ||
            gap > RECORD_SIZE_MAX || size > RECORD_SIZE_MAX)
            return false;
        offset += gap;
        if (offset > RECORD_SIZE_MAX)
            return false;
        out->mentions[i] = (struct mention){ (uint32_t)offset, (uint32_t)size };
    }
    return true;
}

static bool take_names(struct span bytes, struct arena *memory,
                       struct names *out)
{
    size_t capacity = 0;
    while (bytes.size) {
        out->items = arena_grow(memory, out->items, out->count, &capacity,
                                sizeof(*out->items));
        struct name *name = &out->items[out->count++];
        uint64_t kind;
        if (!unpack_number(&bytes, &kind) || kind >> 1 >= NAME_KIND_COUNT ||
            !unpack_string(&bytes, &name->form) ||
            !unpack_string(&bytes, &name->key) ||
            !unpack_mentions(&bytes, memory, name))
            return false;
        name->kind = (enum name_kind)(kind >> 1);
        name->stated = kind & 1;
    }
    return true;
}

static bool take_dates(struct span bytes, struct arena *memory,
                       struct record *out)
{
    size_t capacity = 0;
    while (bytes.size) {
        out->dates = arena_grow(memory, out->dates, out->date_count, &capacity,
                                sizeof(*out->dates));
        struct mentioned_date *date = &out->dates[out->date_count++];
        uint64_t offset, size;
        if (!unpack_date(&bytes, &date->date) ||
            !unpack_number(&bytes, &offset) || !unpack_number(&bytes, &size) ||
            offset > RECORD_SIZE_MAX || size > RECORD_SIZE_MAX)
            return false;
        date->offset = (uint32_t)offset;
        date->size = (uint32_t)size;
    }
    return true;
}

static bool take_field(struct record *out, uint64_t field, struct span bytes,
                       struct arena *memory)
{
    uint64_t number;
    switch (field) {
    case F_COLLECTION: out->collection = bytes; break;
    case F_ID: out->id = bytes; break;
    case F_TITLE_SIZE:
        if (!take_number(bytes, RECORD_SIZE_MAX, &number))
            return false;
        out->title_size = (uint32_t)number;
        break;
    case F_DATE: return unpack_date(&bytes, &out->date) && !bytes.size;
    case F_SOURCE: out->source = bytes; break;
    case F_SECTION: out->section = bytes; break;
    case F_LANGUAGE: out->language = bytes; break;
    case F_URL: out->url = bytes; break;
    case F_SUBTITLE: out->subtitle = bytes; break;
    case F_DATELINE: out->dateline = bytes; break;
    case F_SUMMARY: out->summary = bytes; break;
    case F_VERSION: out->version = bytes; break;
    case F_AUTHORS: return take_list(bytes, memory, &out->authors);
    case F_TOPICS: return take_list(bytes, memory, &out->topics);
    case F_NAMES: return take_names(bytes, memory, &out->names);
    case F_DATES: return take_dates(bytes, memory, out);
    case F_ORIGIN: out->origin = bytes; break;
    case F_ORIGIN_OFFSET:
        return take_number(bytes, UINT64_MAX, &out->origin_offset);
    case F_TEXT: out->text = bytes; break;
    default: break; /* a later field of this version */
    }
    return true;
}

static bool offsets_hold(const struct record *record)
{
    size_t size = record->text.size;
    size_t title = record->title_size;
    if (title > size || (title && title < size && size - title < 2))
        return false;
    for (size_t i = 0; i < record->names.count; i++) {
        const struct name *name = &record->names.items[i];
        for (size_t j = 0; j < name->mention_count; j++)
            if (name->mentions[j].offset > size ||
                name->mentions[j].size > size - name->mentions[j].offset)
                return false;
    }
    for (size_t i = 0; i < record->date_count; i++)
        if (record->dates[i].offset > size ||
            record->dates[i].size > size - record->dates[i].offset)
            return false;
    return true;
}

enum status record_decode(struct record *out, struct span data,
                          struct arena *memory, struct error *err)
{
    *out = (struct record){ .date = DATE_INIT };
    if (!data.size)
        return error_set(err, STATUS_CORRUPT, "the record is empty");
    if (data.data[0] != RECORD_VERSION)
        return error_set(err, STATUS_MISMATCH,
                         "the record is of version %d; this program reads %d",
                         data.data[0], RECORD_VERSION);
    struct span rest = span_slice(data, 1, data.size);
    uint64_t last = F_NONE;
    while (rest.size) {
        size_t at = data.size - rest.size;
        uint64_t field;
        struct span bytes;
        if (!unpack_number(&rest, &field) || field <= last ||
            !unpack_string(&rest, &bytes) ||
            !take_field(out, field, bytes, memory))
            return error_set(err, STATUS_CORRUPT,
                             "the record is damaged at byte %zu", at);
        last = field;
    }
    if (!offsets_hold(out))
        return error_set(err, STATUS_CORRUPT,
                         "the record has offsets beyond its text");
    return STATUS_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "newsdb/record.h"

#include "base/pack.h"
#include "base/utf8.h"

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
    F_PADDING = 127, /* the last; its bytes mean nothing */
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
        if (list.items[i].size)
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

void record_pad(struct str *encoded, struct span bytes)
{
    add_span(encoded, F_PADDING, bytes);
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

static bool is_text(struct span bytes)
{
    return utf8_valid_prefix(bytes) == bytes.size;
}

static bool take_text(struct span bytes, struct span *out)
{
    *out = bytes;
    return is_text(bytes);
}

static bool unpack_text(struct span *from, struct span *out)
{
    return unpack_string(from, out) && is_text(*out);
}

/* Items are counted before there is memory for them: the bytes are proof. */
static bool take_list(struct span bytes, struct arena *memory,
                      struct record_list *out)
{
    size_t count = 0;
    struct span item;
    for (struct span rest = bytes; rest.size; count++)
        if (!unpack_text(&rest, &item) || !item.size)
            return false;
    out->items = arena_alloc(memory, count * sizeof(*out->items));
    for (out->count = 0; out->count < count; out->count++)
        unpack_string(&bytes, &out->items[out->count]);
    return true;
}

/* With memory NULL only look whether they are sound. */
static bool unpack_mentions(struct span *from, struct arena *memory,
                            struct name *out)
{
    uint64_t count, gap, size, offset = 0;
    /* A mention is at least two bytes. */
    if (!unpack_number(from, &count) || count > from->size / 2)
        return false;
    out->mention_count = (size_t)count;
    out->mentions =
        memory && count
            ? arena_alloc(memory, (size_t)count * sizeof(*out->mentions))
            : NULL;
    for (size_t i = 0; i < count; i++) {
        if (!unpack_number(from, &gap) || !unpack_number(from, &size) ||
            gap > RECORD_SIZE_MAX || size > RECORD_SIZE_MAX)
            return false;
        offset += gap;
        if (offset > RECORD_SIZE_MAX)
            return false;
        if (out->mentions)
            out->mentions[i] =
                (struct mention){ (uint32_t)offset, (uint32_t)size };
    }
    return true;
}

static bool unpack_name(struct span *from, struct arena *memory,
                        struct name *out)
{
    uint64_t kind;
    if (!unpack_number(from, &kind) || kind >> 1 >= NAME_KIND_COUNT ||
        !unpack_text(from, &out->form) || !unpack_text(from, &out->key) ||
        !unpack_mentions(from, memory, out))
        return false;
    out->kind = (enum name_kind)(kind >> 1);
    out->stated = kind & 1;
    return true;
}

static bool take_names(struct span bytes, struct arena *memory,
                       struct names *out)
{
    size_t count = 0;
    struct name name;
    for (struct span rest = bytes; rest.size; count++)
        if (!unpack_name(&rest, NULL, &name))
            return false;
    out->items = arena_alloc(memory, count * sizeof(*out->items));
    for (out->count = 0; out->count < count; out->count++)
        unpack_name(&bytes, memory, &out->items[out->count]);
    return true;
}

static bool unpack_mentioned_date(struct span *from, struct mentioned_date *out)
{
    uint64_t offset, size;
    if (!unpack_date(from, &out->date) || !unpack_number(from, &offset) ||
        !unpack_number(from, &size) || offset > RECORD_SIZE_MAX ||
        size > RECORD_SIZE_MAX)
        return false;
    out->offset = (uint32_t)offset;
    out->size = (uint32_t)size;
    return true;
}

static bool take_dates(struct span bytes, struct arena *memory,
                       struct record *out)
{
    size_t count = 0;
    struct mentioned_date date;
    for (struct span rest = bytes; rest.size; count++)
        if (!unpack_mentioned_date(&rest, &date))
            return false;
    out->dates = arena_alloc(memory, count * sizeof(*out->dates));
    for (out->date_count = 0; out->date_count < count; out->date_count++)
        unpack_mentioned_date(&bytes, &out->dates[out->date_count]);
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
    case F_SOURCE: return take_text(bytes, &out->source);
    case F_SECTION: return take_text(bytes, &out->section);
    case F_LANGUAGE: return take_text(bytes, &out->language);
    case F_URL: return take_text(bytes, &out->url);
    case F_SUBTITLE: return take_text(bytes, &out->subtitle);
    case F_DATELINE: return take_text(bytes, &out->dateline);
    case F_SUMMARY: return take_text(bytes, &out->summary);
    case F_VERSION: return take_text(bytes, &out->version);
    case F_AUTHORS: return take_list(bytes, memory, &out->authors);
    case F_TOPICS: return take_list(bytes, memory, &out->topics);
    case F_NAMES: return take_names(bytes, memory, &out->names);
    case F_DATES: return take_dates(bytes, memory, out);
    case F_ORIGIN: out->origin = bytes; break;
    case F_ORIGIN_OFFSET:
        return take_number(bytes, UINT64_MAX, &out->origin_offset);
    case F_TEXT: return take_text(bytes, &out->text);
    default: break; /* a later field of this version */
    }
    return true;
}

/* Whether whole characters stand there. */
static bool is_part(struct span text, size_t offset, size_t size)
{
    return offset <= text.size && size <= text.size - offset &&
           utf8_floor(text, offset) == offset &&
           utf8_floor(text, offset + size) == offset + size;
}

static bool offsets_hold(const struct record *record)
{
    size_t title = record->title_size;
    if (!is_part(record->text, 0, title) ||
        (title && title < record->text.size &&
         !is_part(record->text, title, 2)))
        return false;
    for (size_t i = 0; i < record->names.count; i++) {
        const struct name *name = &record->names.items[i];
        for (size_t j = 0; j < name->mention_count; j++)
            if (!is_part(record->text, name->mentions[j].offset,
                         name->mentions[j].size))
                return false;
    }
    for (size_t i = 0; i < record->date_count; i++)
        if (!is_part(record->text, record->dates[i].offset,
                     record->dates[i].size))
            return false;
    return true;
}

enum status record_decode(struct record *out, struct span data,
                          struct arena *memory, struct error *err)
{
    *out = (struct record){ .date = DATE_INIT };
    if (!data.size)
        return error_set(err, STATUS_CORRUPT, "the record is empty");
    if (data.size > RECORD_SIZE_MAX)
        return error_set(err, STATUS_CORRUPT,
                         "the record of %zu bytes is over %d", data.size,
                         RECORD_SIZE_MAX);
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

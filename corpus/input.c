/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/input.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/charset.h"
#include "corpus/office_text.h"

struct input {
    atomic_uint references;
    struct walk_entry entry; /* its strings are owned */
    const struct input_options *options;
    enum date_order date_order;  /* as asked, or as the file's beginning says */
    const struct format *format; /* NULL: the file is empty */
    bool foreign; /* the asked format does not know the file's beginning */
    bool has_records;
    void *state; /* the format's */
    struct source *source;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static unsigned number_at(const char *p, size_t size)
{
    return size == 1 ? (unsigned)(p[0] - '0')
                     : (unsigned)((p[0] - '0') * 10 + p[1] - '0');
}

enum { BLOCK_SIZE = 32 }; /* bytes that compilers look at together */

/* Whether a mark of dates stands behind a digit in a block; there must be a
 * byte in front of it. */
static bool may_have_date(const char *block)
{
    const unsigned char *p = (const unsigned char *)block;
    unsigned char found = 0;
    for (int i = 0; i < BLOCK_SIZE; i++)
        found |= ((p[i] == '/') | (p[i] == '-')) & (p[i - 1] >= '0') &
                 (p[i - 1] <= '9');
    return found;
}

/* The first mark behind a digit from `at` on, not 0, or the text's size. */
static size_t find_mark(struct span text, size_t at)
{
    while (at < text.size) {
        size_t end = at + BLOCK_SIZE < text.size ? at + BLOCK_SIZE : text.size;
        if (end < text.size && !may_have_date(text.data + at)) {
            at = end;
            continue;
        }
        for (; at < end; at++)
            if ((text.data[at] == '/' || text.data[at] == '-') &&
                is_digit(text.data[at - 1]))
                return at;
    }
    return text.size;
}

/* The day/month order of the numeric dates in the text: of those with one
 * reading only, if they all agree.  `*any` is set where there are such dates.
 */
static enum date_order guess_date_order(struct span text, bool *any)
{
    bool day_first = false, month_first = false;
    for (size_t i = find_mark(text, 1); i + 8 < text.size;
         i = find_mark(text, i + 1)) {
        char mark = text.data[i];
        const char *p = text.data + i;
        size_t before = i > 1 && is_digit(p[-2]) ? 2 : 1;
        size_t after = is_digit(p[2]) ? 2 : 1;
        if (!is_digit(p[1]) || p[after + 1] != mark ||
            !is_digit(p[after + 2]) || !is_digit(p[after + 3]) ||
            (i > before &&
             (is_digit(p[-(long)before - 1]) || p[-(long)before - 1] == mark)))
            continue;
        *any = true;
        unsigned a = number_at(p - before, before);
        unsigned b = number_at(p + 1, after);
        day_first = day_first || (a > 12 && a <= 31 && b && b <= 12);
        month_first = month_first || (b > 12 && b <= 31 && a && a <= 12);
    }
    if (day_first == month_first)
        return DATE_ORDER_ONE;
    return day_first ? DATE_ORDER_DMY : DATE_ORDER_MDY;
}

enum {
    ORDER_LOOK_FIRST = 256 * 1024,     /* bytes looked at for date orders */
    ORDER_LOOK_LAST = 8 * 1024 * 1024, /* while all are of two readings */
};

static enum status choose_date_order(struct input *input, struct error *err)
{
    input->date_order = input->options->format_options.date_order;
    enum status rc = STATUS_OK;
    bool any = true;
    for (size_t size = ORDER_LOOK_FIRST;
         !rc && any && input->date_order == DATE_ORDER_ONE &&
         size <= ORDER_LOOK_LAST;
         size *= 2) {
        struct span head;
        any = false;
        rc = source_peek(input->source, size, &head, err);
        if (!rc)
            input->date_order = guess_date_order(head, &any);
        any = any && head.size >= size;
    }
    if (input->date_order == DATE_ORDER_ONE)
        input->date_order = input->options->date_order_hint;
    return rc;
}

/* Where the file is a document of an office program: its text instead. */
static enum status take_text(struct input *input, struct error *err)
{
    struct span bytes;
    struct str text = STR_INIT;
    enum status rc = source_peek(input->source, 512, &bytes, err);
    if (rc || !office_is_document(bytes))
        return rc;
    rc = source_peek(input->source, OFFICE_MAX + 1, &bytes, err);
    if (!rc && bytes.size > OFFICE_MAX)
        rc = error_set(err, STATUS_TOO_BIG, "the document is over %d bytes",
                       OFFICE_MAX);
    if (!rc)
        rc = office_text(&text, bytes, err);
    if (!rc)
        rc = source_replace(input->source, &text, err);
    str_release(&text);
    return rc ? error_context(err, "%s", input->entry.path) : STATUS_OK;
}

static enum status choose_charset(struct input *input, struct error *err)
{
    struct span head;
    enum status rc = source_peek(input->source, FORMAT_HEAD_SIZE, &head, err);
    if (!rc)
        source_set_charset(input->source, charset_declared(head));
    return rc;
}

static enum status choose_format(struct input *input, struct error *err)
{
    struct span head;
    enum status rc = source_peek(input->source, FORMAT_HEAD_SIZE, &head, err);
    if (rc || !head.size)
        return rc;
    head = span_slice(head, 0, FORMAT_HEAD_SIZE);
    input->format = input->options->format
                        ? input->options->format
                        : format_detect(head, input->entry.path);
    if (!input->format)
        return format_unknown(head, input->entry.path, err);
    input->foreign = input->options->format && !input->format->bid(head);
    input->state = memory_new(1, input->format->state_size);
    if (!input->format->begin)
        return STATUS_OK;
    rc = input->format->begin(input->state, input->source,
                              &input->options->format_options, err);
    return rc ? error_context(err, "%s", input->entry.path) : STATUS_OK;
}

static enum status begin(struct input **out, struct input *input,
                         struct source *source,
                         const struct input_options *options, struct error *err)
{
    atomic_init(&input->references, 1);
    input->options = options;
    input->source = source;
    enum status rc = take_text(input, err);
    if (!rc)
        rc = choose_charset(input, err);
    if (!rc)
        rc = choose_date_order(input, err);
    if (!rc)
        rc = choose_format(input, err);
    if (rc)
        input_release(input);
    else
        *out = input;
    return rc;
}

static struct input *new_input(const struct walk_entry *entry)
{
    struct input *input = memory_new(1, sizeof(*input));
    input->entry = *entry;
    input->entry.path = memory_string(entry->path);
    input->entry.full_path = memory_string(entry->full_path);
    input->entry.collection = memory_string(entry->collection);
    input->entry.relative = memory_string(entry->relative);
    return input;
}

enum status input_open(struct input **out, const struct walk_entry *entry,
                       const struct input_options *options, struct error *err)
{
    *out = NULL;
    struct source *source;
    enum status rc = source_open(&source, entry->path, err);
    if (rc)
        return rc;
    return begin(out, new_input(entry), source, options, err);
}

enum status input_open_source(struct input **out,
                              const struct walk_entry *entry,
                              struct source *source,
                              const struct input_options *options,
                              struct error *err)
{
    *out = NULL;
    return begin(out, new_input(entry), source, options, err);
}

enum status input_open_bytes(struct input **out, const char *path,
                             struct span bytes,
                             const struct input_options *options,
                             struct error *err)
{
    *out = NULL;
    const char *slash = strrchr(path, '/');
    const struct walk_entry entry = {
        .path = path,
        .full_path = path,
        .collection = "memory",
        .relative = slash ? slash + 1 : path,
        .size = bytes.size,
    };
    return begin(out, new_input(&entry), source_of_bytes(bytes), options, err);
}

struct input *input_hold(struct input *input)
{
    atomic_fetch_add(&input->references, 1);
    return input;
}

void input_release(struct input *input)
{
    if (!input || atomic_fetch_sub(&input->references, 1) != 1)
        return;
    if (input->state && input->format->end)
        input->format->end(input->state);
    free(input->state);
    source_close(input->source);
    free((char *)input->entry.path);
    free((char *)input->entry.full_path);
    free((char *)input->entry.collection);
    free((char *)input->entry.relative);
    free(input);
}

/* "PATH:OFFSET: " in front of what is wrong with a record. */
static enum status locate(const struct input *input, uint64_t offset,
                          enum status rc, struct error *err)
{
    error_context(err, "%s:%" PRIu64, input->entry.path, offset);
    return rc;
}

/* A file read to its end for nothing, as a format that was asked for. */
static enum status end_of(const struct input *input, struct error *err)
{
    if (input->has_records || !input->foreign || source_damage(input->source))
        return STATUS_END;
    return error_set(err, STATUS_BAD_FORMAT,
                     "%s: nothing of format '%s' in it; looked for: %s",
                     input->entry.path, input->format->name,
                     input->format->signs);
}

enum status input_next(struct input *input, struct raw_record *out,
                       struct error *err)
{
    *out = (struct raw_record){ .name = span_of(input->entry.relative) };
    if (!input->format)
        return STATUS_END;
    out->offset = source_offset(input->source);
    enum status rc = input->format->next(input->state, input->source, out, err);
    if (rc == STATUS_END)
        return end_of(input, err);
    input->has_records = true;
    return rc ? locate(input, out->offset, rc, err) : STATUS_OK;
}

enum status input_parse(const struct input *input, const struct raw_record *raw,
                        struct arena *memory, struct article *out,
                        struct error *err)
{
    const struct format_options *options = &input->options->format_options;
    article_begin(out, memory, input->date_order);
    enum status rc = input->format->parse(input->state, raw, options, out, err);
    if (!rc)
        rc = article_finish(out, err);
    return rc && rc != STATUS_SKIPPED ? locate(input, raw->offset, rc, err)
                                      : rc;
}

enum date_order input_date_order(const struct input *input)
{
    return input->date_order;
}

const struct walk_entry *input_entry(const struct input *input)
{
    return &input->entry;
}

const struct format *input_format(const struct input *input)
{
    return input->format;
}

const struct source *input_source(const struct input *input)
{
    return input->source;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/wire_text.h"

#include <string.h>

#include "corpus/whole_file.h"

enum {
    MARK_LOOK = 64,     /* bytes in which the first SOH stands */
    DATELINE_MAX = 100, /* bytes of a dateline with its agency */
};

/* ---- Messages --------------------------------------------------------- */

bool wire_has_shape(struct span text, const char *shape)
{
    size_t i = 0;
    for (; shape[i] && i < text.size; i++) {
        char c = text.data[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        bool digit = c >= '0' && c <= '9';
        if (shape[i] == 'a' ? !letter
                            : (shape[i] == '0' ? !digit : c != shape[i]))
            return false;
    }
    return !shape[i];
}

size_t wire_number_size(struct span text)
{
    size_t letters = 0;
    while (letters < 5 &&
           wire_has_shape(span_slice(text, letters, text.size), "a"))
        letters++;
    size_t size = letters;
    while (size < text.size &&
           wire_has_shape(span_slice(text, size, text.size), "0"))
        size++;
    return letters && size > letters + 2 && size <= letters + 6 ? size : 0;
}

static size_t find_mark(struct span head)
{
    return span_find(span_slice(head, 0, MARK_LOOK), 0, span_of(WIRE_SOH));
}

struct span wire_behind_number(struct span head)
{
    size_t mark = find_mark(head);
    struct span text =
        span_slice(head, mark == SIZE_MAX ? mark : mark + 1, head.size);
    size_t size = wire_number_size(text);
    return span_slice(text, size ? size : text.size, text.size);
}

enum status wire_begin(void *state, struct source *source,
                       const struct format_options *options, struct error *err)
{
    (void)options;
    struct wire_cut *wire = state;
    struct span head;
    enum status rc = source_peek(source, MARK_LOOK, &head, err);
    size_t mark = rc ? SIZE_MAX : find_mark(head);
    wire->marked = mark != SIZE_MAX;
    if (wire->marked)
        source_skip(source, mark + 1);
    return rc;
}

enum status wire_next(void *state, struct source *source,
                      struct raw_record *out, struct error *err)
{
    const struct wire_cut *wire = state;
    if (!wire->marked)
        return whole_file_next(source, out, err);
    out->offset = source_offset(source);
    enum status rc = source_until(source, span_of(WIRE_SOH), FORMAT_RECORD_MAX,
                                  &out->bytes, err);
    if (!rc && span_ends(out->bytes, WIRE_SOH))
        out->bytes.size--;
    return rc;
}

/* ---- Fields ----------------------------------------------------------- */

void wire_add_category(struct article *out, char letter)
{
    static const struct {
        char letter;
        const char *section;
    } sections[] = {
        { 'a', "Domestic" },   { 'c', "Features" },
        { 'd', "Food" },       { 'e', "Entertainment" },
        { 'f', "Financial" },  { 'i', "International" },
        { 'k', "Commentary" }, { 'l', "Lifestyle" },
        { 'n', "State" },      { 'o', "Weather" },
        { 'p', "Politics" },   { 's', "Sports" },
        { 't', "Travel" },     { 'v', "Advisories" },
        { 'w', "Washington" },
    };
    for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++)
        if ((letter | 0x20) == sections[i].letter)
            article_add(out, ARTICLE_SECTION, span_of(sections[i].section));
}

void wire_add_id(struct article *out, struct span number)
{
    struct date date;
    struct str id = STR_INIT;
    if (!date_parse(&date, article_text(out, ARTICLE_DATE), out->date_order))
        return;
    date.precision = DATE_DAY;
    str_addf(&id, "%.*s ", SPAN_ARGS(number));
    date_add(&id, date);
    article_add_copy(out, ARTICLE_ID, str_span(&id));
    str_release(&id);
}

/* "BUENOS AIRES, Argentina (AP) _ For ..." */
void wire_add_dateline(struct article *out, struct span body)
{
    static const char *const dashes[] = { ") \u2014 ", ") - ", ") -- " };
    struct span head = span_slice(span_trim(body), 0, DATELINE_MAX);
    for (size_t i = 0; i < sizeof(dashes) / sizeof(*dashes); i++) {
        size_t end = span_find(head, 0, span_of(dashes[i]));
        if (end != SIZE_MAX)
            article_add_copy(out, ARTICLE_DATELINE,
                             span_slice(head, 0, end + 1));
    }
}

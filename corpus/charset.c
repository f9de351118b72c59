/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "corpus/markup.h"

enum {
    NAME_SIZE = 64,         /* bytes of a set's name */
    ROOM = 16 * 1024,       /* bytes converted at a time */
    DECLARED_WITHIN = 2048, /* bytes in which a declaration stands */
};

struct charset {
    iconv_t iconv;
    size_t unit; /* bytes to pass over where one cannot be read */
};

static bool is_one_of(struct span name, const char *const *names)
{
    for (; *names; names++)
        if (span_is_nocase(name, *names))
            return true;
    return false;
}

struct charset *charset_open(struct span name)
{
    static const char *const utf8[] = { "utf-8", "utf8", NULL };
    static const char *const latin[] = { "iso-8859-1", "iso8859-1",
                                         "iso_8859-1", "latin1",
                                         "latin-1",    "us-ascii",
                                         "ascii",      NULL };
    static const char *const korean[] = { "euc-kr", "ks_c_5601-1987", NULL };
    char text[NAME_SIZE];
    name = span_trim(name);
    if (!name.size || name.size >= sizeof(text) || is_one_of(name, utf8) ||
        span_find_char(name, 0, '/') != SIZE_MAX)
        return NULL;
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    const char *known = is_one_of(name, latin)               ? "WINDOWS-1252"
                        : is_one_of(name, korean)            ? "CP949"
                        : span_is_nocase(name, "gb2312")     ? "GB18030"
                        : span_is_nocase(name, "shift_jis")  ? "CP932"
                        : span_is_nocase(name, "iso-8859-9") ? "CP1254"
                                                             : text;
    iconv_t handle = iconv_open("UTF-8", known);
    if (handle == (iconv_t)-1)
        return NULL;
    struct charset *charset = memory_new(1, sizeof(*charset));
    charset->iconv = handle;
    charset->unit = span_starts_nocase(name, "utf-32")   ? 4
                    : span_starts_nocase(name, "utf-16") ? 2
                                                         : 1;
    return charset;
}

void charset_close(struct charset *charset)
{
    if (!charset)
        return;
    iconv_close(charset->iconv);
    free(charset);
}

void charset_read(struct charset *charset, struct span *in, bool last,
                  struct str *out)
{
    char *at = (char *)in->data;
    size_t left = in->size;
    while (left) {
        str_reserve(out, ROOM);
        char *to = out->data + out->size;
        size_t room = ROOM;
        size_t rc = iconv(charset->iconv, &at, &left, &to, &room);
        out->size = (size_t)(to - out->data);
        out->data[out->size] = '\0';
        if (rc != (size_t)-1 || errno == E2BIG)
            continue;
        if (errno == EINVAL && !last)
            break;
        str_add_text(out, "\xEF\xBF\xBD");
        size_t passed = left < charset->unit ? left : charset->unit;
        at += passed;
        left -= passed;
    }
    *in = (struct span){ at, left };
}

void charset_read_all(struct str *out, struct span name, struct span text)
{
    struct charset *charset = charset_open(name);
    if (!charset) {
        str_add(out, text);
        return;
    }
    charset_read(charset, &text, true, out);
    charset_close(charset);
}

/* ---- Declarations ----------------------------------------------------- */

static struct span byte_order_mark(struct span head)
{
    static const struct {
        struct span mark;
        const char *name;
    } marks[] = {
        { { "\xEF\xBB\xBF", 3 }, "UTF-8" },
        { { "\xFF\xFE\x00\x00", 4 }, "UTF-32LE" },
        { { "\x00\x00\xFE\xFF", 4 }, "UTF-32BE" },
        { { "\xFF\xFE", 2 }, "UTF-16LE" },
        { { "\xFE\xFF", 2 }, "UTF-16BE" },
        { { "<\0?\0", 4 }, "UTF-16LE" },
        { { "\0<\0?", 4 }, "UTF-16BE" },
    };
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (span_equal(span_slice(head, 0, marks[i].mark.size), marks[i].mark))
            return span_of(marks[i].name);
    return (struct span){ NULL, 0 };
}

/* The value behind `name=` within an attribute's text: quoted or not. */
static struct span value_of(struct span text, const char *name)
{
    size_t at = span_find(text, 0, span_of(name));
    if (at == SIZE_MAX)
        return (struct span){ NULL, 0 };
    at += strlen(name);
    while (at < text.size && strchr(" =\"'\t", text.data[at]))
        at++;
    size_t end = at;
    while (end < text.size && !strchr(" \"'?>;/\t\n", text.data[end]))
        end++;
    return span_slice(text, at, end);
}

struct span charset_declared(struct span head)
{
    struct span name = byte_order_mark(head);
    if (name.size)
        return name;
    head = span_slice(head, 0, DECLARED_WITHIN);
    struct span start = span_trim(head);
    if (span_starts(start, "<?xml"))
        return value_of(span_slice(start, 0, span_find_char(start, 0, '>')),
                        "encoding");
    if (!span_starts(start, "<"))
        return name;
    struct markup markup = markup_begin(head);
    struct markup_element meta;
    while (!name.size && markup_find(&markup, "meta", &meta))
        name = value_of(meta.attributes, "charset");
    return name;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/span.h"

#include <string.h>

struct span span_of(const char *text)
{
    return (struct span){ text, text ? strlen(text) : 0 };
}

struct span span_slice(struct span s, size_t from, size_t to)
{
    if (to > s.size)
        to = s.size;
    if (from >= to)
        return (struct span){ NULL, 0 };
    return (struct span){ s.data + from, to - from };
}

bool span_equal(struct span a, struct span b)
{
    return a.size == b.size && (!a.size || !memcmp(a.data, b.data, a.size));
}

bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool equal_nocase(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool span_is_nocase(struct span a, const char *text)
{
    size_t size = strlen(text);
    return a.size == size && equal_nocase(a.data, text, size);
}

bool span_starts(struct span s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && !(size && memcmp(s.data, prefix, size));
}

bool span_starts_nocase(struct span s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && equal_nocase(s.data, prefix, size);
}

bool span_ends(struct span s, const char *suffix)
{
    size_t size = strlen(suffix);
    return s.size >= size &&
           !(size && memcmp(s.data + s.size - size, suffix, size));
}

int span_compare(struct span a, struct span b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.data, b.data, size) : 0;
    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

size_t span_find_char(struct span s, size_t from, char what)
{
    if (from >= s.size)
        return SIZE_MAX;
    const char *p = memchr(s.data + from, what, s.size - from);
    return p ? (size_t)(p - s.data) : SIZE_MAX;
}

size_t span_find(struct span s, size_t from, struct span what)
{
    if (!what.size)
        return from <= s.size ? from : SIZE_MAX;
    for (;;) {
        from = span_find_char(s, from, what.data[0]);
        if (from == SIZE_MAX || s.size - from < what.size)
            return SIZE_MAX;
        if (!memcmp(s.data + from, what.data, what.size))
            return from;
        from++;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span s)
{
    while (s.size && is_blank(s.data[s.size - 1]))
        s.size--;
    while (s.size && is_blank(s.data[0])) {
        s.data++;
        s.size--;
    }
    return s;
}

bool span_next(struct span *rest, char separator, struct span *out)
{
    if (!rest->data)
        return false;
    size_t end = span_find_char(*rest, 0, separator);
    if (end == SIZE_MAX) {
        *out = *rest;
        *rest = (struct span){ NULL, 0 };
        return true;
    }
    *out = (struct span){ rest->data, end };
    *rest = (struct span){ rest->data + end + 1, rest->size - end - 1 };
    return true;
}

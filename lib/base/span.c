/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/span.h"

#include <string.h>

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

bool span_starts_nocase(struct span s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && equal_nocase(s.data, prefix, size);
}

int span_compare(struct span a, struct span b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.data, b.data, size) : 0;
    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

size_t span_find(struct span s, size_t from, struct span what)
{
    if (!what.size)
        return from <= s.size ? from : SIZE_MAX;
    size_t last = what.size - 1, second = last ? 1 : 0;
    for (;;) {
        from = span_find_char(s, from, what.data[0]);
        if (from == SIZE_MAX || s.size - from < what.size)
            return SIZE_MAX;
        /* Blanks and '<' are many: most go by what follows them. */
        if (s.data[from + last] == what.data[last] &&
            s.data[from + second] == what.data[second] &&
            !memcmp(s.data + from, what.data, what.size))
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

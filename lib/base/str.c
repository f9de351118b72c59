/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

char str_empty[1] = "";

void str_reserve(struct str *s, size_t more)
{
    size_t needed = s->size + more + 1;
    if (needed <= s->capacity)
        return;
    size_t capacity = s->capacity ? s->capacity * 2 : 64;
    if (capacity < needed)
        capacity = needed;
    s->data = memory_resize(s->capacity ? s->data : NULL, capacity, 1);
    s->capacity = capacity;
    s->data[s->size] = '\0';
}

void str_add(struct str *s, struct span bytes)
{
    if (!bytes.size)
        return;
    str_reserve(s, bytes.size);
    memcpy(s->data + s->size, bytes.data, bytes.size);
    s->size += bytes.size;
    s->data[s->size] = '\0';
}

void str_add_text(struct str *s, const char *text)
{
    str_add(s, span_of(text));
}

void str_add_char(struct str *s, char c)
{
    str_reserve(s, 1);
    s->data[s->size++] = c;
    s->data[s->size] = '\0';
}

void str_addf(struct str *s, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size > 0) {
        str_reserve(s, (size_t)size);
        vsnprintf(s->data + s->size, (size_t)size + 1, format, again);
        s->size += (size_t)size;
    }
    va_end(again);
}

void str_cut(struct str *s, size_t size)
{
    if (size >= s->size)
        return;
    s->size = size;
    s->data[size] = '\0';
}

void str_clear(struct str *s)
{
    str_cut(s, 0);
}

void str_release(struct str *s)
{
    if (s->capacity)
        free(s->data);
    *s = (struct str)STR_INIT;
}

struct span str_span(const struct str *s)
{
    return (struct span){ s->data, s->size };
}

char *str_detach(struct str *s)
{
    str_reserve(s, 0);
    char *data = s->data;
    *s = (struct str)STR_INIT;
    return data;
}

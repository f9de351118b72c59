/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * str.h - a growing byte buffer.
 *
 * `data` is never NULL and data[size] is '\0', so a str without zero bytes is
 * a C string at any time.  Begin with `struct str s = STR_INIT;`, end with
 * str_release().  Growing doubles; memory that runs out ends the process
 * (memory.h).
 */
#ifndef NEWS_BASE_STR_H
#define NEWS_BASE_STR_H

#include "base/span.h"

#ifdef __cplusplus
extern "C" {
#endif

struct str {
    char *data;
    size_t size;     /* bytes used, without the terminating zero */
    size_t capacity; /* bytes allocated; 0 while `data` is the shared "" */
};

extern char str_empty[1];

#define STR_INIT        \
    {                   \
        str_empty, 0, 0 \
    }

void str_add(struct str *s, struct span bytes);
void str_add_text(struct str *s, const char *text);
void str_add_char(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void str_reserve(struct str *s, size_t more); /* room for `more` bytes */
void str_cut(struct str *s, size_t size);     /* keep the first `size` bytes */
void str_clear(struct str *s);   /* keep the memory, drop the content */
void str_release(struct str *s); /* drop both; as after STR_INIT */

/* The bytes, valid until the str is changed or released. */
struct span str_span(const struct str *s);

/* Hand the memory over: the caller frees it, `s` is empty again. */
char *str_detach(struct str *s);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * span.h - bytes owned by someone else.
 *
 * Not NUL-terminated.  Who owns them, and until when, is said by the function
 * that hands the span out ("valid until ..."); nobody frees a span.  An empty
 * span may have a NULL `data`.
 */
#ifndef NEWS_BASE_SPAN_H
#define NEWS_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

struct span {
    const char *data;
    size_t size;
};

/* A span of a string literal, also in constant tables. */
#define SPAN_LITERAL(s)    \
    {                      \
        (s), sizeof(s) - 1 \
    }

/* For "%.*s": the length and the bytes. */
#define SPAN_ARGS(s) (int)(s).size, (s).data ? (s).data : ""

/* What is short is here, so that compilers see literals through it. */

/* All of a C string; NULL is empty. */
static inline struct span span_of(const char *text)
{
    struct span s = { text, text ? strlen(text) : 0 };
    return s;
}

static inline struct span span_slice(struct span s, size_t from, size_t to)
{
    struct span slice = { NULL, 0 };
    if (to > s.size)
        to = s.size;
    if (from < to) {
        slice.data = s.data + from;
        slice.size = to - from;
    }
    return slice;
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.size == b.size && (!a.size || !memcmp(a.data, b.data, a.size));
}

static inline bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

static inline bool span_starts(struct span s, const char *prefix)
{
    size_t size = strlen(prefix);
    return s.size >= size && !(size && memcmp(s.data, prefix, size));
}

static inline bool span_ends(struct span s, const char *suffix)
{
    size_t size = strlen(suffix);
    return s.size >= size &&
           !(size && memcmp(s.data + s.size - size, suffix, size));
}

/* Compare in ASCII case only. */
bool span_is_nocase(struct span a, const char *text);
bool span_starts_nocase(struct span s, const char *prefix);
int span_compare(struct span a,
                 struct span b); /* memcmp order, shorter first */

/* Offset of the first occurrence at or after `from`, or SIZE_MAX. */
static inline size_t span_find_char(struct span s, size_t from, char what)
{
    if (from >= s.size)
        return SIZE_MAX;
    const char *p = (const char *)memchr(s.data + from, what, s.size - from);
    return p ? (size_t)(p - s.data) : SIZE_MAX;
}
size_t span_find(struct span s, size_t from, struct span what);

/* Without ASCII white space at both ends. */
struct span span_trim(struct span s);

/* Cut off and return what stands before the next `separator` (all of it where
 * there is none); `*rest` becomes what follows.  False when `*rest` has a NULL
 * `data`, that is, after the last part. */
bool span_next(struct span *rest, char separator, struct span *out);

/* XXH64 of the bytes (Yann Collet's xxHash specification, v0.1.1). */
uint64_t span_hash(struct span s, uint64_t seed);

#ifdef __cplusplus
}
#endif

#endif

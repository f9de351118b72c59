/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * utf8.h - well-formed UTF-8 (RFC 3629, Unicode 15 section 3.9, table 3-7).
 *
 * Text is repaired once, where it enters (corpus/); everything inside the
 * program is valid, and may be walked without checks.
 */
#ifndef NEWS_BASE_UTF8_H
#define NEWS_BASE_UTF8_H

#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { UTF8_REPLACEMENT = 0xFFFD };

/* The length of the well-formed character at data[at], 1 to 4, or 0 where the
 * bytes are not well formed; the code point goes to `*out`. */
size_t utf8_decode(struct span s, size_t at, uint32_t *out);

/* The character at data[at] of text known to be valid: no checks. */
size_t utf8_next(const char *data, uint32_t *out);

/* Append a code point; surrogates and what is over U+10FFFF become U+FFFD. */
void utf8_add(struct str *s, uint32_t code);

/* The length of the longest valid prefix; s.size when all of it is valid. */
size_t utf8_valid_prefix(struct span s);

/* The largest offset up to `at` that does not cut a character. */
size_t utf8_floor(struct span s, size_t at);

/* Append `s`, reading every byte that is not part of a well-formed character
 * as Windows-1252 (WHATWG Encoding: the superset of Latin-1 of the web); the
 * five undefined bytes become U+FFFD.  Returns the number of bytes repaired. */
size_t utf8_repair(struct str *out, struct span s);

/* The character that byte 0x80..0x9F stands for in Windows-1252. */
uint32_t utf8_from_cp1252(unsigned char byte);

#ifdef __cplusplus
}
#endif

#endif

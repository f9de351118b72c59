/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * charset.h - text in any character set into UTF-8: the one door to iconv.
 *
 * Names are those of the IANA registry.  As on the web (WHATWG Encoding),
 * ISO-8859-1 and US-ASCII are read as Windows-1252, their superset.
 */
#ifndef NEWS_CORPUS_CHARSET_H
#define NEWS_CORPUS_CHARSET_H

#include "base/str.h"

struct charset;

/* NULL for a name that is not known, and for UTF-8, which needs no reading. */
struct charset *charset_open(struct span name);
void charset_close(struct charset *charset); /* NULL is fine */

/* Append what `*in` says in UTF-8; `*in` becomes the bytes of a character that
 * is not whole yet.  With `last` no more will come: they are replaced.  What
 * cannot be read becomes U+FFFD. */
void charset_read(struct charset *charset, struct span *in, bool last,
                  struct str *out);

/* The whole of a text; what is in no known set is appended as it is. */
void charset_read_all(struct str *out, struct span name, struct span text);

/*
 * The set that a file's first bytes declare: by a byte order mark, an XML
 * declaration (XML 1.0, section 4.3.3 and appendix F) or an HTML <meta>.
 * Empty where nothing is declared.
 */
struct span charset_declared(struct span head);

#endif

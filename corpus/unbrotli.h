/* SPDX-License-Identifier: GPL-2.0-or-later */
/* unbrotli.h - the one door to the brotli decoder (RFC 7932). */
#ifndef NEWS_CORPUS_UNBROTLI_H
#define NEWS_CORPUS_UNBROTLI_H

#include "base/str.h"

/* Append what the bytes expand to, up to `limit` bytes.  False where they are
 * damaged or cut off; what came before is appended. */
bool unbrotli(struct str *out, struct span packed, size_t limit);

#endif

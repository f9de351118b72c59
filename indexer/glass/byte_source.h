/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * byte_source.h - bytes that come in pieces, read as numbers and strings.
 *
 * Sorted runs are read from files and from memory by the same code: each kind
 * of source only knows how to get its next piece.
 */
#ifndef NEWS_GLASS_BYTE_SOURCE_H
#define NEWS_GLASS_BYTE_SOURCE_H

#include "base/error.h"
#include "base/pack.h"
#include "base/str.h"

struct byte_source {
    const char *at, *end; /* the rest of the piece at hand */
    /* Called at the end of the piece: get the next, not empty; STATUS_END
     * where there is none. */
    enum status (*refill)(struct byte_source *source, struct error *err);
};

/* These return STATUS_END where nothing is left, and CORRUPT where the bytes
 * end within a number or a string. */
enum status byte_source_uint_slow(struct byte_source *source, uint64_t *out,
                                  struct error *err);

/* A number in the encoding of pack_number(). */
static inline enum status byte_source_uint(struct byte_source *source,
                                           uint64_t *out, struct error *err)
{
    /* Most numbers are small, and most lists too short for more than this. */
    if (source->at < source->end && !(*source->at & 0x80)) {
        *out = (unsigned char)*source->at++;
        return STATUS_OK;
    }
    if (source->end - source->at < PACK_NUMBER_MAX)
        return byte_source_uint_slow(source, out, err);
    const unsigned char *p = (const unsigned char *)source->at;
    uint64_t value = *p & 0x7F;
    for (unsigned shift = 7; *p++ & 0x80; shift += 7) {
        if (shift == 7 * PACK_NUMBER_MAX)
            return byte_source_uint_slow(source, out, err);
        value |= (uint64_t)(*p & 0x7F) << shift;
    }
    source->at = (const char *)p;
    *out = value;
    return STATUS_OK;
}

/* The next `size` bytes: in place where they are in one piece, else copied to
 * `scratch`; valid until the next call or a change of scratch. */
enum status byte_source_bytes(struct byte_source *source, size_t size,
                              struct str *scratch, struct span *out,
                              struct error *err);

/* STATUS_END where nothing is left, else OK. */
enum status byte_source_more(struct byte_source *source, struct error *err);

#endif

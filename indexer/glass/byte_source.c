/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/byte_source.h"

static enum status cut_off(struct error *err)
{
    return error_set(err, STATUS_CORRUPT, "a sorted run is cut off");
}

enum status byte_source_more(struct byte_source *source, struct error *err)
{
    return source->at < source->end ? STATUS_OK : source->refill(source, err);
}

enum status byte_source_uint_slow(struct byte_source *source, uint64_t *out,
                                  struct error *err)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < PACK_NUMBER_MAX; i++) {
        enum status rc = byte_source_more(source, err);
        if (rc)
            return rc == STATUS_END && i ? cut_off(err) : rc;
        unsigned char byte = (unsigned char)*source->at++;
        value |= (uint64_t)(byte & 0x7F) << 7 * i;
        if (!(byte & 0x80)) {
            *out = value;
            return STATUS_OK;
        }
    }
    return error_set(err, STATUS_CORRUPT,
                     "a number in a sorted run is too long");
}

enum status byte_source_bytes(struct byte_source *source, size_t size,
                              struct str *scratch, struct span *out,
                              struct error *err)
{
    size_t here = (size_t)(source->end - source->at);
    if (size <= here) {
        *out = (struct span){ source->at, size };
        source->at += size;
        return STATUS_OK;
    }
    str_clear(scratch);
    while (scratch->size < size) {
        enum status rc = byte_source_more(source, err);
        if (rc)
            return rc == STATUS_END ? cut_off(err) : rc;
        here = (size_t)(source->end - source->at);
        if (here > size - scratch->size)
            here = size - scratch->size;
        str_add(scratch, (struct span){ source->at, here });
        source->at += here;
    }
    *out = str_span(scratch);
    return STATUS_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_deflate.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"
#include "base/str.h"

enum {
    /* On records and lists of terms, level 6 makes the tables 2 % smaller than
     * level 1 and takes twice its time, in either library. */
    LEVEL = 1,
    RAW_WINDOW_BITS = -15,
    MEMORY_LEVEL = 8,
    STATE_SIZE = 384 * 1024, /* of the two, about */
    STORED_MAX = 65535,      /* bytes of a stored block */
    KEEP_SIZE = 1024 * 1024, /* a larger buffer is freed after use */
};

struct glass_deflate {
    z_stream stream;
    struct libdeflate_compressor *compressor;
    struct str buffer;
};

struct glass_deflate *glass_deflate_new(void)
{
    struct glass_deflate *deflator = memory_new(1, sizeof(*deflator));
    deflator->buffer = (struct str)STR_INIT;
    deflator->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!deflator->compressor ||
        deflateInit2(&deflator->stream, LEVEL, Z_DEFLATED, RAW_WINDOW_BITS,
                     MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        memory_exhausted(STATE_SIZE);
    return deflator;
}

void glass_deflate_free(struct glass_deflate *deflator)
{
    if (!deflator)
        return;
    libdeflate_free_compressor(deflator->compressor);
    deflateEnd(&deflator->stream);
    str_release(&deflator->buffer);
    free(deflator);
}

uint64_t glass_deflate_held(const struct glass_deflate *deflator)
{
    return STATE_SIZE + deflator->buffer.capacity;
}

/* Each of the two: make a stream of at most `limit` bytes; false where they
 * are too few. */
static bool deflate_small(struct glass_deflate *deflator, struct span tag,
                          size_t limit)
{
    deflator->buffer.size = libdeflate_deflate_compress(
        deflator->compressor, tag.data, tag.size, deflator->buffer.data, limit);
    return deflator->buffer.size;
}

static bool deflate_guarded(struct glass_deflate *deflator, struct span tag,
                            size_t limit)
{
    z_stream *stream = &deflator->stream;
    deflateReset(stream);
    stream->next_in = (Bytef *)tag.data;
    stream->avail_in = (uInt)tag.size;
    stream->next_out = (Bytef *)deflator->buffer.data;
    stream->avail_out = (uInt)limit;
    if (deflate(stream, Z_PARTIAL_FLUSH) != Z_OK || !stream->avail_out ||
        deflate(stream, Z_FINISH) != Z_STREAM_END)
        return false;
    deflator->buffer.size = limit - stream->avail_out;
    return true;
}

static void add_stored_block(struct str *out, bool last, struct span bytes)
{
    const char header[] = {
        last ? 1 : 0,      (char)bytes.size,         (char)(bytes.size >> 8),
        (char)~bytes.size, (char)(~bytes.size >> 8),
    };
    str_add(out, (struct span){ header, sizeof(header) });
    str_add(out, bytes);
}

static void store(struct str *out, struct span tag)
{
    str_clear(out);
    str_reserve(out, tag.size + 5 * (tag.size / STORED_MAX + 2));
    while (tag.size) {
        struct span block = span_slice(tag, 0, STORED_MAX);
        add_stored_block(out, false, block);
        tag = span_slice(tag, block.size, tag.size);
    }
    add_stored_block(out, true, tag);
}

struct span glass_deflate_tag(struct glass_deflate *deflator, struct span tag,
                              bool *compressed)
{
    *compressed = false;
    if (tag.size <= GLASS_COMPRESS_MIN)
        return tag;
    if (deflator->buffer.capacity > KEEP_SIZE)
        str_release(&deflator->buffer);
    str_clear(&deflator->buffer);
    str_reserve(&deflator->buffer, tag.size);
    if (tag.size < GLASS_INFLATE_PIECE) {
        *compressed = deflate_small(deflator, tag, tag.size - 1);
        return *compressed ? str_span(&deflator->buffer) : tag;
    }
    *compressed = true;
    if (!deflate_guarded(deflator, tag, tag.size - 1))
        store(&deflator->buffer, tag);
    return str_span(&deflator->buffer);
}

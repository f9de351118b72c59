/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_deflate.h"

#include <assert.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/str.h"

enum {
    /* On records and lists of terms, level 3 makes the tables 1 % smaller and
     * takes a fifth longer. */
    LEVEL = 1,
    LEVEL_ROOM = ISAL_DEF_LVL1_DEFAULT,
    STORED_MAX = 65535,      /* bytes of a stored block */
    KEEP_SIZE = 1024 * 1024, /* a larger buffer is freed after use */
};

struct glass_deflate {
    struct isal_zstream stream;
    uint8_t room[LEVEL_ROOM]; /* the stream's */
    struct str buffer;
};

struct glass_deflate *glass_deflate_new(void)
{
    struct glass_deflate *deflator = memory_new(1, sizeof(*deflator));
    deflator->buffer = (struct str)STR_INIT;
    return deflator;
}

void glass_deflate_free(struct glass_deflate *deflator)
{
    if (!deflator)
        return;
    str_release(&deflator->buffer);
    free(deflator);
}

uint64_t glass_deflate_held(const struct glass_deflate *deflator)
{
    return sizeof(*deflator) + deflator->buffer.capacity;
}

/* Make a stream of at most `limit` bytes; false where they are too few.  With
 * `guarded` it ends in an extra empty block. */
static bool deflate_tag(struct glass_deflate *deflator, struct span tag,
                        size_t limit, bool guarded)
{
    /* An empty stored block, up to which the flush goes, makes the end of the
     * data that of a byte; this one, of codes, is the last. */
    static const char end[] = { 0x03, 0x00 };
    struct isal_zstream *stream = &deflator->stream;
    isal_deflate_stateless_init(stream);
    stream->level = LEVEL;
    stream->level_buf = deflator->room;
    stream->level_buf_size = sizeof(deflator->room);
    stream->flush = guarded ? FULL_FLUSH : NO_FLUSH;
    stream->end_of_stream = !guarded;
    stream->next_in = (uint8_t *)tag.data;
    stream->avail_in = (uint32_t)tag.size;
    stream->next_out = (uint8_t *)deflator->buffer.data;
    stream->avail_out = (uint32_t)limit;
    if (isal_deflate_stateless(stream) != COMP_OK ||
        (guarded && stream->avail_out < sizeof(end)))
        return false;
    assert(!stream->avail_in);
    deflator->buffer.size = limit - stream->avail_out;
    if (guarded)
        str_add(&deflator->buffer, (struct span){ end, sizeof(end) });
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
    bool guarded = tag.size >= GLASS_INFLATE_PIECE;
    *compressed = deflate_tag(deflator, tag, tag.size - 1, guarded);
    if (!*compressed && guarded) {
        *compressed = true;
        store(&deflator->buffer, tag);
    }
    return *compressed ? str_span(&deflator->buffer) : tag;
}

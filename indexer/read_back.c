/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/read_back.h"

#include <zlib.h>

#include "base/memory.h"
#include "base/pack.h"

enum {
    PIECE = 8192, /* in which libxapian inflates */
    /* As libxapian calls zlib: raw, its default level, and most memory. */
    WINDOW_BITS = -15,
    MEMORY_LEVEL = 9,
    STATE_SIZE = 512 * 1024, /* about */
    PACKED_WDF_MAX = 126,    /* that goes into one byte with a length */
};

/* False where the bytes do not get smaller: they are stored as they are. */
static bool deflate_tag(struct str *out, struct span tag)
{
    z_stream stream = { 0 };
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_BITS,
                     MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        memory_exhausted(STATE_SIZE);
    str_reserve(out, tag.size);
    stream.next_in = (Bytef *)tag.data;
    stream.avail_in = (uInt)tag.size;
    stream.next_out = (Bytef *)out->data;
    stream.avail_out = (uInt)tag.size - 1;
    bool smaller = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out->size = stream.total_out;
    deflateEnd(&stream);
    return smaller;
}

/* How much comes out of a stream, or of a part of it. */
static size_t inflated_size(struct span bytes)
{
    z_stream stream = { 0 };
    char piece[PIECE];
    if (inflateInit2(&stream, WINDOW_BITS) != Z_OK)
        memory_exhausted(STATE_SIZE);
    stream.next_in = (Bytef *)bytes.data;
    stream.avail_in = (uInt)bytes.size;
    int rc;
    do {
        stream.next_out = (Bytef *)piece;
        stream.avail_out = sizeof(piece);
        rc = inflate(&stream, Z_SYNC_FLUSH);
    } while (rc == Z_OK);
    size_t size = stream.total_out;
    inflateEnd(&stream);
    return size;
}

bool read_back_is_sure(struct span tag)
{
    if (tag.size < PIECE)
        return true;
    struct str stream = STR_INIT;
    bool sure = true;
    if (deflate_tag(&stream, tag)) {
        struct span but_one = span_slice(str_span(&stream), 0, stream.size - 1);
        sure = inflated_size(but_one) == tag.size;
    }
    str_release(&stream);
    return sure;
}

/* Each term as what it has in common with the one before, and the rest; a
 * small wdf goes into one byte with the former. */
void term_list_add(struct term_list *list, struct span term, uint32_t wdf)
{
    size_t same = 0;
    while (same < term.size && same < list->last.size &&
           term.data[same] == list->last.data[same])
        same++;
    size_t both = ((size_t)wdf + 1) * (list->last.size + 1) + same;
    bool packed = list->count && wdf <= PACKED_WDF_MAX && both <= UINT8_MAX;
    if (list->count)
        str_add_char(&list->body, (char)(packed ? both : same));
    str_add_char(&list->body, (char)(term.size - same));
    str_add(&list->body, span_slice(term, same, term.size));
    if (!packed)
        pack_number(&list->body, wdf);
    str_clear(&list->last);
    str_add(&list->last, term);
    list->length += wdf;
    list->count++;
}

bool term_list_is_sure(const struct term_list *list)
{
    if (list->body.size + 2 * PACK_NUMBER_MAX < PIECE)
        return true;
    struct str tag = STR_INIT;
    pack_number(&tag, list->length);
    pack_number(&tag, list->count);
    str_add(&tag, str_span(&list->body));
    bool sure = read_back_is_sure(str_span(&tag));
    str_release(&tag);
    return sure;
}

bool term_list_is_sure_with(const struct term_list *list, struct span term)
{
    struct term_list more = TERM_LIST_INIT;
    str_add(&more.body, str_span(&list->body));
    str_add(&more.last, str_span(&list->last));
    more.length = list->length;
    more.count = list->count;
    term_list_add(&more, term, 0);
    bool sure = term_list_is_sure(&more);
    term_list_release(&more);
    return sure;
}

void term_list_release(struct term_list *list)
{
    str_release(&list->body);
    str_release(&list->last);
}

struct span read_back_noise(char room[READ_BACK_NOISE_SIZE], unsigned number)
{
    uint32_t random = number;
    size_t size = number % READ_BACK_NOISES + 1;
    room[0] = (char)0xFF;
    for (size_t i = 1; i <= size; i++) {
        random = random * 1664525u + 1013904223u;
        room[i] = (char)(0x90 + (random >> 24) % 0x60);
    }
    return (struct span){ room, size + 1 };
}

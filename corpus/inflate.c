/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/inflate.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { PART_SIZE = 64 * 1024 }; /* made room for at a time */

struct inflater {
    struct inflate_state stream;
    bool inside;  /* a member has begun */
    bool seeking; /* for the next member, after damage */
    bool told;    /* that there is something behind the last member */
    const char *complaint;
};

bool inflate_is_gzip(struct span head)
{
    return head.size >= 2 && !memcmp(head.data, "\x1f\x8b", 2);
}

struct inflater *inflater_new(void)
{
    struct inflater *inflater = memory_new(1, sizeof(*inflater));
    isal_inflate_init(&inflater->stream);
    inflater->stream.crc_flag = ISAL_GZIP;
    return inflater;
}

void inflater_free(struct inflater *inflater)
{
    free(inflater);
}

static enum inflate_answer complain(struct inflater *inflater,
                                    const char *complaint)
{
    inflater->complaint = complaint;
    inflater->inside = false;
    inflater->seeking = true;
    return INFLATE_DAMAGED;
}

/* Pass over input up to what looks like a member: magic and method. */
static void seek_member(struct inflater *inflater, struct span *in, bool last)
{
    static const struct span magic = SPAN_LITERAL("\x1f\x8b\x08");
    size_t at = span_find(*in, 0, magic);
    if (at != SIZE_MAX) {
        inflater->seeking = false;
        *in = span_slice(*in, at, in->size);
    } else {
        /* The magic may begin in the last two bytes. */
        size_t keep = last ? 0 : in->size < 2 ? in->size : 2;
        *in = span_slice(*in, in->size - keep, in->size);
    }
}

/* Between members: zeros are padding (gzip(1) ignores them too), the magic
 * begins another, anything else is not ours. */
static enum inflate_answer begin_member(struct inflater *inflater,
                                        struct span *in, bool last)
{
    while (in->size && !in->data[0])
        *in = span_slice(*in, 1, in->size);
    if (!in->size)
        return INFLATE_MORE;
    if (in->size < 2 && !last && (unsigned char)in->data[0] == 0x1f)
        return INFLATE_MORE;
    if (!inflate_is_gzip(*in)) {
        inflater->seeking = true;
        if (inflater->told)
            return INFLATE_MORE;
        inflater->told = true;
        inflater->complaint = "followed by something else";
        return INFLATE_DAMAGED;
    }
    isal_inflate_reset(&inflater->stream);
    inflater->inside = true;
    return INFLATE_MORE;
}

/* `*in` becomes what is left of it: of damage, what is not looked at yet. */
static int inflate_some(struct inflate_state *stream, struct span *in,
                        char *out, size_t room, size_t *written)
{
    stream->next_in = (unsigned char *)in->data;
    stream->avail_in = (uint32_t)in->size;
    stream->next_out = (unsigned char *)out;
    stream->avail_out = (uint32_t)room;
    int result = isal_inflate(stream);
    size_t left = stream->avail_in;
    if (result != ISAL_DECOMP_OK && stream->read_in_length > 0)
        left += (size_t)stream->read_in_length / 8;
    if (left > in->size)
        left = in->size;
    *written = room - stream->avail_out;
    *in = span_slice(*in, in->size - left, in->size);
    return result;
}

enum inflate_answer inflater_run(struct inflater *inflater, struct span *in,
                                 bool last, char *out, size_t room,
                                 size_t *written)
{
    *written = 0;
    if (inflater->seeking) {
        seek_member(inflater, in, last);
        if (inflater->seeking)
            return INFLATE_MORE;
    }
    if (!inflater->inside) {
        enum inflate_answer answer = begin_member(inflater, in, last);
        if (!inflater->inside)
            return answer;
    }
    struct inflate_state *stream = &inflater->stream;
    int result = inflate_some(stream, in, out, room, written);
    if (result != ISAL_DECOMP_OK)
        return complain(inflater, "damaged");
    if (stream->block_state == ISAL_BLOCK_FINISH) {
        inflater->inside = false;
        return INFLATE_MORE;
    }
    if (last && !in->size && *written < room)
        return complain(inflater, "cut off");
    return INFLATE_MORE;
}

const char *inflater_complaint(const struct inflater *inflater)
{
    return inflater->complaint;
}

bool inflate_all(struct str *out, struct span packed, size_t limit)
{
    /* A wrapper's two bytes are a multiple of 31 and name method 8. */
    const unsigned char *head = (const unsigned char *)packed.data;
    bool wrapped = packed.size > 2 && (head[0] & 15) == 8 &&
                   (head[0] * 256 + head[1]) % 31 == 0;
    if (packed.size > UINT32_MAX)
        return false;
    struct inflate_state *stream = memory_new(1, sizeof(*stream));
    isal_inflate_init(stream);
    stream->crc_flag = wrapped ? ISAL_ZLIB : ISAL_DEFLATE;
    size_t start = out->size, written;
    bool good, ended, full;
    do {
        str_reserve(out, PART_SIZE);
        good = inflate_some(stream, &packed, out->data + out->size, PART_SIZE,
                            &written) == ISAL_DECOMP_OK;
        out->size += written;
        ended = stream->block_state == ISAL_BLOCK_FINISH;
        full = out->size - start >= limit;
    } while (good && written && !ended && !full);
    free(stream);
    str_cut(out, start + limit);
    out->data[out->size] = '\0';
    return good && (ended || full);
}

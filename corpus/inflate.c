/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/inflate.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"

enum { WINDOW_GZIP = 15 + 16 }; /* zlib: 32 KiB window, gzip wrapper only */

struct inflater {
    z_stream stream;
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
    if (inflateInit2(&inflater->stream, WINDOW_GZIP) != Z_OK)
        memory_exhausted(1);
    return inflater;
}

void inflater_free(struct inflater *inflater)
{
    if (!inflater)
        return;
    inflateEnd(&inflater->stream);
    free(inflater);
}

static enum inflate_answer complain(struct inflater *inflater,
                                    const char *complaint)
{
    inflater->complaint = complaint;
    inflater->inside = false;
    inflater->seeking = true;
    inflateReset(&inflater->stream);
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
    inflateReset(&inflater->stream);
    inflater->inside = true;
    return INFLATE_MORE;
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
    z_stream *stream = &inflater->stream;
    stream->next_in = (unsigned char *)in->data;
    stream->avail_in = (unsigned)in->size;
    stream->next_out = (unsigned char *)out;
    stream->avail_out = (unsigned)room;
    int result = inflate(stream, Z_NO_FLUSH);
    *written = room - stream->avail_out;
    *in = span_slice(*in, in->size - stream->avail_in, in->size);
    if (result == Z_STREAM_END) {
        inflater->inside = false;
        return INFLATE_MORE;
    }
    if (result != Z_OK && result != Z_BUF_ERROR)
        return complain(inflater, "damaged");
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
    z_stream stream = { .next_in = (unsigned char *)packed.data,
                        .avail_in = (unsigned)packed.size };
    if (packed.size > UINT_MAX)
        return false;
    if (inflateInit2(&stream, wrapped ? 15 : -15) != Z_OK)
        memory_exhausted(1);
    size_t start = out->size;
    int rc = Z_OK;
    while (rc == Z_OK && out->size - start < limit) {
        unsigned char part[16 * 1024];
        stream.next_out = part;
        stream.avail_out = sizeof(part);
        rc = inflate(&stream, Z_NO_FLUSH);
        str_add(out,
                (struct span){ (char *)part, sizeof(part) - stream.avail_out });
    }
    inflateEnd(&stream);
    if (out->size - start > limit)
        str_cut(out, start + limit);
    return rc == Z_STREAM_END || rc == Z_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/glass/glass_deflate.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/memory.h"
#include "tests/unit/test.h"

/* What libxapian's reader does: inflates each component of the tag in pieces,
 * and takes a stream for damaged whose input ends before it does. */
static bool read_component(z_stream *stream, struct span bytes, struct str *out,
                           bool *ended)
{
    char piece[GLASS_INFLATE_PIECE];
    stream->next_in = (Bytef *)bytes.data;
    stream->avail_in = (uInt)bytes.size;
    do {
        stream->next_out = (Bytef *)piece;
        stream->avail_out = sizeof(piece);
        int rc = inflate(stream, Z_SYNC_FLUSH);
        str_add(out, (struct span){ piece, sizeof(piece) - stream->avail_out });
        *ended = rc == Z_STREAM_END;
        if (*ended)
            return true;
        if (rc != Z_OK && rc != Z_BUF_ERROR)
            return false;
    } while (stream->avail_in);
    return true;
}

static bool reads_back(struct span tag, struct span stored, size_t cut)
{
    z_stream stream = { 0 };
    struct str out = STR_INIT;
    bool ended = false;
    inflateInit2(&stream, -15);
    bool fine =
        read_component(&stream, span_slice(stored, 0, cut), &out, &ended);
    if (fine && cut < stored.size)
        fine = !ended &&
               read_component(&stream, span_slice(stored, cut, stored.size),
                              &out, &ended);
    fine = fine && ended && span_equal(tag, str_span(&out));
    inflateEnd(&stream);
    str_release(&out);
    return fine;
}

/* Texts of `letters` letters, mostly the first. */
static void fill(struct str *out, size_t size, unsigned letters)
{
    uint64_t random = size * 31 + letters;
    str_clear(out);
    for (size_t i = 0; i < size; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        unsigned r = (unsigned)(random >> 33);
        str_add_char(out, r % 3 ? 'a' : (char)('a' + r / 3 % letters));
    }
}

/* The model of the reader is right if it stumbles as the reader does. */
TEST(glass_deflate_has_reason_to_take_care)
{
    struct str tag = STR_INIT;
    char stored[GLASS_INFLATE_PIECE];
    unsigned faults = 0;
    for (size_t size = 8192; size < 8192 + 40; size++) {
        fill(&tag, size, 1);
        z_stream stream = { 0 };
        deflateInit2(&stream, 6, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
        stream.next_in = (Bytef *)tag.data;
        stream.avail_in = (uInt)tag.size;
        stream.next_out = (Bytef *)stored;
        stream.avail_out = sizeof(stored);
        CHECK_NUMBER(deflate(&stream, Z_FINISH), Z_STREAM_END);
        size_t stored_size = stream.total_out;
        deflateEnd(&stream);
        faults += !reads_back(
            str_span(&tag), (struct span){ stored, stored_size }, stored_size);
    }
    CHECK(faults > 0);
    str_release(&tag);
}

TEST(glass_deflate_is_read_back_wherever_it_is_cut)
{
    struct glass_deflate *deflator = glass_deflate_new();
    struct str tag = STR_INIT;
    for (unsigned letters = 1; letters <= 4; letters++)
        for (size_t size = 8192 - 40; size < 8192 + 40; size++) {
            fill(&tag, size, letters);
            bool compressed;
            struct span stored =
                glass_deflate_tag(deflator, str_span(&tag), &compressed);
            CHECK(compressed);
            for (size_t end = 0; end < 8 && end < stored.size; end++)
                CHECK(reads_back(str_span(&tag), stored, stored.size - end));
        }
    str_release(&tag);
    glass_deflate_free(deflator);
}

TEST(glass_deflate_of_all_sizes)
{
    static const size_t sizes[] = { 19,    100,   8191,   8192,   16384,
                                    65535, 65536, 131072, 2000000 };
    struct glass_deflate *deflator = glass_deflate_new();
    struct str tag = STR_INIT;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
        for (unsigned letters = 1; letters < 300; letters += 127) {
            fill(&tag, sizes[i], letters);
            bool compressed;
            struct span stored =
                glass_deflate_tag(deflator, str_span(&tag), &compressed);
            CHECK(compressed ? reads_back(str_span(&tag), stored, stored.size)
                             : span_equal(str_span(&tag), stored));
            CHECK(sizes[i] < 8192 || compressed);
        }
    CHECK(glass_deflate_held(deflator) < 16 * 1024 * 1024);
    str_release(&tag);
    glass_deflate_free(deflator);
}

/* Random bytes do not get smaller: the small ones stay as they are, the large
 * ones become stored blocks, which libxapian's compaction leaves alone. */
TEST(glass_deflate_of_what_does_not_get_smaller)
{
    static const size_t sizes[] = { 1,     18,    19,    200,   8191,  8192,
                                    16383, 16384, 65535, 65536, 131072 };
    struct glass_deflate *deflator = glass_deflate_new();
    struct str tag = STR_INIT;
    uint64_t random = 7;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        size_t size = sizes[i];
        str_clear(&tag);
        for (size_t k = 0; k < size; k++) {
            random = random * UINT64_C(6364136223846793005) + 1;
            str_add_char(&tag, (char)(random >> 56));
        }
        bool compressed;
        struct span stored =
            glass_deflate_tag(deflator, str_span(&tag), &compressed);
        CHECK(compressed == (size >= GLASS_INFLATE_PIECE));
        CHECK(compressed ? reads_back(str_span(&tag), stored, stored.size)
                         : span_equal(str_span(&tag), stored));
        CHECK(stored.size <= size + size / 1000 + 16);
    }
    str_release(&tag);
    glass_deflate_free(deflator);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/unbrotli.h"

#include <brotli/decode.h>

#include "base/memory.h"

bool unbrotli(struct str *out, struct span packed, size_t limit)
{
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (!state)
        memory_exhausted(1);
    const uint8_t *in = (const uint8_t *)packed.data;
    size_t left = packed.size, start = out->size;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT &&
           out->size - start < limit) {
        uint8_t part[16 * 1024];
        uint8_t *to = part;
        size_t room = sizeof(part);
        result =
            BrotliDecoderDecompressStream(state, &left, &in, &room, &to, NULL);
        str_add(out, (struct span){ (char *)part, sizeof(part) - room });
    }
    BrotliDecoderDestroyInstance(state);
    if (out->size - start > limit)
        str_cut(out, start + limit);
    return result == BROTLI_DECODER_RESULT_SUCCESS ||
           result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
}

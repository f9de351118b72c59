/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * format_fuzz.h - any bytes through one format, from its bid to finished
 * articles.
 */
#ifndef NEWS_TESTS_FORMAT_FUZZ_H
#define NEWS_TESTS_FORMAT_FUZZ_H

#include "corpus/input.h"
#include "tests/fuzz/fuzz.h"

static inline int format_fuzz(const char *name, const uint8_t *data,
                              size_t size)
{
    const struct input_options options = { .format = format_by_name(name) };
    struct span bytes = { (const char *)data, size };
    struct input *input;
    if (size)
        options.format->bid(bytes);
    if (input_open_bytes(&input, "2020/01/fuzz", bytes, &options, NULL))
        return 0;
    struct arena *memory = arena_new();
    struct raw_record raw;
    struct article article;
    enum status rc;
    while ((rc = input_next(input, &raw, NULL)) == STATUS_OK ||
           rc == STATUS_BAD_RECORD || rc == STATUS_TOO_BIG) {
        arena_reset(memory);
        if (!rc)
            input_parse(input, &raw, memory, &article, NULL);
    }
    arena_free(memory);
    input_release(input);
    return 0;
}

#endif

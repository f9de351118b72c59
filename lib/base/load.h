/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * load.h - numbers out of bytes that stand anywhere, in the machine's order.
 */
#ifndef NEWS_BASE_LOAD_H
#define NEWS_BASE_LOAD_H

#include <stdint.h>
#include <string.h>

static inline uint64_t load_64(const char *p)
{
    uint64_t value;
    memcpy(&value, p, sizeof(value));
    return value;
}

static inline uint32_t load_32(const char *p)
{
    uint32_t value;
    memcpy(&value, p, sizeof(value));
    return value;
}

#endif

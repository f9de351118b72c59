/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/utf8.h"

#include <string.h>

static const uint16_t cp1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

uint32_t utf8_from_cp1252(unsigned char byte)
{
    return byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : byte;
}

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t utf8_decode(struct span s, size_t at, uint32_t *out)
{
    if (at >= s.size)
        return 0;
    const unsigned char *p = (const unsigned char *)s.data + at;
    size_t left = s.size - at;
    *out = p[0];
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < 2 || !continues(p[1]))
        return 0;
    if (p[0] < 0xE0) {
        *out = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (left < 3 || !continues(p[2]))
        return 0;
    if (p[0] < 0xF0) {
        *out = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
               (p[2] & 0x3F);
        return *out < 0x800 || (*out >= 0xD800 && *out < 0xE000) ? 0 : 3;
    }
    if (left < 4 || !continues(p[3]))
        return 0;
    *out = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return *out < 0x10000 || *out > 0x10FFFF ? 0 : 4;
}

size_t utf8_next(const char *data, uint32_t *out)
{
    const unsigned char *p = (const unsigned char *)data;
    if (p[0] < 0x80) {
        *out = p[0];
        return 1;
    }
    if (p[0] < 0xE0) {
        *out = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (p[0] < 0xF0) {
        *out = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
               (p[2] & 0x3F);
        return 3;
    }
    *out = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    return 4;
}

void utf8_add(struct str *s, uint32_t code)
{
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        code = UTF8_REPLACEMENT;
    char bytes[4];
    size_t size;
    if (code < 0x80) {
        str_add_char(s, (char)code);
        return;
    }
    if (code < 0x800) {
        bytes[0] = (char)(0xC0 | code >> 6);
        size = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xE0 | code >> 12);
        size = 3;
    } else {
        bytes[0] = (char)(0xF0 | code >> 18);
        size = 4;
    }
    for (size_t i = 1; i < size; i++)
        bytes[i] = (char)(0x80 | (code >> 6 * (size - 1 - i) & 0x3F));
    str_add(s, (struct span){ bytes, size });
}

static size_t ascii_prefix(const char *data, size_t size)
{
    size_t i = 0;
    for (uint64_t word; size - i >= sizeof(word); i += sizeof(word)) {
        memcpy(&word, data + i, sizeof(word));
        if (word & 0x8080808080808080u)
            break;
    }
    while (i < size && !(data[i] & 0x80))
        i++;
    return i;
}

size_t utf8_valid_prefix(struct span s)
{
    size_t at = 0;
    while (at < s.size) {
        at += ascii_prefix(s.data + at, s.size - at);
        uint32_t code;
        size_t size = utf8_decode(s, at, &code);
        if (!size)
            break;
        at += size;
    }
    return at;
}

size_t utf8_floor(struct span s, size_t at)
{
    if (at > s.size)
        at = s.size;
    size_t start = at;
    for (int i = 0;
         i < 3 && start && continues((unsigned char)s.data[start - 1]); i++)
        start--;
    if (!start)
        return at;
    start--;
    unsigned char lead = (unsigned char)s.data[start];
    size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return start + length > at ? start : at;
}

size_t utf8_repair(struct str *out, struct span s)
{
    size_t repaired = 0;
    str_reserve(out, s.size);
    while (s.size) {
        size_t good = utf8_valid_prefix(s);
        str_add(out, (struct span){ s.data, good });
        if (good == s.size)
            break;
        utf8_add(out, utf8_from_cp1252((unsigned char)s.data[good]));
        repaired++;
        s = (struct span){ s.data + good + 1, s.size - good - 1 };
    }
    return repaired;
}

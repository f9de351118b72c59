/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/repair.h"

#include <string.h>
#include <uchardet/uchardet.h>

#include "base/utf8.h"

enum {
    LOOK_MAX = 64 * 1024, /* bytes that uchardet is shown */
    FOREIGN_SHARE = 20,   /* per cent of bytes over 0x7F in other scripts */
    LATIN2_SHARE = 2,
};

/* ---- Character sets --------------------------------------------------- */

/* What is believed, and from which share of high bytes on: guesses among the
 * Western sets are no better than Windows-1252. */
static const struct {
    const char *name;
    size_t share;
} believed[] = {
    { "WINDOWS-1251", FOREIGN_SHARE }, { "KOI8-R", FOREIGN_SHARE },
    { "ISO-8859-5", FOREIGN_SHARE },   { "IBM866", FOREIGN_SHARE },
    { "MAC-CYRILLIC", FOREIGN_SHARE }, { "WINDOWS-1253", FOREIGN_SHARE },
    { "ISO-8859-7", FOREIGN_SHARE },   { "WINDOWS-1255", FOREIGN_SHARE },
    { "WINDOWS-1256", FOREIGN_SHARE }, { "TIS-620", FOREIGN_SHARE },
    { "GB18030", FOREIGN_SHARE },      { "BIG5", FOREIGN_SHARE },
    { "SHIFT_JIS", FOREIGN_SHARE },    { "EUC-JP", FOREIGN_SHARE },
    { "EUC-KR", FOREIGN_SHARE },       { "UHC", FOREIGN_SHARE },
    { "EUC-TW", FOREIGN_SHARE },       { "WINDOWS-1250", LATIN2_SHARE },
    { "ISO-8859-2", LATIN2_SHARE },
};

struct span repair_charset(struct span text)
{
    const struct span none = { NULL, 0 };
    text = span_slice(text, 0, LOOK_MAX);
    size_t high = 0;
    for (size_t i = 0; i < text.size; i++)
        high += (unsigned char)text.data[i] >= 0x80;
    if (high * 100 < text.size * LATIN2_SHARE)
        return none;
    uchardet_t detector = uchardet_new();
    struct span found = none;
    if (!uchardet_handle_data(detector, text.data, text.size)) {
        uchardet_data_end(detector);
        struct span name = span_of(uchardet_get_charset(detector));
        for (size_t i = 0; i < sizeof(believed) / sizeof(*believed); i++)
            if (span_is_nocase(name, believed[i].name) &&
                high * 100 >= text.size * believed[i].share)
                found = span_of(believed[i].name);
    }
    uchardet_delete(detector);
    return found;
}

/* ---- Mojibake --------------------------------------------------------- */

/* The byte that Windows-1252 has for a character; -1: none.  The five bytes
 * that it leaves undefined stay themselves, as most programs have them. */
static int byte_of(uint32_t code)
{
    if (code < 0x80 || (code >= 0xA0 && code <= 0xFF))
        return (int)code;
    for (unsigned char byte = 0x80; byte < 0xA0; byte++)
        if (utf8_from_cp1252(byte) == code || code == byte)
            return byte;
    return -1;
}

/* Leads of twice encoded characters begin with C3; most letters with C3, such
 * as e with acute, go on with another byte. */
bool repair_may_have_mojibake(struct span text)
{
    if (!text.size)
        return false;
    const char *at = text.data, *end = text.data + text.size;
    while (at < end && (at = memchr(at, 0xC3, (size_t)(end - at)))) {
        unsigned char next = at + 1 < end ? (unsigned char)at[1] : 0;
        unsigned char third = at + 2 < end ? (unsigned char)at[2] : 0;
        bool two =
            (next >= 0x82 && next <= 0x85) || next == 0x90 || next == 0x91;
        bool more = next == 0xA2 || next == 0xB0;
        if ((two || more) && third >= 0xC2)
            return true;
        at++;
    }
    return false;
}

/* A lead byte that stands for two, three or four; 0: none. */
static size_t length_of(int lead)
{
    return lead >= 0xC2 && lead <= 0xDF   ? 2
           : lead >= 0xE0 && lead <= 0xEF ? 3
           : lead >= 0xF0 && lead <= 0xF4 ? 4
                                          : 0;
}

/* The bytes of `text` that stand for one character twice encoded at `at`, which
 * goes to `meant`; 0 where there is none. */
static size_t twice_encoded(struct span text, size_t at, char meant[4],
                            size_t *meant_size)
{
    size_t from = at, want = 1, have = 0;
    while (have < want) {
        uint32_t code;
        if (from >= text.size)
            return 0;
        from += utf8_next(text.data + from, &code);
        int byte = byte_of(code);
        if (byte < 0x80 || (have && (byte & 0xC0) != 0x80))
            return 0;
        if (!have && !(want = length_of(byte)))
            return 0;
        meant[have++] = (char)byte;
    }
    uint32_t code;
    *meant_size = want;
    return utf8_decode((struct span){ meant, want }, 0, &code) == want
               ? from - at
               : 0;
}

size_t repair_mojibake(struct str *out, struct span text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size;) {
        char meant[4];
        size_t size = 0, used = 0;
        /* Leads of twice encoded characters begin with C3 in UTF-8. */
        if ((unsigned char)text.data[at] == 0xC3)
            used = twice_encoded(text, at, meant, &size);
        if (used) {
            str_add(out, (struct span){ meant, size });
            at += used;
            count++;
            continue;
        }
        size_t end = span_find_char(text, at + 1, '\xC3');
        str_add(out, span_slice(text, at, end));
        at = end == SIZE_MAX ? text.size : end;
    }
    return count;
}

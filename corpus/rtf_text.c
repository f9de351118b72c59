/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rich text: groups in braces, control words behind backslashes, bytes of a
 * code page as \'hh and characters as \uN with a substitute behind them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "corpus/charset.h"
#include "corpus/office_text.h"

struct group {
    bool skipped;
    unsigned substitutes; /* characters behind \uN that stand for it */
};

struct rtf {
    struct span text;
    size_t at;
    struct str *out;
    struct str bytes; /* of the code page, not read as characters yet */
    char code_page[16];
    struct group groups[RTF_DEPTH_MAX];
    size_t depth;     /* the current group, from 1 */
    size_t too_deep;  /* groups opened beyond RTF_DEPTH_MAX */
    unsigned to_skip; /* substitutes that are still to come */
    uint32_t high;    /* the first half of a surrogate pair, or 0 */
};

/* Destinations whose text is not the document's. */
static const char *const destinations[] = {
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "footer",
    "headerl",
    "headerr",
    "headerf",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "listtable",
    "fldinst",
    "listoverridetable",
    "object",
    "objdata",
    "nonshppict",
    "themedata",
    "colorschememapping",
    "datastore",
    "generator",
    "xmlnstbl",
    "filetbl",
    "revtbl",
    "rsidtbl",
    "bkmkstart",
    "bkmkend",
    NULL,
};

static const struct {
    const char *word, *text;
} texts[] = {
    { "par", "\n\n" },         { "sect", "\n\n" },
    { "page", "\n\n" },        { "row", "\n" },
    { "line", "\n" },          { "tab", "\t" },
    { "cell", "\t" },          { "emdash", "\u2014" },
    { "endash", "\u2013" },    { "lquote", "\u2018" },
    { "rquote", "\u2019" },    { "bullet", "\u2022" },
    { "ldblquote", "\u201C" }, { "rdblquote", "\u201D" },
};

static struct group *group(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth - 1];
}

static void flush(struct rtf *rtf)
{
    if (rtf->bytes.size)
        charset_read_all(rtf->out, span_of(rtf->code_page),
                         str_span(&rtf->bytes));
    str_clear(&rtf->bytes);
}

/* One character of the file: shown, or the substitute of another. */
static void add_byte(struct rtf *rtf, char byte)
{
    if (rtf->to_skip)
        rtf->to_skip--;
    else if (!group(rtf)->skipped)
        str_add_char(&rtf->bytes, byte);
}

static void add_code(struct rtf *rtf, long number)
{
    uint32_t code = (uint32_t)(number < 0 ? number + 65536 : number);
    rtf->to_skip = group(rtf)->substitutes;
    if (group(rtf)->skipped)
        return;
    flush(rtf);
    bool is_low = code >= 0xDC00 && code <= 0xDFFF;
    if (rtf->high && is_low)
        code = 0x10000 + ((rtf->high - 0xD800) << 10) + (code - 0xDC00);
    rtf->high = code >= 0xD800 && code <= 0xDBFF ? code : 0;
    if (!rtf->high && code)
        utf8_add(rtf->out, code);
}

static void open_group(struct rtf *rtf)
{
    if (rtf->depth == RTF_DEPTH_MAX) {
        rtf->too_deep++;
        return;
    }
    rtf->groups[rtf->depth] = *group(rtf);
    rtf->depth++;
}

static void close_group(struct rtf *rtf)
{
    if (rtf->too_deep)
        rtf->too_deep--;
    else if (rtf->depth > 1)
        rtf->depth--;
    rtf->to_skip = 0;
}

static bool is_word(struct span word, const char *const *words)
{
    for (; *words; words++)
        if (span_is(word, *words))
            return true;
    return false;
}

static void apply(struct rtf *rtf, struct span word, bool has_number,
                  long number)
{
    if (is_word(word, destinations)) {
        group(rtf)->skipped = true;
    } else if (span_is(word, "u") && has_number) {
        add_code(rtf, number);
    } else if (span_is(word, "uc") && has_number && number >= 0) {
        group(rtf)->substitutes = (unsigned)(number > 16 ? 16 : number);
    } else if (span_is(word, "ansicpg") && number > 0 && number < 100000) {
        struct str name = STR_INIT;
        str_addf(&name, "CP%ld", number);
        memcpy(rtf->code_page, name.data, name.size + 1);
        str_release(&name);
    } else if (span_is(word, "bin") && number > 0) {
        size_t left = rtf->text.size - rtf->at;
        rtf->at += (size_t)number < left ? (size_t)number : left;
    } else if (!group(rtf)->skipped) {
        for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
            if (span_is(word, texts[i].word)) {
                flush(rtf);
                str_add_text(rtf->out, texts[i].text);
            }
    }
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "\word-12 ": the blank behind it belongs to it. */
static void read_word(struct rtf *rtf)
{
    struct span text = rtf->text;
    size_t start = rtf->at, at = start;
    while (at < text.size && is_letter(text.data[at]))
        at++;
    struct span word = span_slice(text, start, at);
    bool negative = at < text.size && text.data[at] == '-';
    at += negative;
    long number = 0;
    bool has_number = false;
    for (; at < text.size && is_digit(text.data[at]); at++) {
        has_number = true;
        if (number < 100000000)
            number = number * 10 + (text.data[at] - '0');
    }
    if (at < text.size && text.data[at] == ' ')
        at++;
    rtf->at = at;
    apply(rtf, word, has_number, negative ? -number : number);
}

/* Behind a backslash. */
static void read_control(struct rtf *rtf)
{
    struct span text = rtf->text;
    if (rtf->at == text.size)
        return;
    char c = text.data[rtf->at];
    if (is_letter(c)) {
        read_word(rtf);
        return;
    }
    rtf->at++;
    if (c == '\'' && rtf->at + 2 <= text.size) {
        int high = hex_value(text.data[rtf->at]);
        int low = hex_value(text.data[rtf->at + 1]);
        rtf->at += 2;
        if (high >= 0 && low >= 0)
            add_byte(rtf, (char)(high * 16 + low));
    } else if (c == '*') {
        group(rtf)->skipped = true;
    } else if (c == '~') {
        add_byte(rtf, ' ');
    } else if (c == '_') {
        add_byte(rtf, '-');
    } else if (c == '\n' || c == '\r') {
        flush(rtf);
        str_add_text(rtf->out, group(rtf)->skipped ? "" : "\n\n");
    } else if (c == '\\' || c == '{' || c == '}') {
        add_byte(rtf, c);
    }
}

void rtf_text(struct str *out, struct span bytes)
{
    struct rtf rtf = {
        .text = bytes,
        .out = out,
        .bytes = STR_INIT,
        .code_page = "WINDOWS-1252",
        .groups = { { false, 1 } },
        .depth = 1,
    };
    while (rtf.at < bytes.size && out->size < OFFICE_MAX) {
        char c = bytes.data[rtf.at++];
        if (c == '\\')
            read_control(&rtf);
        else if (c == '{')
            open_group(&rtf);
        else if (c == '}')
            close_group(&rtf);
        else if (c != '\n' && c != '\r' && c)
            add_byte(&rtf, c);
    }
    flush(&rtf);
    str_release(&rtf.bytes);
}

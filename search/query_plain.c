/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query_plain.h"

#include "base/utf8.h"

/* The ASCII text that a character stands for; NULL where it is itself. */
static const char *look_alike(uint32_t c)
{
    switch (c) {
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F: /* curly, low */
    case 0x00AB:
    case 0x00BB: /* guillemets */
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F: /* corner */
    case 0x301D:
    case 0x301E:
    case 0x301F:
    case 0xFF02: return "\"";
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0xFF07: return "'";
    case 0x2010:
    case 0x2011:
    case 0x2212:
    case 0xFF0D: return "-";
    case 0x2026: return "..";
    case 0x00A0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
    case '\t':
    case '\n':
    case '\r': return " ";
    case 0x00AD:
    case 0x200B:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF: return "";
    default: return c >= 0x2000 && c <= 0x200A ? " " : NULL;
    }
}

/* Full-width forms of ASCII punctuation; letters are folded with the words,
 * which leaves the words as typed. */
static bool is_full_width_mark(uint32_t c)
{
    if (c < 0xFF01 || c > 0xFF5E)
        return false;
    uint32_t ascii = c - 0xFF01 + '!';
    bool is_letter_or_digit = (ascii >= '0' && ascii <= '9') ||
                              (ascii >= 'A' && ascii <= 'Z') ||
                              (ascii >= 'a' && ascii <= 'z');
    return !is_letter_or_digit;
}

/* The plain text as it is made. */
struct making {
    struct query_plain *out;
    size_t count, capacity; /* of the columns */
    struct arena *memory;
};

static void add_columns(struct making *making, uint32_t column)
{
    struct query_plain *out = making->out;
    while (making->count < out->text.size) {
        out->columns = arena_grow(making->memory, out->columns, making->count,
                                  &making->capacity, sizeof(*out->columns));
        out->columns[making->count++] = column;
    }
}

static void add_plain(struct str *out, uint32_t c)
{
    const char *same = look_alike(c);
    if (same)
        str_add_text(out, same);
    else if (is_full_width_mark(c))
        str_add_char(out, (char)(c - 0xFF01 + '!'));
    else
        utf8_add(out, c);
}

enum status query_plain_make(struct query_plain *out, struct span text,
                             struct arena *memory, uint32_t *column,
                             struct error *err)
{
    *out = (struct query_plain){ .text = STR_INIT };
    *column = 0;
    if (text.size > QUERY_SIZE_MAX)
        return error_set(err, STATUS_BAD_QUERY,
                         "the question has %zu bytes; the limit is %d",
                         text.size, QUERY_SIZE_MAX);
    struct making making = { .out = out, .memory = memory };
    uint32_t at_column = 1;
    for (size_t at = 0; at < text.size; at_column++) {
        uint32_t c;
        size_t length = utf8_decode(text, at, &c);
        *column = at_column;
        if (!length)
            return error_set(err, STATUS_BAD_QUERY,
                             "the question is not UTF-8: byte %zu is 0x%02x",
                             at + 1, (unsigned char)text.data[at]);
        bool is_blank = c == '\t' || c == '\n' || c == '\r';
        if ((c < 0x20 && !is_blank) || c == 0x7F)
            return error_set(err, STATUS_BAD_QUERY,
                             "control character 0x%02x in the question", c);
        add_plain(&out->text, c);
        add_columns(&making, at_column);
        at += length;
    }
    *column = 0;
    str_add_char(&out->text, '\0');
    add_columns(&making, at_column);
    str_cut(&out->text, out->text.size - 1);
    return STATUS_OK;
}

void query_plain_release(struct query_plain *plain)
{
    str_release(&plain->text);
}

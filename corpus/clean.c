/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/clean.h"

#include "corpus/hyphen.h"
#include "text/unicode.h"

/* ---- Lines ------------------------------------------------------------ */

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_control(unsigned char c)
{
    return c < 0x20 || c == 0x7F;
}

/* C2 80 .. C2 A0: controls and the no-break space; the byte order mark. */
static size_t odd_blank(struct span text, size_t i)
{
    const unsigned char *p = (const unsigned char *)text.data + i;
    if (p[0] == 0xC2 && i + 1 < text.size && p[1] <= 0xA0)
        return 2;
    if (p[0] == 0xEF && i + 2 < text.size && p[1] == 0xBB && p[2] == 0xBF)
        return 3;
    return 0;
}

/* Bytes that clean text may have anywhere: no blank, no control, not the
 * first byte of an odd blank. */
static bool is_plain(unsigned char c)
{
    static const unsigned char odd[256] = {
        [0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1,
        [0x06] = 1, [0x07] = 1, [0x08] = 1, [0x09] = 1, [0x0A] = 1, [0x0B] = 1,
        [0x0C] = 1, [0x0D] = 1, [0x0E] = 1, [0x0F] = 1, [0x10] = 1, [0x11] = 1,
        [0x12] = 1, [0x13] = 1, [0x14] = 1, [0x15] = 1, [0x16] = 1, [0x17] = 1,
        [0x18] = 1, [0x19] = 1, [0x1A] = 1, [0x1B] = 1, [0x1C] = 1, [0x1D] = 1,
        [0x1E] = 1, [0x1F] = 1, [0x20] = 1, [0x7F] = 1, [0xC2] = 1, [0xEF] = 1,
    };
    return !odd[c];
}

/* Whether a line may not be as it is at text[i]. */
static bool is_flaw(struct span text, size_t i)
{
    unsigned char c = (unsigned char)text.data[i];
    if (is_plain(c))
        return false;
    if (c == ' ')
        return !i || i + 1 == text.size || text.data[i - 1] == ' ';
    return is_control(c) || odd_blank(text, i);
}

enum { BLOCK_SIZE = 32 }; /* bytes that compilers look at together */

/* Whether no byte of a block can be a flaw; not at an end of the text. */
static bool is_flawless(const char *block)
{
    const unsigned char *p = (const unsigned char *)block;
    unsigned char flaws = 0;
    for (int i = 0; i < BLOCK_SIZE; i++)
        flaws |= (p[i] < 0x20) | (p[i] == 0x7F) | (p[i] == 0xC2) |
                 (p[i] == 0xEF) | ((p[i] == ' ') & (p[i - 1] == ' '));
    return !flaws;
}

/* The first flaw from `at` on, or the size of the text.  Both ends are looked
 * at by themselves, and the last block may overlap the one before. */
static size_t find_flaw(struct span text, size_t at)
{
    while (at < text.size) {
        size_t end = at ? at + BLOCK_SIZE : 1;
        if (end >= text.size)
            end = text.size - 1;
        if (at && end > BLOCK_SIZE && is_flawless(text.data + end - BLOCK_SIZE))
            at = end;
        do {
            if (is_flaw(text, at))
                return at;
        } while (++at < end);
    }
    return text.size;
}

bool clean_is_line(struct span text)
{
    return find_flaw(text, 0) == text.size && unicode_is_composed(text);
}

/* Drop the controls and blanks at text[at]; `*blank`: there are blanks. */
static size_t pass_over_blanks(struct span text, size_t at, bool *blank)
{
    *blank = false;
    while (at < text.size) {
        size_t odd = odd_blank(text, at);
        if (!odd && text.data[at] != ' ' &&
            !is_control((unsigned char)text.data[at]))
            break;
        *blank = *blank || odd || is_blank(text.data[at]);
        at += odd ? odd : 1;
    }
    return at;
}

static void squeeze(struct str *out, struct span text)
{
    size_t start = out->size;
    for (size_t at = 0; at < text.size;) {
        bool blank;
        at = pass_over_blanks(text, at, &blank);
        if (blank && out->size > start && out->data[out->size - 1] != ' ')
            str_add_char(out, ' ');
        size_t flaw = find_flaw(text, at);
        str_add(out, span_slice(text, at, flaw));
        at = flaw;
    }
    while (out->size > start && out->data[out->size - 1] == ' ')
        str_cut(out, out->size - 1);
}

void clean_line(struct str *out, struct span text)
{
    if (unicode_is_composed(text)) {
        squeeze(out, text);
        return;
    }
    struct str line = STR_INIT;
    squeeze(&line, text);
    unicode_compose(out, str_span(&line));
    str_release(&line);
}

/* ---- Paragraphs ------------------------------------------------------- */

/* Whether the line end at `i` is one of a pair between two characters that
 * are no blanks. */
static bool is_gap(struct span text, size_t i)
{
    bool first = i + 1 < text.size && text.data[i + 1] == '\n';
    bool second = i && text.data[i - 1] == '\n';
    if (first == second)
        return false;
    size_t before = second ? i - 1 : i, after = second ? i + 1 : i + 2;
    return before && after < text.size && text.data[before - 1] != ' ' &&
           text.data[after] != ' ' && text.data[after] != '\n';
}

bool clean_is_paragraphs(struct span text)
{
    for (size_t i = find_flaw(text, 0); i < text.size;
         i = find_flaw(text, i + 1))
        if (text.data[i] != '\n' || !is_gap(text, i))
            return false;
    return unicode_is_composed(text);
}

/* What the lines of a text look like. */
struct layout {
    size_t lines, blank, wide; /* wide: over WRAP_MAX bytes */
    size_t indented;           /* set in, after a line that is not */
    size_t longest;
    size_t divided; /* lines that end within a word */
};

enum {
    WRAP_MAX = 100,     /* bytes of a line of hard-wrapped text */
    WRAP_MIN = 40,      /* of its longest line at least */
    TYPESET_LINES = 10, /* lines to one divided word, in typeset text */
    DIVIDED_MIN = 2,    /* divided words that tell a narrow column */
    INDENT = 2,         /* blanks that set a line in */
};

static size_t indent_of(struct span line)
{
    size_t i = 0;
    while (i < line.size && line.data[i] == ' ')
        i++;
    return i < line.size && line.data[i] == '\t' ? INDENT : i;
}

static struct layout look_at(struct span text)
{
    struct layout layout = { 0 };
    struct span line, before = { "", 0 };
    bool was_in = true;
    while (span_next(&text, '\n', &line)) {
        struct span trimmed = span_trim(line);
        layout.lines++;
        layout.blank += !trimmed.size;
        layout.wide += trimmed.size > WRAP_MAX;
        if (trimmed.size > layout.longest)
            layout.longest = trimmed.size;
        layout.divided += hyphen_divides(before, trimmed);
        before = trimmed;
        bool in = trimmed.size && indent_of(line) >= INDENT;
        layout.indented += in && !was_in;
        was_in = in;
    }
    return layout;
}

static bool is_wrapped(const struct layout *layout)
{
    return !layout->wide &&
           (layout->longest >= WRAP_MIN || layout->divided >= DIVIDED_MIN) &&
           layout->lines > layout->blank + 1;
}

static void end_paragraph(struct str *out, struct str *paragraph)
{
    size_t size = out->size;
    if (size)
        str_add_text(out, "\n\n");
    size_t start = out->size;
    clean_line(out, str_span(paragraph));
    if (out->size == start)
        str_cut(out, size);
    str_clear(paragraph);
}

void clean_paragraphs(struct str *out, struct span text)
{
    struct layout layout = look_at(text);
    bool wrapped = is_wrapped(&layout);
    bool set_in = wrapped && layout.indented;
    bool each_line = !wrapped && !layout.blank;
    bool typeset =
        layout.divided * TYPESET_LINES >= layout.lines - layout.blank;
    struct str paragraph = STR_INIT;
    struct span line;
    while (span_next(&text, '\n', &line)) {
        struct span trimmed = span_trim(line);
        if (!trimmed.size || each_line || (set_in && indent_of(line) >= INDENT))
            end_paragraph(out, &paragraph);
        hyphen_join(&paragraph, trimmed, typeset);
    }
    end_paragraph(out, &paragraph);
    str_release(&paragraph);
}

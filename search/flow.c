/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/flow.h"

#include "base/utf8.h"
#include "text/unicode.h"

static void new_line(struct flow *flow)
{
    str_addf(flow->out, "\n%*s", (int)flow->indent, "");
    flow->column = flow->indent;
}

static void place_word(struct flow *flow)
{
    if (!flow->word.size)
        return;
    uint32_t needed = flow->word_columns + flow->blank;
    if (flow->column > flow->indent && flow->column + needed > flow->width) {
        new_line(flow);
        flow->blank = false;
    }
    if (flow->blank && flow->column > flow->indent) {
        str_add_char(flow->out, ' ');
        flow->column++;
    }
    str_add(flow->out, str_span(&flow->word));
    flow->column += flow->word_columns;
    str_clear(&flow->word);
    flow->word_columns = 0;
    flow->blank = false;
}

static bool is_break(uint32_t code)
{
    return code == ' ' || code == '\n' || code == '\t' || code == 0x2028 ||
           code == 0x2029;
}

/* What would act on the terminal: controls, and embeddings of a direction,
 * which may be left open. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
           (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* East Asian full stops, commas and closing marks begin no line. */
static bool may_begin_line(uint32_t code)
{
    return !(unicode_flags(code) & (UNICODE_STOP | UNICODE_CLOSES)) &&
           code != 0x3001 && code != 0xFF0C && code != 0xFF1A && code != 0xFF1B;
}

static void flow_character(struct flow *flow, uint32_t code, struct span bytes)
{
    uint32_t columns = unicode_columns(code);
    bool parts = unicode_parts(flow->before, code, &flow->parting);
    flow->before = code;
    if (columns == 2 && parts && may_begin_line(code))
        place_word(flow);
    /* A blank that does not break is a blank to the reader. */
    if (code == 0xA0)
        str_add_char(&flow->word, ' ');
    else
        str_add(&flow->word, bytes);
    /* What joins a wide character shares its columns. */
    if (parts || columns < 2)
        flow->word_columns += columns;
}

void flow_text(struct flow *flow, struct span text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        size_t size = utf8_next(text.data + at, &code);
        if (is_break(code)) {
            place_word(flow);
            flow->blank = true;
            flow->before = 0;
            flow->parting = 0;
        } else if (!is_control(code)) {
            flow_character(flow, code, span_slice(text, at, at + size));
        }
        at += size;
    }
}

void flow_colour(struct flow *flow, const char *colour, bool on)
{
    if (on)
        str_add_text(&flow->word, colour);
}

struct flow flow_begin(struct str *out, uint32_t width, uint32_t indent)
{
    struct flow flow = {
        .out = out,
        .width = width,
        .indent = indent,
        .column = indent,
        .word = STR_INIT,
    };
    str_addf(out, "%*s", (int)indent, "");
    return flow;
}

void flow_end(struct flow *flow)
{
    place_word(flow);
    str_add_char(flow->out, '\n');
    str_release(&flow->word);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/flow.h"

#include "base/utf8.h"

uint32_t flow_columns(uint32_t code)
{
    if ((code >= 0x0300 && code < 0x0370) ||
        (code >= 0x200B && code <= 0x200F) || code == 0xFEFF)
        return 0;
    return (code >= 0x1100 && code < 0x1160) ||
                   (code >= 0x2E80 && code < 0xA4D0) ||
                   (code >= 0xAC00 && code < 0xD7A4) ||
                   (code >= 0xF900 && code < 0xFB00) ||
                   (code >= 0xFE30 && code < 0xFE70) ||
                   (code >= 0xFF00 && code < 0xFF61) || code >= 0x1F300
               ? 2
               : 1;
}

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

void flow_text(struct flow *flow, struct span text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        size_t size = utf8_next(text.data + at, &code);
        if (code == ' ' || code == '\n') {
            place_word(flow);
            flow->blank = true;
        } else {
            uint32_t columns = flow_columns(code);
            if (columns == 2)
                place_word(flow);
            /* A blank that does not break is a blank to the reader. */
            if (code == 0xA0)
                str_add_char(&flow->word, ' ');
            else
                str_add(&flow->word, span_slice(text, at, at + size));
            flow->word_columns += columns;
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
    struct flow flow = { out, width, indent, indent, STR_INIT, 0, false };
    str_addf(out, "%*s", (int)indent, "");
    return flow;
}

void flow_end(struct flow *flow)
{
    place_word(flow);
    str_add_char(flow->out, '\n');
    str_release(&flow->word);
}

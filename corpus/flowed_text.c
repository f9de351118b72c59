/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/flowed_text.h"

struct flowed_line {
    size_t depth; /* of quotes */
    struct span text;
    bool flows; /* goes on in the next line */
};

static struct flowed_line read_line(struct span line)
{
    struct flowed_line out = { .depth = 0 };
    if (span_ends(line, "\r"))
        line.size--;
    while (out.depth < line.size && line.data[out.depth] == '>')
        out.depth++;
    out.text = span_slice(line, out.depth, line.size);
    /* What begins with a blank, or looks like a quote, has one more. */
    if (span_starts(out.text, " "))
        out.text = span_slice(out.text, 1, out.text.size);
    out.flows = span_ends(out.text, " ") && !span_is(out.text, "-- ");
    return out;
}

static void begin_line(struct str *out, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        str_add_char(out, '>');
    if (depth)
        str_add_char(out, ' ');
}

void flowed_text(struct str *out, struct span text, bool delete_blank)
{
    struct flowed_line before = { .text = { NULL, 0 } };
    struct span line;
    bool first = true, joined = false;
    while (span_next(&text, '\n', &line)) {
        struct flowed_line next = read_line(line);
        bool signature = span_is(next.text, "-- ");
        bool goes_on = before.flows && before.depth == next.depth && !signature;
        if (!goes_on) {
            if (!first)
                str_add_char(out, '\n');
            if ((joined || next.flows) && before.text.size && next.text.size)
                str_add_char(out, '\n');
            begin_line(out, next.depth);
        }
        joined = goes_on;
        size_t blank = next.flows && delete_blank;
        str_add(out, span_slice(next.text, 0, next.text.size - blank));
        before = next;
        first = false;
    }
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/alto.h"

#include <string.h>

/* The words of a line; one that is divided at its end stands whole in the
 * first half's SUBS_CONTENT. */
static void add_line(struct str *out, const struct xml_node *line)
{
    for (const struct xml_node *s = xml_child(line); s; s = xml_next(s)) {
        if (strcmp(xml_name(s), "String"))
            continue;
        struct span part = xml_attribute(s, "SUBS_TYPE");
        struct span whole = xml_attribute(s, "SUBS_CONTENT");
        if (span_is(part, "HypPart2") && whole.size)
            continue;
        str_add(out, span_is(part, "HypPart1") && whole.size
                         ? whole
                         : xml_attribute(s, "CONTENT"));
        str_add_char(out, ' ');
    }
}

void alto_text(struct str *out, const struct xml_node *top)
{
    const struct xml_node *node = top;
    while ((node = xml_walk(top, node)))
        if (!strcmp(xml_name(node), "TextBlock"))
            str_add_text(out, "\n\n");
        else if (!strcmp(xml_name(node), "TextLine"))
            add_line(out, node);
}

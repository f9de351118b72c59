/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/alto.h"

#include <string.h>
#include <strings.h>

#include "corpus/hyphen.h"

enum { TAGS_MAX = 1000, REFERENCES_MAX = 10000 }; /* of one page */

/* ---- Text ------------------------------------------------------------- */

/* The words of a line; one that is divided at its end stands whole in the
 * first half's SUBS_CONTENT, or its halves stand alone. */
static void read_line(struct str *out, const struct xml_node *line)
{
    bool whole_word = false;
    for (const struct xml_node *s = xml_child(line); s; s = xml_next(s)) {
        if (!strcmp(xml_name(s), "HYP") && out->size && !whole_word)
            str_add_char(out, '-');
        if (strcmp(xml_name(s), "String"))
            continue;
        struct span part = xml_attribute(s, "SUBS_TYPE");
        struct span whole = xml_attribute(s, "SUBS_CONTENT");
        if (span_is(part, "HypPart2") && whole.size)
            continue;
        whole_word = span_is(part, "HypPart1") && whole.size;
        if (out->size)
            str_add_char(out, ' ');
        str_add(out, whole_word ? whole : xml_attribute(s, "CONTENT"));
    }
}

static void add_line(struct str *out, const struct xml_node *line)
{
    struct str words = STR_INIT;
    read_line(&words, line);
    if (out->size && out->data[out->size - 1] != '\n')
        hyphen_join(out, str_span(&words), true);
    else
        str_add(out, str_span(&words));
    str_release(&words);
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

/* ---- Names ------------------------------------------------------------ */

static const struct {
    const char *type;
    enum article_field field;
} types[] = {
    { "person", ARTICLE_PERSON },    { "per", ARTICLE_PERSON },
    { "organisation", ARTICLE_ORG }, { "organization", ARTICLE_ORG },
    { "org", ARTICLE_ORG },          { "location", ARTICLE_PLACE },
    { "place", ARTICLE_PLACE },      { "loc", ARTICLE_PLACE },
    { "gpe", ARTICLE_PLACE },
};

static const struct xml_node *tag_by_id(const struct xml_node *tags,
                                        struct span id)
{
    const struct xml_node *tag = xml_child(tags);
    for (size_t i = 0; tag && i < TAGS_MAX; i++, tag = xml_next(tag))
        if (!strcmp(xml_name(tag), "NamedEntityTag") &&
            span_equal(xml_attribute(tag, "ID"), id))
            return tag;
    return NULL;
}

static void add_name(struct alto_names *names, struct arena *memory,
                     const struct xml_node *tag)
{
    struct span type = xml_attribute(tag, "TYPE");
    struct span label = xml_attribute(tag, "LABEL");
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        if (!span_is_nocase(type, types[i].type))
            continue;
        names->items = arena_grow(memory, names->items, names->count,
                                  &names->capacity, sizeof(*names->items));
        names->items[names->count++] =
            (struct alto_name){ types[i].field, arena_copy(memory, label) };
    }
}

void alto_read_names(struct alto_names *names, struct arena *memory,
                     const struct xml_node *page, const struct xml_node *top)
{
    const struct xml_node *tags = xml_named(page, "Tags"), *node = top;
    size_t count = 0;
    while (tags && (node = xml_walk(top, node))) {
        struct span rest = xml_attribute(node, "TAGREFS"), id;
        while (rest.size && count < REFERENCES_MAX &&
               span_next(&rest, ' ', &id)) {
            const struct xml_node *tag = tag_by_id(tags, id);
            if (tag)
                add_name(names, memory, tag);
            count++;
        }
    }
}

void alto_add_names(struct article *out, const struct alto_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        article_add(out, names->items[i].field, names->items[i].label);
}

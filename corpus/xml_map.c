/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/xml_map.h"

#include <string.h>

#include "corpus/html_text.h"

enum { PATH_STEPS_MAX = 12, NAME_MAX_SIZE = 48 };

/* One name of a path, taken apart. */
struct step {
    struct span prefix, name;
    bool any_prefix;
    bool anywhere;                 /* behind "//": at any depth */
    struct span attribute, wanted; /* of [@attribute=wanted] */
    bool unequal;
};

struct path {
    struct step steps[PATH_STEPS_MAX];
    size_t count;
    struct span attribute; /* "/@name" */
};

static void read_condition(struct step *step, struct span text)
{
    size_t equals = span_find_char(text, 0, '=');
    size_t end = equals;
    step->unequal = equals && text.data[equals - 1] == '!';
    end -= step->unequal;
    step->attribute = span_slice(text, 1, end);
    step->wanted = span_slice(text, equals + 1, text.size);
}

static void read_step(struct step *step, struct span text)
{
    *step = (struct step){ .any_prefix = true };
    size_t bracket = span_find_char(text, 0, '[');
    if (bracket != SIZE_MAX) {
        read_condition(step, span_slice(text, bracket + 1, text.size - 1));
        text = span_slice(text, 0, bracket);
    }
    size_t colon = span_find_char(text, 0, ':');
    step->name = text;
    if (colon != SIZE_MAX) {
        step->any_prefix = false;
        step->prefix = span_slice(text, 0, colon);
        step->name = span_slice(text, colon + 1, text.size);
    }
}

/* '/' within brackets belongs to the condition: values may be URIs. */
static bool next_step(struct span *rest, struct span *out)
{
    if (!rest->size)
        return false;
    size_t at = 0;
    bool inside = false;
    for (; at < rest->size && (inside || rest->data[at] != '/'); at++)
        inside = (inside || rest->data[at] == '[') && rest->data[at] != ']';
    *out = span_slice(*rest, 0, at);
    *rest = span_slice(*rest, at + (at < rest->size), rest->size);
    return true;
}

static void read_path(struct path *path, const char *text)
{
    *path = (struct path){ .count = 0 };
    struct span rest = span_of(text), part;
    bool anywhere = span_starts(rest, "//");
    if (anywhere)
        rest = span_slice(rest, 2, rest.size);
    while (path->count < PATH_STEPS_MAX && next_step(&rest, &part)) {
        if (part.size && part.data[0] == '@') {
            path->attribute = span_slice(part, 1, part.size);
        } else if (part.size) {
            read_step(&path->steps[path->count], part);
            path->steps[path->count++].anywhere = anywhere;
        }
        anywhere = !part.size;
    }
}

static struct span attribute_of(const struct xml_node *node, struct span name)
{
    char text[NAME_MAX_SIZE];
    if (name.size >= sizeof(text))
        return (struct span){ NULL, 0 };
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    return xml_attribute(node, text);
}

static bool matches(const struct step *step, const struct xml_node *node)
{
    if (!span_is(step->name, "*") && !span_is(step->name, xml_name(node)))
        return false;
    if (!step->any_prefix) {
        struct span prefix = span_of(xml_prefix(node));
        prefix = span_slice(prefix, 0, span_find_char(prefix, 0, ':'));
        if (!span_equal(step->prefix, prefix))
            return false;
    }
    return !step->attribute.size ||
           span_equal(attribute_of(node, step->attribute), step->wanted) !=
               step->unequal;
}

struct visitor {
    void (*visit)(const struct xml_node *, struct span, void *);
    void *payload;
};

/* The depth is that of the path. */
static void follow(const struct path *path, size_t at,
                   const struct xml_node *node, const struct visitor *visitor)
{
    if (at == path->count) {
        visitor->visit(node,
                       path->attribute.size
                           ? attribute_of(node, path->attribute)
                           : (struct span){ NULL, 0 },
                       visitor->payload);
        return;
    }
    const struct step *step = &path->steps[at];
    const struct xml_node *below =
        step->anywhere ? xml_walk(node, node) : xml_child(node);
    while (below) {
        if (matches(step, below))
            follow(path, at + 1, below, visitor);
        below = step->anywhere ? xml_walk(node, below) : xml_next(below);
    }
}

void xml_map_each(const struct xml_node *top, const char *path,
                  void (*visit)(const struct xml_node *node,
                                struct span attribute, void *payload),
                  void *payload)
{
    struct path parsed;
    const struct visitor visitor = { visit, payload };
    read_path(&parsed, path);
    follow(&parsed, 0, top, &visitor);
}

/* ---- Values ----------------------------------------------------------- */

struct mapping {
    const struct xml_rule *rule;
    bool of_attribute;
    struct article *out;
};

static void add_value(const struct xml_node *node, struct span attribute,
                      void *payload)
{
    const struct mapping *mapping = payload;
    enum xml_use use = mapping->rule->use;
    struct str text = STR_INIT, plain = STR_INIT;
    if (mapping->of_attribute)
        str_add(&text, attribute);
    else if (use == XML_PARAGRAPHS || xml_child(node))
        (use == XML_LINE ? xml_line : xml_paragraphs)(&text, node);
    else
        xml_line(&text, node);
    if (use == XML_MARKUP && !xml_child(node))
        html_paragraphs(&plain, str_span(&text));
    article_add_copy(mapping->out, mapping->rule->field,
                     str_span(plain.size ? &plain : &text));
    str_release(&plain);
    str_release(&text);
}

void xml_map(const struct xml_rule *rules, const struct xml_node *top,
             struct article *out)
{
    for (; rules->path; rules++) {
        if (out->values[rules->field].count && !rules->also)
            continue;
        const char *slash = strrchr(rules->path, '/');
        struct mapping mapping = {
            .rule = rules,
            .of_attribute = slash ? slash[1] == '@' : rules->path[0] == '@',
            .out = out,
        };
        xml_map_each(top, rules->path, add_value, &mapping);
    }
}

struct first {
    struct arena *memory;
    bool of_attribute;
    struct span text;
};

static void take_first(const struct xml_node *node, struct span attribute,
                       void *payload)
{
    struct first *first = payload;
    if (first->text.size)
        return;
    struct str text = STR_INIT;
    if (first->of_attribute)
        str_add(&text, attribute);
    else
        xml_line(&text, node);
    first->text = arena_copy(first->memory, span_trim(str_span(&text)));
    str_release(&text);
}

struct span xml_map_text(const struct xml_node *top, const char *path,
                         struct arena *memory)
{
    struct first first = { memory, false, { NULL, 0 } };
    const char *slash = strrchr(path, '/');
    first.of_attribute = slash ? slash[1] == '@' : path[0] == '@';
    xml_map_each(top, path, take_first, &first);
    return first.text;
}

enum status xml_map_record(const struct xml_rule *rules, struct span bytes,
                           struct article *out, struct error *err)
{
    struct xml_tree *tree;
    enum status rc = xml_read(&tree, bytes, err);
    if (rc)
        return rc;
    xml_map(rules, xml_root(tree), out);
    xml_close(tree);
    return STATUS_OK;
}

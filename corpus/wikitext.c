/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/wikitext.h"

#include <stdio.h>
#include <string.h>

#include "corpus/markup.h"

struct wiki {
    struct span text;
    const struct wikitext_events *events;
};

static void read_inline(struct wiki *wiki, struct str *out, struct span text,
                        unsigned depth);

static bool starts_at(struct span text, size_t at, const char *what)
{
    return span_starts(span_slice(text, at, text.size), what);
}

/* Behind the closing pair that belongs to the opening one at `at`. */
static size_t pair_end(struct span text, size_t at, const char *open,
                       const char *close)
{
    unsigned depth = 0;
    for (size_t i = at; i + 1 < text.size; i++) {
        if (starts_at(text, i, open)) {
            depth++;
            i++;
        } else if (starts_at(text, i, close)) {
            i++;
            if (!--depth)
                return i + 1;
        }
    }
    return text.size;
}

/* What stands behind the last bar outside brackets. */
static struct span last_part(struct span text)
{
    size_t start = 0;
    unsigned depth = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        depth += c == '[' || c == '{';
        depth -= depth && (c == ']' || c == '}');
        if (c == '|' && !depth)
            start = i + 1;
    }
    return span_slice(text, start, text.size);
}

/* Templates whose words belong to the sentence. */
static bool is_word_template(struct span name)
{
    static const char *const names[] = {
        "w", "wikipedia", "lang", "nowrap", "quote", "pullquote", "wn", "small"
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (span_is_nocase(name, names[i]))
            return true;
    return false;
}

static void read_template(struct wiki *wiki, struct str *out,
                          struct span inside, unsigned depth)
{
    size_t bar = span_find_char(inside, 0, '|');
    struct span name = span_trim(span_slice(inside, 0, bar));
    struct span rest = bar == SIZE_MAX
                           ? (struct span){ NULL, 0 }
                           : span_slice(inside, bar + 1, inside.size);
    if (wiki->events->on_template)
        wiki->events->on_template(wiki->events->payload, name, rest);
    if (is_word_template(name) && rest.size) {
        struct span part = last_part(rest);
        /* {{w|Page|word|lang=xx}} */
        if (span_find_char(part, 0, '=') != SIZE_MAX)
            part = span_slice(rest, 0, span_find_char(rest, 0, '|'));
        read_inline(wiki, out, part, depth + 1);
    }
}

static bool is_passed_over(struct span target)
{
    static const char *const spaces[] = {
        "file:", "image:", "media:", "category:", "special:", "template:"
    };
    for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++)
        if (span_starts_nocase(target, spaces[i]))
            return true;
    /* [[de:Seite]]: the page in another language. */
    size_t colon = span_find_char(target, 0, ':');
    return colon == 2 || colon == 3;
}

static void read_link(struct wiki *wiki, struct str *out, struct span inside,
                      unsigned depth)
{
    size_t bar = span_find_char(inside, 0, '|');
    struct span target = span_trim(span_slice(inside, 0, bar));
    if (span_starts_nocase(target, "category:") && wiki->events->on_category)
        wiki->events->on_category(
            wiki->events->payload,
            span_trim(span_slice(target, strlen("category:"), target.size)));
    if (is_passed_over(target))
        return;
    struct span shown = last_part(inside);
    if (bar == SIZE_MAX && span_starts(shown, ":"))
        shown = span_slice(shown, 1, shown.size);
    read_inline(wiki, out, shown, depth + 1);
}

/* Behind a tag and, where it holds no text for readers, what it holds. */
static size_t tag_end(struct span text, size_t at)
{
    static const char *const hidden[] = { "ref",      "gallery",  "math",
                                          "timeline", "imagemap", "score",
                                          "noinclude" };
    size_t end = span_find_char(text, at, '>');
    if (end == SIZE_MAX)
        return 0;
    struct span tag = span_slice(text, at, end + 1);
    struct span name = markup_tag_name(tag);
    if (!name.size)
        return 0;
    if (tag.data[1] == '/' || span_ends(tag, "/>"))
        return end + 1;
    for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++) {
        if (!span_is_nocase(name, hidden[i]))
            continue;
        char closing[16];
        snprintf(closing, sizeof(closing), "</%s", hidden[i]);
        size_t found = span_find(text, end, span_of(closing));
        if (found == SIZE_MAX)
            return end + 1;
        size_t close = span_find_char(text, found, '>');
        return close == SIZE_MAX ? text.size : close + 1;
    }
    return end + 1;
}

/* "[http://example.org words]" */
static void read_address(struct wiki *wiki, struct str *out, struct span inside,
                         unsigned depth)
{
    size_t blank = span_find_char(inside, 0, ' ');
    if (blank != SIZE_MAX)
        read_inline(wiki, out, span_slice(inside, blank + 1, inside.size),
                    depth + 1);
}

/* The construct at `at`: its end, or 0 where there is none. */
static size_t read_construct(struct wiki *wiki, struct str *out,
                             struct span text, size_t at, unsigned depth)
{
    bool deep = depth >= WIKITEXT_DEPTH_MAX;
    if (starts_at(text, at, "{{")) {
        size_t end = pair_end(text, at, "{{", "}}");
        if (!deep && end - at > 4)
            read_template(wiki, out, span_slice(text, at + 2, end - 2), depth);
        return end;
    }
    if (starts_at(text, at, "{|"))
        return pair_end(text, at, "{|", "|}");
    if (starts_at(text, at, "[[")) {
        size_t end = pair_end(text, at, "[[", "]]");
        if (!deep && end - at > 4)
            read_link(wiki, out, span_slice(text, at + 2, end - 2), depth);
        return end;
    }
    if (starts_at(text, at, "[http") || starts_at(text, at, "[//")) {
        size_t end = span_find_char(text, at, ']');
        if (end == SIZE_MAX)
            return 0;
        if (!deep)
            read_address(wiki, out, span_slice(text, at + 1, end), depth);
        return end + 1;
    }
    if (starts_at(text, at, "<!--")) {
        size_t end = span_find(text, at, span_of("-->"));
        return end == SIZE_MAX ? text.size : end + 3;
    }
    if (text.data[at] == '<')
        return tag_end(text, at);
    if (starts_at(text, at, "''")) {
        size_t end = at;
        while (end < text.size && text.data[end] == '\'')
            end++;
        return end;
    }
    return 0;
}

static void read_inline(struct wiki *wiki, struct str *out, struct span text,
                        unsigned depth)
{
    for (size_t i = 0; i < text.size;) {
        size_t end = strchr("{[<'", text.data[i]) && text.data[i]
                         ? read_construct(wiki, out, text, i, depth)
                         : 0;
        if (!end)
            str_add_char(out, text.data[i]);
        i = end ? end : i + 1;
    }
}

/* ---- Lines ------------------------------------------------------------ */

static bool ends_article(struct span heading)
{
    static const char *const headings[] = {
        "sources",
        "source",
        "references",
        "external links",
        "related news",
        "related articles",
        "see also",
        "notes",
        "further reading",
        "sister links",
        "bibliography",
        "quellen",
        "einzelnachweise",
        "weblinks",
        "liens externes",
        "fuentes",
        "fonti",
        "fontes",
        "bronnen",
        "articles connexes",
        "voir aussi",
        "siehe auch",
        "themenverwandte artikel",
        "v\u00E9ase tambi\u00E9n",
        "vedi anche",
        "enlaces externos",
        "collegamenti esterni",
        "r\u00E9f\u00E9rences",
        "referencias",
        "noticias relacionadas",
    };
    for (size_t i = 0; i < sizeof(headings) / sizeof(*headings); i++)
        if (span_is_nocase(heading, headings[i]))
            return true;
    return false;
}

/* Lines without markup into paragraphs. */
static void add_lines(struct str *out, struct span text)
{
    struct span rest = text, line;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (!line.size) {
            str_add_text(out, "\n\n");
        } else if (line.data[0] == '=') {
            size_t from = 0, to = line.size;
            while (from < to && line.data[from] == '=')
                from++;
            while (to > from && line.data[to - 1] == '=')
                to--;
            struct span heading = span_trim(span_slice(line, from, to));
            if (ends_article(heading))
                return;
            str_add_text(out, "\n\n");
            str_add(out, heading);
            str_add_text(out, "\n\n");
        } else if (strchr("*#:;", line.data[0])) {
            size_t from = 0;
            while (from < line.size && strchr("*#:;", line.data[from]))
                from++;
            str_add_text(out, "\n\n");
            str_add(out, span_trim(span_slice(line, from, line.size)));
        } else if (!span_starts(line, "__")) {
            str_add(out, line);
            str_add_char(out, '\n');
        }
    }
}

void wikitext_read(struct str *out, struct span text,
                   const struct wikitext_events *events)
{
    struct wiki wiki = { text, events };
    struct str plain = STR_INIT, decoded = STR_INIT;
    read_inline(&wiki, &plain, text, 0);
    markup_decode(&decoded, str_span(&plain));
    add_lines(out, str_span(&decoded));
    str_release(&plain);
    str_release(&decoded);
}

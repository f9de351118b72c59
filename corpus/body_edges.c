/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/body_edges.h"

#include <string.h>

#include "corpus/byline.h"

enum {
    END_MARK_MAX = 400, /* bytes from an end mark to the end */
    FOOTER_MAX = 400,
    SIGNATURE_MAX = 24, /* bytes of the initials of who wrote and edited */
    BYLINE_LINE_MAX = 120,
};

static const struct span gap = SPAN_LITERAL("\n\n");

/* ---- In front --------------------------------------------------------- */

static bool is_byline(struct span paragraph)
{
    return paragraph.size < BYLINE_LINE_MAX && byline_begins(paragraph) &&
           paragraph.data[paragraph.size - 1] != '.';
}

struct span body_without_head(struct span body, struct span title,
                              struct span *byline)
{
    bool repeated = false;
    *byline = (struct span){ NULL, 0 };
    for (;;) {
        size_t end = span_find(body, 0, gap);
        struct span first = span_slice(body, 0, end);
        if (end == SIZE_MAX || !first.size)
            return body;
        if (!repeated && span_equal(first, title))
            repeated = true;
        else if (!byline->size && is_byline(first))
            *byline = first;
        else
            return body;
        body = span_slice(body, end + gap.size, body.size);
    }
}

/* ---- Behind ----------------------------------------------------------- */

/* What an agency puts behind the end of each item, and what follows it. */
static struct span without_notice(struct span body)
{
    static const char *const marks[] = { "(END) Dow Jones Newswires",
                                         "(END) Dow Jones & Company" };
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        size_t at = body.size < END_MARK_MAX ? 0 : body.size - END_MARK_MAX;
        size_t last = SIZE_MAX;
        while ((at = span_find(body, at, span_of(marks[i]))) != SIZE_MAX)
            last = at++;
        if (last != SIZE_MAX && last && body.size - last < END_MARK_MAX)
            body = span_trim(span_slice(body, 0, last));
    }
    return body;
}

/* "jd-er/ab": who wrote, and who edited. */
static bool is_signature(struct span paragraph)
{
    bool slash = false;
    for (size_t i = 0; i < paragraph.size; i++) {
        char c = paragraph.data[i];
        slash = slash || c == '/';
        if ((c < 'a' || c > 'z') && c != '/' && c != '-')
            return false;
    }
    return slash && paragraph.size <= SIGNATURE_MAX;
}

/* What WordPress puts behind each item of its feeds. */
static bool is_feed_footer(struct span paragraph)
{
    static const char *const phrases[] = {
        "appeared first on ",
        "erschien zuerst auf ",
        "est apparu en premier sur ",
        "se public\u00F3 primero en ",
        "proviene da ",
        "verscheen eerst op ",
    };
    struct span rest = paragraph, word;
    if (paragraph.size >= FOOTER_MAX)
        return false;
    span_next(&rest, ' ', &word); /* it has a title in front */
    for (; rest.size; span_next(&rest, ' ', &word))
        for (size_t i = 0; i < sizeof(phrases) / sizeof(*phrases); i++)
            if (rest.data[0] == phrases[i][0] && span_starts(rest, phrases[i]))
                return true;
    return false;
}

static bool is_end(struct span paragraph)
{
    static const char *const marks[] = {
        "end", "ends",  "-end-", "-ends-", "(end)", "(ends)",
        "###", "# # #", "-30-",  "- 30 -", "___",   "***",
    };
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (span_is_nocase(paragraph, marks[i]))
            return true;
    return is_signature(paragraph) || is_feed_footer(paragraph);
}

struct span body_without_end(struct span body)
{
    body = without_notice(body);
    for (;;) {
        size_t start = body.size;
        while (start && body.data[start - 1] != '\n')
            start--;
        if (start < gap.size || !is_end(span_slice(body, start, body.size)))
            return body;
        body = span_slice(body, 0, start - gap.size);
    }
}

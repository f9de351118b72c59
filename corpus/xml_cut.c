/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/xml_cut.h"

#include <stdio.h>
#include <string.h>

static bool ends_name(struct span text, size_t at)
{
    return at < text.size && strchr(" \t\r\n/>", text.data[at]);
}

static struct span tag_name(struct span tag)
{
    size_t end = 1;
    while (end < tag.size && !ends_name(tag, end))
        end++;
    struct span name = span_slice(tag, 1, end);
    size_t colon = span_find_char(name, 0, ':');
    return colon == SIZE_MAX ? name : span_slice(name, colon + 1, name.size);
}

/* Behind a document type and its internal subset. */
static size_t doctype_end(struct span text, size_t at)
{
    size_t close = span_find_char(text, at, '>');
    size_t open = span_find_char(text, at, '[');
    if (open < close) {
        size_t end = span_find(text, open, span_of("]>"));
        return end == SIZE_MAX ? SIZE_MAX : end + 2;
    }
    return close == SIZE_MAX ? SIZE_MAX : close + 1;
}

static size_t behind(struct span text, size_t at, const char *end)
{
    size_t found = span_find(text, at, span_of(end));
    return found == SIZE_MAX ? SIZE_MAX : found + strlen(end);
}

struct span xml_cut_root(struct span head, struct span *tag)
{
    size_t at = span_starts(head, "\xEF\xBB\xBF") ? 3 : 0;
    *tag = (struct span){ NULL, 0 };
    while (at < head.size) {
        struct span rest = span_slice(head, at, head.size);
        if (span_starts(rest, "<?"))
            at = behind(head, at, "?>");
        else if (span_starts(rest, "<!--"))
            at = behind(head, at, "-->");
        else if (span_starts_nocase(rest, "<!doctype"))
            at = doctype_end(head, at);
        else if (rest.data[0] == '<')
            break;
        else if (!strchr(" \t\r\n", rest.data[0]))
            return *tag;
        else
            at++;
    }
    if (at >= head.size)
        return *tag;
    size_t end = span_find_char(head, at, '>');
    *tag = span_slice(head, at, end == SIZE_MAX ? head.size : end + 1);
    return tag_name(*tag);
}

/* Where the start tag of the name begins in the text, or SIZE_MAX. */
static size_t find_start(struct span text, const char *name)
{
    size_t size = strlen(name);
    for (size_t at = 0; (at = span_find_char(text, at, '<')) != SIZE_MAX; at++)
        if (at + 1 + size < text.size &&
            !memcmp(text.data + at + 1, name, size) &&
            ends_name(text, at + 1 + size))
            return at;
    return SIZE_MAX;
}

/* The end tag as the file's beginning writes it, else without blanks: who
 * writes a file writes all of them alike. */
static void find_closing(struct xml_cut *cut, struct span head)
{
    size_t size =
        (size_t)snprintf(cut->closing, sizeof(cut->closing), "</%s", cut->name);
    for (size_t at = 0;
         (at = span_find(head, at, span_of(cut->closing))) != SIZE_MAX; at++) {
        size_t end = at + size;
        while (end < head.size && strchr(" \t\r\n", head.data[end]))
            end++;
        if (end < head.size && head.data[end] == '>' &&
            end + 1 - at < sizeof(cut->closing)) {
            snprintf(cut->closing, sizeof(cut->closing), "%.*s",
                     (int)(end + 1 - at), head.data + at);
            return;
        }
    }
    snprintf(cut->closing, sizeof(cut->closing), "</%s>", cut->name);
}

/* The prefix is that of the first element whose name ends so. */
enum status xml_cut_begin(struct xml_cut *cut, struct source *source,
                          const char *name, struct error *err)
{
    struct span head;
    enum status rc = source_peek(source, 4 * FORMAT_HEAD_SIZE, &head, err);
    snprintf(cut->name, sizeof(cut->name), "%s", name);
    if (rc)
        return rc;
    for (size_t at = 0; (at = span_find_char(head, at, '<')) != SIZE_MAX;
         at++) {
        struct span tag = span_slice(head, at, head.size);
        size_t end = 1;
        while (end < tag.size && end < sizeof(cut->name) &&
               !ends_name(tag, end))
            end++;
        if (end < sizeof(cut->name) && ends_name(tag, end) &&
            span_is(tag_name(span_slice(tag, 0, end + 1)), name)) {
            snprintf(cut->name, sizeof(cut->name), "%.*s", (int)end - 1,
                     tag.data + 1);
            break;
        }
    }
    find_closing(cut, head);
    return STATUS_OK;
}

enum status xml_cut_next(void *state, struct source *source,
                         struct raw_record *out, struct error *err)
{
    const struct xml_cut *cut = state;
    uint64_t before = source_offset(source);
    struct span part;
    enum status rc = source_until(source, span_of(cut->closing),
                                  FORMAT_RECORD_MAX, &part, err);
    if (rc)
        return rc;
    size_t start = find_start(part, cut->name);
    bool whole = span_ends(part, cut->closing);
    if (start == SIZE_MAX && !whole)
        return STATUS_END;
    if (start == SIZE_MAX)
        return error_set(err, STATUS_BAD_RECORD, "%s without a beginning",
                         cut->closing);
    out->offset = before + start;
    out->bytes = span_slice(part, start, part.size);
    if (!whole)
        return error_set(err, STATUS_BAD_RECORD, "<%s> is cut off", cut->name);
    return STATUS_OK;
}

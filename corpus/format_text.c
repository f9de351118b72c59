/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plain text, one article a file, as people and scrapers keep it:
 *
 *     [section]              a short line, followed by the headline
 *     headline
 *     [bullets]              "• what it says in short"
 *     [By Jane Doe]
 *     [Published April 13, 2022]
 *     paragraphs
 *     [Comments are closed.] and other notices
 */
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "corpus/byline.h"
#include "corpus/clean.h"
#include "corpus/whole_file.h"
#include "corpus/xml_cut.h"

enum {
    HEAD_LINES = 14,  /* where dates and bylines are looked for */
    TITLE_MAX = 300,  /* bytes of a headline */
    SECTION_MAX = 30, /* bytes of a section line */
};

/* A byte that text has no use for. */
static bool is_odd(unsigned char c)
{
    return (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' &&
            c != 0x1A) ||
           c == 0x7F;
}

enum { BLOCK_SIZE = 32 }; /* bytes that compilers look at together */

/* Whether there are controls other than line ends in a block. */
static bool has_controls(const char *block)
{
    const unsigned char *p = (const unsigned char *)block;
    unsigned char found = 0;
    for (int i = 0; i < BLOCK_SIZE; i++)
        found |= ((p[i] < ' ') & (p[i] != '\n')) | (p[i] == 0x7F);
    return found;
}

static size_t count_odd(struct span text)
{
    size_t count = 0, at = 0;
    while (at < text.size) {
        size_t end = at + BLOCK_SIZE < text.size ? at + BLOCK_SIZE : text.size;
        if (end < text.size && !has_controls(text.data + at))
            at = end;
        for (; at < end; at++)
            count += is_odd((unsigned char)text.data[at]);
    }
    return count;
}

static int bid_text(struct span head)
{
    if (span_find_char(head, 0, '\0') != SIZE_MAX)
        return 0;
    struct span tag;
    if (span_starts(head, "%PDF") || span_starts(head, "filedesc://") ||
        xml_cut_root(head, &tag).size)
        return 0;
    return head.size && count_odd(head) * 50 < head.size ? 10 : 0;
}

static enum status next_text(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    (void)state;
    return whole_file_next(source, out, err);
}

/* ---- Lines ------------------------------------------------------------ */

/* The label in front of a date, or of nothing. */
static struct span without_label(struct span line)
{
    static const char *const labels[] = {
        "first published",  "last updated", "last modified", "published on",
        "published at",     "published",    "posted on",     "posted",
        "updated on",       "updated",      "date",          "released",
        "publication date",
    };
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        if (!span_starts_nocase(line, labels[i]))
            continue;
        size_t at = strlen(labels[i]);
        if (at < line.size && line.data[at] != ' ' && line.data[at] != ':')
            continue;
        while (at < line.size && (line.data[at] == ' ' || line.data[at] == ':'))
            at++;
        return span_slice(line, at, line.size);
    }
    return line;
}

static bool is_date_line(struct article *out, struct span line)
{
    struct date date;
    if (!line.size || line.size > 80 ||
        !date_parse(&date, without_label(line), out->date_order) ||
        date.precision < DATE_MONTH)
        return false;
    if (out->date.precision == DATE_NONE)
        out->date = date;
    return true;
}

static size_t bullet_size(struct span line)
{
    static const char *const bullets[] = { "\xE2\x80\xA2", "\xE2\x97\x8F",
                                           "\xC2\xB7", "* ", "- " };
    for (size_t i = 0; i < sizeof(bullets) / sizeof(*bullets); i++)
        if (span_starts(line, bullets[i]))
            return strlen(bullets[i]);
    return 0;
}

static bool is_notice(struct span line)
{
    static const char *const notices[] = {
        "comments",           "comments are closed.",
        "advertisement",      "share this",
        "share this article", "share",
        "read more",          "related stories",
        "leave a comment",    "print article",
        "subscribe",
    };
    for (size_t i = 0; i < sizeof(notices) / sizeof(*notices); i++)
        if (span_is_nocase(line, notices[i]))
            return true;
    return false;
}

static bool ends_sentence(struct span line)
{
    return span_ends(line, ".") || span_ends(line, "\xE3\x80\x82") ||
           span_ends(line, "\xDB\x94") || span_ends(line, "\xE0\xA5\xA4");
}

/* A line that names a section: short, few words, no sentence. */
static bool is_section_line(struct span line)
{
    size_t words = 1;
    for (size_t i = 0; i < line.size; i++)
        words += line.data[i] == ' ';
    char last = line.size ? line.data[line.size - 1] : '.';
    return line.size && line.size <= SECTION_MAX && words <= 3 &&
           !strchr(".!?:,", last);
}

/* ---- The article ------------------------------------------------------ */

struct reading {
    struct article *out;
    struct span rest; /* lines not read yet */
};

/* The next line that is not blank, trimmed; `*blank` tells whether there were
 * blank ones before it. */
static bool next_line(struct reading *reading, struct span *out, bool *blank)
{
    *blank = false;
    while (span_next(&reading->rest, '\n', out)) {
        *out = span_trim(*out);
        if (out->size)
            return true;
        *blank = true;
    }
    return false;
}

/* Title and section from the first lines. */
static void read_title(struct reading *reading)
{
    struct span first, second;
    bool blank;
    if (!next_line(reading, &first, &blank))
        return;
    if (span_starts(first, "# ")) /* as in Markdown */
        first = span_trim(span_slice(first, 2, first.size));
    struct reading ahead = *reading;
    bool more = next_line(&ahead, &second, &blank);
    if (more && blank && is_section_line(first) && second.size > first.size &&
        second.size <= TITLE_MAX && !ends_sentence(second) &&
        span_trim(ahead.rest).size && !is_date_line(reading->out, second)) {
        article_add(reading->out, ARTICLE_SECTION, first);
        article_add(reading->out, ARTICLE_TITLE, second);
        reading->rest = ahead.rest;
    } else if (first.size <= TITLE_MAX) {
        article_add(reading->out, ARTICLE_TITLE, first);
    } else {
        article_add(reading->out, ARTICLE_BODY, first);
    }
}

/* Bullets, bylines and dates before the text; stops at the first line that is
 * none of these. */
static void read_head(struct reading *reading)
{
    struct str subtitle = STR_INIT;
    struct span line;
    bool blank;
    for (int i = 0; i < HEAD_LINES; i++) {
        struct span before = reading->rest;
        if (!next_line(reading, &line, &blank))
            break;
        size_t bullet = bullet_size(line);
        if (bullet) {
            if (subtitle.size)
                str_add_char(&subtitle, ' ');
            str_add(&subtitle, span_trim(span_slice(line, bullet, line.size)));
        } else if (byline_begins(line) && line.size < 120 &&
                   line.data[line.size - 1] != '.') {
            article_add(reading->out, ARTICLE_AUTHOR, line);
        } else if (!is_date_line(reading->out, line)) {
            reading->rest = before;
            break;
        }
    }
    article_add_copy(reading->out, ARTICLE_SUBTITLE, str_span(&subtitle));
    str_release(&subtitle);
}

/* "WASHINGTON, April 13 (Reuters) - The Pentagon ...": capitals, then a dash
 * within the first 80 bytes. */
static void read_dateline(struct article *out, struct span body)
{
    struct span head = span_slice(span_trim(body), 0, 80);
    size_t capitals = 0;
    while (capitals < head.size &&
           ((head.data[capitals] >= 'A' && head.data[capitals] <= 'Z') ||
            head.data[capitals] == ' '))
        capitals++;
    if (capitals < 4)
        return;
    size_t end = span_find(head, capitals - 1, span_of(" - "));
    if (end == SIZE_MAX)
        end = span_find(head, capitals - 1, span_of(" \xE2\x80\x94 "));
    if (end == SIZE_MAX)
        end = span_find(head, capitals - 1, span_of(" \xE2\x80\x93 "));
    if (end != SIZE_MAX)
        article_add(out, ARTICLE_DATELINE, span_slice(head, 0, end));
}

/* Notices and a date at the very end. */
static struct span without_tail(struct article *out, struct span body)
{
    for (;;) {
        body = span_trim(body);
        size_t start = body.size;
        while (start && body.data[start - 1] != '\n')
            start--;
        struct span line = span_trim(span_slice(body, start, body.size));
        if (!start || !(is_notice(line) || is_date_line(out, line)))
            return body;
        body = span_slice(body, 0, start);
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A date in the path: 2022-04-13, 2022/04/13, 20220413. */
static void date_of_name(struct article *out, struct span name)
{
    if (out->date.precision != DATE_NONE)
        return;
    for (size_t i = 0; i + 8 <= name.size; i++) {
        if (!is_digit(name.data[i]) || (i && is_digit(name.data[i - 1])))
            continue;
        bool marked = name.data[i + 4] == '-' || name.data[i + 4] == '/';
        size_t size = marked ? 10 : 8;
        if (i + size > name.size ||
            (i + size < name.size && is_digit(name.data[i + size])))
            continue;
        struct date date;
        if (date_parse(&date, span_slice(name, i, i + size), DATE_ORDER_ONE) &&
            date.precision == DATE_DAY) {
            out->date = date;
            return;
        }
    }
}

/* The directory that holds the file, below the collection: its section where
 * the text names none. */
static void section_of_name(struct article *out, struct span name)
{
    size_t slash = name.size;
    while (slash && name.data[slash - 1] != '/')
        slash--;
    if (!slash)
        return;
    struct span directory = span_slice(name, 0, slash - 1);
    size_t start = directory.size;
    while (start && directory.data[start - 1] != '/')
        start--;
    directory = span_slice(directory, start, directory.size);
    uint64_t digits = 0;
    for (size_t i = 0; i < directory.size; i++)
        digits += is_digit(directory.data[i]);
    if (digits * 2 < directory.size)
        article_add(out, ARTICLE_SECTION, directory);
}

static enum status parse_text(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    (void)err;
    struct span text = raw->bytes;
    if (span_starts(text, "\xEF\xBB\xBF"))
        text = span_slice(text, 3, text.size);
    struct reading reading = { out, text };
    read_title(&reading);
    read_head(&reading);
    struct span body = without_tail(out, reading.rest);
    read_dateline(out, body);
    article_add(out, ARTICLE_BODY, body);
    article_add(out, ARTICLE_ID, raw->name);
    section_of_name(out, raw->name);
    date_of_name(out, raw->name);
    return STATUS_OK;
}

const struct format format_text = {
    .name = "text",
    .summary = "plain text, one article a file",
    .signs = "it is text and nothing else wants it",
    .fields = "title subtitle author date body dateline section; the id is "
              "the file's name",
    .suffixes = ".txt .text",
    .bid = bid_text,
    .state_size = 1,
    .next = next_text,
    .parse = parse_text,
};

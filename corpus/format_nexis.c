/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * LexisNexis exports as text or HTML: "1 of 10 DOCUMENTS" in front of each
 * article, the source and the date centred, the headline, then labels (BYLINE:,
 * LENGTH:, SECTION:, ...), the text and more labels behind it.
 */
#include <string.h>

#include "corpus/clean.h"
#include "corpus/format.h"
#include "corpus/markup.h"
#include "corpus/nexis_labels.h"

static const char count_mark[] = " DOCUMENTS";
static const char page_mark[] = "<A NAME=\"DOC_ID_";

struct nexis_state {
    bool html;
};

/* "  12 of 500 DOCUMENTS" */
static bool is_count_line(struct span line)
{
    line = span_trim(line);
    if (!span_ends(line, count_mark) || line.size > 60)
        return false;
    size_t digits = 0;
    while (digits < line.size && line.data[digits] >= '0' &&
           line.data[digits] <= '9')
        digits++;
    return digits && span_starts(span_slice(line, digits, line.size), " of ");
}

/* Pages of LexisNexis hide the marks of their XML in comments. */
static bool is_html(struct span head)
{
    return span_starts_nocase(span_trim(head), "<html") &&
           span_find(head, 0, span_of(page_mark)) != SIZE_MAX;
}

static int bid_nexis(struct span head)
{
    struct span rest = head, line;
    if (is_html(head))
        return 90;
    while (span_next(&rest, '\n', &line))
        if (is_count_line(line))
            return 90;
    return 0;
}

/* What stands before the first count is about the request. */
static enum status begin_nexis(void *state, struct source *source,
                               const struct format_options *options,
                               struct error *err)
{
    (void)options;
    struct nexis_state *nexis = state;
    struct span before;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &before, err);
    if (rc)
        return rc;
    nexis->html = is_html(before);
    rc = source_until(source, span_of(nexis->html ? page_mark : count_mark),
                      FORMAT_RECORD_MAX, &before, err);
    return rc == STATUS_END || rc == STATUS_TOO_BIG ? STATUS_OK : rc;
}

static enum status next_nexis(void *state, struct source *source,
                              struct raw_record *out, struct error *err)
{
    const struct nexis_state *nexis = state;
    return source_until(source, span_of(nexis->html ? page_mark : count_mark),
                        FORMAT_RECORD_MAX, &out->bytes, err);
}

/* ---- HTML ------------------------------------------------------------- */

/* What an element begins: a block of lines, a line, or nothing. */
static const char *break_of(struct span tag)
{
    struct span name = markup_tag_name(tag);
    if (span_is_nocase(name, "div") || span_is_nocase(name, "p"))
        return "\n\n";
    return span_is_nocase(name, "br") ? "\n" : "";
}

/* The lines of a page as its text export would have them.  The pages are made
 * by a machine: their tags have no ">" in them. */
static void page_lines(struct str *out, struct span html)
{
    struct str text = STR_INIT;
    /* The rest of the mark's tag. */
    size_t at = span_find_char(html, 0, '>');
    at = at == SIZE_MAX ? html.size : at + 1;
    while (at < html.size) {
        struct span rest = span_slice(html, at, html.size);
        size_t size;
        if (rest.data[0] != '<') {
            size = span_find_char(rest, 0, '<');
            rest = span_slice(rest, 0, size);
            for (size_t i = 0; i < rest.size; i++)
                str_add_char(&text, rest.data[i] == '\n' || rest.data[i] == '\r'
                                        ? ' '
                                        : rest.data[i]);
            at += rest.size;
            continue;
        }
        bool comment = span_starts(rest, "<!--");
        size = comment ? span_find(rest, 0, span_of("-->"))
                       : span_find_char(rest, 0, '>');
        if (size == SIZE_MAX)
            break;
        if (!comment)
            str_add_text(&text, break_of(span_slice(rest, 0, size + 1)));
        at += size + (comment ? 3 : 1);
    }
    size_t start = out->size;
    markup_decode(out, str_span(&text));
    str_release(&text);
    for (size_t i = start; i + 1 < out->size; i++)
        if (!memcmp(out->data + i, "\xC2\xA0", 2)) /* no-break space */
            memcpy(out->data + i, "  ", 2);
}

/* ---- One article ------------------------------------------------------ */

struct nexis {
    struct article *out;
    struct str body, value;
    const struct nexis_label *label; /* whose value goes on, or NULL */
    int blocks;  /* found before the labels: source, date, headline; -1: over */
    bool behind; /* the text is over */
};

static void end_label(struct nexis *nexis)
{
    if (nexis->label)
        nexis_add(nexis->out, nexis->label, span_trim(str_span(&nexis->value)));
    nexis->label = NULL;
    str_clear(&nexis->value);
}

static void read_label(struct nexis *nexis, const struct nexis_label *label,
                       struct span value)
{
    end_label(nexis);
    nexis->label = label;
    str_add(&nexis->value, value);
    if (label->behind || nexis->body.size)
        nexis->behind = true;
}

/* Source, date and headline, each a block of lines before the labels. */
static bool read_front(struct nexis *nexis, struct span line, bool new_block)
{
    static const enum article_field fields[] = { ARTICLE_SOURCE, ARTICLE_DATE,
                                                 ARTICLE_TITLE };
    struct date date;
    nexis->blocks += new_block;
    if (nexis->blocks < 1)
        return true;
    if (nexis->blocks > 3)
        return false;
    enum article_field field = fields[nexis->blocks - 1];
    /* "The Daily (London)" may be followed by more lines before the date. */
    if (field == ARTICLE_DATE && new_block &&
        !date_parse(&date, line, nexis->out->date_order))
        nexis->blocks--;
    else if (field == ARTICLE_TITLE) {
        if (nexis->value.size)
            str_add_char(&nexis->value, ' ');
        str_add(&nexis->value, line);
    } else
        article_add_copy(nexis->out, field, line);
    return true;
}

static void end_title(struct nexis *nexis)
{
    if (nexis->blocks < 0)
        return;
    article_add_copy(nexis->out, ARTICLE_TITLE, str_span(&nexis->value));
    str_clear(&nexis->value);
    nexis->blocks = -1;
}

/* "Copyright 2010 The Courier" */
static bool is_copyright(struct span line)
{
    return span_starts(line, "Copyright ") && line.size > 14 &&
           line.data[10] >= '1' && line.data[10] <= '2';
}

static void read_line(struct nexis *nexis, struct span line, bool new_block)
{
    struct span value;
    const struct nexis_label *label = nexis_label_of(line, true, &value);
    if (label) {
        end_title(nexis);
        read_label(nexis, label, value);
        return;
    }
    if (nexis->blocks >= 0) {
        if (read_front(nexis, line, new_block))
            return;
        end_title(nexis);
    }
    if (nexis->label && !new_block) {
        str_add_char(&nexis->value, ' ');
        str_add(&nexis->value, line);
        return;
    }
    end_label(nexis);
    if (is_copyright(line) && nexis->body.size)
        nexis->behind = true;
    if (nexis->behind)
        return;
    str_add_text(&nexis->body, new_block ? "\n\n" : " ");
    str_add(&nexis->body, line);
}

static enum status parse_nexis(const void *state, const struct raw_record *raw,
                               const struct format_options *options,
                               struct article *out, struct error *err)
{
    (void)options;
    (void)err;
    const struct nexis_state *kind = state;
    struct nexis nexis = { out, STR_INIT, STR_INIT, NULL, 0, false };
    struct str lines = STR_INIT;
    struct span rest = raw->bytes, line;
    if (kind->html) {
        page_lines(&lines, raw->bytes);
        rest = str_span(&lines);
    }
    bool blank = true;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        /* The next article's count, cut off behind its number. */
        if (line.size && !(span_ends(line, count_mark) && line.size < 60))
            read_line(&nexis, line, blank);
        blank = !line.size;
    }
    end_title(&nexis);
    end_label(&nexis);
    article_add_copy(out, ARTICLE_BODY, str_span(&nexis.body));
    str_release(&nexis.body);
    str_release(&nexis.value);
    str_release(&lines);
    return STATUS_OK;
}

const struct format format_nexis = {
    .name = "nexis",
    .summary = "LexisNexis exports as text, HTML, Word or RTF",
    .signs = "a line like \"1 of 10 DOCUMENTS\"",
    .fields = "title subtitle author date body dateline source section topic "
              "person org place language url",
    .suffixes = ".txt .html .docx .rtf",
    .bid = bid_nexis,
    .state_size = sizeof(struct nexis_state),
    .begin = begin_nexis,
    .next = next_nexis,
    .parse = parse_nexis,
};

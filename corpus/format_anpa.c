/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ANPA 1312 (American Newspaper Publishers Association), the wire text of the
 * Associated Press: headers begin with '^', paragraphs with a tab.
 *
 *     SOH w2870 US ...
 *     r i BC-Ferry  11-13 466
 *     STX ^BC-Ferry, 1st Ld,466<
 *     ^Headline<
 *     ^By JANE DOE=
 *     \tPLACE (AP) _ text
 *     ETX AP-WF-11-13-13 1509GMT<
 *
 * Archives often have lost the control characters.
 */
#include <string.h>

#include "corpus/byline.h"
#include "corpus/wire_text.h"

enum { SUMMARY_MIN = 100 }; /* bytes from which a header is no note */

/* The first two lines without control characters. */
static bool is_bare(struct span head)
{
    struct span rest = head, first, second;
    return span_next(&rest, '\n', &first) && span_next(&rest, '\n', &second) &&
           first.size < 40 && wire_number_size(first) &&
           wire_has_shape(second, "a a ") &&
           span_find_char(second, 4, '-') != SIZE_MAX && span_starts(rest, "^");
}

static int bid_anpa(struct span head)
{
    if (span_starts(wire_behind_number(head), "\x1f"))
        return 95;
    return is_bare(head) ? 85 : 0;
}

struct anpa {
    struct article *out;
    struct str paragraph, body;
    bool is_header;
    int headers;
};

/* The wire has no quotation marks and no dash. */
static void add_plain(struct str *out, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        struct span rest = span_slice(text, i, text.size);
        if (span_starts(rest, "``") || span_starts(rest, "''")) {
            str_add_char(out, '"');
            i++;
        } else if (span_starts(rest, " _ ")) {
            str_add_text(out, " \u2014 ");
            i += 2;
        } else {
            str_add_char(out, text.data[i]);
        }
    }
}

/* "BC-LT--Argentina-Cancer Beauty,466" */
static void add_slug(struct article *out, struct span slug)
{
    size_t at = span_find(slug, 0, span_of("--"));
    at = at == SIZE_MAX ? span_find_char(slug, 0, '-') : at + 1;
    if (at != SIZE_MAX)
        article_add_copy(
            out, ARTICLE_TOPIC,
            span_slice(slug, at + 1, span_find_char(slug, at, ',')));
}

static bool is_note(struct span header)
{
    static const char *const notes[] = { "Eds:", "(Eds:",         "AP Photo",
                                         "APTN", "EDITOR'S NOTE", "With AP" };
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++)
        if (span_starts(header, notes[i]))
            return true;
    return false;
}

static void add_header(struct anpa *anpa, struct span header)
{
    struct article *out = anpa->out;
    if (!anpa->headers++)
        add_slug(out, header);
    else if (is_note(header))
        return;
    else if (byline_begins(header))
        article_add_copy(out, ARTICLE_AUTHOR, header);
    else if (!out->values[ARTICLE_TITLE].count)
        article_add_copy(out, ARTICLE_TITLE, header);
    else if (header.size >= SUMMARY_MIN)
        article_add_copy(out, ARTICLE_SUMMARY, header);
}

static bool is_rule(struct span text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '_')
            return false;
    return true;
}

/* Paragraphs end in the sign that sets their last line: '<' or '='. */
static void end_paragraph(struct anpa *anpa)
{
    struct span text = span_trim(str_span(&anpa->paragraph));
    while (text.size && strchr("<= \r", text.data[text.size - 1]))
        text.size--;
    if (anpa->is_header && !anpa->body.size && text.size) {
        struct str header = STR_INIT;
        add_plain(&header, text);
        add_header(anpa, str_span(&header));
        str_release(&header);
    } else if (!is_rule(text)) {
        str_add_text(&anpa->body, "\n\n");
        add_plain(&anpa->body, text);
    }
    str_clear(&anpa->paragraph);
    anpa->is_header = false;
}

static void read_line(struct anpa *anpa, struct span line)
{
    if (span_starts(line, WIRE_STX))
        line = span_slice(line, 1, line.size);
    bool header = span_starts(line, "^");
    struct span text = span_trim(span_slice(line, header, line.size));
    if (header || span_starts(line, "\t") || !text.size)
        end_paragraph(anpa);
    anpa->is_header = anpa->is_header || header;
    if (anpa->paragraph.size)
        str_add_char(&anpa->paragraph, ' ');
    str_add(&anpa->paragraph, text);
    if (span_ends(text, "<") || span_ends(text, "="))
        end_paragraph(anpa);
}

/* "AP-WF-11-13-13 1509GMT<" */
static bool read_stamp(struct article *out, struct span line)
{
    size_t at = 0;
    while (at < line.size &&
           !wire_has_shape(span_slice(line, at, line.size), "-00-00-00 0000"))
        at++;
    if (at == line.size)
        return false;
    const char *p = line.data + at;
    struct span zone = span_slice(line, at + 14, line.size);
    struct str date = STR_INIT;
    if (span_ends(zone, "<"))
        zone.size--;
    str_addf(&date, "%s%.2s-%.2s-%.2s %.2s:%.2s %.*s", p[7] < '7' ? "20" : "19",
             p + 7, p + 1, p + 4, p + 10, p + 12, SPAN_ARGS(zone));
    article_add_copy(out, ARTICLE_DATE, str_span(&date));
    str_release(&date);
    article_add_copy(out, ARTICLE_SOURCE,
                     span_slice(line, span_starts(line, WIRE_ETX),
                                span_find_char(line, 0, '-')));
    return true;
}

static enum status parse_anpa(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct anpa anpa = { out, STR_INIT, STR_INIT, false, 0 };
    struct span rest = raw->bytes, line = { "", 0 }, number;
    span_next(&rest, '\n', &line);
    number = span_slice(line, 0, wire_number_size(line));
    if (!number.size)
        return error_set(err, STATUS_BAD_RECORD,
                         "a message without a number in front");
    if (span_next(&rest, '\n', &line) && wire_has_shape(line, "a a"))
        wire_add_category(out, line.data[2]);
    while (span_next(&rest, '\n', &line))
        if (!read_stamp(out, span_trim(line)))
            read_line(&anpa, line);
    end_paragraph(&anpa);
    wire_add_dateline(out, str_span(&anpa.body));
    article_add_copy(out, ARTICLE_BODY, str_span(&anpa.body));
    wire_add_id(out, number);
    str_release(&anpa.paragraph);
    str_release(&anpa.body);
    return STATUS_OK;
}

const struct format format_anpa = {
    .name = "anpa",
    .summary = "agencies' wire text, ANPA 1312",
    .signs = "SOH, a number as w2870 and US; or without these, lines with '^' "
             "behind two short ones",
    .fields = "id title author date body summary dateline source section topic",
    .suffixes = ".tst .anpa",
    .bid = bid_anpa,
    .state_size = sizeof(struct wire_cut),
    .begin = wire_begin,
    .next = wire_next,
    .parse = parse_anpa,
};

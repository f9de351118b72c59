/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * IPTC 7901, the wire text of European agencies:
 *
 *     SOH eca0003 3 i 380  dpa 0045      number, urgency, category, words
 *     Ferry/accidents/                   keywords
 *     STX 1ST LEAD
 *     Headline
 *     By Jane Doe, dpa =
 *     (a blank line)
 *     Place (dpa) - text
 *     ETX 212322 GMT Nov 18
 */
#include "corpus/byline.h"
#include "corpus/wire_text.h"

static int bid_iptc7901(struct span head)
{
    return span_starts(wire_behind_number(head), " ") ? 95 : 0;
}

/* "eca0003 3 i 380  dpa 0045" */
static struct span read_front(struct article *out, struct span line)
{
    struct span number = span_slice(line, 0, wire_number_size(line));
    struct span rest = span_slice(line, number.size, line.size), word;
    int words = 0;
    while (span_next(&rest, ' ', &word)) {
        if (!word.size)
            continue;
        words++;
        if (words == 2)
            wire_add_category(out, word.data[0]);
        else if (words == 4)
            article_add_copy(out, ARTICLE_SOURCE, word);
    }
    return number;
}

static void add_keywords(struct article *out, struct span text)
{
    struct span rest = text, line, word;
    while (span_next(&rest, '\n', &line))
        while (span_next(&line, '/', &word))
            article_add_copy(out, ARTICLE_TOPIC, word);
}

/* "1ST LEAD", "REFILE": a few words in capitals in front of the headline. */
static bool is_service_word(struct span line)
{
    size_t words = 1;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] >= 'a' && line.data[i] <= 'z')
            return false;
        words += line.data[i] == ' ';
    }
    return words <= 3;
}

/* The lines up to the first blank one. */
static void read_heading(struct article *out, struct span *rest)
{
    struct str title = STR_INIT, other = STR_INIT;
    struct span line;
    while (span_next(rest, '\n', &line)) {
        line = span_trim(line);
        if (!line.size && (title.size || other.size))
            break;
        if (span_ends(line, "="))
            line = span_trim(span_slice(line, 0, line.size - 1));
        if (byline_begins(line)) {
            article_add_copy(out, ARTICLE_AUTHOR, line);
            continue;
        }
        struct str *to = !title.size && is_service_word(line) ? &other : &title;
        str_addf(to, "%s%.*s", to->size ? " " : "", SPAN_ARGS(line));
    }
    article_add_copy(out, ARTICLE_TITLE,
                     str_span(title.size ? &title : &other));
    str_release(&title);
    str_release(&other);
}

/* What stands below the text is for editors. */
static struct span without_notes(struct span body)
{
    static const char *const notes[] = {
        "\n# Notebook",
        "\n# Notizblock",
        "\n* * * *",
        "\nThe following information is not",
        "\nDie folgenden Informationen sind nicht",
    };
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++)
        body = span_slice(body, 0, span_find(body, 0, span_of(notes[i])));
    return body;
}

/* "212322 GMT Nov 18": the day, the time, the month and the year. */
static void read_stamp(struct article *out, struct span tail)
{
    struct str date = STR_INIT;
    struct span line =
        span_trim(span_slice(tail, 0, span_find_char(tail, 0, '\n')));
    if (wire_has_shape(line, "000000 ") &&
        wire_has_shape(span_slice(line, line.size - 7, line.size), " aaa 00"))
        str_addf(&date, "%.2s%.7s %.2s:%.2s%.*s", line.data,
                 line.data + line.size - 7, line.data + 2, line.data + 4,
                 SPAN_ARGS(span_slice(line, 6, line.size - 7)));
    article_add_copy(out, ARTICLE_DATE, str_span(&date));
    str_release(&date);
}

static enum status parse_iptc7901(const void *state,
                                  const struct raw_record *raw,
                                  const struct format_options *options,
                                  struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct span text = raw->bytes, line = { "", 0 };
    if (!wire_number_size(text))
        return error_set(err, STATUS_BAD_RECORD,
                         "a message without a number in front");
    size_t start = span_find(text, 0, span_of(WIRE_STX));
    size_t end = span_find(text, 0, span_of(WIRE_ETX));
    struct span front = span_slice(text, 0, start);
    span_next(&front, '\n', &line);
    struct span number = read_front(out, span_trim(line));
    add_keywords(out, front);
    if (end != SIZE_MAX)
        read_stamp(out, span_slice(text, end + 1, text.size));
    struct span rest =
        span_slice(text, start == SIZE_MAX ? text.size : start + 1, end);
    read_heading(out, &rest);
    struct span body = without_notes(rest);
    wire_add_dateline(out, body);
    article_add(out, ARTICLE_BODY, body);
    wire_add_id(out, number);
    return STATUS_OK;
}

const struct format format_iptc7901 = {
    .name = "iptc7901",
    .summary = "agencies' wire text, IPTC 7901",
    .signs = "SOH, a number as eca0003 and a blank",
    .fields = "id title author date body dateline source section topic",
    .suffixes = ".txt .tst .iptc",
    .bid = bid_iptc7901,
    .state_size = sizeof(struct wire_cut),
    .begin = wire_begin,
    .next = wire_next,
    .parse = parse_iptc7901,
};

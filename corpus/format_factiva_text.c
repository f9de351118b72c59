/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Factiva exports as text, Word or RTF.  With indexing, each field is a tag
 * (HD, SN, PD, LP, TD, ...) and its value; without, the headline and the byline
 * stand in front of "355 words", and the date, the time, the source, its code,
 * the language and a copyright behind it.  "Document J000000020100304e6340001x"
 * ends an article.
 */
#include <string.h>

#include "corpus/byline.h"
#include "corpus/factiva_tags.h"
#include "corpus/format.h"

enum { ACCESSION_MIN = 15, ACCESSION_MAX = 40, LINE_LOOK_MAX = 400 };

/* ---- Lines ------------------------------------------------------------ */

static bool is_code_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9');
}

/* "Document J000000020100304e6340001x", with a tag AN in front or not. */
static struct span accession_of(struct span line)
{
    static const char *const words[] = { "Document ", "Dokument ", "Documento ",
                                         NULL };
    line = span_trim(line);
    if (span_starts(line, "AN") && line.size > 2 &&
        !is_code_character(line.data[2]))
        line = span_trim(span_slice(line, 2, line.size));
    for (const char *const *word = words; *word; word++) {
        if (!span_starts(line, *word))
            continue;
        struct span code =
            span_trim(span_slice(line, strlen(*word), line.size));
        bool digit = false, good = true;
        for (size_t i = 0; i < code.size; i++) {
            good = good && is_code_character(code.data[i]);
            digit = digit || (code.data[i] >= '0' && code.data[i] <= '9');
        }
        if (good && digit && code.size >= ACCESSION_MIN &&
            code.size <= ACCESSION_MAX)
            return code;
    }
    return (struct span){ NULL, 0 };
}

/* "1,355 words" */
static bool is_word_count(struct span line)
{
    static const char *const words[] = {
        " words", " word", " mots", " W\u00F6rter", " palabras", " parole", NULL
    };
    size_t at = 0;
    while (at < line.size && strchr("0123456789,.", line.data[at]))
        at++;
    struct span rest = span_slice(line, at, line.size);
    for (const char *const *word = words; at && *word; word++)
        if (span_is(rest, *word))
            return true;
    return false;
}

/* The next line that is not blank, without the blanks around it. */
static bool next_line(struct span *rest, struct span *out)
{
    while (span_next(rest, '\n', out)) {
        *out = span_trim(*out);
        if (out->size)
            return true;
    }
    return false;
}

/* The tag in front of a line, and what follows it. */
static struct span tag_of(struct span line, struct span *value)
{
    size_t size = 0;
    while (size < line.size && size < 4 && line.data[size] >= 'A' &&
           line.data[size] <= 'Z')
        size++;
    bool alone = size == line.size ||
                 (size < line.size && strchr(" \t\r", line.data[size]));
    struct span tag = span_slice(line, 0, size);
    if (size < 2 || !alone || !factiva_is_tag(tag))
        return (struct span){ NULL, 0 };
    *value = span_trim(span_slice(line, size, line.size));
    return tag;
}

/* ---- Recognising and cutting ------------------------------------------ */

static bool has_tags(struct span head)
{
    static const char *const wanted[] = { "HD", "PD", "SN", "WC", "LA", "LP" };
    unsigned seen = 0, count = 0;
    struct span rest = head, line, value;
    while (span_next(&rest, '\n', &line)) {
        struct span tag = tag_of(line, &value);
        for (unsigned i = 0; tag.size && i < 6; i++)
            if (span_is(tag, wanted[i]) && !(seen & 1U << i)) {
                seen |= 1U << i;
                count++;
            }
    }
    return (seen & 1) && count >= 4;
}

/* A count of words with a date behind it, and later a copyright. */
static bool has_front(struct span head)
{
    struct span rest = head, line;
    struct date date;
    while (next_line(&rest, &line)) {
        if (!is_word_count(line) || !next_line(&rest, &line) ||
            !date_parse(&date, line, DATE_ORDER_DMY))
            continue;
        for (int i = 0; i < 8 && next_line(&rest, &line); i++)
            if (span_starts(line, "Copyright") || span_starts(line, "(c)") ||
                span_starts(line, "(C)") || span_starts(line, "\u00A9"))
                return true;
    }
    return false;
}

static int bid_factiva_text(struct span head)
{
    if (span_starts(span_trim(head), "<"))
        return 0;
    return has_tags(head) ? 88 : has_front(head) ? 80 : 0;
}

struct export_state {
    bool any; /* a record was found */
};

static bool is_article(struct span text)
{
    struct span rest = text, line;
    if (has_tags(text))
        return true;
    while (next_line(&rest, &line))
        if (is_word_count(line))
            return true;
    return false;
}

/* Records reach to the line with an accession number, or to the end. */
static enum status next_factiva_text(void *state, struct source *source,
                                     struct raw_record *out, struct error *err)
{
    struct export_state *exports = state;
    size_t at = 0, want = FORMAT_HEAD_SIZE;
    for (;;) {
        struct span held;
        enum status rc = source_peek(source, want, &held, err);
        if (rc)
            return rc;
        if (!held.size)
            return STATUS_END;
        bool ended = held.size < want;
        size_t end;
        while ((end = span_find_char(held, at, '\n')) != SIZE_MAX || ended) {
            bool last = end == SIZE_MAX;
            end = last ? held.size : end + 1;
            struct span line = span_slice(held, at, end);
            at = end;
            if (!last &&
                (line.size > LINE_LOOK_MAX || !accession_of(line).size))
                continue;
            out->bytes = span_slice(held, 0, at);
            source_skip(source, at);
            if (!exports->any && last && !is_article(out->bytes))
                return STATUS_END;
            exports->any = true;
            return STATUS_OK;
        }
        if (held.size > FORMAT_RECORD_MAX) {
            source_skip(source, held.size);
            return error_set(err, STATUS_TOO_BIG, "record is over %d bytes",
                             FORMAT_RECORD_MAX);
        }
        want = held.size + held.size / 2;
    }
}

/* ---- With tags -------------------------------------------------------- */

static void end_tag(struct article *out, struct span tag, struct str *value)
{
    if (tag.size)
        factiva_add(out, tag, span_trim(str_span(value)));
    str_clear(value);
}

static void read_tagged(struct article *out, struct span text)
{
    struct span rest = text, line, value, tag = { NULL, 0 };
    struct str held = STR_INIT;
    bool blank = false;
    /* Lines are paragraphs where no blank ones part them. */
    const char *line_end =
        span_find(text, 0, span_of("\n\n")) != SIZE_MAX ? " " : "\n\n";
    while (span_next(&rest, '\n', &line)) {
        struct span found = tag_of(line, &value);
        if (found.size) {
            end_tag(out, tag, &held);
            tag = found;
            line = value;
            blank = false;
        }
        line = span_trim(line);
        if (line.size && held.size)
            str_add_text(&held, blank ? "\n\n" : line_end);
        str_add(&held, line);
        blank = !line.size;
    }
    end_tag(out, tag, &held);
    str_release(&held);
}

/* ---- Without ---------------------------------------------------------- */

/* What stands between the count of words and the text. */
static bool read_behind_count(struct article *out, struct span line, int number)
{
    struct date date;
    if (number == 0) {
        article_add_copy(out, ARTICLE_DATE, line);
    } else if (line.size <= 12 && span_find_char(line, 0, ':') != SIZE_MAX &&
               line.data[0] <= '9') {
        struct str when = STR_INIT; /* "02:11" or "06:48 AM GMT" */
        struct span day = article_text(out, ARTICLE_DATE);
        str_addf(&when, "%.*s %.*s", SPAN_ARGS(day), SPAN_ARGS(line));
        if (date_parse(&date, str_span(&when), DATE_ORDER_DMY)) {
            out->values[ARTICLE_DATE].count = 0;
            article_add_copy(out, ARTICLE_DATE, str_span(&when));
        }
        str_release(&when);
    } else if (!article_text(out, ARTICLE_SOURCE).size) {
        article_add_copy(out, ARTICLE_SOURCE, line);
    } else if (factiva_language(line)) {
        article_add_copy(out, ARTICLE_LANGUAGE, line);
    }
    return span_starts(line, "Copyright") || span_starts(line, "(c)") ||
           span_starts(line, "(C)") || span_starts(line, "\u00A9");
}

static void read_before_count(struct article *out, struct span line)
{
    if (byline_begins(line))
        article_add_copy(out, ARTICLE_AUTHOR, line);
    else if (article_text(out, ARTICLE_TITLE).size)
        article_add_copy(out, ARTICLE_SUBTITLE, line);
    else
        article_add_copy(out, ARTICLE_TITLE, line);
}

/* False where there is no count of words. */
static bool read_plain(struct article *out, struct span text)
{
    enum { BEHIND_MAX = 10 }; /* lines between the count and the text */
    struct span rest = text, line;
    struct str body = STR_INIT;
    bool counted = false, in_text = false, blank = true;
    int number = 0;
    bool spaced = span_find(text, 0, span_of("\n\n")) != SIZE_MAX;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (line.size && in_text) {
            if (accession_of(line).size)
                break;
            str_add_text(&body, blank || !spaced ? "\n\n" : " ");
            str_add(&body, line);
        } else if (line.size && !counted) {
            counted = is_word_count(line);
            if (!counted)
                read_before_count(out, line);
        } else if (line.size) {
            in_text =
                read_behind_count(out, line, number) || ++number == BEHIND_MAX;
        }
        blank = !line.size;
    }
    article_add_copy(out, ARTICLE_BODY, str_span(&body));
    str_release(&body);
    return counted;
}

static enum status parse_factiva_text(const void *state,
                                      const struct raw_record *raw,
                                      const struct format_options *options,
                                      struct article *out, struct error *err)
{
    (void)state;
    (void)options;
    struct span rest = raw->bytes, line;
    if (has_tags(raw->bytes))
        read_tagged(out, raw->bytes);
    else if (!read_plain(out, raw->bytes))
        return error_set(err, STATUS_SKIPPED,
                         "no article: neither tags nor a count of words");
    while (span_next(&rest, '\n', &line))
        article_add_copy(out, ARTICLE_ID, accession_of(line));
    return STATUS_OK;
}

const struct format format_factiva_text = {
    .name = "factiva-text",
    .summary = "Factiva exports as text, Word or RTF, with indexing or without",
    .signs = "lines that begin with HD, PD, SN and LA; or \"355 words\" with a "
             "date and a copyright behind it",
    .fields = "id title subtitle author date body source section topic org "
              "place language",
    .suffixes = ".txt .rtf .docx",
    .bid = bid_factiva_text,
    .state_size = sizeof(struct export_state),
    .next = next_factiva_text,
    .parse = parse_factiva_text,
};

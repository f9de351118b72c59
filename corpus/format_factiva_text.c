/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Factiva exports as text, Word or RTF.  With indexing, each field is a tag
 * (HD, SN, PD, LP, TD, ...) and its value; without, the headline and the byline
 * stand in front of "355 words", and the date, the time, the source, its code,
 * the language and a copyright behind it.  "Document J000000020100304e6340001x"
 * ends an article.
 */
#include <string.h>

#include "corpus/factiva_plain.h"
#include "corpus/factiva_tags.h"
#include "corpus/format.h"

enum { LINE_LOOK_MAX = 400 };

/* ---- Lines ------------------------------------------------------------ */

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
    while (factiva_next_line(&rest, &line)) {
        if (!factiva_is_word_count(line) || !factiva_next_line(&rest, &line) ||
            !date_parse(&date, line, DATE_ORDER_DMY))
            continue;
        for (int i = 0; i < 8 && factiva_next_line(&rest, &line); i++)
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
    while (factiva_next_line(&rest, &line))
        if (factiva_is_word_count(line))
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
                (line.size > LINE_LOOK_MAX || !factiva_accession(line).size))
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
    else if (!factiva_read_plain(out, raw->bytes))
        return error_set(err, STATUS_SKIPPED,
                         "no article: neither tags nor a count of words");
    while (span_next(&rest, '\n', &line))
        article_add_copy(out, ARTICLE_ID, factiva_accession(line));
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

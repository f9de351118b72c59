/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exports of Nexis Uni and Lexis Advance, which come as Word documents or RTF:
 * the headline, the source, the date and a copyright, labels (Section:,
 * Length:, Byline:), "Body", the text, perhaps "Classification" and more
 * labels, "End of Document".  In front of the first may stand a list of all of
 * them.
 */
#include <string.h>

#include "corpus/format.h"
#include "corpus/nexis_labels.h"

static const char end_mark[] = "End of Document";

static const char *const body_words[] = { "Body",  "Text",   "Volltext",
                                          "Corps", "Cuerpo", NULL };

static bool is_any(struct span line, const char *const *words)
{
    for (; *words; words++)
        if (span_is_nocase(line, *words))
            return true;
    return false;
}

/* The length in one of the languages, and the word above the text. */
static bool has_article(struct span head)
{
    bool length = false, body = false;
    struct span rest = head, line, value;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        const struct nexis_label *label = nexis_label_of(line, false, &value);
        length = length || (label && nexis_is_length(label));
        body = body || (length && is_any(line, body_words));
    }
    return body;
}

/* The request in front is a sign, and so is the first article. */
static int bid_nexis_uni(struct span head)
{
    bool request = span_find(head, 0, span_of("Job Number:")) != SIZE_MAX &&
                   span_find(head, 0, span_of("Documents (")) != SIZE_MAX;
    bool article = has_article(head);
    bool end = span_find(head, 0, span_of(end_mark)) != SIZE_MAX;
    return request || (article && end) ? 90 : article ? 45 : 0;
}

struct uni_state {
    bool any; /* a record was found */
};

static bool has_label(struct span text)
{
    struct span rest = text, line, value;
    while (span_next(&rest, '\n', &line))
        if (nexis_label_of(span_trim(line), false, &value))
            return true;
    return false;
}

static enum status next_nexis_uni(void *state, struct source *source,
                                  struct raw_record *out, struct error *err)
{
    struct uni_state *uni = state;
    enum status rc = source_until(source, span_of(end_mark), FORMAT_RECORD_MAX,
                                  &out->bytes, err);
    if (!rc && !uni->any && !span_ends(out->bytes, end_mark) &&
        !has_label(out->bytes))
        return STATUS_END;
    uni->any = uni->any || !rc;
    return rc;
}

/* ---- One article ------------------------------------------------------ */

/* The last three lines that were read. */
struct front {
    struct span lines[3];
    struct span title, source, date;
};

static void push_line(struct front *front, struct span line)
{
    front->lines[0] = front->lines[1];
    front->lines[1] = front->lines[2];
    front->lines[2] = line;
}

/* Where the last of the three is a date, the others are source and headline. */
static void look_for_date(struct front *front, enum date_order order)
{
    struct date date;
    if (!front->lines[0].size || !date_parse(&date, front->lines[2], order) ||
        date.precision < DATE_MONTH)
        return;
    front->title = front->lines[0];
    front->source = front->lines[1];
    front->date = front->lines[2];
}

/* Where no heading stands in front of the labels behind the text. */
static bool ends_body(const struct nexis_label *label)
{
    return !strcmp(label->name, "LOAD-DATE");
}

static void add_front(struct article *out, const struct front *front)
{
    article_add_copy(out, ARTICLE_TITLE, front->title);
    article_add_copy(out, ARTICLE_SOURCE, front->source);
    article_add_copy(out, ARTICLE_DATE, front->date);
}

static enum status parse_nexis_uni(const void *state,
                                   const struct raw_record *raw,
                                   const struct format_options *options,
                                   struct article *out, struct error *err)
{
    static const char *const ends[] = { "Classification",
                                        "Graphic",
                                        "Notes",
                                        "Klassifizierung",
                                        "Classement",
                                        "Clasificaci\u00F3n",
                                        NULL };
    (void)state;
    (void)options;
    struct span text = raw->bytes, rest = text, line, value;
    if (span_ends(text, end_mark))
        rest = span_slice(text, 0, text.size - strlen(end_mark));
    struct front front = { 0 };
    struct str body = STR_INIT;
    enum { FRONT, BODY, BEHIND } part = FRONT;
    bool labelled = false;
    while (span_next(&rest, '\n', &line)) {
        line = span_trim(line);
        if (!line.size)
            continue;
        if (part == FRONT && is_any(line, body_words)) {
            part = BODY;
            continue;
        }
        if (part == BODY && is_any(line, ends))
            part = BEHIND;
        const struct nexis_label *label = nexis_label_of(line, false, &value);
        if (label && (part != BODY || ends_body(label))) {
            nexis_add(out, label, value);
            labelled = labelled || part == FRONT;
            part = part == BODY ? BEHIND : part;
        } else if (part == BODY) {
            str_add_text(&body, "\n\n");
            str_add(&body, line);
        } else if (part == FRONT && !labelled) {
            push_line(&front, line);
            look_for_date(&front, out->date_order);
        }
    }
    add_front(out, &front);
    article_add_copy(out, ARTICLE_BODY, str_span(&body));
    bool found = front.title.size || body.size;
    str_release(&body);
    return found ? STATUS_OK
                 : error_set(err, STATUS_SKIPPED, "no article: an empty page");
}

const struct format format_nexis_uni = {
    .name = "nexis-uni",
    .summary = "exports of Nexis Uni and Lexis Advance as Word or RTF",
    .signs = "\"Job Number:\" and \"Documents (10)\", or the lines Length:, "
             "Body, End of Document",
    .fields = "title author date body source section topic person org place "
              "language",
    .suffixes = ".docx .rtf .txt",
    .bid = bid_nexis_uni,
    .state_size = sizeof(struct uni_state),
    .next = next_nexis_uni,
    .parse = parse_nexis_uni,
};

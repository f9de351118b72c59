/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Mail and Usenet: mbox files (RFC 4155: a line "From " after a blank one
 * begins each message) and single messages (RFC 5322, RFC 5536).
 */
#include <string.h>

#include "corpus/html_text.h"
#include "corpus/mail_read.h"
#include "corpus/whole_file.h"

struct mail_state {
    bool mbox;
    struct span
        delimiter; /* a blank line and "From ", as the file ends lines */
};

static const char *const known_headers[] = {
    "from",    "subject",  "date",         "message-id",   "newsgroups",
    "path",    "xref",     "organization", "lines",        "received",
    "to",      "sender",   "return-path",  "references",   "mime-version",
    "list-id", "reply-to", "distribution", "article-i.d.",
};

static bool is_known(struct span name)
{
    for (size_t i = 0; i < sizeof(known_headers) / sizeof(*known_headers); i++)
        if (span_is_nocase(name, known_headers[i]))
            return true;
    return false;
}

/* Lines like "Name: value" before the first blank line, three of them known. */
static bool has_headers(struct span head)
{
    struct span rest = head, line;
    int known = 0;
    while (span_next(&rest, '\n', &line)) {
        if (span_ends(line, "\r"))
            line.size--;
        if (!line.size || known >= 3)
            break;
        if (line.data[0] == ' ' || line.data[0] == '\t')
            continue;
        size_t colon = span_find_char(line, 0, ':');
        struct span name = span_slice(line, 0, colon);
        if (colon == SIZE_MAX || !colon || !rest.data ||
            span_find_char(name, 0, ' ') != SIZE_MAX)
            return false;
        known += is_known(name);
    }
    return known >= 2;
}

static struct span behind_line(struct span text)
{
    size_t end = span_find_char(text, 0, '\n');
    return end == SIZE_MAX ? (struct span){ NULL, 0 }
                           : span_slice(text, end + 1, text.size);
}

static int bid_mail(struct span head)
{
    if (span_starts(head, "From ") && has_headers(behind_line(head)))
        return 90;
    return has_headers(head) ? 80 : 0;
}

static enum status begin_mail(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct mail_state *mail = state;
    struct span head;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    if (rc)
        return rc;
    mail_prepare();
    mail->mbox = span_starts(head, "From ");
    size_t end = span_find_char(head, 0, '\n');
    bool crlf = end != SIZE_MAX && end && head.data[end - 1] == '\r';
    mail->delimiter = span_of(crlf ? "\r\n\r\nFrom " : "\n\nFrom ");
    if (mail->mbox)
        source_skip(source, strlen("From "));
    return STATUS_OK;
}

static enum status next_mail(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    const struct mail_state *mail = state;
    if (!mail->mbox)
        return whole_file_next(source, out, err);
    enum status rc = source_until(source, mail->delimiter, FORMAT_RECORD_MAX,
                                  &out->bytes, err);
    if (!rc && span_ends(out->bytes, "\nFrom "))
        out->bytes.size -= mail->delimiter.size;
    return rc;
}

/* Without the signature below "-- ", and without what mailing lists put in the
 * place of attachments and below all. */
static struct span without_signature(struct span text)
{
    static const char *const ends[] = {
        "\n-------------- next part --------------\n",
        "\n_______________________________________________\n",
    };
    size_t at = text.size;
    for (size_t i = 0; (i = span_find(text, i, span_of("\n-- \n"))) != SIZE_MAX;
         i++)
        at = i;
    text = span_slice(text, 0, at);
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
        text = span_slice(text, 0, span_find(text, 0, span_of(ends[i])));
    return text;
}

/* mbox quotes a line that begins with "From ", and one that was quoted once
 * more (mboxrd). */
static struct span unquote(struct article *out, struct span text)
{
    if (span_find(text, 0, span_of(">From ")) == SIZE_MAX)
        return text;
    struct str plain = STR_INIT;
    struct span rest = text, line;
    while (span_next(&rest, '\n', &line)) {
        size_t quotes = 0;
        while (quotes < line.size && line.data[quotes] == '>')
            quotes++;
        bool quoted =
            quotes && span_starts(span_slice(line, quotes, line.size), "From ");
        str_add(&plain, span_slice(line, quoted, line.size));
        if (rest.data)
            str_add_char(&plain, '\n');
    }
    struct span copy = arena_copy(out->memory, str_span(&plain));
    str_release(&plain);
    return copy;
}

/* "Friends of the ferry <ferry.lists.example.org>" */
static struct span list_name(struct span list)
{
    size_t open = span_find_char(list, 0, '<');
    struct span name = span_trim(span_slice(list, 0, open));
    if (name.size >= 2 && span_starts(name, "\"") && span_ends(name, "\""))
        name = span_slice(name, 1, name.size - 1);
    if (name.size || open == SIZE_MAX)
        return name;
    return span_slice(list, open + 1, span_find_char(list, open, '>'));
}

static void add_groups(struct article *out, struct span groups)
{
    struct span rest = groups, group;
    while (span_next(&rest, ',', &group)) {
        article_add(out, ARTICLE_SECTION, group);
        article_add(out, ARTICLE_TOPIC, group);
    }
}

/* Archives of mailing lists hide addresses: "nell at example.org (Nell Orr)" */
static struct span plain_author(struct span author)
{
    size_t at = span_find(author, 0, span_of(" at "));
    size_t open = span_find(author, 0, span_of(" ("));
    bool hidden = at != SIZE_MAX && open != SIZE_MAX && at < open &&
                  open + 3 < author.size && span_ends(author, ")");
    return hidden ? span_slice(author, open + 2, author.size - 1) : author;
}

static void add_mail(struct article *out, const struct mail *mail)
{
    article_add(out, ARTICLE_TITLE, mail->subject);
    article_add(out, ARTICLE_AUTHOR, plain_author(mail->author));
    article_add(out, ARTICLE_DATE, mail->date);
    article_add(out, ARTICLE_SOURCE, mail->organization);
    article_add(out, ARTICLE_LANGUAGE, mail->language);
    add_groups(out, mail->newsgroups);
    article_add(out, ARTICLE_SECTION, list_name(mail->list));
    if (!mail->is_html) {
        article_add(out, ARTICLE_BODY, without_signature(mail->text));
        return;
    }
    struct str text = STR_INIT;
    html_paragraphs(&text, mail->text);
    article_add_copy(out, ARTICLE_BODY, str_span(&text));
    str_release(&text);
}

static enum status parse_mail(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)options;
    const struct mail_state *file = state;
    struct span message = raw->bytes, envelope = { NULL, 0 };
    if (file->mbox) {
        envelope = span_slice(message, 0, span_find_char(message, 0, '\n'));
        message = unquote(out, behind_line(message));
    }
    struct mail mail;
    enum status rc = mail_read(&mail, message, out->memory, err);
    if (rc)
        return rc;
    /* The day of delivery, where the sender's cannot be read. */
    struct date date;
    size_t blank = span_find_char(envelope, 0, ' ');
    if (blank != SIZE_MAX && !date_parse(&date, mail.date, out->date_order))
        mail.date = span_slice(envelope, blank + 1, envelope.size);
    add_mail(out, &mail);
    /* A file of one message is known by its name: cross-posted articles are
     * kept in each group. */
    article_add(out, ARTICLE_ID, file->mbox ? mail.id : raw->name);
    return STATUS_OK;
}

const struct format format_mail = {
    .name = "mail",
    .summary = "mbox files, single mail and Usenet messages",
    .signs = "it begins with header lines, or with \"From \" and header lines",
    .fields = "id title author date body source section topic language",
    .suffixes = ".mbox .eml .msg",
    .bid = bid_mail,
    .state_size = sizeof(struct mail_state),
    .begin = begin_mail,
    .next = next_mail,
    .parse = parse_mail,
};

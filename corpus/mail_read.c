/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/mail_read.h"

#include <gmime/gmime.h>

#include "corpus/charset.h"
#include "corpus/flowed_text.h"

enum { PARTS_MAX = 1000 };

void mail_prepare(void)
{
    g_mime_init();
}

/* Headers with bytes outside ASCII are taken as they are. */
static struct span header(GMimeMessage *message, const char *name,
                          struct arena *memory)
{
    const char *value = g_mime_object_get_header(GMIME_OBJECT(message), name);
    if (!value)
        return (struct span){ NULL, 0 };
    char *decoded = g_mime_utils_header_decode_text(NULL, value);
    struct span copy = arena_copy(memory, span_of(decoded));
    g_free(decoded);
    return copy;
}

static struct span author_of(GMimeMessage *message, struct arena *memory)
{
    InternetAddressList *from = g_mime_message_get_from(message);
    InternetAddress *first = from && internet_address_list_length(from) > 0
                                 ? internet_address_list_get_address(from, 0)
                                 : NULL;
    const char *name = first ? internet_address_get_name(first) : NULL;
    if (name && *name)
        return arena_copy(memory, span_of(name));
    if (first && INTERNET_ADDRESS_IS_MAILBOX(first))
        name =
            internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first));
    return name && *name ? arena_copy(memory, span_of(name))
                         : header(message, "From", memory);
}

static bool is_said(GMimePart *part, const char *parameter, const char *value)
{
    const char *said =
        g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), parameter);
    return said && !g_ascii_strcasecmp(said, value);
}

/* The part's text in UTF-8, as far as its character set is known. */
static struct span text_of(GMimePart *part, struct arena *memory)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    if (!content)
        return (struct span){ NULL, 0 };
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *bytes =
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    struct span raw = { (const char *)bytes->data, bytes->len };
    const char *set =
        g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    struct str text = STR_INIT;
    charset_read_all(&text, span_of(set), raw);
    if (is_said(part, "format", "flowed")) {
        struct str joined = STR_INIT;
        flowed_text(&joined, str_span(&text), is_said(part, "delsp", "yes"));
        str_release(&text);
        text = joined;
    }
    struct span copy = arena_copy(memory, str_span(&text));
    str_release(&text);
    g_object_unref(stream);
    return copy;
}

static bool is_attachment(GMimePart *part)
{
    const char *disposition = g_mime_object_get_disposition(GMIME_OBJECT(part));
    return disposition && !g_ascii_strcasecmp(disposition, "attachment");
}

/* The first part of plain text, else the first of HTML. */
static void read_text(struct mail *out, GMimeMessage *message,
                      struct arena *memory)
{
    GMimePartIter *iter = g_mime_part_iter_new(GMIME_OBJECT(message));
    GMimePart *html = NULL, *plain = NULL;
    int count = 0;
    do {
        GMimeObject *object = g_mime_part_iter_get_current(iter);
        if (!object || !GMIME_IS_PART(object) ||
            is_attachment(GMIME_PART(object)))
            continue;
        GMimeContentType *type = g_mime_object_get_content_type(object);
        if (g_mime_content_type_is_type(type, "text", "plain"))
            plain = GMIME_PART(object);
        else if (!html && g_mime_content_type_is_type(type, "text", "html"))
            html = GMIME_PART(object);
    } while (!plain && ++count < PARTS_MAX && g_mime_part_iter_next(iter));
    g_mime_part_iter_free(iter);
    if (plain || html)
        out->text = text_of(plain ? plain : html, memory);
    out->is_html = !plain && html;
}

enum status mail_read(struct mail *out, struct span bytes, struct arena *memory,
                      struct error *err)
{
    *out = (struct mail){ .is_html = false };
    if (!bytes.size)
        return error_set(err, STATUS_BAD_RECORD, "the message is empty");
    GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(bytes.data, bytes.size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    if (!message)
        return error_set(err, STATUS_BAD_RECORD, "no message can be read");
    out->author = author_of(message, memory);
    out->subject = header(message, "Subject", memory);
    out->date = header(message, "Date", memory);
    out->id = header(message, "Message-ID", memory);
    out->newsgroups = header(message, "Newsgroups", memory);
    out->list = header(message, "List-Id", memory);
    out->organization = header(message, "Organization", memory);
    out->language = header(message, "Content-Language", memory);
    read_text(out, message, memory);
    g_object_unref(message);
    return STATUS_OK;
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON Lines, JSON arrays of objects and single JSON objects (RFC 8259).
 *
 * Records are cut by counting brackets outside strings, so that one scanner
 * serves a line, an element of an array (also of an array inside an object,
 * as APIs give it) and a whole pretty-printed file.
 */
#include <string.h>

#include "corpus/field_names.h"
#include "corpus/json_read.h"

enum json_shape { SHAPE_LINES, SHAPE_ELEMENTS };

struct json_state {
    enum json_shape shape;
};

/* ---- Recognising ------------------------------------------------------ */

static struct span without_mark(struct span head)
{
    return span_starts(head, "\xEF\xBB\xBF") ? span_slice(head, 3, head.size)
                                             : head;
}

static struct span skip_blanks(struct span s)
{
    size_t i = 0;
    while (i < s.size && (unsigned char)s.data[i] <= ' ')
        i++;
    return span_slice(s, i, s.size);
}

static int bid_json(struct span head)
{
    head = skip_blanks(without_mark(head));
    if (!head.size)
        return 0;
    struct span inner = skip_blanks(span_slice(head, 1, head.size));
    char next = inner.size ? inner.data[0] : '\0';
    if (head.data[0] == '{' && (next == '"' || next == '}'))
        return 70;
    if (head.data[0] == '[' && (next == '{' || next == ']'))
        return 60;
    return 0;
}

/* ---- Cutting ---------------------------------------------------------- */

static enum status next_line(struct source *source, struct raw_record *out,
                             struct error *err)
{
    for (;;) {
        out->offset = source_offset(source);
        enum status rc =
            source_line(source, FORMAT_RECORD_MAX, &out->bytes, err);
        if (rc)
            return rc;
        out->bytes = span_trim(out->bytes);
        if (out->bytes.size)
            return STATUS_OK;
    }
}

/* How far into `s` the object at its front reaches; 0 where it is not whole
 * within it. */
struct scan {
    size_t at;
    unsigned depth;
    bool in_string;
};

static size_t scan_object(struct scan *scan, struct span s)
{
    for (; scan->at < s.size; scan->at++) {
        char c = s.data[scan->at];
        if (scan->in_string) {
            if (c == '\\')
                scan->at++;
            else if (c == '"')
                scan->in_string = false;
        } else if (c == '"') {
            scan->in_string = true;
        } else if (c == '{' || c == '[') {
            scan->depth++;
        } else if (c == '}' || c == ']') {
            if (!--scan->depth)
                return scan->at + 1;
        }
    }
    return 0;
}

static bool is_one_of(struct span name, const char *const *words)
{
    for (; *words; words++)
        if (span_is(name, *words))
            return true;
    return false;
}

/* Up to the first record, where the object at the front of `s` is a wrapper: an
 * object whose first array holds the records ("{"articles": [{"). */
static size_t wrapper_size(struct span s)
{
    static const char *const names[] = { "articles", "results", "docs",
                                         "items",    "news",    "posts",
                                         "data",     "hits",    NULL };
    static const char *const of_articles[] = { "text", "body", "content",
                                               "headline", NULL };
    struct span head = span_slice(s, 0, FORMAT_HEAD_SIZE);
    struct span name = { "", 0 }; /* the last string */
    unsigned depth = 0;
    for (size_t i = 0; i < head.size && depth < 8; i++) {
        char c = head.data[i];
        if (c == '"') {
            size_t start = i + 1;
            for (i++; i < head.size && head.data[i] != '"'; i++)
                i += head.data[i] == '\\';
            name = span_slice(head, start, i);
            if (is_one_of(name, of_articles))
                return 0;
        } else if (c == '[') {
            struct span inner = skip_blanks(span_slice(head, i + 1, head.size));
            if (!depth || !inner.size || inner.data[0] != '{')
                return 0;
            return is_one_of(name, names) ? i + 1 : 0;
        } else if (c == '{') {
            depth++;
        }
    }
    return 0;
}

/* Lines where the first line is a whole object and no wrapper of others;
 * elements otherwise. */
static enum status begin_json(void *state, struct source *source,
                              const struct format_options *options,
                              struct error *err)
{
    (void)options;
    struct json_state *json = state;
    struct span head;
    enum status rc = source_peek(source, FORMAT_HEAD_SIZE, &head, err);
    if (rc)
        return rc;
    if (span_starts(head, "\xEF\xBB\xBF"))
        source_skip(source, 3);
    head = skip_blanks(without_mark(head));
    struct span first =
        span_trim(span_slice(head, 0, span_find_char(head, 0, '\n')));
    bool pretty = wrapper_size(head) || span_is(first, "{") ||
                  span_starts(first, "[") ||
                  (span_starts(first, "{") && span_ends(first, "[")) ||
                  (span_starts(first, "{") && span_ends(first, ","));
    json->shape = pretty ? SHAPE_ELEMENTS : SHAPE_LINES;
    return STATUS_OK;
}

/* Pass over what stands between objects; false at the end. */
static enum status seek_object(struct source *source, struct span *out,
                               struct error *err)
{
    for (;;) {
        enum status rc = source_peek(source, FORMAT_HEAD_SIZE, out, err);
        if (rc)
            return rc;
        size_t open = span_find_char(*out, 0, '{');
        source_skip(source, open == SIZE_MAX ? out->size : open);
        if (open == SIZE_MAX) {
            if (!out->size)
                return STATUS_END;
            continue;
        }
        rc = source_peek(source, FORMAT_HEAD_SIZE, out, err);
        if (rc)
            return rc;
        size_t size = wrapper_size(*out);
        if (!size)
            return STATUS_OK;
        source_skip(source, size);
    }
}

static enum status next_element(struct source *source, struct raw_record *out,
                                struct error *err)
{
    struct span held;
    enum status rc = seek_object(source, &held, err);
    if (rc)
        return rc;
    out->offset = source_offset(source);
    struct scan scan = { 0, 0, false };
    for (;;) {
        size_t size = scan_object(&scan, held);
        if (size) {
            out->bytes = span_slice(held, 0, size);
            source_skip(source, size);
            return STATUS_OK;
        }
        size_t before = held.size;
        if (before > FORMAT_RECORD_MAX) {
            source_skip(source, before);
            return error_set(err, STATUS_TOO_BIG, "record is over %d bytes",
                             FORMAT_RECORD_MAX);
        }
        rc = source_peek(source, before * 2, &held, err);
        if (rc)
            return rc;
        if (held.size == before) {
            source_skip(source, before);
            return error_set(err, STATUS_BAD_RECORD,
                             "the last object is not closed");
        }
    }
}

static enum status next_json(void *state, struct source *source,
                             struct raw_record *out, struct error *err)
{
    const struct json_state *json = state;
    return json->shape == SHAPE_LINES ? next_line(source, out, err)
                                      : next_element(source, out, err);
}

/* ---- Reading ---------------------------------------------------------- */

struct json_article {
    struct field_values values;
    const struct field_map *map;
    /* Of the Washington Post's contents[], where the type comes first, or
     * where it comes behind. */
    bool has_content, type_first;
    char content_type[32];
    size_t type_size;
    struct span content;
    bool is_ninjs, is_picture; /* ninjs: an item that is no text */
    bool is_wrapped;           /* it stands in an API's answer */
};

/* A piece of a Washington Post article, whose type and text are known. */
static void add_piece(struct json_article *article, struct span type,
                      struct span value)
{
    static const struct {
        const char *type;
        struct field_name row;
    } rows[] = {
        { "sanitized_html",
          { .field = ARTICLE_BODY, .rank = 1, .markup = true } },
        { "kicker", { .field = ARTICLE_SECTION, .rank = 2 } },
        { "byline", { .field = ARTICLE_AUTHOR, .rank = 5 } },
        { "deck", { .field = ARTICLE_SUBTITLE, .rank = 2 } },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (span_is(type, rows[i].type))
            field_values_add(&article->values, &rows[i].row, value);
}

/* The pieces are objects with {type, content}.  TREC's releases have the keys
 * in the order of the alphabet, so the text comes before its type. */
static bool add_content(struct json_article *article, struct span path,
                        struct span value)
{
    if (!span_starts(path, "contents."))
        return false;
    struct span key = span_slice(path, strlen("contents."), path.size);
    bool is_type = span_is(key, "type");
    if (!article->has_content)
        article->type_first = is_type;
    article->has_content = true;
    if (is_type && article->type_first) {
        size_t size =
            value.size < sizeof(article->content_type) ? value.size : 0;
        memcpy(article->content_type, value.data, size);
        article->type_size = size;
    } else if (is_type) {
        add_piece(article, value, article->content);
        article->content.size = 0;
    } else if (span_is(key, "content") && article->type_first) {
        struct span type = { article->content_type, article->type_size };
        add_piece(article, type, value);
    } else if (span_is(key, "content")) {
        article->content = arena_copy(article->values.article->memory, value);
    }
    return true;
}

/* ninjs (IPTC) has pictures, sounds and films as items of their own. */
static void look_at_kind(struct json_article *article, struct span path,
                         struct span value)
{
    static const char *const kinds[] = { "picture", "graphic", "audio",
                                         "video" };
    if (span_is_nocase(path, "versioncreated") ||
        span_is_nocase(path, "pubstatus"))
        article->is_ninjs = true;
    if (!span_is(path, "type"))
        return;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (span_is(value, kinds[i]))
            article->is_picture = true;
}

/* Objects in which APIs put the article: what stands around it is the answer's.
 * The others are parts of a record. */
static struct span without_wrapper(struct json_article *article,
                                   struct span path)
{
    static const struct {
        const char *front;
        bool answer;
    } wrappers[] = { { "response.content.", true },
                     { "data.item.", true },
                     { "item.", false },
                     { "_source.", false } };
    for (size_t i = 0; i < sizeof(wrappers) / sizeof(*wrappers); i++) {
        if (!span_starts(path, wrappers[i].front))
            continue;
        if (wrappers[i].answer && !article->is_wrapped)
            field_values_drop(&article->values);
        article->is_wrapped = true;
        return span_slice(path, strlen(wrappers[i].front), path.size);
    }
    return path;
}

static void on_value(void *payload, struct span path, struct span value)
{
    struct json_article *article = payload;
    struct field_name scratch;
    if (add_content(article, path, value))
        return;
    path = without_wrapper(article, path);
    look_at_kind(article, path, value);
    const struct field_name *row =
        field_names_find(article->map, path, &scratch);
    if (row)
        field_values_add(&article->values, row, value);
}

static enum status parse_json(const void *state, const struct raw_record *raw,
                              const struct format_options *options,
                              struct article *out, struct error *err)
{
    (void)state;
    struct json_article article = { .map = &options->map };
    field_values_begin(&article.values, out);
    enum status rc = json_read(raw->bytes, on_value, &article, err);
    if (!rc && article.is_ninjs && article.is_picture)
        return error_set(err, STATUS_SKIPPED, "an item that is no text");
    return rc;
}

const struct format format_json = {
    .name = "json",
    .summary = "JSON Lines, JSON arrays and JSON objects",
    .signs = "it begins with {\" or [{",
    .fields = "all, by the names of news-please, RealNews, cc_news, All the "
              "News, ninjs, Washington Post (TREC), or --map",
    .suffixes = ".json .jsonl .ndjson .jl",
    .bid = bid_json,
    .state_size = sizeof(struct json_state),
    .begin = begin_json,
    .next = next_json,
    .parse = parse_json,
};

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/query_scan.h"

#include "base/number.h"
#include "search/query_plain.h"
#include "text/tokens.h"

struct scan {
    struct span text;
    const uint32_t *columns;
    size_t at;
    struct query_tokens *out;
    size_t capacity;
    struct arena *memory;
    uint32_t *column;
    struct error *err;
};

static struct query_token *add_token(struct scan *scan,
                                     enum query_token_kind kind, size_t from,
                                     size_t to)
{
    struct query_tokens *out = scan->out;
    out->items = arena_grow(scan->memory, out->items, out->count,
                            &scan->capacity, sizeof(*out->items));
    struct query_token *token = &out->items[out->count++];
    *token = (struct query_token){
        .kind = kind,
        .column = scan->columns[from],
        .text = arena_copy(scan->memory, span_slice(scan->text, from, to)),
        .field = FIELD_COUNT,
    };
    return token;
}

static char byte_at(const struct scan *scan, size_t at)
{
    return at < scan->text.size ? scan->text.data[at] : '\0';
}

static bool ends_word(char c)
{
    return c == '\0' || c == ' ' || c == '"' || c == '(' || c == ')';
}

static bool has_word(struct span text)
{
    struct tokens tokens = tokens_begin(text);
    struct token token;
    return tokens_next(&tokens, &token);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* All of `text` as a number; one that is too large, as the largest. */
static bool read_count(struct span text, uint32_t *out)
{
    uint64_t number = UINT32_MAX;
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]))
            return false;
    if (!text.size)
        return false;
    number_parse(text, UINT32_MAX, &number);
    *out = (uint32_t)number;
    return true;
}

/* "w/5", "pre/12", "near/3", "w/p", "w/s": all of `text`. */
static bool read_near(struct span text, struct query_token *out)
{
    static const struct {
        const char *name;
        bool ordered;
    } operators[] = { { "w/", false }, { "near/", false }, { "pre/", true } };
    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
        if (!span_starts_nocase(text, operators[i].name))
            continue;
        size_t size = span_of(operators[i].name).size;
        struct span rest = span_slice(text, size, text.size);
        out->ordered = operators[i].ordered;
        out->unit = span_is_nocase(rest, "p")   ? QUERY_PARAGRAPH
                    : span_is_nocase(rest, "s") ? QUERY_SENTENCE
                                                : QUERY_WORDS;
        out->number = 0;
        return out->unit != QUERY_WORDS || read_count(rest, &out->number);
    }
    return false;
}

static enum status no_such_field(struct scan *scan, size_t from,
                                 struct span name)
{
    struct str fields = STR_INIT;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        str_addf(&fields, "%s%s", i ? ", " : "", schema_fields[i].name);
    *scan->column = scan->columns[from];
    enum status rc =
        error_set(scan->err, STATUS_BAD_QUERY,
                  "no field '%.*s'; fields are %s; in quotes it is just words",
                  SPAN_ARGS(name), fields.data);
    str_release(&fields);
    return rc;
}

static bool is_lower(struct span name)
{
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] >= 'A' && name.data[i] <= 'Z')
            return false;
    return true;
}

/*
 * A field's name before a colon.  "Analysis: ..." of a pasted headline, with a
 * blank behind, is no field, nor are "http://..." and 10:30; but "person: x" in
 * small letters is meant.
 */
static enum status scan_field(struct scan *scan, size_t from, size_t *to)
{
    size_t colon = from;
    while (is_letter(byte_at(scan, colon)))
        colon++;
    if (colon == from || byte_at(scan, colon) != ':')
        return STATUS_OK;
    struct span name = span_slice(scan->text, from, colon);
    char next = byte_at(scan, colon + 1);
    bool before_blank = next == ' ' || next == '\0';
    enum field_id field = schema_find(name);
    if (field == FIELD_COUNT) {
        if (before_blank || next == '/' || next == ')')
            return STATUS_OK;
        return no_such_field(scan, from, name);
    }
    if (before_blank && !is_lower(name))
        return STATUS_OK;
    add_token(scan, TOKEN_FIELD, from, colon)->field = field;
    *to = colon + 1;
    return STATUS_OK;
}

/* ~, ~2 and ^3 at `at`, up to `end`, which must be where they end. */
static bool scan_suffixes(struct scan *scan, size_t at, size_t end,
                          bool only_try)
{
    if (byte_at(scan, at) == '~') {
        size_t from = at++;
        while (at < end && is_digit(byte_at(scan, at)))
            at++;
        uint32_t number = 0;
        read_count(span_slice(scan->text, from + 1, at), &number);
        if (!only_try)
            add_token(scan, TOKEN_TILDE, from, at)->number = number;
    }
    if (at < end && byte_at(scan, at) == '^') {
        double factor;
        if (!number_parse_real(span_slice(scan->text, at + 1, end), &factor))
            return false;
        if (!only_try)
            add_token(scan, TOKEN_CARET, at, end)->factor = factor;
        at = end;
    }
    return at == end;
}

/* Where the suffixes of the word from..to begin; `to` where it has none. */
static size_t find_suffixes(struct scan *scan, size_t from, size_t to)
{
    for (size_t at = from + 1; at < to; at++) {
        char c = byte_at(scan, at);
        if ((c == '~' || c == '^') && scan_suffixes(scan, at, to, true))
            return at;
    }
    return to;
}

/* Suffixes right behind a quotation or a bracket. */
static void scan_suffixes_behind(struct scan *scan)
{
    char c = byte_at(scan, scan->at);
    if (c != '~' && c != '^')
        return;
    size_t end = scan->at;
    while (!ends_word(byte_at(scan, end)))
        end++;
    if (!scan_suffixes(scan, scan->at, end, true))
        return;
    scan_suffixes(scan, scan->at, end, false);
    scan->at = end;
}

static void scan_quoted(struct scan *scan)
{
    size_t from = scan->at;
    size_t close = span_find_char(scan->text, from + 1, '"');
    bool open = close == SIZE_MAX;
    size_t end = open ? scan->text.size : close;
    struct query_token *token = add_token(scan, TOKEN_QUOTED, from + 1, end);
    token->column = scan->columns[from];
    token->open = open;
    scan->at = open ? end : end + 1;
    scan_suffixes_behind(scan);
}

/* "kirb*w/3": a proximity operator right behind an asterisk. */
static size_t find_glued_near(struct scan *scan, size_t from, size_t to)
{
    struct query_token near;
    for (size_t at = from; at + 1 < to; at++)
        if (byte_at(scan, at) == '*' &&
            read_near(span_slice(scan->text, at + 1, to), &near))
            return at + 1;
    return to;
}

static void add_near(struct scan *scan, size_t from, size_t to)
{
    struct query_token near;
    if (!read_near(span_slice(scan->text, from, to), &near))
        return;
    struct query_token *token = add_token(scan, TOKEN_NEAR, from, to);
    token->number = near.number;
    token->unit = near.unit;
    token->ordered = near.ordered;
}

/* AND, OR, NOT, w/5 or atleast3( as a whole word. */
static bool scan_operator(struct scan *scan, size_t from, size_t to)
{
    struct span word = span_slice(scan->text, from, to);
    struct query_token near;
    uint32_t times;
    if (span_is(word, "AND"))
        add_token(scan, TOKEN_AND, from, to);
    else if (span_is(word, "OR"))
        add_token(scan, TOKEN_OR, from, to);
    else if (span_is(word, "NOT"))
        add_token(scan, TOKEN_NOT, from, to);
    else if (read_near(word, &near))
        add_near(scan, from, to);
    else if (byte_at(scan, to) == '(' && span_starts_nocase(word, "atleast") &&
             read_count(span_slice(word, 7, word.size), &times))
        add_token(scan, TOKEN_ATLEAST, from, to)->number = times;
    else
        return false;
    return true;
}

static bool follows_field(const struct scan *scan)
{
    return scan->out->count &&
           scan->out->items[scan->out->count - 1].kind == TOKEN_FIELD;
}

/* A word, its suffixes, and what may be glued to it. */
static void scan_plain_word(struct scan *scan, size_t from, size_t to)
{
    size_t near = find_glued_near(scan, from, to);
    size_t end = find_suffixes(scan, from, near);
    struct span word = span_slice(scan->text, from, end);
    bool is_pattern = span_find_char(word, 0, '*') != SIZE_MAX;
    if (!is_pattern && !follows_field(scan) && !has_word(word))
        return;
    add_token(scan, TOKEN_WORD, from, end);
    if (end < near)
        scan_suffixes(scan, end, near, false);
    add_near(scan, near, to);
}

/* A word, with = before it or without. */
static void scan_exact_word(struct scan *scan, size_t from, size_t to)
{
    if (byte_at(scan, from) == '=' &&
        (from + 1 < to || byte_at(scan, to) == '(')) {
        add_token(scan, TOKEN_EXACT, from, from + 1);
        from++;
    }
    if (from < to)
        scan_plain_word(scan, from, to);
}

/* + and - before an item; a dash by itself is punctuation. */
static size_t scan_sign(struct scan *scan, size_t from, size_t to)
{
    char sign = byte_at(scan, from);
    if ((sign != '+' && sign != '-') || byte_at(scan, from + 1) == sign)
        return from;
    char next = byte_at(scan, from + 1);
    if (from + 1 == to && next != '"' && next != '(')
        return from;
    add_token(scan, sign == '+' ? TOKEN_PLUS : TOKEN_MINUS, from, from + 1);
    return from + 1;
}

static enum status scan_word(struct scan *scan)
{
    size_t from = scan->at, to = from;
    while (!ends_word(byte_at(scan, to)))
        to++;
    scan->at = to;
    if (follows_field(scan)) {
        enum field_id field = scan->out->items[scan->out->count - 1].field;
        if (field == FIELD_ID)
            add_token(scan, TOKEN_WORD, from, to);
        else if (schema_fields[field].flags & FIELD_STEMS)
            scan_exact_word(scan, from, to);
        else
            scan_plain_word(scan, from, to);
        return STATUS_OK;
    }
    if (scan_operator(scan, from, to))
        return STATUS_OK;
    from = scan_sign(scan, from, to);
    size_t behind = from;
    enum status rc = scan_field(scan, from, &behind);
    if (rc || behind > from) {
        scan->at = behind;
        return rc;
    }
    scan_exact_word(scan, from, to);
    return STATUS_OK;
}

static enum status scan_all(struct scan *scan)
{
    while (scan->at < scan->text.size) {
        char c = byte_at(scan, scan->at);
        enum status rc = STATUS_OK;
        if (c == ' ') {
            scan->at++;
        } else if (c == '"') {
            scan_quoted(scan);
        } else if (c == '(' || c == ')') {
            add_token(scan, c == '(' ? TOKEN_OPEN : TOKEN_CLOSE, scan->at,
                      scan->at + 1);
            scan->at++;
            if (c == ')')
                scan_suffixes_behind(scan);
        } else {
            rc = scan_word(scan);
        }
        if (rc)
            return rc;
    }
    add_token(scan, TOKEN_END, scan->text.size, scan->text.size);
    return STATUS_OK;
}

enum status query_scan(struct query_tokens *out, struct span text,
                       struct arena *memory, uint32_t *column,
                       struct error *err)
{
    *out = (struct query_tokens){ NULL, 0 };
    struct query_plain plain;
    enum status rc = query_plain_make(&plain, text, memory, column, err);
    if (!rc) {
        struct scan scan = { .text = str_span(&plain.text),
                             .columns = plain.columns,
                             .out = out,
                             .memory = memory,
                             .column = column,
                             .err = err };
        rc = scan_all(&scan);
    }
    query_plain_release(&plain);
    return rc;
}
